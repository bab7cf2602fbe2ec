// The package as somebody else gets it: packed by npm, unpacked into a folder's node_modules, beside links to what it depends on.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/**
 * @param folder a project's folder
 * @param packages names from our node_modules to link beside it; carelet's own dependencies unless told. What is there already stays.
 */
export function packInto(folder, packages = dependencies()) {
  const modules = join(folder, 'node_modules');
  const home = join(modules, 'carelet');
  const packed = mkdtempSync(join(tmpdir(), 'carelet-pack-'));
  try {
    const options = { encoding: 'utf8', shell: process.platform === 'win32' };
    const [{ filename }] = JSON.parse(
      execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', packed], { ...options, stdio: 'pipe' }),
    );
    rmSync(home, { recursive: true, force: true });
    mkdirSync(home, { recursive: true });
    execFileSync('tar', ['xzf', join(packed, filename), '-C', home, '--strip-components=1']);
  } finally {
    rmSync(packed, { recursive: true, force: true });
  }
  for (const name of packages) {
    const link = join(modules, name);
    if (existsSync(link)) continue;
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(resolve('node_modules', name), link, 'junction');
  }
}

const dependencies = () => Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).dependencies);

/** Everything that is installed here, scopes as their packages. */
export const installed = () =>
  readdirSync('node_modules')
    .filter((name) => name !== 'carelet' && !name.startsWith('.'))
    .flatMap((name) => (name.startsWith('@') ? readdirSync(join('node_modules', name)).map((part) => `${name}/${part}`) : [name]));
