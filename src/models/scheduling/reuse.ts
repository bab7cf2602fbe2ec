/**
 * Keeps the objects of the last view where nothing changed, so that a page can tell by identity what to draw again. Compared by
 * value, resources by identity: a record that was read anew and is the same version is another object, and is drawn again only
 * where it shows differently.
 */
import type { DayAxis } from './axis.js';
import type { DayColumn, DayItem, DayView } from './day-view.js';

/** Equal as plain data: records, lists and primitives. Depth is that of the view, a handful of levels. */
function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((value, i) => same(value, b[i]));
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
  );
}

/** Records: by identity or by the version that the server gave them. Without a version they are the same only as one object. */
function sameRecord(
  a: { id?: string; meta?: { versionId?: string } } | undefined,
  b: { id?: string; meta?: { versionId?: string } } | undefined,
): boolean {
  if (a === b) return true;
  return a?.id !== undefined && a.id === b?.id && a.meta?.versionId !== undefined && a.meta.versionId === b.meta?.versionId;
}

function sameItem(a: DayItem, b: DayItem): boolean {
  if (!sameRecord(a.appointment, b.appointment)) return false;
  for (const key of Object.keys(b) as (keyof DayItem)[]) {
    if (key === 'appointment' || key === 'providers' || key === 'patients') continue;
    if (!same(a[key], b[key])) return false;
  }
  return (
    a.patients.length === b.patients.length &&
    a.patients.every(
      (label, i) =>
        label.name === b.patients[i]?.name &&
        label.reference === b.patients[i]?.reference &&
        sameRecord(label.patient, b.patients[i]?.patient),
    ) &&
    a.providers.length === b.providers.length &&
    a.providers.every((provider, i) => provider.key === b.providers[i]?.key && provider.name === b.providers[i]?.name)
  );
}

function reuseItems(previous: readonly DayItem[], next: readonly DayItem[]): readonly DayItem[] {
  const known = new Map(previous.map((item) => [item.key, item]));
  const items = next.map((item) => {
    const old = known.get(item.key);
    return old && sameItem(old, item) ? old : item;
  });
  return items.length === previous.length && items.every((item, i) => item === previous[i]) ? previous : items;
}

function reuseColumn(previous: DayColumn | undefined, next: DayColumn): DayColumn {
  if (!previous || previous === next) return next;
  const column = { ...next, items: reuseItems(previous.items, next.items), allDay: reuseItems(previous.allDay, next.allDay) };
  const { provider: old } = previous;
  const { provider } = next;
  const isSame =
    column.items === previous.items &&
    column.allDay === previous.allDay &&
    old?.name === provider?.name &&
    old?.role === provider?.role &&
    old?.reference === provider?.reference &&
    sameAxis(previous.axis, next.axis) &&
    same(previous.blocks, next.blocks) &&
    same(previous.working, next.working);
  return isSame ? previous : column;
}

function sameAxis(a: DayAxis, b: DayAxis): boolean {
  return a.start === b.start && a.end === b.end && a.wall === b.wall;
}

export function reuse(previous: DayView | undefined, next: DayView): DayView {
  if (!previous || previous.date !== next.date || previous.zone !== next.zone) return next;
  const known = new Map(previous.columns.map((column) => [column.key, column]));
  const columns = next.columns.map((column) => reuseColumn(known.get(column.key), column));
  const unchanged = columns.length === previous.columns.length && columns.every((column, i) => column === previous.columns[i]);
  return { ...next, columns: unchanged ? previous.columns : columns, axis: sameAxis(previous.axis, next.axis) ? previous.axis : next.axis };
}
