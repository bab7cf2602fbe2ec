import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../../shared/cases', import.meta.url));

/** The folder of real inputs beside the project (`../shared/cases` from its root); undefined where it is absent, as in a clone. */
export function casesDir(): string | undefined {
  return existsSync(FOLDER) ? FOLDER : undefined;
}

/** For a test's `skip` option: false where the cases are there, else a plain line. */
export const skipWithoutCases: string | false = casesDir() === undefined ? 'the folder ../shared/cases is not here' : false;

/** One file of the cases: its path inside them, and its text. */
export interface CaseFile {
  name: string;
  text: string;
}

/** The files below a folder of the cases whose names end so, in the order of their names. None where the cases are absent. */
export function caseFiles(folder: string, ending = '.json'): CaseFile[] {
  const root = casesDir();
  if (root === undefined) return [];
  const found: CaseFile[] = [];
  const walk = (path: string): void => {
    for (const entry of readdirSync(path).toSorted()) {
      const full = join(path, entry);
      if (statSync(full).isDirectory()) walk(full);
      else if (entry.endsWith(ending)) found.push({ name: relative(root, full), text: readFileSync(full, 'utf8') });
    }
  };
  walk(join(root, folder));
  return found;
}
