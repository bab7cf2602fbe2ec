/**
 * What the suite must not expect of a server, as data: seen on the server named, and none of it is worked around by the client,
 * since it cannot be. A case names the deviation that it cannot be run with; the reason is shown where it is skipped.
 */
export type Deviation = 'codes-unchecked' | 'composite-missing' | 'dangling-temporary-ids' | 'decimals-shortened' | 'quantity-unit-ignored';

const DEVIATIONS: readonly { server: string; seen: string; reasons: Partial<Readonly<Record<Deviation, string>>> }[] = [
  {
    server: 'SEKMET FHIR',
    seen: '0.1.1',
    reasons: {
      'codes-unchecked': 'codes outside a required binding are stored',
      'composite-missing': 'there are no composite parameters',
      'decimals-shortened': '72.50 becomes 72.5',
      'quantity-unit-ignored': 'the unit of a quantity is ignored in a search',
    },
  },
  {
    server: 'Helios FHIR',
    seen: '0.2.7',
    reasons: {
      'codes-unchecked': 'nothing is validated as it comes (HFS_VALIDATION_MODE)',
      'dangling-temporary-ids': 'a reference in a transaction to a temporary id that nothing has is stored as it is',
    },
  },
];

/** Why a case cannot be run on the server of this name (Capabilities.name); undefined where it can. */
export function deviation(serverName: string, name: Deviation): string | undefined {
  return DEVIATIONS.find(({ server }) => serverName.includes(server))?.reasons[name];
}
