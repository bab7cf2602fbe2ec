// The parts of a test run: each started, timed and counted, and the total line that the run closes with.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';

/** Where the browser tests are built and counted. A second run beside the first takes another: CARELET_TEST_DIR=.wtr-2 */
export const testDir = process.env.CARELET_TEST_DIR ?? '.wtr';

export class Parts {
  #total = { passed: 0, failed: 0, skipped: 0 };
  /** One line per part, for a summary at the end. */
  lines = [];

  /** Runs a command. With `counts`, the file into which it writes what it counted; otherwise only its failure counts. */
  run(name, command, args, { counts, env } = {}) {
    const started = performance.now();
    if (counts) rmSync(counts, { force: true });
    const { status } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } });
    let line = status === 0 ? 'done' : `exit ${status}`;
    if (counts) {
      const got = existsSync(counts) ? JSON.parse(readFileSync(counts, 'utf8')) : { passed: 0, failed: 1, skipped: 0 };
      if (status !== 0 && got.failed === 0) got.failed = 1; // the runner itself broke
      for (const key of Object.keys(this.#total)) this.#total[key] += got[key];
      line = `${got.passed} pass, ${got.failed} fail, ${got.skipped} skip`;
    } else if (status !== 0) {
      this.#total.failed++;
    }
    this.#note(`[${name}] ${line} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    return status === 0;
  }

  /** A part that could not be run at all. */
  fail(name, reason) {
    this.#total.failed++;
    this.#note(`[${name}] ${reason}`);
  }

  /** A part that was left out: the caller decides what that means for the exit code. */
  leaveOut(name, reason) {
    this.#note(`[${name}] NOT RUN: ${reason}`);
  }

  #note(line) {
    this.lines.push(line);
    console.log(`\n${line}\n`);
  }

  /** Prints the total as the last line and ends the process: 1 where something failed, else `code`. */
  close(code = 0) {
    const { passed, failed, skipped } = this.#total;
    console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
    process.exit(failed ? 1 : code);
  }
}

/** The seed of this run's property tests: $CARELET_SEED, else always the same, so that a run can be repeated. */
export const seed = Number(process.env.CARELET_SEED ?? 20261122);
if (!Number.isInteger(seed)) throw new Error('CARELET_SEED is a whole number');

/** How node:test is started on our TypeScript, with that seed. */
export const nodeTestArgs = [
  '--import',
  'tsx',
  '--import',
  './scripts/seed.mjs',
  '--test',
  '--test-concurrency=2',
  '--test-timeout=180000',
];
