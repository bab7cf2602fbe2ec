// Prepares the browser tests under .wtr/:
//  - own TypeScript, file by file, so that coverage and stack traces map 1:1 onto src/;
//  - every npm package that it imports, bundled once into vendor/ there and reached by the runner's resolveImport;
//  - one generated test per story file.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { ensureManifest } from './ensure-manifest.mjs';
import { filesBelow } from './files.mjs';
import { seed, testDir as out } from './parts.mjs';

export async function buildTests() {
  const started = performance.now();
  ensureManifest();
  const nodeOnly = (file) =>
    file.endsWith('.d.ts') || file.endsWith('.node.test.ts') || file.startsWith('src/cli/') || file.startsWith('tests/consumer/');
  const own = [
    ...filesBelow('src', '.ts', nodeOnly),
    ...filesBelow('tests', '.ts', nodeOnly),
    ...filesBelow('stories', '.ts', nodeOnly),
    '.storybook/preview.ts',
  ];
  for (const folder of ['src', 'tests', 'stories', '.storybook']) rmSync(`${out}/${folder}`, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });

  const common = { format: 'esm', target: 'es2022', platform: 'browser', logLevel: 'warning', tsconfig: 'tsconfig.json' };
  await build({
    ...common,
    supported: { 'import-attributes': true },
    entryPoints: own,
    outdir: out,
    outbase: '.',
    bundle: false,
    sourcemap: true,
    sourcesContent: true,
  });
  writeFileSync(`${out}/custom-elements.json`, readFileSync('custom-elements.json'));

  for (const story of filesBelow('stories', '.stories.ts')) {
    const file = `${out}/${story.replace(/\.stories\.ts$/, '.story.test.js')}`;
    const up = relative(dirname(file), out);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(
      file,
      `import * as csf from '${up}/${story.replace(/\.ts$/, '.js')}';\nimport { runStories } from '${up}/tests/support/run-stories.js';\nrunStories(csf);\n`,
    );
  }

  const { metafile } = await build({
    ...common,
    entryPoints: own,
    outdir: out,
    bundle: true,
    splitting: true,
    packages: 'external',
    write: false,
    metafile: true,
  });
  const names = [...new Set(Object.values(metafile.outputs).flatMap((o) => o.imports.filter((i) => i.external).map((i) => i.path)))]
    .filter((name) => !name.startsWith('node:') && !name.startsWith('msw/node'))
    .sort();
  const flat = (name) => name.replace(/^@/, '').replace(/[^\w-]+/g, '_');
  const key = createHash('sha256').update(names.join('\n')).update(readFileSync('package-lock.json')).digest('hex');
  if (!existsSync(`${out}/vendor/key`) || readFileSync(`${out}/vendor/key`, 'utf8') !== key) {
    rmSync(`${out}/vendor`, { recursive: true, force: true });
    await build({
      ...common,
      entryPoints: Object.fromEntries(names.map((name) => [flat(name), name])),
      outdir: `${out}/vendor`,
      bundle: true,
      splitting: true,
      sourcemap: false,
      legalComments: 'none',
      conditions: ['browser', 'development'],
      define: { 'process.env.NODE_ENV': '"development"' },
    });
    writeFileSync(`${out}/vendor/key`, key);
  }
  const imports = Object.fromEntries(names.map((name) => [name, `/${out}/vendor/${flat(name)}.js`]));
  if (imports['fast-check']) {
    // Property tests draw from a known seed here too (scripts/seed.mjs does it for Node).
    const vendored = imports['fast-check'];
    imports['fast-check'] = `/${out}/seeded-fast-check.js`;
    writeFileSync(
      `${out}/seeded-fast-check.js`,
      `import fc from '${vendored}';\nfc.configureGlobal({ ...fc.readConfigureGlobal(), seed: ${seed} });\nexport * from '${vendored}';\nexport { fc as default };\n`,
    );
  }
  writeFileSync(`${out}/importmap.json`, JSON.stringify({ imports }, null, 2));
  console.log(`browser tests built in ${Math.round(performance.now() - started)} ms (${own.length} files, ${names.length} packages)`);
}

if (process.argv[1]?.endsWith('build-tests.mjs')) await buildTests();
