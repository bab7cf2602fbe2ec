// Makes sure that an engine is here: uses one that is, installs Debian's when root, else says exactly what to do.
//   node scripts/ensure-browser.mjs [chromium|firefox|webkit]…
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromePath, engines, howToGet } from './browsers.mjs';

const run = (command, args) =>
  spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
    .status === 0;

let listed = false;

/** What was found (a path, or the paths of the engine's programs); undefined where it is neither here nor to be had. */
export function ensureEngine(name) {
  const { find, packages } = engines[name];
  const found = find();
  if (found || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return found;
  listed ||= run('apt-get', ['update', '-qq']);
  for (const set of packages) {
    console.log(`No ${engines[name].title} here: installing ${set.join(', ')} with apt-get.`);
    if (run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...set])) break;
  }
  return find();
}

export function ensureBrowser() {
  ensureEngine('chromium');
  return chromePath();
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const wanted = process.argv.length > 2 ? process.argv.slice(2) : ['chromium'];
  for (const name of wanted) {
    const found = ensureEngine(name);
    if (found) console.log(`${name}: ${typeof found === 'string' ? found : found.browser}`);
    else {
      console.error(howToGet(name));
      process.exitCode = 1;
    }
  }
}
