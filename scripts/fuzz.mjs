// `npm run fuzz`: the Node tests that use fast-check, ten times over, each time from another seed.
//   npm run fuzz -- --rounds 50 [FILE…]
//   CARELET_SEED=1234 npm run fuzz -- --rounds 1 FILE   repeats the round that failed
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { filesBelow } from './files.mjs';
import { nodeTestArgs } from './parts.mjs';

const args = process.argv.slice(2);
const at = args.indexOf('--rounds');
const rounds = at < 0 ? 10 : Number(args.splice(at, 2)[1]);
if (!(Number.isInteger(rounds) && rounds > 0)) {
  console.error('--rounds takes a whole number above 0');
  process.exit(2);
}
const drawsAtRandom = (file) => /hostile|property/.test(basename(file)) || readFileSync(file, 'utf8').includes('fast-check');
const files = args.length ? args : filesBelow('tests', '.node.test.ts').filter(drawsAtRandom);
const first = process.env.CARELET_SEED ? Number(process.env.CARELET_SEED) : randomInt(2 ** 31 - rounds);

let failed = 0;
for (let round = 0; round < rounds; round++) {
  const seed = first + round;
  console.log(`round ${round + 1} of ${rounds}, seed ${seed}: ${files.length} files`);
  const { status, stdout } = spawnSync(process.execPath, [...nodeTestArgs, '--test-reporter=spec', ...files], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, CARELET_SEED: String(seed) },
  });
  if (status === 0) continue;
  failed++;
  console.log(stdout.slice(Math.max(0, stdout.indexOf('failing tests:'))));
  console.log(`Again: CARELET_SEED=${seed} npm run fuzz -- --rounds 1 ${args.join(' ')}`.trimEnd());
}
console.log(`${rounds - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
