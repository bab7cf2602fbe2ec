/**
 * `carelet/client/check`: what a FHIR R4 server can do for carelet, by its metadata and by trying. Without a framework and over
 * any fetch, for the command line and for a page alike.
 */
import { isCareError } from '../../models/errors.js';
import type { Loose } from '../../models/fhir/read/loose.js';
import { readCapabilities } from '../backends/fhir/capabilities.js';
import { nothingLearned } from '../backends/fhir/learned.js';
import type { Capabilities } from '../backend.js';
import { temporaryId } from '../temporary-id.js';
import { tryBrowser } from './browser.js';
import { contact } from './contact.js';
import { MADE_TYPES, MadeRecords } from './made.js';
import { tryOperations } from './operations.js';
import { Probe } from './probe.js';
import { tryReading } from './reading.js';
import { CHECK_FORMAT, type CheckReport, type Trial } from './report.js';
import { Samples } from './samples.js';
import { trySearching } from './searching.js';
import { trySections } from './sections.js';
import { Trials } from './trials.js';
import { judge } from './widgets.js';
import { WritingTrials } from './writing.js';

export * from './report.js';

export interface CheckOptions {
  /** Base of the server: absolute, http or https, without credentials and query. */
  baseUrl: string;
  /** Instead of the global fetch. */
  fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** Sent with each request; they stand in no report. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** Lets it create records of its own, which it removes at the end, also when a trial fails or the check is given up. */
  write?: boolean | undefined;
  /** Origin of the pages that shall use the server, for CORS. `https://carelet.example` unless told. */
  origin?: string | undefined;
  /** Milliseconds for one exchange; 20,000. */
  timeout?: number | undefined;
  /** Gives the check up; what was made is still removed, and the report holds what was found until then. */
  signal?: AbortSignal | undefined;
  /** Each trial as it ends. */
  onTrial?: ((trial: Trial) => void) | undefined;
}

const DEFAULT_ORIGIN = 'https://carelet.example';

/**
 * Examines a server. Reads only, unless `write` is set. Rejects never: what went wrong stands in the report, which holds no
 * data of any record.
 */
export async function checkServer(options: CheckOptions): Promise<CheckReport> {
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  const { fetch = (request: Request) => globalThis.fetch(request), headers = {}, timeout = 20_000, signal } = options;
  const probe = new Probe({ baseUrl, fetch, headers, timeout, signal });
  const report: CheckReport = {
    format: CHECK_FORMAT,
    url: baseUrl,
    examined: false,
    reason: undefined,
    server: undefined,
    wrote: false,
    interrupted: false,
    trials: [],
    widgets: [],
    notes: [],
    left: [],
  };
  try {
    const met = await contact(probe);
    if ('reason' in met) return { ...report, reason: met.reason };
    return await examine(probe, met.statement, met.reply, options, { ...report, examined: true });
  } catch (error) {
    if (!isCareError(error, 'aborted')) throw error;
    return { ...report, reason: 'the check was given up', interrupted: true };
  }
}

async function examine(
  probe: Probe,
  statement: Loose | undefined,
  metadata: { status: number; ms: number },
  { write = false, origin = DEFAULT_ORIGIN, onTrial }: CheckOptions,
  report: CheckReport,
): Promise<CheckReport> {
  const capabilities = readCapabilities(statement, new URL(probe.options.baseUrl).host, nothingLearned());
  const trials = new Trials(probe, capabilities, onTrial);
  const made = new MadeRecords(temporaryId().slice('urn:uuid:'.length));
  let interrupted = false;
  let left: CheckReport['left'] = [];
  try {
    await trials.run('metadata', 'reading', 'the server says what it can do', 'unknown', async () => {
      const { status } = metadata;
      return statement ? { outcome: 'yes', status } : { outcome: 'no', status, note: 'no CapabilityStatement: all is tried' };
    });
    trials.list[0]!.ms = metadata.ms;
    await runAll(trials, made, write ? mayNotWrite(capabilities) : 'only with --write', origin);
  } catch (error) {
    if (!isCareError(error, 'aborted')) throw error;
    interrupted = true;
  } finally {
    left = await made.remove(probe);
  }
  return {
    ...report,
    server: { name: capabilities.name, fhirVersion: capabilities.fhirVersion },
    wrote: made.any,
    interrupted,
    trials: trials.list,
    widgets: judge(trials.list, capabilities),
    notes: [...capabilities.notes],
    left,
  };
}

/** Why nothing may be created; undefined where it may. */
function mayNotWrite(capabilities: Capabilities): string | undefined {
  const stuck = MADE_TYPES.filter((type) => capabilities.type(type).create !== 'no' && capabilities.type(type).delete === 'no');
  if (stuck.length > 0) return `not tried: the server says that it deletes no ${stuck.join(', ')}, so what is created would stay`;
  return capabilities.type('Patient').create === 'no' ? 'not tried: the server says that it creates no Patient' : undefined;
}

async function runAll(trials: Trials, made: MadeRecords, mayNot: string | undefined, origin: string): Promise<void> {
  const writing = new WritingTrials(trials, made);
  const samples = await Samples.of(trials.probe, (type) => trials.capabilities.type(type).search !== 'no');
  if (mayNot === undefined) await writing.create(samples);
  await tryReading(trials, samples);
  await trySearching(trials, samples);
  await trySections(trials, samples);
  await tryOperations(trials, samples);
  await tryBrowser(trials, samples, origin);
  await (mayNot === undefined ? writing.rest(samples) : writing.skip(mayNot));
}
