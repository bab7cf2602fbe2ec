/**
 * Known deviations of FHIR servers, as data. The code asks for a deviation by its name and never for a server; which server has
 * which stands in PROFILES, by the software name in its CapabilityStatement.
 *
 * Listed are those for which the client does otherwise, or tells a person. With the rest it copes either way, without knowing:
 * stale versions as 409 or 412 (or 400, in a transaction), no ETag on PATCH or by CORS, bare etags and relative locations in
 * transactions, no total, 200 or 204 for a delete, no Location on PUT, application/json, includes on several pages. What that
 * means for the contract suite stands there (src/testing/contract/deviations.ts).
 */
export type Quirk =
  | 'delete-ignores-if-match'
  | 'update-ignores-if-match' // seen by `versioning: no-version`
  | 'no-post-search' // seen when it was tried
  | 'no-transaction' // declared, or seen when it was tried
  // Seen when it was tried, on one type or by one parameter:
  | 'no-vread'
  | 'no-patch-in-transaction' // a patch alone is taken
  | 'no-patch' // neither JSON nor FHIRPath Patch, or not of this type
  | 'no-conditional-create'
  | 'no-include' // _include or _revinclude, refused or left out
  | 'no-chain' // chained parameters and _has
  | 'no-modifier'
  | 'unknown-elements-dropped'
  | 'decimals-shortened' // 1.00 comes back as 1.0
  | 'tags-accumulate'; // also security labels

/** Deviations by a part of `CapabilityStatement.software.name`, as seen on the server and version named beside. */
export const PROFILES: readonly { software: string; quirks: readonly Quirk[] }[] = [
  { software: 'HAPI FHIR', quirks: ['delete-ignores-if-match', 'unknown-elements-dropped', 'tags-accumulate'] }, // 8.8.0
  { software: 'SEKMET FHIR', quirks: ['delete-ignores-if-match', 'decimals-shortened'] }, // 0.1.1
  { software: 'Helios FHIR', quirks: ['no-patch-in-transaction'] }, // 0.2.7
];

/** Those that a person should know about, since what they see or do is reduced, in words for them. */
export const TOLD: Partial<Readonly<Record<Quirk, string>>> = {
  'delete-ignores-if-match': 'Deleting a record that somebody has just changed is not refused for certain.',
  'update-ignores-if-match': 'Saving over what somebody has just changed is not refused for certain.',
  'unknown-elements-dropped': 'Parts of a record that the server does not know are not kept.',
  'decimals-shortened': 'Numbers lose zeros at their end: 1.00 becomes 1.0.',
  'tags-accumulate': 'Tags and security labels cannot be taken off a record.',
  'no-post-search': 'A search for a person by name or birth date would put these into addresses, which servers and proxies log.',
  'no-transaction': 'Several changes cannot be saved as one.',
  'no-vread': 'After a conflict it is not known what both changes began from.',
  'no-patch': 'A change to a part of a record is saved as the whole record.',
  'no-conditional-create': 'Whether a record exists already is asked before it is created: two people at once can create it twice.',
  'no-include': 'What belongs to the rows of a search is read by requests of its own.',
  'no-chain': 'Records cannot be searched by what is in other records.',
  'no-modifier': 'Some ways to compare in a search (such as "contains") are missing.',
};

export const quirksOf = (software: string): readonly Quirk[] =>
  PROFILES.find((profile) => software.includes(profile.software))?.quirks ?? [];
