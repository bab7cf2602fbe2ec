import { failed } from './failures.js';
import { checkKey } from './keys.js';
import type { PersistenceOptions } from './options.js';

/**
 * Options as a page without types may have given them.
 *
 * @returns the key; undefined for synthetic records.
 * @throws CareError `validation`.
 */
export function checkOptions(options: PersistenceOptions): CryptoKey | undefined {
  const { name, key, synthetic, history = 1 } = options as { [Option in keyof PersistenceOptions]?: unknown };
  if (synthetic ? key !== undefined || synthetic !== true : key === undefined)
    throw failed('validation', 'Persistence takes a key, or synthetic: true for made-up records: one of them, and not both.');
  if (synthetic ? name !== undefined && typeof name !== 'string' : typeof name !== 'string' || name === '')
    throw failed('validation', 'Persistence with a key takes a name.');
  if (!((history as number) >= 1)) throw failed('validation', 'At least one version of a resource is kept.');
  return synthetic ? undefined : checkKey(key);
}
