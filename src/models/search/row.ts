/** A patient as a row of a search result: what tells one person from another, with what matched marked. */
import { formatAge, patientAge } from '../fhir/read/age.js';
import { formatDate } from '../fhir/read/date-format.js';
import { formatIdentifier, identifierKind, identifierLabel, pickIdentifier, type IdentifierKind } from '../fhir/read/identifier.js';
import { entriesOf, recordOf, textOf } from '../fhir/read/loose.js';
import { bannerName, chooseName, formatName, initials } from '../fhir/read/name.js';
import type { Moment } from '../fhir/read/moment.js';
import { sortTelecom } from '../fhir/read/telecom.js';
import type { HumanName, Identifier, Patient } from '../fhir/index.js';
import { findAlike, type Alike } from './alike.js';
import { matchPatient, type Match } from './match.js';
import type { PatientQuery } from './query.js';
import { bareNumber, markNumber, markWords, type Segment } from './text.js';

export interface PatientRow {
  patient: Patient;
  /** `Patient/12`; undefined for a record without an id, which cannot be opened. */
  reference: string | undefined;
  /** The same from one list to the next. */
  key: string;
  family: readonly Segment[];
  given: readonly Segment[];
  /** Only where there is neither family nor given name. */
  text: readonly Segment[];
  initials: string | undefined;
  /** Another name of the person, when it is the one that matched. */
  other: { segments: readonly Segment[]; former: boolean } | undefined;
  birth: { date: string; age: string | undefined; hit: boolean } | undefined;
  gender: string | undefined;
  identifiers: readonly { kind: IdentifierKind | undefined; label: string | undefined; value: readonly Segment[] }[];
  phone: readonly Segment[] | undefined;
  deceased: boolean;
  died: string | undefined;
  inactive: boolean;
  /** The record that took this one's place (`Patient/13`). */
  replacedBy: string | undefined;
  alike: Alike | undefined;
}

export interface RowOptions {
  now: Moment;
  zone?: string | undefined;
  locale: string;
}

/** Kinds that are read aloud to tell people apart, in that order. Numbers that are a secret of the person (SSN) show only when typed. */
const SHOWN: readonly IdentifierKind[] = ['mrn', 'nhs', 'medicare', 'ihi', 'dva', 'mbi', 'member'];
const MOST_IDENTIFIERS = 2;

/** Rows in the order of how well they answer; patients in use before others that answer as well, then by name. */
export function patientRows(patients: readonly Patient[], query: PatientQuery | undefined, options: RowOptions): PatientRow[] {
  const ranked = patients.map((patient) => ({ patient, match: query && matchPatient(patient, query) }));
  if (query) {
    const collator = new Intl.Collator(options.locale, { sensitivity: 'base', numeric: true });
    const key = new Map(patients.map((patient) => [patient, formatName(chooseName(patient.name, options), { form: 'list' }) ?? '']));
    ranked.sort(
      (a, b) =>
        (b.match?.score ?? 0) - (a.match?.score ?? 0) ||
        standing(a.patient) - standing(b.patient) ||
        collator.compare(key.get(a.patient)!, key.get(b.patient)!) ||
        (textOf(a.patient.birthDate) ?? '').localeCompare(textOf(b.patient.birthDate) ?? ''),
    );
  }
  const alike = findAlike(ranked.map(({ patient }) => patient), options.now, options.zone); // prettier-ignore
  return ranked.map(({ patient, match }, i) => rowOf(patient, match, alike[i], options));
}

/** Records that are seldom the one looked for come later: of the dead, out of use, merged into others. */
function standing(patient: Patient): number {
  const dead = patient.deceasedBoolean === true || textOf(patient.deceasedDateTime) !== undefined;
  return (replacedBy(patient) === undefined ? 0 : 4) + (patient.active === false ? 2 : 0) + (dead ? 1 : 0);
}

function rowOf(patient: Patient, match: Match | undefined, alike: Alike | undefined, options: RowOptions): PatientRow {
  const chosen = chooseName(patient.name, options);
  const name = bannerName(chosen);
  const words = match?.words ?? [];
  const mark = (text: string | undefined) => markWords(text ?? '', words);
  const { age, deceased, died } = patientAge(patient, options.now, options.zone);
  const birth = textOf(patient.birthDate);
  const id = textOf(patient.id);
  const reference = id === undefined ? undefined : `Patient/${id}`;
  return {
    patient,
    reference,
    key: reference ?? `${birth ?? ''} ${formatName(chosen) ?? ''} ${entriesOf(patient.identifier)[0]?.value ?? ''}`,
    family: mark(name?.family),
    given: mark([name?.given, name?.suffix].filter((word) => word !== undefined).join(' ')),
    text: mark(name?.text),
    initials: initials(chosen, options.locale),
    other: match?.name && match.name !== chosen ? otherName(match.name, words, options) : undefined,
    birth:
      birth === undefined
        ? undefined
        : { date: formatDate(birth, options)!, age: formatAge(age, options.locale), hit: match?.birth ?? false },
    gender: textOf(patient.gender),
    identifiers: identifiersOf(patient, match?.number, options),
    phone: phoneOf(patient, match?.number, options),
    deceased,
    died: died === undefined ? undefined : formatDate(died, { ...options, show: 'date' }),
    inactive: patient.active === false,
    replacedBy: replacedBy(patient),
    alike,
  };
}

function otherName(name: HumanName, words: readonly string[], { locale }: RowOptions): PatientRow['other'] {
  const text = formatName(name, { locale, form: 'list' });
  return text === undefined ? undefined : { segments: markWords(text, words), former: name.use === 'old' || name.use === 'maiden' };
}

function identifiersOf(patient: Patient, number: string | undefined, { now, zone }: RowOptions): PatientRow['identifiers'] {
  const all = entriesOf(patient.identifier);
  const hit = number === undefined ? undefined : all.find(({ value }) => bareNumber(textOf(value) ?? '').startsWith(number));
  const known = SHOWN.flatMap((kind) => pickIdentifier(patient.identifier, { now, zone, prefer: [kind] }) ?? []);
  // A record that has none of these still has something to tell it by: its own system's number, without the secret ones.
  const local = known.length > 0 ? undefined : pickIdentifier(all.filter((one) => !isSecret(one)), { now, zone }); // prettier-ignore
  const shown = [...new Set([hit, ...known, local])].filter((one): one is Identifier => one !== undefined).slice(0, MOST_IDENTIFIERS);
  return shown.map((identifier) => ({
    kind: identifierKind(identifier),
    label: identifierLabel(identifier),
    value: markNumber(formatIdentifier(identifier) ?? '', identifier === hit && number !== undefined ? number : ''),
  }));
}

function isSecret(identifier: Identifier): boolean {
  const kind = identifierKind(identifier);
  return kind === 'ssn' || kind === 'passport' || kind === 'driver-licence';
}

/** Shown only when it is what was typed. */
function phoneOf(patient: Patient, number: string | undefined, { now, zone }: RowOptions): readonly Segment[] | undefined {
  if (number === undefined) return undefined;
  const end = number.replace(/^(?:0|61)/, '');
  const points = sortTelecom(patient.telecom, { now, zone, systems: ['phone', 'sms'] });
  const point = points.find(({ value }) => bareNumber(textOf(value) ?? '').includes(end));
  return point && markNumber(textOf(point.value) ?? '', bareNumber(point.value ?? '').includes(number) ? number : end);
}

function replacedBy(patient: Patient): string | undefined {
  const link = entriesOf(patient.link).find(({ type }) => type === 'replaced-by');
  return link && (textOf(recordOf(link.other)?.['reference']) ?? '');
}
