/** People, organisations and places that a record refers to, by the name a reader knows them by. */
import {
  chooseName,
  conceptText,
  formatName,
  parseReference,
  recordOf,
  recordsOf,
  referenceText,
  textOf,
  type CodeableConcept,
  type HumanName,
  type Loose,
  type Reference,
} from '../fhir/index.js';
import { namesPatient } from './ownership.js';
import type { ChartReading } from './reading.js';

export interface Party {
  /** `patient` when it is the person whose chart this is. */
  kind: 'patient' | 'named' | 'unresolved';
  /** Name, or for `unresolved` the literal reference, which is all there is. */
  text: string | undefined;
  /** What they are: a specialty or relationship, in the record's words. */
  role: string | undefined;
  /** `Practitioner/12`, where the record can be opened. */
  reference: string | undefined;
}

function conceptOf(value: unknown): string | undefined {
  return recordsOf(value)
    .map((concept) => conceptText(concept as CodeableConcept))
    .find((text) => text !== undefined);
}

function personName(record: Loose, { now, zone, locale }: ChartReading): string | undefined {
  const names = record['name'] as HumanName[] | undefined;
  return formatName(chooseName(names, { now, zone }), { locale });
}

/** Name and role of a resolved record. `depth` stops a PractitionerRole that leads back to itself. */
function nameOf(record: Loose, reading: ChartReading, depth = 0): { text: string | undefined; role?: string | undefined } {
  switch (record['resourceType']) {
    case 'Practitioner':
    case 'Patient':
    case 'Person':
      return { text: personName(record, reading) };
    case 'RelatedPerson':
      return { text: personName(record, reading), role: conceptOf(record['relationship']) };
    case 'PractitionerRole': {
      const role = conceptOf(record['specialty']) ?? conceptOf(record['code']);
      const of = (key: string): string | undefined => {
        const person = depth < 2 ? party(record[key], record, reading, depth + 1) : undefined;
        return person?.kind === 'unresolved' ? undefined : person?.text;
      };
      return { text: of('practitioner') ?? of('organization'), role };
    }
    case 'Device':
      return { text: textOf(recordsOf(record['deviceName'])[0]?.['name']) ?? conceptOf(record['type']) };
    default:
      return { text: textOf(record['name']) ?? textOf(record['title']) ?? conceptOf(record['code']) ?? conceptOf(record['type']) };
  }
}

function party(reference: unknown, from: object, reading: ChartReading, depth: number): Party | undefined {
  const given = recordOf(reference) as Reference | undefined;
  const parsed = parseReference(given);
  if (!given || !parsed) return undefined;
  const literal = textOf(given.reference);
  const openable = parsed.kind === 'relative' ? `${parsed.type}/${parsed.id}` : undefined;
  const display = textOf(given.display);
  if (reading.patient && namesPatient(given, reading.patient) === 'same')
    return { kind: 'patient', text: display, role: undefined, reference: openable };
  const found = reading.resolver.resolve(given, from);
  const named = found && nameOf(found, reading, depth);
  const text = display ?? named?.text ?? referenceText(given);
  if (text !== undefined) return { kind: 'named', text, role: named?.role, reference: openable };
  return { kind: 'unresolved', text: literal, role: undefined, reference: openable };
}

/** Whom a reference names; undefined when it says nothing. The display that the author wrote comes before a name that was looked up. */
export function partyOf(reference: unknown, from: object, reading: ChartReading): Party | undefined {
  return party(reference, from, reading, 0);
}

/** The parties of a list of references, without those that say nothing. */
export function partiesOf(references: unknown, from: object, reading: ChartReading): Party[] {
  return recordsOf(references).flatMap((reference) => partyOf(reference, from, reading) ?? []);
}
