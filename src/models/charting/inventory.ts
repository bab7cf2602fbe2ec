/** What else is in the record: counts by type of everything that no section shows, so that nothing is silently missing. */
import { textOf, recordOf } from '../fhir/index.js';

/** Types that sections of the chart show (or the banner, for Patient and Flag). */
export const SHOWN_TYPES = [
  'Patient',
  'Flag',
  'Condition',
  'AllergyIntolerance',
  'MedicationRequest',
  'MedicationStatement',
  'Encounter',
] as const;

/** Of a type whose count could not be had, `count` is undefined: not known, which is not none. */
export interface InventoryLine {
  type: string;
  count: number | undefined;
}

export interface Inventory {
  /** Most first; those of unknown count after them, then by name. Types with none are left out. */
  lines: readonly InventoryLine[];
  /** False when types exist that nobody could ask about. */
  complete: boolean;
}

export function inventoryOf(lines: Iterable<InventoryLine>, complete = true): Inventory {
  const kept = [...lines].filter(({ count }) => count !== 0);
  kept.sort((a, b) => (b.count ?? -1) - (a.count ?? -1) || (a.type < b.type ? -1 : a.type > b.type ? 1 : 0));
  return { lines: kept, complete: complete && kept.every(({ count }) => count !== undefined) };
}

/** Counts the records at hand that no section shows. */
export function countInventory(records: readonly unknown[]): Inventory {
  const counts = new Map<string, number>();
  for (const record of records) {
    const type = textOf(recordOf(record)?.['resourceType']);
    if (type !== undefined && !(SHOWN_TYPES as readonly string[]).includes(type)) counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return inventoryOf([...counts].map(([type, count]) => ({ type, count })));
}
