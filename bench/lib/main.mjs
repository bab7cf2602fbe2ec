// `npm run bench -- NAME` for benches in pages.
import { parseArgs } from 'node:util';
import { loadBench, runPageBench } from './page-bench.mjs';

// Playwright closes its browser on a signal but leaves the process, which would open another.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));

const [name, ...args] = process.argv.slice(2);
const list = (text) => text?.split(',').filter(Boolean);
try {
  const { values } = parseArgs({
    args,
    options: {
      runs: { type: 'string', default: '5' },
      only: { type: 'string' },
      scenario: { type: 'string' },
      out: { type: 'string' },
      nowait: { type: 'boolean', default: false },
      shot: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
    },
  });
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs is a whole number, at least 1');
  await runPageBench(await loadBench(name), { ...values, runs, only: list(values.only), scenario: list(values.scenario) });
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
}
