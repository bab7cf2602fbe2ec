/**
 * npm run bench -- sizes [--only TEXT] [--scenario GROUP] [--out FILE]
 *
 * What a page must download for a function: JavaScript with its framework's runtime, and the style sheets it needs. Bundled by
 * esbuild, tree-shaken, minified, production; gzip -9, brotli 11; kB are 1,000 bytes; fonts are not counted.
 */
import * as esbuild from 'esbuild';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { options } from '../lib/build.mjs';
import { ensure, folderOf, root, versionsOf } from '../lib/deps.mjs';
import { careletVersion, report, summarise } from '../lib/result.mjs';
import { entries } from './entries.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    scenario: { type: 'string' },
    out: { type: 'string' },
    // One run says all: sizes do not vary.
    runs: { type: 'string' },
  },
});

const steps = [
  { key: 'total', title: 'JS and CSS, gzip', unit: 'kB' },
  { key: 'brotli', title: 'JS and CSS, brotli', unit: 'kB' },
  { key: 'gzip', title: 'JS, gzip', unit: 'kB' },
  { key: 'min', title: 'JS, minified', unit: 'kB' },
  { key: 'css', title: 'CSS, gzip', unit: 'kB' },
  { key: 'later', title: 'loaded later, gzip', unit: 'kB', compare: false },
];

const gzip = (bytes) => gzipSync(bytes, { level: 9 }).length / 1000;
const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length / 1000;

/** @param files `{ name, bytes, later }` */
function sizesOf(files) {
  const sum = (ending, weigh, later = false) =>
    files.filter((file) => file.name.endsWith(ending) && file.later === later).reduce((total, { bytes }) => total + weigh(bytes), 0);
  const js = sum('.js', gzip);
  const css = sum('.css', gzip);
  return {
    total: js + css,
    brotli: sum('.js', brotli) + sum('.css', brotli),
    gzip: js,
    min: sum('.js', (bytes) => bytes.length / 1000),
    ...(css > 0 && { css }),
    ...(files.some(({ later }) => later) && { later: sum('.js', gzip, true) }),
  };
}

/** A bundle's files; what only a dynamic import reaches comes later. */
async function bundled({ code, deps, lazy = false }) {
  const { outputFiles, metafile } = await esbuild.build({
    ...options(deps),
    stdin: { contents: code, resolveDir: path.join(root, 'sizes'), loader: 'js' },
    write: false,
    outdir: path.join(root, 'dist', 'sizes'),
    metafile: true,
    splitting: lazy,
    assetNames: '[name]-[hash]',
    external: ['fs', 'path', 'crypto', 'zlib', 'url', 'worker_threads', 'events', 'util', 'stream', 'buffer', 'string_decoder', 'node:*'],
  });
  const { outputs } = metafile;
  const first = new Set(Object.keys(outputs).filter((name) => outputs[name].entryPoint === '<stdin>'));
  for (const name of first)
    for (const { kind, path: imported } of outputs[name].imports) if (kind === 'import-statement' && outputs[imported]) first.add(imported);
  return outputFiles.map(({ path: file, contents }) => {
    const name = path.relative(process.cwd(), file).replaceAll('\\', '/');
    return { name, bytes: Buffer.from(contents), later: name.endsWith('.js') && !first.has(name) };
  });
}

const shipped = ({ files, deps }) =>
  files.map((name) => ({ name, bytes: readFileSync(path.join(folderOf(deps), 'node_modules', name)), later: false }));

async function adapterOf(entry) {
  const { id, deps, role = 'rival' } = entry;
  const adapter = { id, role, versions: deps ? versionsOf(deps) : { carelet: careletVersion().version } };
  const missing = deps && ensure(deps);
  if (missing) return { ...adapter, note: missing };
  try {
    return { ...adapter, samples: [sizesOf(entry.files ? shipped(entry) : await bundled(entry))], ...(entry.note && { note: entry.note }) };
  } catch (error) {
    return { ...adapter, note: `does not bundle: ${error.errors?.[0]?.text ?? error.message}` };
  }
}

const chosen = entries.filter(({ id }) => !values.only || values.only.split(',').some((text) => id.includes(text)));
const scenarios = [];
for (const group of new Set(chosen.map((entry) => entry.group))) {
  if (values.scenario && !values.scenario.split(',').includes(group)) continue;
  const adapters = [];
  for (const entry of chosen) if (entry.group === group) adapters.push(await adapterOf(entry));
  scenarios.push(summarise({ id: group, title: 'what a page downloads', steps, adapters }));
}
report({ bench: 'sizes', scenarios, out: values.out });
