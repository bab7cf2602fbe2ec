/** Persistence of a store in the browser's IndexedDB. Loaded only when it is asked for. */
import { databaseName, deleteDatabase } from './database.js';
import type { PersistenceName } from './options.js';

export { createPersistenceKey, type Passphrase } from './keys.js';
export type * from './options.js';
export { Persistence } from './persistence.js';

/** Deletes a database that need not be open, or could not be opened. Tabs that have it open forget what they held. */
export async function destroyPersistence(options: PersistenceName): Promise<void> {
  const name = databaseName(options);
  if ('BroadcastChannel' in globalThis) {
    const channel = new BroadcastChannel(name);
    channel.postMessage({ over: true });
    channel.close();
  }
  await deleteDatabase(name);
}
