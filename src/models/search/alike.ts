/** Patients that may be taken for one another: the same name and birth date, or nearly. The commonest cause of the wrong record. */
import { textOf } from '../fhir/read/loose.js';
import { chooseName, nameParts } from '../fhir/read/name.js';
import type { Moment } from '../fhir/read/moment.js';
import type { Patient } from '../fhir/index.js';
import { fold } from './text.js';

/** `same`: name and birth date; `name`: the same name; `near`: names that differ by a letter, or the same names in another order. */
export const ALIKE_KINDS = ['same', 'name', 'near'] as const;
export type AlikeKind = (typeof ALIKE_KINDS)[number];

export interface Alike {
  kind: AlikeKind;
  /** How many of the list it may be taken for, itself included. */
  count: number;
}

interface Identity {
  family: string;
  given: string;
  birth: string | undefined;
}

/** For each patient of a list the strongest likeness to another one in it; undefined where there is none. In the order of the list. */
export function findAlike(patients: readonly Patient[], now: Moment, zone?: string): (Alike | undefined)[] {
  const identities = patients.map((patient) => identityOf(patient, now, zone));
  const found = identities.map(() => ({ same: 0, name: 0, near: 0 }));
  identities.forEach((a, i) => {
    for (let j = i + 1; j < identities.length; j++) {
      const kind = a && identities[j] ? likeness(a, identities[j]!) : undefined;
      if (!kind) continue;
      found[i]![kind]++;
      found[j]![kind]++;
    }
  });
  return found.map((counts) => {
    const kind = ALIKE_KINDS.find((one) => counts[one] > 0);
    return kind && { kind, count: counts[kind] + 1 };
  });
}

function identityOf(patient: Patient, now: Moment, zone: string | undefined): Identity | undefined {
  const parts = nameParts(chooseName(patient.name, { now, zone }));
  const plain = (text: string | undefined) => fold(text ?? '').replaceAll(' ', '');
  const [family, given] = [plain(parts.family), plain(parts.given[0])];
  const birth = textOf(patient.birthDate);
  if (family === '' && given === '') return parts.text === undefined ? undefined : { family: plain(parts.text), given: '', birth };
  return { family, given, birth };
}

function likeness(a: Identity, b: Identity): AlikeKind | undefined {
  const sameName = a.family === b.family && a.given === b.given;
  if (sameName) return a.birth !== undefined && a.birth === b.birth ? 'same' : 'name';
  const swapped = a.family === b.given && a.given === b.family && a.given !== '';
  return swapped || (isClose(a.family, b.family) && isClose(a.given, b.given)) ? 'near' : undefined;
}

/** Equal, or one letter more, less, other, or two changed over; only in words long enough that it could be a slip of hand or ear. */
function isClose(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length < 4 || long.length - short.length > 1) return false;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start++;
  let end = 0;
  while (end < short.length - start && short[short.length - 1 - end] === long[long.length - 1 - end]) end++;
  const [restShort, restLong] = [short.slice(start, short.length - end), long.slice(start, long.length - end)];
  if (restLong.length <= 1) return true;
  return restShort.length === 2 && restLong.length === 2 && restShort[0] === restLong[1] && restShort[1] === restLong[0];
}
