/**
 * Dosage instructions. The sentence that somebody wrote comes first and is never changed. Without one, the common structured
 * shapes are put into words by the page; any other is said to be one that cannot be, with all that is there.
 */
import {
  conceptText,
  formatQuantity,
  numberText,
  recordOf,
  recordsOf,
  textOf,
  type CodeableConcept,
  type Quantity,
} from '../fhir/index.js';
import { dosageFacts, type DosageFacts } from './dosage-facts.js';

export interface DosageView {
  kind: 'written' | 'structured' | 'unworded' | 'empty';
  /** As written, for `written`. */
  text: string | undefined;
  /** For `written` too, where the structure can be read: shown in the details. */
  facts: DosageFacts | undefined;
  /** All that is there, by path, for `unworded`. */
  parts: readonly { path: string; value: string }[];
  /** Instructions that come on top: "with food", "may cause drowsiness". */
  additional: readonly string[];
  patientInstruction: string | undefined;
}

const MOST_PARTS = 40;

/** All leaves of a structure with their paths, as recorded: nothing of a dosage that can't be worded is hidden. */
function partsOf(value: unknown, path: string, parts: { path: string; value: string }[], locale: string | undefined, depth = 0): void {
  if (parts.length >= MOST_PARTS || depth > 12) return;
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) partsOf(item, value.length > 1 ? `${path}[${i}]` : path, parts, locale, depth + 1);
    return;
  }
  const record = recordOf(value);
  if (!record) {
    if (value !== undefined && value !== null) parts.push({ path, value: String(value) });
    return;
  }
  const words =
    'value' in record && ('unit' in record || 'code' in record)
      ? formatQuantity(record as Quantity, locale)
      : 'coding' in record || 'text' in record
        ? conceptText(record as CodeableConcept, locale)
        : undefined;
  if (words !== undefined) parts.push({ path, value: words });
  else
    for (const [key, member] of Object.entries(record)) {
      if (key === 'id' || key === 'sequence' || key === 'extension' || key.startsWith('_')) continue;
      const number = typeof member === 'number' ? numberText(record, key, locale) : undefined;
      partsOf(number ?? member, path === '' ? key : `${path}.${key}`, parts, locale, depth + 1);
    }
}

export function dosageView(input: unknown, { locale, zone }: { locale?: string | undefined; zone?: string | undefined } = {}): DosageView {
  const dosage = typeof input === 'string' ? { text: input } : (recordOf(input) ?? {});
  const text = textOf(dosage['text']);
  const facts = dosageFacts(dosage, locale, zone);
  const extra = {
    additional: recordsOf(dosage['additionalInstruction']).flatMap((one) => conceptText(one as CodeableConcept, locale) ?? []),
    patientInstruction: textOf(dosage['patientInstruction']),
  };
  if (text !== undefined) return { kind: 'written', text, facts, parts: [], ...extra };
  if (facts) return { kind: 'structured', text: undefined, facts, parts: [], ...extra };
  const parts: { path: string; value: string }[] = [];
  const { additionalInstruction: _a, patientInstruction: _p, ...rest } = dosage as Record<string, unknown>;
  partsOf(rest, '', parts, locale);
  const silent = parts.length === 0 && extra.additional.length === 0 && extra.patientInstruction === undefined;
  return { kind: silent ? 'empty' : 'unworded', text: undefined, facts: undefined, parts, ...extra };
}

/** Dosages in the order of their `sequence`, those without one as they stand. */
export function dosageViews(list: unknown, options: { locale?: string | undefined; zone?: string | undefined } = {}): DosageView[] {
  const dosages = typeof list === 'string' ? [list] : recordsOf(list);
  const order = (dosage: unknown): number => {
    const sequence = recordOf(dosage)?.['sequence'];
    return typeof sequence === 'number' && Number.isFinite(sequence) ? sequence : 0;
  };
  return [...dosages]
    .sort((a, b) => order(a) - order(b))
    .map((dosage) => dosageView(dosage, options))
    .filter(({ kind }) => kind !== 'empty');
}
