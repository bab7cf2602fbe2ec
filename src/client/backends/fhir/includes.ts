/** `_include` and `_revinclude` on their way out: which of them a server is known not to take, and whether it left them out. */
import type { TypeCapabilities } from '../../backend.js';
import type { Learned } from './learned.js';
import type { Query } from './params.js';

export const isInclude = (name: string): boolean => /^_(?:rev)?include\b/.test(name);

/** The name under which it is remembered that a server does not take one. */
export const includeKey = (name: string, value: string): `no-include ${string}` => `no-include ${name}=${value}`;

/** `Appointment:actor` is covered by itself, by `*`, and by the forms that statements use for it (`Appointment.actor`, `actor`). */
function covers(declared: string, value: string): boolean {
  const [type, param] = value.split(':');
  return declared === '*' || declared === param || declared.replace('.', ':').startsWith(`${type}:${param}`);
}

export interface Includes {
  /** What goes out. */
  sent: Query;
  /** What has to be had otherwise. */
  missed: Query;
}

export function splitIncludes(query: Query, declared: TypeCapabilities | undefined, learned: Learned): Includes {
  const sent: Query = {};
  const missed: Query = {};
  for (const [name, values] of Object.entries(query)) {
    const list = name === '_include' ? declared?.includes : name === '_revinclude' ? declared?.revIncludes : undefined;
    for (const value of values) {
      const known = !isInclude(name) || value.includes('*') || !list || list.some((one) => covers(one, value));
      const to = known && !learned.missing.has(includeKey(name, value)) ? sent : missed;
      (to[name] ??= []).push(value);
    }
  }
  return { sent, missed };
}

/** All of several, each value once. */
export function together(...queries: readonly Query[]): Query {
  const all: Query = {};
  for (const query of queries)
    for (const [name, values] of Object.entries(query)) all[name] = [...new Set([...(all[name] ?? []), ...values])];
  return all;
}

/**
 * Those sent that a page shows to be left out, or that it may have left out: none in a self link that names other parameters, or
 * nothing came along with rows.
 */
export function unanswered(sent: Query, selfLink: string | undefined, posted: boolean, rows: number, included: number): Query {
  const used = [...new URLSearchParams(selfLink?.split('?')[1]).keys()];
  // As with filters: after a POST some servers never put the form's fields there.
  const tells = selfLink !== undefined && (used.length > 0 || !posted);
  return Object.fromEntries(
    Object.entries(sent).filter(([name]) => {
      if (!isInclude(name) || rows === 0) return false;
      return (tells && !used.some((one) => one.startsWith(name))) || (name === '_include' && included === 0);
    }),
  );
}
