// `npm test`: everything in Node, then everything in a browser, then one line with the total.
//   npm test -- --node [FILE…]      only the Node tests
//   npm test -- --browser [GLOB…]   only the browser tests (paths below .wtr/)
//   npm test -- --no-build          trust the dist/ that is there
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { ensureBrowser } from './ensure-browser.mjs';
import { filesBelow } from './files.mjs';

const args = process.argv.slice(2);
const flags = new Set(args.filter((arg) => arg.startsWith('--')));
const named = args.filter((arg) => !arg.startsWith('--'));
const both = !flags.has('--node') && !flags.has('--browser');
const total = { passed: 0, failed: 0, skipped: 0 };

function part(name, command, commandArgs, counts) {
  const started = performance.now();
  if (counts) rmSync(counts, { force: true });
  const { status } = spawnSync(command, commandArgs, { stdio: ['ignore', 'inherit', 'inherit'] });
  let line = status === 0 ? 'done' : `exit ${status}`;
  if (counts) {
    const got = existsSync(counts) ? JSON.parse(readFileSync(counts, 'utf8')) : { passed: 0, failed: 1, skipped: 0 };
    if (status !== 0 && got.failed === 0) got.failed = 1; // the runner itself broke
    for (const key of Object.keys(total)) total[key] += got[key];
    line = `${got.passed} pass, ${got.failed} fail, ${got.skipped} skip`;
  } else if (status !== 0) {
    total.failed++;
  }
  console.log(`\n[${name}] ${line} in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
  return status === 0;
}

function close() {
  console.log(`${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`);
  process.exit(total.failed ? 1 : 0);
}

mkdirSync('.wtr', { recursive: true });
if (both && !flags.has('--no-build') && !part('build', 'npm', ['run', '--silent', 'build'])) close();

if (both || flags.has('--node')) {
  const files = named.length && flags.has('--node') ? named : filesBelow('tests', '.node.test.ts');
  part(
    'node',
    process.execPath,
    [
      '--import',
      'tsx',
      '--test',
      '--test-concurrency=2',
      '--test-timeout=180000',
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      '--test-reporter=./scripts/node-count-reporter.mjs',
      '--test-reporter-destination=.wtr/node-counts.json',
      ...files,
    ],
    '.wtr/node-counts.json',
  );
}

if (both || flags.has('--browser')) {
  try {
    ensureBrowser();
    if (!existsSync('custom-elements.json')) part('manifest', 'npm', ['run', '--silent', 'generate']);
    if (part('browser build', process.execPath, ['scripts/build-tests.mjs'])) {
      const only = named.length && flags.has('--browser') ? ['--files', ...named] : [];
      part('browser', process.execPath, ['node_modules/@web/test-runner/dist/bin.js', ...only], '.wtr/browser-counts.json');
    }
  } catch (error) {
    console.error(error.message);
    total.failed++;
  }
}
close();
