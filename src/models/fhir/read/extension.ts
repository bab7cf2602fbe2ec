/** Extensions, on elements and beside primitives (`_birthDate`), and the reasons why a value is absent. */
import { entriesOf, listOf, recordOf, recordsOf, textOf, type Loose } from './loose.js';
import type { Extension } from '../generated/types/index.js';

/** The extensions of an element with this URL, however untidy the element is. */
export function extensionsOf(element: unknown, url: string): readonly Extension[] {
  return entriesOf(recordOf(element)?.['extension'] as readonly Extension[]).filter((extension) => extension.url === url);
}

/** `value[x]` of the first extension with this URL, whatever its type. */
export function extensionValue(element: unknown, url: string): unknown {
  for (const extension of extensionsOf(element, url)) {
    const key = Object.keys(extension).find((name) => name.startsWith('value'));
    if (key !== undefined) return (extension as unknown as Loose)[key];
  }
  return undefined;
}

/** As {@link extensionValue}, for a nested extension: `['…/individual-pronouns', 'value']`. */
export function extensionPath(element: unknown, path: readonly string[]): unknown {
  let at = element;
  for (const url of path.slice(0, -1)) at = extensionsOf(at, url)[0];
  const last = path.at(-1);
  return last === undefined ? undefined : extensionValue(at, last);
}

/**
 * What stands beside a primitive: `holder._birthDate`, or for a list of primitives the entry at the same place
 * (`name._given[1]`). R4 JSON format, "JSON representation of primitive elements".
 */
export function primitiveElement(holder: unknown, key: string, index?: number): Loose | undefined {
  const beside = recordOf(holder)?.[`_${key}`];
  if (index === undefined) return recordOf(beside);
  return recordOf(Array.isArray(beside) ? beside[index] : index === 0 ? beside : undefined);
}

/** CodeSystem data-absent-reason of R4, in its order. */
export const ABSENT_REASONS = [
  'unknown',
  'asked-unknown',
  'temp-unknown',
  'not-asked',
  'asked-declined',
  'masked',
  'not-applicable',
  'unsupported',
  'as-text',
  'error',
  'not-a-number',
  'negative-infinity',
  'positive-infinity',
  'not-performed',
  'not-permitted',
] as const;
export type AbsentReason = (typeof ABSENT_REASONS)[number];

const ABSENT_URL = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
const NULL_FLAVOR_URL = 'http://hl7.org/fhir/StructureDefinition/iso21090-nullFlavor';
const ABSENT_SYSTEMS = ['http://terminology.hl7.org/CodeSystem/data-absent-reason', 'http://hl7.org/fhir/data-absent-reason'];
const NULL_FLAVOR_SYSTEMS = ['http://terminology.hl7.org/CodeSystem/v3-NullFlavor', 'http://hl7.org/fhir/v3/NullFlavor'];

/** HL7 v3 null flavours in the words of data-absent-reason, as HL7's v2-to-FHIR and C-CDA mappings have them. */
const NULL_FLAVORS: Readonly<Record<string, AbsentReason>> = {
  UNK: 'unknown',
  NI: 'unknown',
  ASKU: 'asked-unknown',
  NAV: 'temp-unknown',
  NASK: 'not-asked',
  MSK: 'masked',
  NA: 'not-applicable',
  NP: 'not-applicable',
  OTH: 'as-text',
  NINF: 'negative-infinity',
  PINF: 'positive-infinity',
};

function absentReason(code: unknown): AbsentReason | undefined {
  const text = textOf(code);
  return ABSENT_REASONS.find((reason) => reason === text) ?? (text === undefined ? undefined : 'unknown');
}

/** Why an element has no value, by its own extensions. A reason we don't know reads as `unknown`; no reason is undefined. */
export function absentReasonOf(element: unknown): AbsentReason | undefined {
  const flavor = textOf(extensionValue(element, NULL_FLAVOR_URL));
  return absentReason(extensionValue(element, ABSENT_URL)) ?? (flavor === undefined ? undefined : (NULL_FLAVORS[flavor] ?? 'unknown'));
}

/**
 * Why `holder[key]` is absent: said beside a primitive (`_birthDate`), on the element, on any entry of a list, or on the
 * elements beside a list of primitives (`_given`).
 */
export function absentReasonAt(holder: unknown, key: string): AbsentReason | undefined {
  const record = recordOf(holder);
  if (!record) return undefined;
  for (const element of [...listOf(record[`_${key}`]), ...recordsOf(record[key])]) {
    const reason = absentReasonOf(element);
    if (reason) return reason;
  }
  return undefined;
}

/** The reason that a coded value itself states: `dataAbsentReason` elements, and codings such as v3-NullFlavor#UNK in place of a code. */
export function absentReasonOfConcept(concept: unknown): AbsentReason | undefined {
  const own = absentReasonOf(concept);
  if (own) return own;
  for (const coding of recordsOf(recordOf(concept)?.['coding'])) {
    const system = textOf(coding['system']);
    const code = textOf(coding['code']);
    if (system === undefined || code === undefined) continue;
    if (ABSENT_SYSTEMS.includes(system)) return absentReason(code);
    if (NULL_FLAVOR_SYSTEMS.includes(system)) return NULL_FLAVORS[code] ?? 'unknown';
  }
  return undefined;
}
