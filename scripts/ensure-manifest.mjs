// A fresh clone has neither custom-elements.json nor what is made of it: whoever needs them makes them first. So do they after an
// element was changed, since a type check against yesterday's wrappers finds yesterday's faults.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { filesBelow } from './files.mjs';

const MADE = ['custom-elements.json', 'src/frameworks/elements.ts', 'src/react/index.ts'];

export function ensureManifest() {
  const sources = [...filesBelow('src/components', '.ts'), 'scripts/generate-frameworks.mjs', 'custom-elements-manifest.config.mjs'];
  const changed = () => Math.max(...sources.map((file) => statSync(file).mtimeMs));
  if (MADE.every((file) => existsSync(file)) && statSync('custom-elements.json').mtimeMs >= changed()) return;
  const { status } = spawnSync('npm', ['run', '--silent', 'generate'], { stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) throw new Error('the manifest could not be made');
}

if (process.argv[1]?.endsWith('ensure-manifest.mjs')) ensureManifest();
