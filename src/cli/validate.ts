/** `carelet validate`: checks FHIR R4 resources and Bundles in files, as strictly as a server that validates. */
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CareIssue } from '../models/errors.js';
import { MORE_STRUCTURE_LOADERS } from '../models/fhir/generated/more-loaders.js';
import { parseResource } from '../models/fhir/parse.js';

/** Where the command writes: results to `out`, what went wrong with the command itself to `err`. */
export interface ValidateOutput {
  out(line: string): void;
  err(line: string): void;
}

const USAGE = 'usage: carelet validate FILE|DIR … [--json]';
const CLEAN = 0;
const ISSUES = 1;
const NOTHING_READABLE = 2;

const isError = ({ severity }: CareIssue): boolean => severity === 'error' || severity === 'fatal';

/** The operating system's reason, in words. */
function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'there is no such file or folder';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  return code ?? 'it cannot be read';
}

/** The files to check below a path: a file itself; of a folder all .json and .ndjson, but not in node_modules or hidden folders. */
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

/** The texts of a file: one, or of NDJSON each line that is not blank, named as `file:line`. */
function textsOf(file: string, text: string): { name: string; text: string }[] {
  if (!/\.ndjson$/i.test(file)) return [{ name: file, text }];
  return text
    .split(/\r?\n/)
    .map((line, index) => ({ name: `${file}:${index + 1}`, text: line }))
    .filter((line) => line.text.trim() !== '');
}

/** Checks one run's files and keeps count. */
class Validation {
  readonly #output: ValidateOutput;
  readonly #json: boolean;
  readonly counts = { resources: 0, errors: 0, warnings: 0 };

  constructor(output: ValidateOutput, json: boolean) {
    this.#output = output;
    this.#json = json;
  }

  async file(file: string): Promise<void> {
    let text: string;
    try {
      text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(file));
    } catch (error) {
      const message = error instanceof TypeError ? 'Not JSON: the file is not UTF-8 text' : `cannot be read: ${reasonOf(error)}`;
      if (error instanceof TypeError) this.counts.resources++;
      return this.report(file, { severity: 'fatal', code: 'structure', path: '', message });
    }
    for (const each of textsOf(file, text)) {
      this.counts.resources++;
      const { issues } = await parseResource(each.text, { unknown: 'error', more: MORE_STRUCTURE_LOADERS });
      for (const issue of issues) this.report(each.name, issue);
    }
  }

  report(file: string, issue: CareIssue): void {
    const { severity, path, message } = issue;
    if (isError(issue)) this.counts.errors++;
    else if (severity === 'warning') this.counts.warnings++;
    this.#output.out(
      this.#json ? JSON.stringify({ file, severity, path, message }) : `${file}: ${severity}: ${path && `${path} `}${message}`,
    );
  }
}

/**
 * Checks files and folders of resources: every resource in a Bundle by its own type, every line of an .ndjson file.
 * With `--json` one line an issue, `{"file","severity","path","message"}`, and nothing else on the output.
 *
 * @returns the exit code: 0 without errors (warnings are allowed), 1 with errors, 2 where nothing could be read or the call makes no sense.
 */
export async function validateCommand(args: string[], io: ValidateOutput): Promise<number> {
  const json = args.includes('--json');
  const strange = args.find((arg) => arg.startsWith('-') && arg !== '--json');
  const paths = args.filter((arg) => !arg.startsWith('-'));
  if (strange !== undefined || paths.length === 0) {
    io.err(strange === undefined ? 'carelet validate: which files?' : `carelet validate: there is no option ${strange}`);
    io.err(USAGE);
    return NOTHING_READABLE;
  }
  const validation = new Validation(io, json);
  let unreadable = 0;
  const files: string[] = [];
  for (const path of paths) {
    try {
      files.push(...(await filesBelow(path)));
    } catch (error) {
      unreadable++;
      io.err(`carelet validate: ${path}: ${reasonOf(error)}`);
    }
  }
  for (const file of files) await validation.file(file);
  const { resources, errors, warnings } = validation.counts;
  if (resources === 0) {
    io.err('carelet validate: found nothing to read');
    return NOTHING_READABLE;
  }
  if (!json) io.out(`${files.length} files, ${resources} resources or bundles: ${errors} errors, ${warnings} warnings`);
  return errors > 0 || unreadable > 0 ? ISSUES : CLEAN;
}
