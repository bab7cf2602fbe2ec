/** Status codes as they are written: a CodeableConcept (R4), a bare code (STU3 and required codes), or something else. */
import { conceptText, recordOf, recordsOf, textOf, type CodeableConcept } from '../fhir/index.js';
import type { Caution } from './completeness.js';

export interface StatusRead<C extends string> {
  /** One of the codes asked for; undefined when it is missing or none of them. */
  code: C | undefined;
  /** What stands there, in the record's words; undefined when nothing does. */
  written: string | undefined;
  /** A bare code where R4 has a concept. */
  bare: boolean;
}

/**
 * Reads a status that R4 writes as a CodeableConcept. A coding counts when its system is one of these (by its end: HL7 moved
 * them) or it has none; another system's "active" need not mean the same.
 */
export function conceptStatus<C extends string>(value: unknown, codes: readonly C[], systemEnd: RegExp): StatusRead<C> {
  if (typeof value === 'string') return { code: codes.find((code) => code === value.trim()), written: textOf(value), bare: true };
  const concept = recordOf(value) as CodeableConcept | undefined;
  const written = conceptText(concept);
  for (const coding of recordsOf(concept?.coding)) {
    const system = textOf(coding['system']);
    const code = codes.find((one) => one === textOf(coding['code']));
    if (code !== undefined && (system === undefined || systemEnd.test(system))) return { code, written, bare: false };
  }
  return { code: undefined, written, bare: false };
}

/** Reads a status that R4 writes as a code. */
export function codeStatus<C extends string>(value: unknown, codes: readonly C[]): StatusRead<C> {
  const written = textOf(value);
  return { code: codes.find((code) => code === written), written, bare: false };
}

/** The caution for a status that could not be read. */
export function statusCautions(status: StatusRead<string>): Caution[] {
  if (status.code !== undefined) return [];
  return [status.written === undefined ? { code: 'status-missing' } : { code: 'status-unknown', written: status.written }];
}
