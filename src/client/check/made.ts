/** What a check made on a server, and taking it away again: whatever happened in between. */
import type { Loose } from '../../models/fhir/read/loose.js';
import { textOf } from '../../models/fhir/read/loose.js';
import { parseLocation } from '../backends/fhir/answer.js';
import { ok, rowsOf, typeOf, type Probe, type Reply } from './probe.js';

export const SYSTEM = 'urn:carelet:check';
/** Types of the records that a check makes; each carries an identifier of its run, by which also those are found whose id never came. */
export const MADE_TYPES = ['Observation', 'Appointment', 'Patient'] as const;

interface Made {
  type: string;
  id: string;
}

export class MadeRecords {
  readonly run: string;
  readonly #made: Made[] = [];
  #marks = 0;

  /** @param run tells this check's records from all others. */
  constructor(run: string) {
    this.run = run;
  }

  get any(): boolean {
    return this.#marks > 0;
  }

  /** An identifier for the next record; known from here on, since the answer to its creation may get lost. */
  mark(): { system: string; value: string } {
    return { system: SYSTEM, value: `${this.run}-${++this.#marks}` };
  }

  has(type: string, id: string): boolean {
    return this.#made.some((one) => one.type === type && one.id === id);
  }

  add(type: string, id: string | undefined): void {
    if (id !== undefined && !this.has(type, id)) this.#made.push({ type, id });
  }

  /** Notes what an answer to a create says was made. */
  from(reply: Reply, type: string): string | undefined {
    const id = (typeOf(reply.body) === type ? textOf(reply.body?.['id']) : undefined) ?? parseLocation(reply.headers.get('Location'))?.id;
    if (ok(reply)) this.add(type, id);
    return id;
  }

  /** Those that carry a mark of this run, wherever they came from: a lost answer, a condition that was ignored. */
  async #find(probe: Probe): Promise<void> {
    for (const type of MADE_TYPES) {
      const value = Array.from({ length: this.#marks }, (_, at) => `${SYSTEM}|${this.run}-${at + 1}`).join(',');
      const reply = await probe.ask(`${type}?identifier=${encodeURIComponent(value)}&_count=50`);
      if (ok(reply)) for (const row of rowsOf(reply.body, type)) if (this.#isOurs(row)) this.add(type, textOf(row['id']));
    }
  }

  /** A server that ignores the parameter answers with anybody's records: these are not to be deleted. */
  #isOurs(row: Loose): boolean {
    const identifiers = Array.isArray(row['identifier']) ? (row['identifier'] as { system?: unknown; value?: unknown }[]) : [];
    return identifiers.some(({ system, value }) => system === SYSTEM && String(value).startsWith(`${this.run}-`));
  }

  /**
   * Deletes them all, the last first and twice over, since some servers keep what others refer to; then looks whether they are gone.
   *
   * @returns those that could not be removed.
   */
  async remove(stoppable: Probe): Promise<Made[]> {
    if (!this.any) return [];
    const probe = stoppable.unstoppable();
    await this.#find(probe);
    let left = this.#made.toReversed();
    for (let pass = 0; pass < 2 && left.length > 0; pass++) {
      const still: Made[] = [];
      for (const one of left) if (!(await this.#removeOne(probe, one))) still.push(one);
      left = still;
    }
    return left;
  }

  async #removeOne(probe: Probe, { type, id }: Made): Promise<boolean> {
    const path = `${type}/${encodeURIComponent(id)}`;
    await probe.ask(path, { method: 'DELETE' });
    return [404, 410].includes((await probe.ask(path)).status);
  }
}
