// `npm run hapi`: HAPI FHIR R4 on this machine, built when a source is newer than the last build, until Ctrl-C or SIGTERM.
// HAPI_PORT (8080), HAPI_DB (JDBC URL; else in memory), HAPI_STOCK=1 (HAPI's own defaults), HAPI_LOG (WARN).
// Exit codes: 3 when mvn, java or the Maven repository is not to be had, else what the build or the server ended with.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, 'target');
const javaArgs = join(target, 'java.args');
const shell = process.platform === 'win32'; // mvn is a .cmd there

for (const tool of ['java', 'mvn']) {
  if (spawnSync(tool, ['-version'], { stdio: 'ignore', shell }).error) {
    console.error(`HAPI needs ${tool}, which is not on the path: install a JDK 17 or newer and Maven, then run this again.`);
    process.exit(3);
  }
}

const sources = readdirSync(join(here, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
const newestSource = Math.max(...[join(here, 'pom.xml'), ...sources].map((file) => statSync(file).mtimeMs));

if (!existsSync(javaArgs) || statSync(javaArgs).mtimeMs < newestSource) {
  console.error('building HAPI (the first time it loads about 240 MB from the Maven repository) …');
  const build = spawnSync('mvn', ['-q', '-B', '-ntp', 'compile'], {
    cwd: here,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    shell,
  });
  if (build.status !== 0) {
    console.error(build.stdout + build.stderr);
    const unreachable = /Could not transfer|Unknown host|Cannot access|Connection refused|timed out/i.test(build.stdout);
    if (unreachable) console.error('HAPI was not built: the Maven repository could not be reached.');
    process.exit(unreachable ? 3 : (build.status ?? 1));
  }
  const classpath = [join(target, 'classes'), readFileSync(join(target, 'classpath.txt'), 'utf8').trim()].join(delimiter);
  // An argument file, because 235 jars do not fit on every system's command line; a backslash escapes in it.
  writeFileSync(javaArgs, `-cp "${classpath.replaceAll('\\', '\\\\')}"\n`);
}

// A short-lived server starts twice as fast without the second compiler and the parallel collector.
const quickStart = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xmx2g'];
const java = spawn('java', [...quickStart, `@${javaArgs}`, 'carelet.hapi.HapiServer'], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => java.kill(signal));
java.on('exit', (code) => process.exit(code ?? 0));
