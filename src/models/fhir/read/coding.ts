/** Codes as people read them. R4 datatypes, Coding and CodeableConcept. */
import { absentReasonOfConcept, extensionPath, extensionsOf, primitiveElement, type AbsentReason } from './extension.js';
import { languageOf, localeOf } from './intl.js';
import { entriesOf, textOf } from './loose.js';
import { systemName } from './systems.js';
import type { CodeableConcept, Coding } from '../generated/types/index.js';

const TRANSLATION = 'http://hl7.org/fhir/StructureDefinition/translation';

/** The text of `holder[key]` in the reader's language where the record carries a translation, else as it is. */
function inLanguage(holder: object, key: string, locale: string | undefined): string | undefined {
  const own = textOf((holder as Record<string, unknown>)[key]);
  if (locale === undefined) return own;
  const wanted = localeOf(locale).toLowerCase();
  let near: string | undefined;
  for (const translation of extensionsOf(primitiveElement(holder, key), TRANSLATION)) {
    const lang = textOf(extensionPath(translation, ['lang']))?.toLowerCase();
    const content = textOf(extensionPath(translation, ['content']));
    if (content === undefined || lang === undefined) continue;
    if (lang === wanted) return content;
    if (languageOf(lang) === languageOf(locale)) near ??= content;
  }
  return near ?? own;
}

/** A coding's display, else its code. */
export function codingText(coding: Coding | undefined | null, locale?: string): string | undefined {
  return coding ? (inLanguage(coding, 'display', locale) ?? textOf(coding.code)) : undefined;
}

/** The concept's codings with the one that a person picked first. */
function codingsOf(concept: CodeableConcept | undefined | null): readonly Coding[] {
  const codings = entriesOf(concept?.coding);
  const picked = codings.filter((coding) => coding.userSelected === true);
  return picked.length === 0 ? codings : [...picked, ...codings.filter((coding) => coding.userSelected !== true)];
}

/**
 * What a concept is called: its text, else a display (of the coding that a person picked first), else a code. Undefined when
 * it holds none of them.
 */
export function conceptText(concept: CodeableConcept | undefined | null, locale?: string): string | undefined {
  if (!concept) return undefined;
  if (typeof concept === 'string') return textOf(concept);
  const codings = codingsOf(concept);
  return (
    inLanguage(concept, 'text', locale) ??
    codings.map((coding) => inLanguage(coding, 'display', locale)).find((text) => text !== undefined) ??
    codings.map((coding) => textOf(coding.code)).find((code) => code !== undefined)
  );
}

/** One code, with its system's everyday name where it has one. */
export interface CodeView {
  system: string | undefined;
  /** `SNOMED CT`, `LOINC` …; undefined when the system isn't well known. */
  systemName: string | undefined;
  code: string | undefined;
  display: string | undefined;
  userSelected: boolean;
}

export interface ConceptView {
  text: string | undefined;
  codes: readonly CodeView[];
  /** Why it is absent, where the concept says so by an extension or a null-flavour code. */
  absent: AbsentReason | undefined;
}

/** A concept with all its codes, for a detail view that shows what was recorded. */
export function conceptView(concept: CodeableConcept | undefined | null, locale?: string): ConceptView {
  return {
    text: conceptText(concept, locale),
    codes: codingsOf(concept).map((coding) => ({
      system: textOf(coding.system),
      systemName: systemName(textOf(coding.system)),
      code: textOf(coding.code),
      display: inLanguage(coding, 'display', locale),
      userSelected: coding.userSelected === true,
    })),
    absent: absentReasonOfConcept(concept),
  };
}

/** The concept's code in one system: `codeIn(observation.code, 'http://loinc.org')`. */
export function codeIn(concept: CodeableConcept | undefined | null, system: string): string | undefined {
  return textOf(entriesOf(concept?.coding).find((coding) => coding.system === system && textOf(coding.code) !== undefined)?.code);
}

/** Whether the concept holds one of these codes of a system. */
export function hasCode(concept: CodeableConcept | undefined | null, system: string, ...codes: readonly string[]): boolean {
  return entriesOf(concept?.coding).some((coding) => coding.system === system && codes.includes(textOf(coding.code) ?? ''));
}

/** Whether two concepts share a code of the same system. Text alone never makes them the same. */
export function shareCode(a: CodeableConcept | undefined | null, b: CodeableConcept | undefined | null): boolean {
  return entriesOf(a?.coding).some(
    (coding) =>
      textOf(coding.code) !== undefined &&
      textOf(coding.system) !== undefined &&
      hasCode(b, textOf(coding.system) ?? '', textOf(coding.code) ?? ''),
  );
}
