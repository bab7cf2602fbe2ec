// `npm run test:browsers`: every browser test and every story in each engine, one engine after the other.
//   npm run test:browsers -- --only firefox,webkit   only these
//   npm run test:browsers -- GLOB…                   only these files (paths below .wtr/)
// An engine that is neither here nor to be had from apt-get is left out with a plain line, and the exit code is 3
// when all that did run has passed.
import { existsSync, mkdirSync } from 'node:fs';
import { engines, howToGet } from './browsers.mjs';
import { ensureEngine } from './ensure-browser.mjs';
import { Parts, testDir } from './parts.mjs';

const args = process.argv.slice(2);
const at = args.indexOf('--only');
const wanted = at < 0 ? Object.keys(engines) : (args.splice(at, 2)[1] ?? '').split(',');
const unknown = wanted.filter((name) => !Object.hasOwn(engines, name));
if (unknown.length) {
  console.error(`--only takes ${Object.keys(engines).join(', ')}, with commas between; not ${unknown.join(', ') || 'nothing'}`);
  process.exit(2);
}
const files = args.length ? ['--files', ...args] : [];
const parts = new Parts();

mkdirSync(testDir, { recursive: true });
if (!existsSync('custom-elements.json')) parts.run('manifest', 'npm', ['run', '--silent', 'generate']);
if (!parts.run('browser build', process.execPath, ['scripts/build-tests.mjs'])) parts.close();

let absent = 0;
for (const name of wanted) {
  if (ensureEngine(name)) {
    const counts = `${testDir}/${name}-counts.json`;
    const env = { CARELET_ENGINE: name };
    parts.run(name, process.execPath, ['node_modules/@web/test-runner/dist/bin.js', ...files], { counts, env });
  } else {
    absent++;
    parts.leaveOut(name, howToGet(name));
  }
}
console.log(parts.lines.join('\n'));
parts.close(absent ? 3 : 0);
