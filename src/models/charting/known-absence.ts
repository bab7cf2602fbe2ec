/**
 * Entries that say there is nothing: "No known drug allergy", "No current problems". They are statements, made by someone at
 * some time; they are never drawn as an allergy, a problem or a medicine, and an empty list is never drawn as one of them.
 */
import { conceptText, entriesOf, recordOf, textOf, type CodeableConcept, type Loose } from '../fhir/index.js';
import type { Caution } from './completeness.js';
import type { ChartRow } from './row.js';

export type AbsenceDomain = 'allergies' | 'problems' | 'medications';

/** How far the statement reaches. `unknown`: the record says that nothing is known, which is not "none". */
export const ABSENCE_SCOPES = ['all', 'drug', 'food', 'environment', 'latex', 'insect', 'animal', 'unknown'] as const;
export type AbsenceScope = (typeof ABSENCE_SCOPES)[number];

const SNOMED = 'http://snomed.info/sct';
const IPS = ['http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips', 'http://terminology.hl7.org/CodeSystem/absent-unknown-uv-ips'];

type Codes = Readonly<Record<string, readonly [AbsenceDomain, AbsenceScope]>>;

/** SNOMED CT International, |No known allergy| and its children, and the situations for problems and medicines. */
const SNOMED_CODES: Codes = {
  716186003: ['allergies', 'all'],
  160244002: ['allergies', 'all'], // its inactive forerunner, |No known allergies|
  409137002: ['allergies', 'drug'],
  429625007: ['allergies', 'food'],
  428607008: ['allergies', 'environment'],
  1003774007: ['allergies', 'latex'],
  716184000: ['allergies', 'latex'], // its inactive forerunner
  428197003: ['allergies', 'insect'],
  716220001: ['allergies', 'animal'],
  1631000175102: ['allergies', 'unknown'], // |Patient not asked|, by the Da Vinci and US Core guides
  160245001: ['problems', 'all'],
  787481004: ['medications', 'all'],
  '1234391000168107': ['medications', 'all'], // SNOMED CT-AU |No known current medicines|
};

/** HL7 IPS, Absent and Unknown Data. */
const IPS_CODES: Codes = {
  'no-known-allergies': ['allergies', 'all'],
  'no-known-medication-allergies': ['allergies', 'drug'],
  'no-known-environmental-allergies': ['allergies', 'environment'],
  'no-known-food-allergies': ['allergies', 'food'],
  'no-allergy-info': ['allergies', 'unknown'],
  'no-known-problems': ['problems', 'all'],
  'no-problem-info': ['problems', 'unknown'],
  'no-known-medications': ['medications', 'all'],
  'no-medication-info': ['medications', 'unknown'],
};

/** English words that mean the same, where an entry carries no code. Whole phrases only: "no known allergies except …" is none. */
const PHRASES: readonly (readonly [RegExp, AbsenceDomain, AbsenceScope])[] = [
  [/^(?:nka|no known allerg(?:y|ies)|nil known allergies|no allergies known)$/, 'allergies', 'all'],
  [/^(?:nkda|nkma|no known (?:drug|medication|medicine) allerg(?:y|ies)|nil known drug allergies)$/, 'allergies', 'drug'],
  [/^(?:nkfa|no known food allerg(?:y|ies))$/, 'allergies', 'food'],
  [/^no known environmental allerg(?:y|ies)$/, 'allergies', 'environment'],
  [/^no (?:known|current) (?:problems|conditions|problems or disability)$/, 'problems', 'all'],
  [/^no known (?:current )?(?:medications?|medicines?)$/, 'medications', 'all'],
];

function phraseOf(text: string | undefined): readonly [AbsenceDomain, AbsenceScope] | undefined {
  const plain = text
    ?.toLowerCase()
    .replace(/\(situation\)/g, '')
    .replace(/[.!\s]+$/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  const found = PHRASES.find(([phrase]) => plain !== undefined && phrase.test(plain));
  return found && [found[1], found[2]];
}

export interface KnownAbsence {
  domain: AbsenceDomain;
  scope: AbsenceScope;
  /** The record's own words. */
  words: string | undefined;
  /** The words beside the code are none that we know to mean the same: they are shown beside the statement. */
  wordsDiffer: boolean;
}

/** Reads a concept that says "none known"; undefined for any other. A code of a real thing always comes before such words. */
export function knownAbsence(concept: unknown): KnownAbsence | undefined {
  const record = recordOf(concept) as CodeableConcept | undefined;
  const own = textOf(typeof concept === 'string' ? concept : record?.text);
  const codings = entriesOf(record?.coding).filter((coding) => textOf(coding.code) !== undefined);
  const coded = codings.map((coding) => {
    const [system, code] = [textOf(coding.system) ?? '', textOf(coding.code) ?? ''];
    const table = system === SNOMED || system.startsWith(`${SNOMED}/`) ? SNOMED_CODES : IPS.includes(system) ? IPS_CODES : undefined;
    return table && Object.hasOwn(table, code) ? table[code] : undefined;
  });
  const known = coded.find((found) => found !== undefined);
  // One coding says "none", another names a substance: nobody can tell; the entry stays a row.
  if (known && coded.some((found, i) => found === undefined && !isSilent(codings[i], known))) return undefined;
  if (known) {
    const displays = codings.map(({ display }) => textOf(display)?.toLowerCase());
    const differ = own !== undefined && !phraseOf(own) && !displays.includes(own.toLowerCase()) && !sameInOtherWords(own);
    return { domain: known[0], scope: known[1], words: own ?? conceptText(record), wordsDiffer: differ };
  }
  const phrase = codings.length === 0 ? phraseOf(own) : undefined;
  return phrase && { domain: phrase[0], scope: phrase[1], words: own, wordsDiffer: false };
}

/** A local code beside the known one, whose display says the same or nothing. */
function isSilent(coding: { display?: unknown } | undefined, [domain]: readonly [AbsenceDomain, AbsenceScope]): boolean {
  const display = textOf(coding?.display);
  return display === undefined || phraseOf(display)?.[0] === domain || sameInOtherWords(display);
}

/** "Patient not taking any medications": a negation in the record's own words, which does not name a thing. */
function sameInOtherWords(text: string): boolean {
  return /^(?:nil|none|no|not|patient (?:is |has )?no[tn]?)\b/i.test(text);
}

export interface AbsenceStatement {
  domain: AbsenceDomain;
  scope: AbsenceScope;
  /** The entry itself, with who recorded it and when among its facts. */
  row: ChartRow;
  words: string | undefined;
  /** R4 verification code, where there is one: an unconfirmed "none known" says so. */
  verification: string | undefined;
}

/** Cautions of a statement: words that differ, and content that "none" cannot have. */
export function absenceCautions(found: KnownAbsence, resource: Loose): Caution[] {
  const cautions: Caution[] = [];
  if (found.wordsDiffer && found.words !== undefined) cautions.push({ code: 'words-differ', written: found.words });
  const reactions = resource['reaction'];
  if ((Array.isArray(reactions) && reactions.length > 0) || (found.domain === 'medications' && hasDose(resource)))
    cautions.push({ code: 'contradicts-itself' });
  return cautions;
}

function hasDose(resource: Loose): boolean {
  return [resource['dosage'], resource['dosageInstruction']].some(
    (dosage) =>
      Array.isArray(dosage) &&
      dosage.some((one) => textOf(recordOf(one)?.['text']) !== undefined || recordOf(one)?.['doseAndRate'] !== undefined),
  );
}
