/** The shape that every section of a chart has: rows in groups, statements that there is none, and what each count means. */
import type { EmptyReason } from './empty-reasons.js';
import type { AbsenceStatement } from './known-absence.js';
import type { ChartRow } from './row.js';

/**
 * `current`: what the section's count is of. `past`: over. `apart`: kept from both, so that nobody takes it for either
 * (entered in error, refuted, uncertain, planned …).
 */
export type Standing = 'current' | 'past' | 'apart';

export interface RowGroup<R extends ChartRow = ChartRow, G extends string = string> {
  name: G;
  standing: Standing;
  rows: readonly R[];
}

export interface SectionView<R extends ChartRow = ChartRow, G extends string = string> {
  /** In the order to show them; none is empty. */
  groups: readonly RowGroup<R, G>[];
  /** Entries that say "none known". They are not rows: they are answers. */
  statements: readonly AbsenceStatement[];
  /** What a List or a summary document says about this list being empty. */
  emptyReasons: readonly EmptyReason[];
  /** A statement that none is known stands beside an entry that says otherwise. */
  contradiction: boolean;
  /** Records that came in. Each is in a group (folded ones count) or among the statements: {@link countShown}. */
  received: number;
}

/** Rows folded under another one. */
export interface Folding {
  also: readonly ChartRow[];
}

function folded(row: ChartRow): number {
  const also = (row as Partial<Folding>).also;
  return also ? also.length : 0;
}

/** Records that a section shows, folded rows and statements included: always equal to `received`. */
export function countShown(view: SectionView): number {
  return view.groups.reduce((sum, { rows }) => sum + rows.reduce((n, row) => n + 1 + folded(row), 0), view.statements.length);
}

/** The section's count: its current rows. */
export function countCurrent(view: SectionView): number {
  return view.groups.reduce((sum, { rows, standing }) => sum + (standing === 'current' ? rows.length : 0), 0);
}

/** Whether the section holds nothing at all: no row, no statement. */
export function isBlank(view: SectionView): boolean {
  return view.groups.length === 0 && view.statements.length === 0;
}

/** Puts rows into groups in the order of `order`; empty groups are left out. */
export function intoGroups<R extends ChartRow, G extends string>(
  rows: readonly R[],
  groupOf: (row: R) => G,
  order: Readonly<Record<G, Standing>>,
): RowGroup<R, G>[] {
  const byName = new Map<G, R[]>();
  for (const row of rows) {
    const name = groupOf(row);
    const list = byName.get(name);
    if (list) list.push(row);
    else byName.set(name, [row]);
  }
  return (Object.entries(order) as [G, Standing][]).flatMap(([name, standing]) => {
    const found = byName.get(name);
    return found ? [{ name, standing, rows: found }] : [];
  });
}
