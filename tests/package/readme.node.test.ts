import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { compileScript, parse } from 'vue/compiler-sfc';
// @ts-expect-error a plain script without types
import { inlineScript, readmeBlocks } from '../../scripts/readme-blocks.mjs';
// @ts-expect-error a plain script without types
import { ensureManifest } from '../../scripts/ensure-manifest.mjs';

interface Declaration {
  tagName?: string;
  attributes?: { name: string }[];
  events?: { name: string }[];
}

/** Svelte's and Angular's own compilers look at theirs in `npm run check:frameworks`, which the root has not installed. */
describe('README.md, "Embed it"', () => {
  const blocks = readmeBlocks() as Record<string, string>;
  let folder: string;
  let elements: Declaration[];
  before(() => {
    ensureManifest();
    mkdirSync('.wtr', { recursive: true });
    folder = mkdtempSync(resolve('.wtr/readme-'));
    const manifest = JSON.parse(readFileSync('custom-elements.json', 'utf8')) as { modules: { declarations?: Declaration[] }[] };
    elements = manifest.modules.flatMap(({ declarations = [] }) => declarations.filter(({ tagName }) => tagName));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [name, code] of Object.entries(blocks))
    test(`${name}: ten lines that hold`, () => {
      assert.ok(code.trimEnd().split('\n').length <= 10, `${code.trimEnd().split('\n').length} lines`);
    });

  test('tags, attributes and events are those of the elements', () => {
    const known = new Map(elements.map((e) => [e.tagName, new Set((e.attributes ?? []).map((attribute) => attribute.name))]));
    const events = new Set(elements.flatMap((e) => (e.events ?? []).map((event) => event.name)));
    for (const [name, code] of Object.entries(blocks)) {
      for (const [, tag, rest] of code.matchAll(/<(care-[\w-]+)((?:[^>"{]|"[^"]*"|\{[^}]*\}|=>)*)>/g)) {
        assert.ok(known.has(tag), `${name}: <${tag}>`);
        for (const [, attribute] of rest!.matchAll(/\s([a-z-]+)="/g))
          assert.ok(known.get(tag)!.has(attribute!), `${name}: ${tag} ${attribute}`);
      }
      const heard = [...code.matchAll(/(?:[@('"]|\bon)(care-[\w-]+-select)\b/g)].map((match) => match[1]!);
      if (name !== 'react') assert.deepEqual([heard.length > 0, heard.filter((event) => !events.has(event))], [true, []], name);
    }
  });

  test('HTML, React and Vue are what their compilers take', () => {
    writeFileSync(join(folder, 'html.js'), `import 'carelet/define';\n${inlineScript(blocks['html'])}`);
    writeFileSync(join(folder, 'react.tsx'), blocks['react']!);
    const { descriptor, errors } = parse(blocks['vue']!, { templateParseOptions: { isCustomElement: (tag) => tag.startsWith('care-') } });
    assert.deepEqual(errors, []);
    const { content } = compileScript(descriptor, { id: 'readme', inlineTemplate: true });
    assert.match(content, /onCarePatientSelect/);
    assert.doesNotMatch(content, /resolveComponent/);
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: '../../tsconfig.json',
        compilerOptions: { jsx: 'react-jsx', allowJs: true, checkJs: true, strictNullChecks: false, exactOptionalPropertyTypes: false },
        include: [],
        files: ['html.js', 'react.tsx'],
      }),
    );
    const { stdout } = spawnSync(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', folder], { encoding: 'utf8' });
    assert.deepEqual(
      stdout.split('\n').filter((line) => line.includes('readme-') || /error TS\d+: No/.test(line)),
      [],
    );
  });
});

describe('docs/frameworks.md', () => {
  test('lists the elements as they are (npm run generate:docs)', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/generate-frameworks.mjs', '--check'], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
  });
});
