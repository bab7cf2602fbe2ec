import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
// @ts-expect-error a plain script without types
import { measure } from '../../scripts/measure.mjs';

interface Size {
  static: number;
  lazy: number;
  modules: string[];
}
const kB = 1000;

/** Ceilings in kB gzip: `now` for what an import fetches at once, `later` for all that it may fetch after. */
const ENTRIES: { entry: string; now: number; later: number; never: RegExp }[] = [
  { entry: 'dist/models/fhir/index.js', now: 20, later: 45, never: /node_modules\/(lit|idb|fhir-kit-client|@lit)|zod\/v4\/classic/ },
  { entry: 'dist/client/index.js', now: 14, later: 90, never: /node_modules\/(lit|idb|fhir-kit-client|@lit|zod)|backends\/embedded|\/store\// },
  { entry: 'dist/client/backends/embedded/index.js', now: 20, later: 70, never: /node_modules\/(lit|idb|fhir-kit-client|@lit|zod)/ },
  { entry: 'dist/define/provider.js', now: 24, later: 160, never: /node_modules\/(fhir-kit-client|idb|zod)|backends\// },
  { entry: 'dist/define/patient-search.js', now: 32, later: 20, never: /node_modules\/(fhir-kit-client|idb|zod)|\/client\/|models\/fhir\/generated/ },
  { entry: 'dist/define/scheduler.js', now: 40, later: 20, never: /node_modules\/(fhir-kit-client|idb|zod)|backends\/|models\/fhir\/generated/ },
  { entry: 'dist/define/chart-viewer.js', now: 40, later: 20, never: /node_modules\/(fhir-kit-client|idb|zod)|backends\/|models\/fhir\/generated/ },
  { entry: 'dist/define.js', now: 80, later: 180, never: /node_modules\/(fhir-kit-client|idb|zod)|backends\// },
];

const built = existsSync('dist/index.js');

describe('sizes of built entries', { skip: built ? false : 'dist/ is not built: npm run build' }, () => {
  for (const { entry, now, later, never } of ENTRIES) {
    test(entry, async (t) => {
      const size = (await measure(entry)) as Size;
      t.diagnostic(`${entry}: ${(size.static / kB).toFixed(1)} kB at once, ${(size.lazy / kB).toFixed(1)} kB later`);
      assert.ok(size.static <= now * kB, `${(size.static / kB).toFixed(1)} kB at once, over the ceiling of ${now} kB`);
      assert.ok(size.lazy <= later * kB, `${(size.lazy / kB).toFixed(1)} kB later, over the ceiling of ${later} kB`);
      assert.deepEqual(
        size.modules.filter((module) => never.test(module)),
        [],
        'must not be in the static part',
      );
    });
  }

  test('ui knows neither zod nor FHIR', () => {
    const faults = readdirSync('dist/components/ui', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.js'))
      .filter((file) => /from '(zod|.*models\/)/.test(readFileSync(`dist/components/ui/${file}`, 'utf8')));
    assert.deepEqual(faults, []);
  });

  test('the CDN entry and its chunks ask for nothing that is not beside them', (t) => {
    const files = readdirSync('cdn').filter((file) => file.endsWith('.js'));
    const entry = gzipSync(readFileSync('cdn/carelet.min.js'), { level: 9 }).length;
    t.diagnostic(`cdn: entry ${(entry / kB).toFixed(1)} kB, ${files.length} files`);
    for (const file of files) {
      const code = readFileSync(`cdn/${file}`, 'utf8');
      for (const [, path] of code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']/g)) assert.ok(path!.startsWith('./') && files.includes(path!.slice(2)), `${file} imports ${path}`);
      assert.doesNotMatch(code, /\beval\(|new Function\(["'`](?!")/, `${file} evaluates text`);
    }
    assert.ok(entry <= 95 * kB, `${(entry / kB).toFixed(1)} kB, over the ceiling of 95 kB`);
  });
});
