import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, test } from 'node:test';

const built = existsSync('dist/index.js');
const TAGS = ['care-provider', 'care-patient-search', 'care-scheduler', 'care-chart-viewer'];

/** Runs a module in a Node of its own, as a server that renders would. */
function inNode(code: string): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return stdout.trim();
}

describe('importing in plain Node', { skip: built ? false : 'dist/ is not built: npm run build' }, () => {
  const pkg = JSON.parse(readFileSync('package.json', 'utf8')) as {
    exports: Record<string, { default: string } | string>;
    sideEffects: string[];
  };
  const entries = [
    '.',
    './client',
    './client/check',
    './client/embedded',
    './testing',
    ...['fhir', 'scheduling', 'charting'].map((name) => `./models/${name}`),
  ].concat(
    readdirSync('dist/components', { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(`dist/components/${entry.name}/index.js`))
      .map((entry) => `./components/${entry.name}`),
  );

  for (const entry of entries) {
    test(`${entry} works and registers no element`, () => {
      const name = entry === '.' ? 'carelet' : `carelet/${entry.slice(2)}`;
      const out = inNode(
        `await import(${JSON.stringify(name)}); console.log(JSON.stringify(${JSON.stringify(TAGS)}.filter((tag) => globalThis.customElements?.get(tag))))`,
      );
      assert.equal(out, '[]');
    });
  }

  test('importing define in plain Node does not throw', () => {
    assert.equal(inNode(`await import('carelet/define'); console.log('ok')`), 'ok');
  });

  test('sideEffects names every module that registers an element', () => {
    const registering = readdirSync('dist', { recursive: true, encoding: 'utf8' })
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => file.endsWith('.js') && /\bdefineElement\(["']care-/.test(readFileSync(`dist/${file}`, 'utf8')));
    assert.ok(registering.length >= TAGS.length, 'no registering module was found');
    const listed = (file: string) =>
      pkg.sideEffects.some((glob) => new RegExp(`^${glob.replace(/[.]/g, '\\.').replace(/\*/g, '[^/]*')}$`).test(`./dist/${file}`));
    assert.deepEqual(
      registering.filter((file) => !listed(file)),
      [],
    );
  });

  test('code and declarations import only packages that package.json names', () => {
    const { dependencies, peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string>>;
    const named = new Set([...Object.keys(dependencies!), ...Object.keys(peerDependencies!)]);
    const faults = readdirSync('dist', { recursive: true, encoding: 'utf8' })
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => /\.(js|d\.ts)$/.test(file))
      .flatMap((file) =>
        [
          ...readFileSync(`dist/${file}`, 'utf8').matchAll(
            /^(?:import|export)\b[^'"]*?from ["']([^'"]+)["']|\bimport\(["']([\w@][^'"]*)["']\)/gm,
          ),
        ]
          .map((match) => (match[1] ?? match[2])!)
          .filter((source) => !/^(\.|node:)/.test(source))
          .map((source) => source.split('/', source.startsWith('@') ? 2 : 1).join('/'))
          .filter((name) => !named.has(name))
          .map((name) => `${file}: ${name}`),
      );
    assert.deepEqual(faults, []);
  });

  test('every file that package.json points at exists', () => {
    const raw = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, unknown>;
    for (const key of ['unpkg', 'jsdelivr', 'customElements']) assert.ok(existsSync(String(raw[key])), `${key}: ${raw[key]}`);
    for (const [key, target] of Object.entries(pkg.exports)) {
      for (const path of typeof target === 'string' ? [target] : Object.values(target))
        if (!path.includes('*')) assert.ok(existsSync(path), `${key}: ${path}`);
    }
  });
});
