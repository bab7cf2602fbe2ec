/** `carelet serve`: the embedded backend as a FHIR R4 server at /fhir, for development. */
import { readFile, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  createEmbeddedBackend,
  refusal,
  schemaValidator,
  type EmbeddedBackend,
  type ImportInput,
  type ImportResult,
} from '../client/backends/embedded/index.js';
import { MORE_STRUCTURE_LOADERS } from '../models/fhir/generated/more-loaders.js';
import { bracketed, isLoopback, listen, type Listening } from './listen.js';

export { listen, type Listening, type ListenOptions } from './listen.js';

export interface ServeOutput {
  out(line: string): void;
  err(line: string): void;
}

interface ServeOptions {
  port: number;
  host: string;
  cors: string[];
  data: string[];
  patients: number;
  seed: number;
}

const USAGE = "usage: carelet serve [--port N] [--host H] [--cors ORIGIN…|'*'] [--data FILE|DIR …] [--patients N] [--seed N]";
const DEFAULT_PORT = 8787;
const FAILED = 1;
const MISUSED = 2;

/** Ends the command with a plain reason. */
class Failure extends Error {
  readonly exitCode: number;

  constructor(reason: string, exitCode = FAILED) {
    super(reason);
    this.exitCode = exitCode;
  }
}

function wholeNumber(name: string, text: string | undefined, most: number): number {
  const value = Number(text);
  if (text === undefined || text.trim() === '' || !Number.isInteger(value) || value < 0 || value > most)
    throw new Failure(`${name} takes a whole number from 0 to ${most}`, MISUSED);
  return value;
}

function readOptions(args: readonly string[]): ServeOptions {
  const options: ServeOptions = { port: DEFAULT_PORT, host: '127.0.0.1', cors: [], data: [], patients: 0, seed: 1 };
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!;
    const rest = (): string[] => {
      const values: string[] = [];
      while (args[at + 1] !== undefined && !args[at + 1]!.startsWith('--')) values.push(args[++at]!);
      if (values.length === 0) throw new Failure(`${arg} takes a value`, MISUSED);
      return values;
    };
    if (arg === '--port') options.port = wholeNumber(arg, args[++at], 65_535);
    else if (arg === '--patients') options.patients = wholeNumber(arg, args[++at], 100_000);
    else if (arg === '--seed') options.seed = wholeNumber(arg, args[++at], 2 ** 31);
    else if (arg === '--host') options.host = rest().at(-1)!;
    else if (arg === '--cors') options.cors.push(...rest().map((origin) => readOrigin(origin)));
    else if (arg === '--data') options.data.push(...rest());
    else throw new Failure(`there is no option ${arg}`, MISUSED);
  }
  return options;
}

function readOrigin(text: string): string {
  if (text === '*') return text;
  if (!URL.canParse(text) || new URL(text).origin === 'null')
    throw new Failure("--cors takes origins such as https://app.example, or '*'", MISUSED);
  return new URL(text).origin;
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'there is no such file or folder';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  return code ?? 'it can not be read';
}

/** A file itself; of a folder all .json and .ndjson below it, but not in hidden folders or node_modules. */
async function filesBelow(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const found: string[] = [];
  for (const entry of (await readdir(path, { withFileTypes: true })).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const full = join(path, entry.name);
    if (entry.isDirectory()) {
      if (!entry.name.startsWith('.') && entry.name !== 'node_modules') found.push(...(await filesBelow(full)));
    } else if (/\.(?:json|ndjson)$/i.test(entry.name)) found.push(full);
  }
  return found;
}

interface DataFile {
  path: string;
  /** Given by itself, not found in a folder: then it has to hold something. */
  named: boolean;
  text: string;
}

async function readData(paths: readonly string[]): Promise<DataFile[]> {
  const files: DataFile[] = [];
  for (const given of paths) {
    let path = given;
    try {
      for (path of await filesBelow(given))
        files.push({ path, named: path === given, text: new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path)) });
    } catch (error) {
      throw new Failure(`can not read ${path}: ${error instanceof TypeError ? 'it is not UTF-8 text' : reasonOf(error)}`);
    }
  }
  return files;
}

const MOST_LISTED = 20;

function report(output: ServeOutput, files: readonly DataFile[], result: ImportResult): void {
  const { stored, unchanged, invalid, skipped } = result;
  output.out(
    `${stored} resources from ${files.length} file${files.length === 1 ? '' : 's'}${unchanged > 0 ? `, ${unchanged} more that were there already` : ''}`,
  );
  const lines = [
    ...skipped.map(({ source, place, reason }) => `skipped: ${files[source]?.path ?? ''}${place && ` ${place.trim()}`}: ${reason}`),
    ...invalid.map(
      ({ type, id, issues }) =>
        `stored though not valid: ${type}/${id}: ${issues[0]!.path} ${issues[0]!.message}${issues.length > 1 ? ` (and ${issues.length - 1} more)` : ''}`,
    ),
  ];
  for (const line of lines.slice(0, MOST_LISTED)) output.err(line);
  if (lines.length > MOST_LISTED) output.err(`… and ${lines.length - MOST_LISTED} more`);
}

async function load(backend: EmbeddedBackend, options: ServeOptions, files: readonly DataFile[], output: ServeOutput): Promise<void> {
  if (files.length > 0) {
    const inputs = files.map(({ path, text }): ImportInput => ({ text, from: dirname(path) }));
    const result = await backend.importAll(inputs);
    const empty = files.findIndex(
      ({ named }, index) => named && result.skipped.some(({ source, place }) => source === index && place === ''),
    );
    if (empty >= 0)
      throw new Failure(`can not read ${files[empty]!.path}: ${result.skipped.find(({ source }) => source === empty)!.reason}`);
    report(output, files, result);
  }
  if (options.patients > 0) {
    const { createPractice } = await import('../testing/practice/index.js');
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const practice = createPractice({ seed: options.seed, patients: options.patients, now: new Date(), zone });
    // What the practice makes is valid by its own tests: checking it again would take longer than making it.
    const { stored } = await backend.importAll([[...practice]], { validate: false });
    output.out(`${stored} resources of a synthetic practice with ${options.patients} patients`);
  }
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => resolve();
    process.once('SIGTERM', done);
    process.once('SIGINT', done);
  });
}

async function bindOrFail(options: ServeOptions, backend: () => Promise<EmbeddedBackend>): Promise<Listening> {
  try {
    return await listen({
      handle: async (request) => (await backend()).handle(request),
      port: options.port,
      host: options.host,
      cors: options.cors,
      refuse: refusal,
    });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EADDRINUSE') throw new Failure(`port ${options.port} is in use: choose another one with --port`);
    if (code === 'EACCES') throw new Failure(`port ${options.port} may not be used by this user: choose one above 1023 with --port`);
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') throw new Failure(`this machine has no address ${options.host}`);
    throw error;
  }
}

async function serve(options: ServeOptions, output: ServeOutput, stop: Promise<void>): Promise<void> {
  const files = await readData(options.data);
  let ready: (backend: EmbeddedBackend) => void = () => undefined;
  const backend = new Promise<EmbeddedBackend>((resolve) => {
    ready = resolve;
  });
  // The port is taken before records are loaded, which may take a while: a busy one is told at once, and early requests wait.
  const listening = await bindOrFail(options, () => backend);
  try {
    const baseUrl = `${listening.origin}/fhir`;
    const aliases = ['127.0.0.1', 'localhost', '[::1]'].map((host) => `http://${host}:${listening.port}/fhir`);
    const embedded = createEmbeddedBackend({ baseUrl, aliases, validate: schemaValidator(MORE_STRUCTURE_LOADERS) });
    await load(embedded, options, files, output);
    ready(embedded);
    output.out('There is no access control: for development on this machine, never for real records on a network.');
    if (!isLoopback(bracketed(options.host))) output.err(`${options.host} can be reached from other machines.`);
    output.out(`carelet FHIR R4 at ${baseUrl}`);
    await stop;
  } finally {
    await listening.close();
  }
}

/** Runs until SIGTERM or SIGINT. @returns the exit code. */
export async function serveCommand(args: string[], output: ServeOutput, stop: Promise<void> = untilSignal()): Promise<number> {
  try {
    await serve(readOptions(args), output, stop);
    return 0;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    output.err(`carelet serve: ${error.message}`);
    if (error.exitCode === MISUSED) output.err(USAGE);
    return error.exitCode;
  }
}
