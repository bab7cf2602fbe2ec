// Runs the backend contract on real FHIR servers that nobody here wrote: starts each one whose tools are on this machine, on a free
// port, runs the suite, and stops it again. `node scripts/contract-servers.mjs [hapi] [sekmet] [helios]`; all of them unless named.
// Exit code 0 when every server that could be started passed; a server whose tools are missing is skipped with a line that says so.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';

const SERVERS = [
  { name: 'HAPI FHIR', key: 'hapi', port: 'HAPI_PORT', url: 'HAPI_URL' },
  { name: 'sekmet-fhir', key: 'sekmet', port: 'SEKMET_PORT', url: 'SEKMET_URL' },
  // Only where HELIOS_BIN is its binary: see tools/helios/run.mjs.
  { name: 'Helios', key: 'helios', port: 'HELIOS_PORT', url: 'HELIOS_URL' },
];
/** How long a start may take: the first one loads about 240 MB and builds. */
const START = 300_000;
/** Exit code of a launcher whose tools are missing. */
const MISSING = 3;

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

const seconds = (since) => ((performance.now() - since) / 1000).toFixed(1);

/** Resolves with the base URL, or with the exit code of a launcher that ended before it had one; `log` is what it said. */
function start(server, port) {
  const launcher = spawn(process.execPath, [`tools/${server.key}/run.mjs`], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, [server.port]: String(port) },
  });
  let log = '';
  const ended = new Promise((resolve) => launcher.once('exit', (code) => resolve(code ?? 1)));
  launcher.stderr.on('data', (data) => (log += data));
  const ready = new Promise((resolve) => {
    launcher.stdout.on('data', (data) => {
      log += data;
      const url = / at (http:\S+)/.exec(log)?.[1];
      if (url) resolve({ url });
    });
    void ended.then((code) => resolve({ code }));
    setTimeout(() => resolve({ code: `no answer within ${START / 1000} s` }), START).unref();
  });
  return {
    ready,
    log: () => log,
    stop: async () => {
      launcher.kill('SIGTERM');
      const hard = setTimeout(() => launcher.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(hard);
    },
  };
}

/** The suite on one server, as TAP lines: `{ passed, failed, skipped, output }`. */
function runSuite(server, url) {
  const env = { ...process.env, [server.url]: url, FORCE_COLOR: '0' };
  for (const other of SERVERS) if (other !== server) delete env[other.url];
  delete env.NODE_TEST_CONTEXT; // else the runner takes itself for a child of another one, and reports in another form
  const suite = spawn(process.execPath, ['--import', 'tsx', '--test', '--test-reporter=spec', 'tests/contract/servers.node.test.ts'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  suite.stdout.on('data', (data) => (output += data));
  suite.stderr.on('data', (data) => (output += data));
  return new Promise((resolve) => {
    suite.once('exit', (code) => {
      const count = (what) => Number(new RegExp(`^ℹ ${what} (\\d+)`, 'm').exec(output)?.[1] ?? 0);
      // One skipped line for each server that is not this one belongs to the other runs.
      const others = output.match(/^﹣ contract: .*is not set/gm)?.length ?? 0;
      const counts = { passed: count('pass'), failed: count('fail'), skipped: count('skipped') - others };
      resolve({ ...counts, ok: code === 0 && counts.failed === 0 && counts.passed > 0, output });
    });
  });
}

async function contractOn(server) {
  const began = performance.now();
  const launched = start(server, await freePort());
  try {
    const { url, code } = await launched.ready;
    if (code === MISSING) {
      console.log(`[contract] ${server.name}: skipped. ${launched.log().trim().split('\n').at(-1)}`);
      return true;
    }
    if (url === undefined) {
      console.log(`${launched.log()}\n[contract] ${server.name}: did not start (${code})`);
      return false;
    }
    const started = seconds(began);
    const suiteBegan = performance.now();
    const { passed, failed, skipped, ok, output } = await runSuite(server, url);
    if (!ok) console.log(output);
    for (const line of output.matchAll(/^\s+﹣ (.*) \([\d.]+ms\) # (.*)$/gm))
      console.log(`[contract] ${server.name}: not held to "${line[1]}": ${line[2]}`);
    console.log(
      `[contract] ${server.name}: ${passed} passed, ${failed} failed, ${skipped} skipped; started in ${started} s, suite ${seconds(suiteBegan)} s`,
    );
    return ok;
  } finally {
    await launched.stop();
  }
}

const named = process.argv.slice(2);
const unknown = named.filter((key) => !SERVERS.some((server) => server.key === key));
if (unknown.length > 0) {
  console.error(`No such server: ${unknown.join(', ')}. There are: ${SERVERS.map(({ key }) => key).join(', ')}.`);
  process.exit(2);
}
const chosen = SERVERS.filter(({ key }) => named.length === 0 || named.includes(key));
const results = await Promise.all(chosen.map(contractOn));
process.exit(results.every(Boolean) ? 0 : 1);
