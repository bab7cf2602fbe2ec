import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { icons } from '../../../src/components/ui/icons.data.js';

/** All source that may name an icon. */
function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('icons.data.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
}

test('only icons that are used are inlined', () => {
  const code = sources('src/components').join('\n');
  const unused = Object.keys(icons).filter((name) => !code.includes(`'${name}'`));
  assert.deepEqual(unused, [], 'take them out of scripts/generate/icons.mjs and run it');
});

test('their licence travels with the package', () => {
  const notice = readFileSync('NOTICE', 'utf8');
  const { files } = JSON.parse(readFileSync('package.json', 'utf8')) as { files: string[] };
  assert.match(notice, /Tabler Icons/);
  assert.match(notice, /MIT License\s+Copyright \(c\) [\d-]+ Paweł Kuna/);
  assert.match(notice, /The above copyright notice and this permission notice shall be included/);
  assert.ok(files.includes('NOTICE'));
});
