import { CareError } from '../models/errors.js';

/** A part of the client that is loaded when it is needed; an import that failed (a chunk that a new release took away) is offline. */
export async function load<T>(part: () => Promise<T>): Promise<T> {
  try {
    return await part();
  } catch {
    throw new CareError('offline', 'A part of the client could not be loaded.');
  }
}
