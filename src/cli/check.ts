/** `carelet check`: asks a FHIR server what it can do, tries it, and prints which widget works there. */
import { checkServer, type CheckReport } from '../client/check/index.js';
import { reportText } from './check-text.js';

/** Where the command writes: the report to `out`, progress and what went wrong with the command itself to `err`. */
export interface CheckOutput {
  out(line: string): void;
  err(line: string): void;
}

interface CheckArguments {
  url: string;
  write: boolean;
  json: boolean;
  headers: Record<string, string>;
  origin: string | undefined;
}

const USAGE = "usage: carelet check URL [--write] [--header 'K: V' …] [--origin ORIGIN] [--json]";
const EXAMINED = 0;
const NO_FHIR_SERVER = 2;
const MISUSED = 2;
/** As shells have it for SIGINT. */
const INTERRUPTED = 130;

/** A command line that makes no sense, with the reason in words. A header's value is never among them. */
class Misuse extends Error {}

function readHeader(text: string | undefined): [string, string] {
  const [, name, value] = /^([A-Za-z0-9!#$%&'*+.^_`|~-]+):\s*(.*?)\s*$/s.exec(text ?? '') ?? [];
  if (name === undefined || value === undefined || value === '' || !isHeaderValue(name, value))
    throw new Misuse("--header takes a name and a value: --header 'Authorization: Bearer …'");
  return [name, value];
}

function isHeaderValue(name: string, value: string): boolean {
  try {
    new Headers([[name, value]]);
    return true;
  } catch {
    return false;
  }
}

function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw new Misuse('the URL of a FHIR server begins with http:// or https://');
  if (url.username || url.password) throw new Misuse('credentials do not belong into the URL: give them by --header');
  if (url.search || url.hash) throw new Misuse('the base URL of a FHIR server has no query: …/fhir');
  return url.href.replace(/\/+$/, '').replace(/\/metadata$/, '');
}

function readOrigin(text: string | undefined): string {
  if (text === undefined || !URL.canParse(text) || new URL(text).origin === 'null')
    throw new Misuse('--origin takes the origin of your pages, such as https://app.example');
  return new URL(text).origin;
}

function readArguments(args: readonly string[]): CheckArguments {
  const read: CheckArguments = { url: '', write: false, json: false, headers: {}, origin: undefined };
  const urls: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!;
    if (arg === '--write') read.write = true;
    else if (arg === '--json') read.json = true;
    else if (arg === '--header') {
      const [name, value] = readHeader(args[++at]);
      read.headers[name] = value;
    } else if (arg === '--origin') read.origin = readOrigin(args[++at]);
    else if (arg.startsWith('-')) throw new Misuse(`there is no option ${arg.split('=')[0]}`);
    else urls.push(arg);
  }
  if (urls.length !== 1) throw new Misuse(urls.length === 0 ? 'which server?' : 'one server at a time');
  return { ...read, url: readUrl(urls[0]!) };
}

/** A signal that SIGINT and SIGTERM fire once; the second of them ends the process at once, whatever is left. */
function stopSignal(output: CheckOutput): { signal: AbortSignal; end: () => void } {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    output.err('carelet check: stopping; what was created is removed first (once more to leave it there)');
    controller.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, stop);
  return {
    signal: controller.signal,
    end: () => {
      for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, stop);
    },
  };
}

/** Takes the values of headers out of a text: a server could say them back, in its name for one. */
function withoutSecrets(text: string, headers: Readonly<Record<string, string>>): string {
  const secrets = Object.values(headers).flatMap((value) => [value, ...value.split(/\s+/)]);
  return secrets.filter((secret) => secret.length >= 6).reduce((left, secret) => left.replaceAll(secret, '…'), text);
}

function exitCode({ examined, interrupted }: CheckReport): number {
  if (interrupted) return INTERRUPTED;
  return examined ? EXAMINED : NO_FHIR_SERVER;
}

/**
 * @returns the exit code: 0 where the server could be examined, whatever it can do; 2 where it could not be reached or is no FHIR R4
 * server, and for a command line that makes no sense; 130 when it was stopped.
 */
export async function checkCommand(args: string[], output: CheckOutput, given?: AbortSignal): Promise<number> {
  let wanted: CheckArguments;
  try {
    wanted = readArguments(args);
  } catch (error) {
    if (!(error instanceof Misuse)) throw error;
    output.err(`carelet check: ${error.message}`);
    output.err(USAGE);
    return MISUSED;
  }
  const { url, write, json, headers, origin } = wanted;
  const { signal, end } = given ? { signal: given, end: () => undefined } : stopSignal(output);
  try {
    const report = await checkServer({ baseUrl: url, headers, write, origin, signal });
    const print = (line: string): void => output.out(withoutSecrets(line, headers));
    if (json) print(JSON.stringify(report, undefined, 2));
    else for (const line of reportText(report)) print(line);
    if (report.reason !== undefined && json) output.err(`carelet check: ${report.reason}`);
    for (const { type, id } of report.left) output.err(`carelet check: could not be removed: ${type}/${id}`);
    return exitCode(report);
  } finally {
    end();
  }
}
