/**
 * Known deviations of FHIR servers, as data. The code asks for a deviation by its name and never for a server; which server has
 * which stands in PROFILES, by the software name in its CapabilityStatement. Where a deviation only changes what can be
 * expected (totals, decimals), the contract suite reads it here too.
 */
export const QUIRKS = {
  'stale-write-409': 'A stale If-Match is answered 409, not 412.',
  'delete-ignores-if-match': 'A delete is not refused when the record has changed; the client compares versions first.',
  'update-ignores-if-match': 'A stale update is not refused; the client compares versions first.',
  'patch-without-etag': 'A PATCH answers without ETag.',
  'transaction-bare-etag': 'A transaction answers with relative locations and bare version numbers as etags.',
  'unchanged-update-keeps-version': 'An update that changes nothing makes no new version.',
  'unknown-elements-dropped': 'Unknown elements are dropped without a word.',
  'unknown-modifiers-ignored': 'Unknown search modifiers, and unknown parameters that start with _, are ignored without a word.',
  'self-link-without-parameters': 'The self link of a search by POST holds no parameters, so an ignored one cannot be seen.',
  'total-absent': 'A search gives no total unless asked, or not until all is loaded.',
  'tags-accumulate': 'Tags and security labels that an update leaves out stay.',
  'decimals-shortened': 'Decimals lose trailing zeros: 1.00 comes back as 1.0.',
  'codes-unchecked': 'Codes outside a required binding are stored.',
  'quantity-unit-ignored': 'A search by quantity ignores the unit.',
  'composite-unsupported': 'Composite search parameters are not there.',
  'compartment-search-missing': 'Patient/[id]/[type] is not there.',
  'no-post-search': 'POST [type]/_search is not there, so names and birth dates travel in the address.',
  'no-transaction': 'Several writes cannot be made as one.',
} as const;

export type Quirk = keyof typeof QUIRKS;

/** Deviations by a part of `CapabilityStatement.software.name`. Each was seen on the server named, in the version given. */
export const PROFILES: readonly { software: string; seen: string; quirks: readonly Quirk[] }[] = [
  {
    software: 'HAPI FHIR',
    seen: '8.8.0',
    quirks: [
      'stale-write-409',
      'delete-ignores-if-match',
      'patch-without-etag',
      'transaction-bare-etag',
      'unchanged-update-keeps-version',
      'unknown-elements-dropped',
      'unknown-modifiers-ignored',
      'self-link-without-parameters',
      'total-absent',
      'tags-accumulate',
      'compartment-search-missing',
    ],
  },
  {
    software: 'SEKMET FHIR',
    seen: '0.1.1',
    quirks: ['decimals-shortened', 'codes-unchecked', 'quantity-unit-ignored', 'composite-unsupported', 'unknown-modifiers-ignored'],
  },
  { software: 'Helios', seen: '0.2.7', quirks: ['total-absent'] },
];

/** Those that a person should know about, since what they see or do is reduced. The rest is worked around in silence. */
export const TOLD: readonly Quirk[] = [
  'delete-ignores-if-match',
  'update-ignores-if-match',
  'unknown-elements-dropped',
  'decimals-shortened',
  'tags-accumulate',
  'no-post-search',
  'no-transaction',
];

export const quirksOf = (software: string): readonly Quirk[] =>
  PROFILES.find((profile) => software.includes(profile.software))?.quirks ?? [];
