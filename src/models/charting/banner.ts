/** Who this is: what the identity banner shows of a Patient, as recorded, with what is missing or doubtful said. */
import {
  absentReasonOfConcept,
  bannerName,
  checkIdentifier,
  chooseName,
  conceptText,
  extensionPath,
  extensionsOf,
  extensionValue,
  formatAge,
  formatDate,
  formatIdentifier,
  formatName,
  formerNames,
  genderIdentity,
  identifierKind,
  identifierLabel,
  initials,
  knownAs,
  languageNeed,
  nameAbsentReason,
  nameParts,
  patientAge,
  primitiveElement,
  pronouns,
  recordOf,
  recordsOf,
  textOf,
  type AbsentReason,
  type BannerName,
  type CheckResult,
  type CodeableConcept,
  type HumanName,
  type Identifier,
  type IdentifierKind,
  type LanguageNeed,
  type Loose,
  type StatedValue,
} from '../fhir/index.js';
import { cautionsOf, type Caution } from './completeness.js';
import { narrativeText } from './narrative.js';
import { partyOf, type Party } from './party.js';
import type { ChartReading } from './reading.js';

export interface BannerIdentifier {
  kind: IdentifierKind | undefined;
  /** What it is called, in the record's words where the kind is none that is known. */
  label: string | undefined;
  value: string;
  check: CheckResult | undefined;
}

export const LINK_TYPES = ['replaced-by', 'replaces', 'refer', 'seealso'] as const;
export interface BannerLink {
  /** `replaced-by`: this record is out of use; the other one is the patient's. */
  type: (typeof LINK_TYPES)[number] | undefined;
  other: Party;
}

export interface BannerBirth {
  text: string | undefined;
  /** `42 y`; at death for the deceased. */
  age: string | undefined;
  /** The date lies after today. */
  future: boolean;
  absent: AbsentReason | undefined;
  /** Parts that the record says are estimated or unknown, although a whole date is written. */
  doubtful: readonly ('day' | 'month' | 'year')[];
}

/** A sex that the record holds beside the administrative gender, with what it is: "Sex assigned at birth". */
export interface RecordedSex {
  kind: 'birth' | 'us-core' | 'recorded';
  label: string | undefined;
  text: string | undefined;
  absent: AbsentReason | undefined;
}

export interface BannerView {
  reference: string | undefined;
  name: BannerName | undefined;
  /** Only where there is no readable name. */
  nameAbsent: AbsentReason | undefined;
  /** The whole name in one line, for a title or a label. */
  fullName: string | undefined;
  nameLanguage: string | undefined;
  knownAs: string | undefined;
  formerNames: readonly string[];
  /** Plain words of the narrative, where neither name nor identifier nor birth date can be read. */
  narrative: string | undefined;
  initials: string | undefined;
  birth: BannerBirth;
  deceased: boolean;
  /** Date of death as a reader sees it; undefined when only the fact is recorded. */
  died: string | undefined;
  diedDoubtful: readonly ('day' | 'month' | 'year')[];
  /** R4 administrative gender, or what stands there. */
  gender: { code: 'male' | 'female' | 'other' | 'unknown' | undefined; written: string | undefined; absent: AbsentReason | undefined };
  sexes: readonly RecordedSex[];
  genderIdentity: StatedValue | undefined;
  pronouns: StatedValue | undefined;
  identifiers: readonly BannerIdentifier[];
  identifierAbsent: AbsentReason | undefined;
  /** `active` is false: the record is not in use. */
  inactive: boolean;
  links: readonly BannerLink[];
  multipleBirth: { order: number | undefined } | undefined;
  language: LanguageNeed;
  cautions: readonly Caution[];
}

const STRUCTURE = 'http://hl7.org/fhir/StructureDefinition/';
const US_CORE = 'http://hl7.org/fhir/us/core/StructureDefinition/';
const ACCURACY = 'http://hl7.org.au/fhir/StructureDefinition/date-accuracy-indicator';
const DATE_PARTS = ['day', 'month', 'year'] as const;

/** AU Base date accuracy indicator: three letters for day, month and year; anything but A (accurate) is doubtful. */
function doubtful(beside: unknown): BannerBirth['doubtful'] {
  const code = textOf(recordOf(extensionValue(beside, ACCURACY))?.['code']);
  return code !== undefined && /^[AEU]{3}$/.test(code) ? DATE_PARTS.filter((_, i) => code[i] !== 'A') : [];
}

function sexOf(kind: RecordedSex['kind'], value: unknown, label: string | undefined, locale: string | undefined): RecordedSex | undefined {
  const record = recordOf(value);
  const concept = (
    record && 'coding' in record ? record : record && ('code' in record || 'display' in record) ? { coding: [record] } : undefined
  ) as CodeableConcept | undefined;
  const absent = absentReasonOfConcept(concept);
  const text = absent ? undefined : (conceptText(concept ?? (record as CodeableConcept | undefined), locale) ?? textOf(value));
  return text === undefined && absent === undefined ? undefined : { kind, label, text, absent };
}

/** US Core birth sex and sex, and HL7's recorded sex or gender, each as recorded. */
function sexesOf(patient: Loose, locale: string | undefined): RecordedSex[] {
  const found = [
    sexOf(
      'birth',
      extensionValue(patient, `${US_CORE}us-core-birthsex`) ?? extensionValue(patient, `${STRUCTURE}patient-birthSex`),
      undefined,
      locale,
    ),
    sexOf(
      'us-core',
      extensionValue(patient, `${US_CORE}us-core-individual-sex`) ?? extensionValue(patient, `${US_CORE}us-core-sex`),
      undefined,
      locale,
    ),
    ...extensionsOf(patient, `${STRUCTURE}individual-recordedSexOrGender`).map((extension) =>
      sexOf(
        'recorded',
        extensionPath(extension, ['value']),
        conceptText(extensionPath(extension, ['type']) as CodeableConcept | undefined, locale),
        locale,
      ),
    ),
  ];
  return found.filter((sex) => sex !== undefined);
}

/** Kinds in the order a clinic looks for them; the rest of the record's identifiers follow as they stand. */
const KIND_ORDER: readonly (IdentifierKind | undefined)[] = ['mrn', 'nhs', 'ihi', 'medicare', 'dva', 'mbi', 'member', undefined];
/** Numbers that do not belong on a screen that others can see. They stay in the original. */
const PRIVATE: readonly (IdentifierKind | undefined)[] = ['ssn', 'driver-licence', 'passport'];

function identifiersOf(patient: Loose): BannerIdentifier[] {
  const rank = (identifier: Identifier): number => {
    const at = KIND_ORDER.indexOf(identifierKind(identifier));
    return (at < 0 ? KIND_ORDER.length : at) + (identifier.use === 'old' || identifier.use === 'temp' ? 20 : 0);
  };
  const seen = new Set<string>();
  return (recordsOf(patient['identifier']) as readonly unknown[] as readonly Identifier[])
    .filter((identifier) => identifier.use !== 'old' && !PRIVATE.includes(identifierKind(identifier)))
    .toSorted((a, b) => rank(a) - rank(b))
    .flatMap((identifier) => {
      const value = formatIdentifier(identifier);
      // One number under two systems is read once, under the name that comes first.
      if (value === undefined || seen.has(value)) return [];
      seen.add(value);
      return [{ kind: identifierKind(identifier), label: identifierLabel(identifier), value, check: checkIdentifier(identifier) }];
    });
}

function identifierAbsence(patient: Loose): AbsentReason | undefined {
  return recordsOf(patient['identifier'])
    .map((identifier) => absentReasonOfConcept(identifier) ?? absentReasonOfConcept(recordOf(identifier['_value'])))
    .find((reason) => reason !== undefined);
}

function linksOf(patient: Loose, reading: ChartReading): BannerLink[] {
  return recordsOf(patient['link']).flatMap((link) => {
    // A link is to another record of the person, so "the patient" would say nothing here.
    const other = partyOf(link['other'], patient, { ...reading, patient: undefined });
    return other ? [{ type: LINK_TYPES.find((type) => type === link['type']), other }] : [];
  });
}

function multipleBirthOf(patient: Loose): BannerView['multipleBirth'] {
  const order = patient['multipleBirthInteger'];
  if (typeof order === 'number' && Number.isFinite(order)) return { order };
  return patient['multipleBirthBoolean'] === true ? { order: undefined } : undefined;
}

const GENDERS = ['male', 'female', 'other', 'unknown'] as const;

export function bannerView(input: unknown, reading: ChartReading): BannerView {
  const patient = recordOf(input) ?? {};
  const { locale, zone, now } = reading;
  const names = patient['name'] as HumanName[] | undefined;
  const chosen = chooseName(names, { now, zone });
  const life = patientAge(patient, now, zone);
  const birthDate = textOf(patient['birthDate']);
  const identifiers = identifiersOf(patient);
  const gender = textOf(patient['gender']);
  const id = textOf(patient['id']);
  const bare = !chosen && identifiers.length === 0 && birthDate === undefined;
  return {
    reference: id === undefined ? undefined : `Patient/${id}`,
    name: bannerName(chosen),
    nameAbsent: chosen ? undefined : nameAbsentReason(patient),
    fullName: formatName(chosen, { locale }),
    nameLanguage: nameParts(chosen).language,
    knownAs: knownAs(names, { now, zone }),
    formerNames: formerNames(names, now, zone).flatMap((name) => formatName(name, { locale }) ?? []),
    narrative: bare ? narrativeText(patient) : undefined,
    initials: initials(chosen, locale),
    birth: {
      text: formatDate(birthDate, { locale }),
      age: formatAge(life.age, locale),
      future: life.future,
      absent: life.absent,
      doubtful: doubtful(primitiveElement(patient, 'birthDate')),
    },
    deceased: life.deceased,
    died: formatDate(life.died, { locale, zone, show: 'date' }),
    diedDoubtful: doubtful(primitiveElement(patient, 'deceasedDateTime')),
    gender: {
      code: GENDERS.find((code) => code === gender),
      written: gender,
      absent: gender === undefined ? absentReasonOfConcept(primitiveElement(patient, 'gender')) : undefined,
    },
    sexes: sexesOf(patient, locale),
    genderIdentity: genderIdentity(patient, now, locale),
    pronouns: pronouns(patient, now, locale),
    identifiers,
    identifierAbsent: identifiers.length === 0 ? identifierAbsence(patient) : undefined,
    inactive: patient['active'] === false,
    links: linksOf(patient, reading),
    multipleBirth: multipleBirthOf(patient),
    language: languageNeed(patient, locale),
    cautions: cautionsOf(patient),
  };
}

/** The link that says this record has been merged into another one. */
export function mergedInto(view: BannerView): Party | undefined {
  return view.links.find(({ type }) => type === 'replaced-by')?.other;
}
