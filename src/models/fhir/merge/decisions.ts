/** Who decides about each element: nobody, since only one changed it or both alike; or a person. And the record of it. */
import type { MergeChange, MergeConflict, MergeKind } from './types.js';
import { SIDES, type Side } from './rows.js';

/** Something that may differ, and how to show it. */
export interface Question {
  path: string;
  kind: MergeKind;
  clinical: boolean;
  /** Equal where the versions are equal, empty where one has nothing. */
  prints: Readonly<Record<Side, string>>;
  /** The JSON properties of the element in each version. */
  properties: () => Readonly<Record<Side, Record<string, unknown> | undefined>>;
}

export class Decisions {
  readonly conflicts: MergeConflict[] = [];
  readonly changes: MergeChange[] = [];
  readonly #knownBase: boolean;
  readonly #chosen: ReadonlyMap<string, Side>;
  /** Clinical changes of mine alone: they ask once theirs turns out to have changed anything, for then mine had not seen that record. */
  readonly #onlyMine: { change: MergeChange; question: Question }[] = [];
  #theirsChanged = false;

  constructor(knownBase: boolean, chosen: ReadonlyMap<string, Side>) {
    this.#knownBase = knownBase;
    this.#chosen = chosen;
  }

  /** The version that stands. */
  decide(question: Question): Side {
    const { path, prints, clinical, kind } = question;
    const { base, mine, theirs } = prints;
    if (mine === theirs) {
      if (this.#knownBase && mine !== base) this.changes.push({ path, kind, by: 'both', clinical });
      return 'theirs';
    }
    const byMine = !this.#knownBase || mine !== base;
    const byTheirs = !this.#knownBase || theirs !== base;
    if (byTheirs) this.#theirsChanged = true;
    if (byTheirs && (clinical || byMine)) return this.#ask(question, 'theirs');
    const by = byMine ? 'mine' : 'theirs';
    const change: MergeChange = { path, kind, by, clinical };
    this.changes.push(change);
    if (!clinical) return by;
    this.#onlyMine.push({ change, question });
    return this.#chosen.get(path) ?? by;
  }

  /** To be called at the end: what the whole of it makes of single changes. */
  settle(): void {
    if (!this.#theirsChanged) return;
    for (const { change, question } of this.#onlyMine) {
      this.changes.splice(this.changes.indexOf(change), 1);
      this.#ask(question, 'mine');
    }
  }

  #ask(question: Question, standing: Side): Side {
    const { path, kind, clinical } = question;
    const properties = question.properties();
    const chosen = this.#chosen.get(path) ?? standing;
    const [base, mine, theirs] = SIDES.map((side) => valueIn(properties[side]));
    this.conflicts.push({ path, kind, clinical, standing: chosen, base, mine, theirs, properties });
    return chosen;
  }
}

/** The value of an element among its JSON properties: of a primitive not its extensions, which it may have alone. */
function valueIn(properties: Readonly<Record<string, unknown>> | undefined): unknown {
  const names = Object.keys(properties ?? {}).toSorted();
  const name = names.find((one) => !one.startsWith('_')) ?? names[0];
  return name === undefined ? undefined : properties![name];
}
