// Makes sure that a Chromium is here: uses one that is, installs Debian's when root, else says exactly what to do.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromePath, findChrome } from './browsers.mjs';

const run = (command, args) =>
  spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
    .status === 0;

export function ensureBrowser() {
  if (!findChrome() && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('No Chromium here: installing chromium-headless-shell with apt-get.');
    const wanted = ['install', '-y', '-qq', '--no-install-recommends', 'chromium-headless-shell', 'fonts-dejavu-core'];
    // Ubuntu and older Debians have no headless shell of their own; the full browser does as well.
    if (!(run('apt-get', ['update', '-qq']) && run('apt-get', wanted)))
      run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
  }
  return chromePath();
}

if (process.argv[1] && import.meta.url.endsWith('/ensure-browser.mjs') && process.argv[1].endsWith('ensure-browser.mjs')) {
  try {
    console.log(`browser: ${ensureBrowser()}`);
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
