// `npm run build`: manifest, declarations, dist/ and cdn/; then publint on what would be packed.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';

const bin = (name) => `node_modules/.bin/${name}${process.platform === 'win32' ? '.cmd' : ''}`;
const run = (command, args) => {
  const { status } = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
};

for (const folder of ['dist', 'cdn']) rmSync(folder, { recursive: true, force: true });
run('npm', ['run', '--silent', 'generate']);
run(bin('tsc'), ['-p', 'tsconfig.build.json']);
run(bin('rollup'), ['-c', '--silent', '--failAfterWarnings']);
run(bin('publint'), ['run', '--strict', '--pack', 'false']);
