/** Steps of a path, checked: what a caller gives must not lead elsewhere. */
import { careError } from './failure.js';

/** An id as one step of a path. */
export function pathId(id: string): string {
  if (!/^[^/?#\s]+$/.test(id) || /^\.+$/.test(id)) throw careError('validation', { detail: 'This is not an id.' });
  return encodeURIComponent(id);
}

export function pathType(type: string): string {
  if (!/^[A-Z][A-Za-z]+$/.test(type)) throw careError('validation', { detail: 'This is not a resource type.' });
  return type;
}
