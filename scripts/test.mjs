// `npm test`: everything in Node, then everything in Chromium, then one line with the total.
//   npm test -- --node [FILE…]      only the Node tests
//   npm test -- --browser [GLOB…]   only the browser tests (paths below .wtr/)
//   npm test -- --no-build          trust the dist/ that is there
// The other engines: npm run test:browsers.
import { existsSync, mkdirSync } from 'node:fs';
import { ensureBrowser } from './ensure-browser.mjs';
import { filesBelow } from './files.mjs';
import { nodeTestArgs, Parts, testDir } from './parts.mjs';

const args = process.argv.slice(2);
const flags = new Set(args.filter((arg) => arg.startsWith('--')));
const named = args.filter((arg) => !arg.startsWith('--'));
const both = !flags.has('--node') && !flags.has('--browser');
const parts = new Parts();

mkdirSync(testDir, { recursive: true });
if (both && !flags.has('--no-build') && !parts.run('build', 'npm', ['run', '--silent', 'build'])) parts.close();

if (both || flags.has('--node')) {
  const files = named.length && flags.has('--node') ? named : filesBelow('tests', '.node.test.ts');
  const counts = `${testDir}/node-counts.json`;
  const reporters = [
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=./scripts/node-count-reporter.mjs',
    `--test-reporter-destination=${counts}`,
  ];
  parts.run('node', process.execPath, [...nodeTestArgs, ...reporters, ...files], { counts });
}

if (both || flags.has('--browser')) {
  try {
    ensureBrowser();
    if (!existsSync('custom-elements.json')) parts.run('manifest', 'npm', ['run', '--silent', 'generate']);
    if (parts.run('browser build', process.execPath, ['scripts/build-tests.mjs'])) {
      const only = named.length && flags.has('--browser') ? ['--files', ...named] : [];
      const counts = `${testDir}/chromium-counts.json`;
      parts.run('browser', process.execPath, ['node_modules/@web/test-runner/dist/bin.js', ...only], { counts });
    }
  } catch (error) {
    parts.fail('browser', error.message);
  }
}
parts.close();
