// `npm run bench -- NAME [options]`: a bench has its rivals' packages apart, so that they never enter the product's install.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

const [name, ...args] = process.argv.slice(2);
const has = (bench, file) => existsSync(`bench/${bench}/${file}`);
const names = readdirSync('bench', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && (has(entry.name, 'run.mjs') || has(entry.name, 'bench.mjs')))
  .map((entry) => entry.name);
if (!name || !names.includes(name)) {
  console.error(
    `usage: npm run bench -- NAME [--out FILE] [--runs N] [--only ADAPTER,…] [--scenario ID,…]\nNAME is one of: ${names.join(', ')}. See docs/bench.md.`,
  );
  process.exit(2);
}
// A bench in pages is run by the harness; one that is not brings its own run.mjs.
const script = has(name, 'run.mjs') ? [`bench/${name}/run.mjs`] : ['bench/lib/main.mjs', name];
process.exit(spawnSync(process.execPath, ['--import', 'tsx', '--expose-gc', ...script, ...args], { stdio: 'inherit' }).status ?? 1);
