// `npm run bench -- NAME [options]`: benches have packages of their own, so that rivals never enter the product's install.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

const [name, ...args] = process.argv.slice(2);
const names = readdirSync('bench', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(`bench/${entry.name}/run.mjs`))
  .map((entry) => entry.name);
if (!name || !names.includes(name)) {
  console.error(`usage: npm run bench -- NAME [options]; NAME is one of: ${names.join(', ')}`);
  process.exit(2);
}
process.exit(
  spawnSync(process.execPath, ['--import', 'tsx', '--expose-gc', `bench/${name}/run.mjs`, ...args], { stdio: 'inherit' }).status ?? 1,
);
