// `node --import tsx scripts/check-practice.mjs [PATIENTS] [--country AU|US]`: HL7's own validator over a synthetic practice. Prints
// its errors, then one line. Exit code 0 when there is none, 1 when there are some, 3 when Java or Maven is missing.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from '../src/models/fhir/index.ts';
import { createPractice } from '../src/testing/practice/index.ts';

const patients = Number(process.argv[2] ?? 30);
const country = process.argv.includes('US') ? 'US' : 'AU';
const zone = country === 'US' ? 'America/New_York' : 'Australia/Sydney';
const practice = createPractice({ seed: 'practice', patients, now: '2026-11-24T00:20:00Z', zone, country });

const folder = mkdtempSync(join(tmpdir(), 'carelet-practice-'));
try {
  const lines = new Map();
  for (const resource of practice) lines.set(resource.resourceType, [...(lines.get(resource.resourceType) ?? []), stringify(resource)]);
  for (const [type, resources] of lines) writeFileSync(join(folder, `${type}.ndjson`), `${resources.join('\n')}\n`);
  const count = [...lines.values()].reduce((sum, resources) => sum + resources.length, 0);
  const started = performance.now();
  const run = spawnSync(process.execPath, [fileURLToPath(new URL('../tools/validator/run.mjs', import.meta.url)), '--quiet', folder], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 28,
  });
  const errors = run.stdout.split('\n').filter((line) => line !== '');
  if (run.status !== 0 && errors.length === 0) {
    console.error('the validator did not run');
    process.exit(run.status ?? 1);
  }
  for (const line of errors) console.log(line.replace(`${folder}/`, ''));
  console.log(
    `practice under HL7's validator: ${count} resources, ${errors.length} errors (${((performance.now() - started) / 1000).toFixed(0)} s)`,
  );
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
