/** Running trials: each is measured, none can end the check, and what it found is one line of the report. */
import type { Ability, Capabilities } from '../backend.js';
import { Interrupted, type Probe, type Reply } from './probe.js';
import type { Trial, TrialGroup, TrialOutcome } from './report.js';

export interface Finding {
  outcome: TrialOutcome;
  note?: string;
  status?: number | undefined;
}

/** A record to try things on: of the server, or made for the check. */
export interface Sample {
  type: string;
  id: string;
  versionId: string | undefined;
  resource: Readonly<Record<string, unknown>>;
  /** Id of the patient it is about. */
  patient: string | undefined;
}

export const yes = (reply?: Reply, note = ''): Finding => ({ outcome: 'yes', note, status: reply?.status });
export const no = (reply: Reply | undefined, note = ''): Finding => ({ outcome: 'no', note: note || saidNo(reply), status: reply?.status });
export const partly = (reply: Reply, note: string): Finding => ({ outcome: 'partly', note, status: reply.status });
export const unclear = (reply: Reply, note: string): Finding => ({ outcome: 'unclear', note, status: reply.status });
export const skipped = (note: string): Finding => ({ outcome: 'not-tried', note });

/** A refusal in words: by its status alone, since a server's own may quote a record. */
export function saidNo(reply: Reply | undefined): string {
  if (!reply) return '';
  if (reply.status === 0) return reply.failure;
  const words: Record<number, string> = {
    401: 'asks to sign in',
    403: 'not allowed for this user',
    404: 'not found',
    405: 'not offered',
    501: 'not offered',
  };
  return words[reply.status] ?? `HTTP ${reply.status}`;
}

export class Trials {
  readonly list: Trial[] = [];
  readonly probe: Probe;
  readonly capabilities: Capabilities;
  readonly #onTrial: (trial: Trial) => void;

  constructor(probe: Probe, capabilities: Capabilities, onTrial: (trial: Trial) => void = () => undefined) {
    this.probe = probe;
    this.capabilities = capabilities;
    this.#onTrial = onTrial;
  }

  /** @throws Interrupted, and nothing else. */
  async run(id: string, group: TrialGroup, title: string, declared: Ability, work: () => Promise<Finding>): Promise<TrialOutcome> {
    const began = performance.now();
    let finding: Finding;
    try {
      finding = await work();
    } catch (error) {
      if (error instanceof Interrupted) throw error;
      finding = { outcome: 'unclear', note: 'the answer could not be understood' };
    }
    const { outcome, note = '', status } = finding;
    const tried = outcome === 'not-tried' ? {} : { ms: Math.round(performance.now() - began), ...(status === undefined ? {} : { status }) };
    const trial: Trial = { id, group, title, declared, outcome, ...tried, note };
    this.list.push(trial);
    this.#onTrial(trial);
    return outcome;
  }

  of(id: string): Trial | undefined {
    return this.list.find((trial) => trial.id === id);
  }
}
