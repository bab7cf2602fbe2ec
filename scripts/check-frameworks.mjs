// `npm run check:frameworks`: examples/frameworks/ against the packed package, as somebody else's project would have it.
//   1. Each example, and the block of README.md, is type-checked by its framework's own checker; a twin of the example with wrong names
//      must be refused.
//   2. Each is built, opened in a browser under a strict CSP with Trusted Types, and used: a patient is found, the chart follows.
// The tools are installed in examples/frameworks/ alone. Names may be given: `npm run check:frameworks -- vue svelte`.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildExample } from './build-example.mjs';
import { filesBelow } from './files.mjs';
import { packInto } from './pack-into.mjs';
import { inlineScript, readmeBlocks } from './readme-blocks.mjs';
import { useExamples } from './use-examples.mjs';

const ROOT = 'examples/frameworks';
const BUILD = `${ROOT}/.build`;
const RIGHT = `${BUILD}/right`;
const WRONG = `${BUILD}/wrong`;
const CHECKERS = {
  html: (folder) => ['typescript/bin/tsc', '-p', folder],
  react: (folder) => ['typescript/bin/tsc', '-p', folder],
  vue: (folder) => ['vue-tsc/bin/vue-tsc.js', '-p', folder],
  svelte: (folder) => ['svelte-check/bin/svelte-check', '--workspace', folder, '--tsconfig', './tsconfig.json', '--output', 'machine'],
  angular: (folder) => ['@angular/compiler-cli/bundles/src/bin/ngc.js', '-p', folder],
};

const wanted = process.argv.slice(2);
const names = Object.keys(CHECKERS).filter((name) => wanted.length === 0 || wanted.includes(name));
if (wanted.some((name) => !(name in CHECKERS))) {
  console.error(`usage: npm run check:frameworks -- [NAME …]; NAME is one of: ${Object.keys(CHECKERS).join(', ')}`);
  process.exit(2);
}

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

function install() {
  const started = performance.now();
  const done = `${ROOT}/node_modules/.package-lock.json`;
  if (!existsSync(done) || statSync(done).mtimeMs < statSync(`${ROOT}/package-lock.json`).mtimeMs) {
    const options = { cwd: ROOT, stdio: 'inherit', shell: process.platform === 'win32' };
    if (spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], options).status !== 0) process.exit(1);
  }
  if (!existsSync('dist/react/index.js') && spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' }).status !== 0)
    process.exit(1);
  packInto(ROOT);
  const bytes = filesBelow(`${ROOT}/node_modules`, '').reduce((sum, file) => sum + statSync(file).size, 0);
  console.log(`frameworks: tools and the packed package in ${seconds(started)}, ${Math.round(bytes / 1e6)} MB in examples/frameworks/`);
}

/** The examples again, with one letter wrong wherever the detail of an event is read. */
function makeWrong() {
  mkdirSync(WRONG, { recursive: true });
  for (const name of readdirSync(ROOT)) {
    if (name.startsWith('.') || name === 'node_modules') continue;
    cpSync(join(ROOT, name), join(WRONG, name), { recursive: true });
  }
  for (const name of names) {
    for (const file of readdirSync(join(WRONG, name)).filter((one) => one !== 'tsconfig.json')) {
      const path = join(WRONG, name, file);
      writeFileSync(path, readFileSync(path, 'utf8').replaceAll('event.detail.reference', 'event.detail.referense'));
    }
  }
}

/** A project for each framework that holds the example where it is, and the block of README.md. */
function makeRight() {
  const blocks = readmeBlocks();
  const files = { html: 'readme.js', react: 'readme.tsx', vue: 'Readme.vue', svelte: 'Readme.svelte', angular: 'readme.ts' };
  for (const name of names) {
    const folder = join(RIGHT, name);
    mkdirSync(folder, { recursive: true });
    const code = name === 'html' ? `import 'carelet/define';\n${inlineScript(blocks.html)}` : blocks[name];
    writeFileSync(join(folder, files[name]), code);
    const types = { vue: 'carelet/vue', svelte: 'carelet/svelte' }[name];
    if (types) writeFileSync(join(folder, 'tags.ts'), `import type {} from '${types}';\n`);
    // A page of ten lines asks for its elements without asking whether they are there.
    const compilerOptions = name === 'html' ? { strictNullChecks: false, exactOptionalPropertyTypes: false } : {};
    const config = { extends: `../../../${name}/tsconfig.json`, compilerOptions, include: ['.', `../../../${name}`] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  }
}

const run = (args) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [join(ROOT, 'node_modules', args[0]), ...args.slice(1)], {
      env: { ...process.env, NO_COLOR: '1' },
    });
    let out = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (out += text));
    child.on('close', (code) => resolve({ code, out }));
  });

/** @returns what is wrong, in words; empty for nothing. */
async function check(name) {
  const started = performance.now();
  const [right, wrong] = await Promise.all([run(CHECKERS[name](join(RIGHT, name))), run(CHECKERS[name](join(WRONG, name)))]);
  const slips = filesBelow(join(WRONG, name), '').reduce((n, file) => n + (readFileSync(file, 'utf8').match(/referense/g)?.length ?? 0), 0);
  const found = wrong.out.match(/'referense'/g)?.length ?? 0;
  console.log(`${name}: types checked in ${seconds(started)}; ${found} of ${slips} wrong names refused`);
  if (right.code !== 0) return [`${name} does not type-check:\n${right.out}`];
  return found === slips && slips > 0 ? [] : [`${name}: of ${slips} wrong names ${found} were refused:\n${wrong.out}`];
}

install();
rmSync(BUILD, { recursive: true, force: true });
makeRight();
makeWrong();
const faults = [];
for (const name of names) faults.push(...(await check(name)));
if (faults.length === 0) {
  const started = performance.now();
  for (const name of names) await buildExample({ root: ROOT, name, out: join(BUILD, 'site', name) });
  console.log(`frameworks: built in ${seconds(started)}`);
  faults.push(...(await useExamples(join(BUILD, 'site'), names)));
}
for (const folder of [RIGHT, WRONG]) rmSync(folder, { recursive: true, force: true });
if (faults.length) {
  console.error(faults.join('\n'));
  process.exit(1);
}
console.log(
  `frameworks: ${names.join(', ')} are typed, as README.md shows them too, and work in a browser under a strict CSP with Trusted Types`,
);
