// Sets of rivals' packages: one folder each under bench/deps/, so that those that want different versions of React, Preact or a
// polyfill never meet, and none of them enters the product's own install. A set is installed when a bench first needs it.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const folderOf = (set) => path.join(root, 'deps', set);

const tried = new Map();

/**
 * Installs a set unless it is there, by its lock file, without running any package's scripts.
 * @returns undefined, or why its packages cannot be had: a plain sentence for a table.
 */
export function ensure(set) {
  if (!tried.has(set)) tried.set(set, install(set));
  return tried.get(set);
}

function install(set) {
  const folder = folderOf(set);
  const lock = path.join(folder, 'package-lock.json');
  if (!existsSync(lock)) return `bench/deps/${set} has no package-lock.json`;
  const key = createHash('sha256').update(readFileSync(lock)).digest('hex');
  const mark = path.join(folder, 'node_modules', '.bench-lock');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === key) return undefined;
  console.error(`installing bench/deps/${set} …`);
  try {
    execFileSync('npm', ['ci', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      shell: process.platform === 'win32',
    });
    writeFileSync(mark, key);
    return undefined;
  } catch (error) {
    const code = /npm error code (\S+)/.exec(String(error.stderr))?.[1];
    return `not installed: npm ci in bench/deps/${set} failed${code ? ` (${code})` : ''}`;
  }
}

/** The exact versions that a set asks for. */
export function versionsOf(set) {
  return JSON.parse(readFileSync(path.join(folderOf(set), 'package.json'), 'utf8')).dependencies;
}

/** A module of a set, for benches that run in Node. `ensure` the set first. */
export function importFrom(set, specifier) {
  const { resolve } = createRequire(path.join(folderOf(set), 'package.json'));
  return import(pathToFileURL(resolve(specifier)).href);
}
