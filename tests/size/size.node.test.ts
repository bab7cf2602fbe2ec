import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { parseAst } from 'rollup/parseAst';
// @ts-expect-error a plain script without types
import { measure } from '../../scripts/measure.mjs';

interface Size {
  static: number;
  lazy: number;
  modules: string[];
}
const kB = 1000;

/**
 * Ceilings in kB gzip: `now` for what an import fetches at once, `later` for all that it may fetch after. Those of parseResource, the
 * client and the embedded backend are promises; those of elements are what they are, rounded up, so that a growth is seen.
 */
const ENTRIES: { entry: string; names?: string; now: number; later: number; never: RegExp }[] = [
  {
    entry: 'dist/models/fhir/index.js',
    names: 'parseResource',
    now: 12,
    later: 27,
    never: /node_modules\/(lit|idb|fhir-kit-client|@lit)|zod\/v4\/classic/,
  },
  { entry: 'dist/models/fhir/index.js', now: 22, later: 27, never: /node_modules\/(lit|idb|fhir-kit-client|@lit)|zod\/v4\/classic/ },
  {
    entry: 'dist/client/index.js',
    now: 14,
    later: 132,
    never: /node_modules\/(lit|idb|fhir-kit-client|@lit|zod)|backends\/embedded|\/store\//,
  },
  { entry: 'dist/client/backends/embedded/index.js', now: 20, later: 92, never: /node_modules\/(lit|idb|fhir-kit-client|@lit|zod)/ },
  { entry: 'dist/define/provider.js', now: 24, later: 202, never: /node_modules\/(fhir-kit-client|idb|zod)|backends\// },
  {
    entry: 'dist/define/patient-search.js',
    now: 48,
    later: 5,
    never: /node_modules\/(fhir-kit-client|idb|zod)|\/client\/|models\/fhir\/generated/,
  },
  {
    entry: 'dist/define/scheduler.js',
    now: 74,
    later: 24,
    never: /node_modules\/(fhir-kit-client|idb|zod)|backends\/|models\/fhir\/generated/,
  },
  {
    entry: 'dist/define/chart-viewer.js',
    now: 74,
    later: 16,
    never: /node_modules\/(fhir-kit-client|idb|zod)|backends\/|models\/fhir\/generated/,
  },
  { entry: 'dist/define.js', now: 144, later: 232, never: /node_modules\/(fhir-kit-client|idb|zod)|backends\// },
];

/** What a module imports, at once or later, by its syntax tree: a search for text would meet minified strings. */
function importsOf(code: string, { later = true } = {}): string[] {
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (typeof node !== 'object' || node === null) return;
    const { type, source } = node as { type?: string; source?: { value?: unknown } | null };
    if (type && /^(Import|Export)/.test(type) && (later || type !== 'ImportExpression') && typeof source?.value === 'string')
      found.push(source.value);
    for (const value of Object.values(node)) visit(value);
  };
  visit(parseAst(code));
  return found;
}

const built = existsSync('dist/index.js');

describe('sizes of built entries', { skip: built ? false : 'dist/ is not built: npm run build' }, () => {
  for (const { entry, names, now, later, never } of ENTRIES) {
    const what = names ? `${names} of ${entry}` : entry;
    test(what, async (t) => {
      const size = (await measure(entry, { names })) as Size;
      t.diagnostic(`${what}: ${(size.static / kB).toFixed(1)} kB at once, ${(size.lazy / kB).toFixed(1)} kB later`);
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
    const read = (file: string) => readFileSync(`cdn/${file}`, 'utf8');
    const first = new Set<string>();
    const follow = (file: string): void => {
      if (first.has(file)) return;
      first.add(file);
      for (const path of importsOf(read(file), { later: false })) follow(path.slice(2));
    };
    follow('carelet.min.js');
    const entry = [...first].reduce((sum, file) => sum + gzipSync(read(file), { level: 9 }).length, 0);
    t.diagnostic(`cdn: ${(entry / kB).toFixed(1)} kB at once in ${first.size} files, ${files.length} in all`);
    for (const file of files) {
      const code = read(file);
      for (const path of importsOf(code)) assert.ok(path.startsWith('./') && files.includes(path.slice(2)), `${file} imports ${path}`);
      assert.doesNotMatch(code, /\beval\(|new Function\(["'`](?!")/, `${file} evaluates text`);
    }
    assert.ok(entry <= 150 * kB, `${(entry / kB).toFixed(1)} kB, over the ceiling of 150 kB`);
  });
});
