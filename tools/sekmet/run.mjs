// `npm run sekmet`: sekmet-fhir (Python, SQLite) on this machine until Ctrl-C or SIGTERM; a second opinion beside HAPI.
// SEKMET_PORT (8090), SEKMET_DATA (a folder that is kept; else a fresh one each start).
// Exit codes: 3 when python, its venv module or the package is not to be had, else what the installation or the server ended with.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGE = 'sekmet-fhir==0.1.1';
const work = join(dirname(fileURLToPath(import.meta.url)), '.work');
const port = Number(process.env.SEKMET_PORT || 8090);
const base = `http://127.0.0.1:${port}/fhir`;
const bin = join(work, 'venv', process.platform === 'win32' ? 'Scripts' : 'bin');
const installed = join(work, PACKAGE.replace('==', '-'));

const python = ['python3', 'python'].find((name) => spawnSync(name, ['-c', 'import venv, ensurepip'], { stdio: 'ignore' }).status === 0);
if (!python) {
  console.error('sekmet-fhir needs Python 3.10 or newer with its venv module (on Debian: python3-venv), which is not on the path.');
  process.exit(3);
}

// Its own failure on a busy port comes only after it has started up.
await new Promise((resolve) => {
  const probe = createServer().once('error', (error) => {
    console.error(`Port ${port} cannot be used (${error.code}): set SEKMET_PORT.`);
    process.exit(1);
  });
  probe.listen(port, '127.0.0.1', () => probe.close(resolve));
});

if (!existsSync(installed)) {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  console.error(`installing ${PACKAGE} …`);
  for (const [command, args] of [
    [python, ['-m', 'venv', join(work, 'venv')]],
    [join(bin, 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', PACKAGE]],
  ]) {
    const { status, stderr } = spawnSync(command, args, { stdio: ['ignore', 2, 'pipe'], encoding: 'utf8' });
    if (status === 0) continue;
    console.error(stderr);
    const unreachable = /Could not find a version|connection|Temporary failure|timed out/i.test(stderr);
    if (unreachable) console.error('sekmet-fhir was not installed: the Python package index could not be reached, or does not have it.');
    process.exit(unreachable ? 3 : (status ?? 1));
  }
  writeFileSync(installed, '');
}

const data = process.env.SEKMET_DATA || join(work, `data-${port}`);
if (!process.env.SEKMET_DATA) rmSync(data, { recursive: true, force: true });
mkdirSync(data, { recursive: true });
const settings = join(work, `settings-${port}.yaml`);
writeFileSync(
  settings,
  // Without the last line it answers orders with results of its own making.
  [`base_url: ${base}`, 'host: 127.0.0.1', `port: ${port}`, `data_dir: ${JSON.stringify(data)}`, 'simulator: { enabled: false }', ''].join(
    '\n',
  ),
);

const server = spawn(join(bin, 'sekmet'), ['serve', '-c', settings], { stdio: ['ignore', 2, 2], cwd: work });
let ended = false;
server.on('exit', (code) => {
  ended = true;
  process.exit(code ?? 0);
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));

while (!ended) {
  const ready = await fetch(`${base}/metadata`).then(
    (response) => response.ok,
    () => false,
  );
  if (ready) {
    console.log(`sekmet-fhir R4 at ${base}`);
    break;
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
}
