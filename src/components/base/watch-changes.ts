import type { CareClient, RecordChange } from '../../client/index.js';

/** Changes of any of these types, and those of which it is not known what they were. Gives what ends it. */
export function watchChanges(client: CareClient, types: readonly string[], changed: (change: RecordChange) => void): () => void {
  // Another copy of the package, or a stand-in, may have a client that tells of none.
  const end = (client as Partial<CareClient>).onChange?.call(client, (changes) => {
    for (const change of changes) if (change.type === 'Resource' || types.includes(change.type)) changed(change);
  });
  return () => end?.();
}

interface Versioned {
  resourceType: string;
  id?: string | undefined;
  meta?: { versionId?: string | undefined } | undefined;
}

/** Whether these records do not have a change yet: it is not among them, or in another version. */
export function isNewsTo(records: readonly Versioned[], { type, id, versionId, deleted }: RecordChange): boolean {
  if (id === undefined) return true;
  const held = records.find((record) => record.resourceType === type && record.id === id);
  if (deleted) return held !== undefined;
  return held === undefined || versionId === undefined || held.meta?.versionId !== versionId;
}
