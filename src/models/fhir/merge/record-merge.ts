/**
 * Three-way merge of a record: element by element, entries of lists by what they are. What bears on care asks: each clinical element that
 * either changed, as soon as theirs changed anything, since whoever wrote mine had not seen that record. Demographics and
 * other administrative elements merge by themselves where they do not overlap, and are reported.
 *
 * Clinical elements are whole: a dosage with the timing of one author and the dose of another would be nobody's. So are data types that
 * are one statement (an address, a coding, a period, a quantity).
 */
import { Fingerprints } from '../fingerprint.js';
import { copyMember } from '../json.js';
import { recordOf, type Loose } from '../read/loose.js';
import { isClinical } from './administrative.js';
import type { Decisions } from './decisions.js';
import { elementsOf } from './elements.js';
import { Entries, writeEntries } from './entries.js';
import { arrange, inOrder, rowsOf, SIDES, type Row, type Side } from './rows.js';
import { own, present, put, sides, type Sides } from './sides.js';
import type { MergeKind } from './types.js';

/** Members by which a data type that is one statement is known: its parts mean nothing without each other. */
const WHOLE =
  'coding code system value reference unit start end low high numerator denominator currency contentType line city postalCode text div url repeat event extension'.split(
    ' ',
  );

/** `meta` says which version this is; that is the server's business. */
const OF_SERVER = new Set(['versionId', 'lastUpdated', 'source']);

/** One merge of three versions. */
export class RecordMerge {
  readonly #decisions: Decisions;
  readonly #prints = new Fingerprints();
  readonly #knownBase: boolean;

  constructor(decisions: Decisions, knownBase: boolean) {
    this.#decisions = decisions;
    this.#knownBase = knownBase;
  }

  /** The record, without its narrative. */
  record(versions: Sides<Loose | undefined>, type: string): Record<string, unknown> {
    const out: Record<string, unknown> = {};
    for (const [element, properties] of elementsOf(present([versions.theirs, versions.mine, versions.base]))) {
      const path = `${type}.${element}`;
      if (element === 'meta') this.#meta(versions, properties, path, out);
      else if (element === 'resourceType' || element === 'id') this.#identity(versions, properties, path, out);
      else if (element !== 'text') this.#element(versions, properties, path, isClinical(type, element), out);
    }
    return out;
  }

  /** Type and id are those of all; only extensions of the id can differ. */
  #identity(versions: Sides<Loose | undefined>, properties: readonly string[], path: string, out: object): void {
    const [element] = properties.filter((property) => !property.startsWith('_'));
    const from = element !== undefined && own(versions.theirs, element) === undefined ? versions.mine : versions.theirs;
    if (element !== undefined) this.#copy(from, [element], out);
    const extensions = properties.filter((property) => property !== element);
    if (extensions.length > 0) this.#element(versions, extensions, path, false, out);
  }

  #meta(versions: Sides<Loose | undefined>, properties: readonly string[], path: string, out: object): void {
    const metas = sides((side) => recordOf(own(versions[side], 'meta')));
    if (!metas.mine || !metas.theirs) return this.#copy(metas.theirs ? versions.theirs : versions.mine, properties, out);
    const meta: Record<string, unknown> = {};
    for (const [element, inner] of elementsOf(present([metas.theirs, metas.mine, metas.base])))
      if (OF_SERVER.has(element)) this.#copy(metas.theirs, inner, meta);
      else this.#element(metas, inner, `${path}.${element}`, element !== 'profile' && element !== 'tag', meta);
    put(out, 'meta', meta);
  }

  #copy(from: object | undefined, properties: readonly string[], out: object): void {
    for (const property of properties) if (own(from, property) !== undefined) copyMember(from!, property, out);
  }

  #element(holders: Sides<Loose | undefined>, properties: readonly string[], path: string, clinical: boolean, out: object): void {
    const prints = sides((side) => this.#printOf(holders[side], properties));
    const list = properties.find((property) => SIDES.some((side) => Array.isArray(own(holders[side], property))));
    if (list !== undefined && prints.mine !== prints.theirs && this.#isList(holders, properties))
      return this.#list(holders, list.replace(/^_/, ''), path, clinical, out);
    const parts = sides((side) => (properties.length === 1 ? recordOf(own(holders[side], properties[0]!)) : undefined));
    if (this.#isDivisible(parts, prints, clinical)) {
      return put(out, properties[0]!, this.#object(parts, path));
    }
    const side = this.#decisions.decide({
      path,
      kind: 'changed',
      clinical,
      prints,
      properties: () => sides((one) => this.#properties(holders[one], properties)),
    });
    this.#copy(holders[side], properties, out);
  }

  /** A list in each version that has the element at all, with at most the list of its primitives' extensions beside it. */
  #isList(holders: Sides<Loose | undefined>, properties: readonly string[]): boolean {
    const bare = new Set(properties.map((property) => property.replace(/^_/, '')));
    const isList = (value: unknown): boolean => value === undefined || Array.isArray(value);
    return bare.size === 1 && SIDES.every((side) => properties.every((property) => isList(own(holders[side], property))));
  }

  /** Whether both changed it, and its parts can be told apart. */
  #isDivisible(parts: Sides<Loose | undefined>, prints: Sides<string>, clinical: boolean): boolean {
    const { mine, theirs } = parts;
    if (clinical || !mine || !theirs || (prints.base !== '' && !parts.base)) return false;
    if (prints.mine === prints.theirs || (this.#knownBase && (prints.mine === prints.base || prints.theirs === prints.base))) return false;
    return !present([mine, theirs, parts.base]).some((part) => WHOLE.some((name) => Object.hasOwn(part, name)));
  }

  #object(parts: Sides<Loose | undefined>, path: string): Record<string, unknown> {
    const out: Record<string, unknown> = {};
    for (const [element, properties] of elementsOf(present([parts.theirs, parts.mine, parts.base])))
      this.#element(parts, properties, `${path}.${element}`, element === 'modifierExtension', out);
    return out;
  }

  #printOf(holder: object | undefined, properties: readonly string[]): string {
    const parts = properties.map((property) => (own(holder, property) === undefined ? '' : this.#prints.of(holder!, property)));
    return parts.every((part) => part === '') ? '' : parts.join('\n');
  }

  #properties(holder: object | undefined, properties: readonly string[]): Record<string, unknown> | undefined {
    const out: Record<string, unknown> = {};
    this.#copy(holder, properties, out);
    return Object.keys(out).length > 0 ? out : undefined;
  }

  #list(holders: Sides<Loose | undefined>, name: string, path: string, clinical: boolean, out: object): void {
    const lists = sides((side) => new Entries(holders[side], name, this.#prints));
    const rows = rowsOf(
      sides((side) => lists[side].entries),
      this.#knownBase,
    );
    const kept = new Map<Row, Side | object>();
    for (const row of rows) {
      const stands = this.#row(lists, row, name, `${path}[${row.at}]`, clinical);
      if (typeof stands === 'object' || row[stands] !== undefined) kept.set(row, stands);
    }
    const first = this.#order(lists, rows, holders, name, path, clinical);
    const ordered = arrange([...kept.keys()], first);
    const outcome = ordered.map((row) => this.#printOfRow(lists, row, kept.get(row)!));
    const same = SIDES.find((side) => lists[side].are(outcome));
    // What comes out as one version has it is copied as it stands there, empty list or odd gaps and all.
    if (ordered.length === 0 && !lists[this.#unasked(sides((side) => String(lists[side].exists)))].exists) return;
    if (same) return this.#copy(holders[same], [name, `_${name}`], out);
    writeEntries(lists, ordered, kept, name, out);
  }

  /** The version that changed, where nobody needs to be asked: whether an empty list is there or not, say. */
  #unasked({ base, mine }: Sides<string>): Side {
    return this.#knownBase && mine !== base ? 'mine' : 'theirs';
  }

  #printOfRow(lists: Sides<Entries>, row: Row, stands: Side | object): string {
    return typeof stands === 'object' ? `${this.#prints.ofTree(stands)}\n` : lists[stands].entries[row[stands]!]!.print;
  }

  /** Which version of an entry stands, or the entry put together from two. */
  #row(lists: Sides<Entries>, row: Row, name: string, path: string, clinical: boolean): Side | object {
    const prints = sides((side) => (row[side] === undefined ? '' : lists[side].entries[row[side]]!.print));
    const parts = sides((side) => (row[side] === undefined ? undefined : lists[side].record(row[side])));
    if (this.#isDivisible(parts, prints, clinical)) return this.#object(parts, path);
    const kind: MergeKind = prints.mine !== '' && prints.theirs !== '' ? 'changed' : row.base === undefined ? 'added' : 'removed';
    const properties = () => sides((side) => (row[side] === undefined ? undefined : lists[side].properties(row[side])));
    return this.#decisions.decide({ path, kind, clinical, prints, properties });
  }

  /** The version whose order is taken, by the order of the entries that all have. */
  #order(
    lists: Sides<Entries>,
    rows: readonly Row[],
    holders: Sides<Loose | undefined>,
    name: string,
    path: string,
    clinical: boolean,
  ): Side {
    const common = rows.filter((row) => row.mine !== undefined && row.theirs !== undefined && (row.base !== undefined || !this.#knownBase));
    const prints = sides((side) =>
      inOrder(common, side)
        .map((row) => row.at)
        .join(),
    );
    const properties = () => sides((side) => this.#properties(holders[side], [name, `_${name}`]));
    const order = { ...prints, ...(this.#knownBase ? {} : { base: '' }) };
    return this.#decisions.decide({ path, kind: 'order', clinical, prints: order, properties });
  }
}
