/** Persistence of a store in the browser's IndexedDB. Loaded only when it is asked for. */
export { createPersistenceKey, type Passphrase } from './keys.js';
export type * from './options.js';
export { destroyPersistence, Persistence } from './persistence.js';
