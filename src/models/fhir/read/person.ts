/** What a Patient says about how to address and understand the person: pronouns, gender identity, language, interpreter. */
import { absentReasonOfConcept, extensionPath, extensionsOf, extensionValue, type AbsentReason } from './extension.js';
import { conceptText, codingText, hasCode } from './coding.js';
import { isInForce, type PeriodLike } from './date-compare.js';
import { recordOf, recordsOf, textOf } from './loose.js';
import type { Moment } from './moment.js';
import type { CodeableConcept, Coding } from '../generated/types/index.js';

const STRUCTURE = 'http://hl7.org/fhir/StructureDefinition/';
const PRONOUNS = `${STRUCTURE}individual-pronouns`;
const GENDER_IDENTITY = `${STRUCTURE}individual-genderIdentity`;
/** The same by the name it had before the cross-version extension pack. */
const OLD_GENDER_IDENTITY = `${STRUCTURE}patient-genderIdentity`;
const INTERPRETER = `${STRUCTURE}patient-interpreterRequired`;
const US_INTERPRETER = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-interpreter-needed';

export interface StatedValue {
  text: string | undefined;
  /** Asked but declined, unknown …: to be said, not shown as an answer. */
  absent: AbsentReason | undefined;
}

function stated(patient: unknown, url: string, now: Moment, locale: string | undefined): StatedValue | undefined {
  for (const extension of extensionsOf(patient, url)) {
    if (!isInForce(recordOf(extensionPath(extension, ['period'])) as PeriodLike | undefined, now)) continue;
    const concept = (extensionPath(extension, ['value']) ?? extensionValue(patient, url)) as CodeableConcept | undefined;
    const absent = absentReasonOfConcept(concept);
    const text = conceptText(concept, locale);
    if (text !== undefined || absent !== undefined) return { text, absent };
  }
  return undefined;
}

/** Pronouns in force at `now`, in the short form people use: `she/her` of `she/her/her/hers/herself`. */
export function pronouns(patient: unknown, now: Moment, locale?: string): StatedValue | undefined {
  const found = stated(patient, PRONOUNS, now, locale);
  const words = found?.text?.split('/');
  return found && words && words.length > 2 ? { ...found, text: words.slice(0, 2).join('/') } : found;
}

export function genderIdentity(patient: unknown, now: Moment, locale?: string): StatedValue | undefined {
  return stated(patient, GENDER_IDENTITY, now, locale) ?? stated(patient, OLD_GENDER_IDENTITY, now, locale);
}

export interface LanguageNeed {
  /** The preferred language, else the only one; its code (`ar`) and words. */
  code: string | undefined;
  text: string | undefined;
  /** Undefined when nobody recorded it: that is not "no". */
  interpreter: boolean | undefined;
}

/** The language to speak with a patient, and whether an interpreter is needed. */
export function languageNeed(patient: unknown, locale?: string): LanguageNeed {
  const spoken = recordsOf(recordOf(patient)?.['communication']);
  const preferred = spoken.find((entry) => entry['preferred'] === true) ?? (spoken.length === 1 ? spoken[0] : undefined);
  const language = recordOf(preferred?.['language']) as CodeableConcept | undefined;
  const code = textOf((recordsOf(language?.coding)[0] as Coding | undefined)?.code);
  return { code, text: conceptText(language, locale), interpreter: interpreterNeeded(patient) };
}

/** Answers of us-core-interpreter-needed are SNOMED CT's yes and no. */
function interpreterNeeded(patient: unknown): boolean | undefined {
  const own = extensionValue(patient, INTERPRETER);
  if (typeof own === 'boolean') return own;
  const coding = extensionValue(patient, US_INTERPRETER) as Coding | undefined;
  const concept = { coding: [coding ?? {}] };
  if (hasCode(concept, 'http://snomed.info/sct', '373066001')) return true;
  if (hasCode(concept, 'http://snomed.info/sct', '373067005')) return false;
  return /^yes$/i.test(codingText(coding) ?? '') ? true : undefined;
}
