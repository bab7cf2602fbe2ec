/** Words of care-provider. */
export const provider = {
  demo: 'Demo: nothing is kept',
  badAddress: 'The address of the records cannot be used',
  badAddressDetail:
    'base-url is the base of a FHIR server, such as https://example.org/fhir: http or https, without a user name, a password or a query.',
  notLoaded: 'Part of this page did not load',
  notLoadedDetail: 'Records cannot be shown until it does. Reload the page.',
  signedOut: 'You have signed out',
  signedOutDetail: 'Records are no longer shown here. Sign in again to see them.',
} as const;
