// `node tools/validator/run.mjs FILE|FOLDER …`: HL7's validator (in HAPI) over .json and .ndjson files, built when a source is newer
// than the last build. Prints its findings as lines of "place TAB severity TAB location TAB message"; only error and fatal count.
// Findings that are known to be the validator's own limits print as `known` (see KNOWN). --quiet prints errors only.
// Exit codes: 0 no error, 1 errors, 2 wrong use, 3 when mvn or java is missing, else what the build or Java ended with.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, 'target');
const javaArgs = join(target, 'java.args');
const shell = process.platform === 'win32'; // mvn is a .cmd there
const quiet = process.argv.includes('--quiet');
const inputs = process.argv.slice(2).filter((argument) => argument !== '--quiet');

/** The validator's own limits: its copies of the language, identifier-type and physical-type lists are older than what is in use. */
const KNOWN = [
  /^Code "[a-z]{2,3}" is not in valueset: http:\/\/hl7\.org\/fhir\/ValueSet\/languages/,
  /v2-0203#FGN/,
  /location-physical-type#vi/,
  /Extension url 'http:\/\/hl7\.org\/fhir\/5\.0\//,
];

if (inputs.length === 0) {
  console.error('usage: node tools/validator/run.mjs FILE|FOLDER …');
  process.exit(2);
}
for (const tool of ['java', 'mvn']) {
  if (spawnSync(tool, ['-version'], { stdio: 'ignore', shell }).error) {
    console.error(`HL7's validator needs ${tool}, which is not on the path: install a JDK 17 or newer and Maven, then run this again.`);
    process.exit(3);
  }
}

const sources = readdirSync(join(here, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
const newestSource = Math.max(...[join(here, 'pom.xml'), ...sources].map((file) => statSync(file).mtimeMs));

if (!existsSync(javaArgs) || statSync(javaArgs).mtimeMs < newestSource) {
  console.error("building HL7's validator (the first time it loads about 150 MB from the Maven repository) …");
  const { status } = spawnSync('mvn', ['-q', '-B', '-ntp', 'process-classes'], { cwd: here, stdio: ['ignore', 2, 2], shell });
  if (status !== 0) process.exit(status ?? 1);
  const classpath = [join(target, 'classes'), readFileSync(join(target, 'classpath.txt'), 'utf8').trim()].join(delimiter);
  // An argument file, because the jars do not fit on every system's command line; a backslash escapes in it.
  writeFileSync(javaArgs, `-cp "${classpath.replaceAll('\\', '\\\\')}"\n`);
}

const java = spawn('java', ['-XX:TieredStopAtLevel=1', '-Xmx1500m', `@${javaArgs}`, 'carelet.validator.Validate', ...inputs], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => java.kill(signal));
let errors = 0;
for await (const line of createInterface({ input: java.stdout })) {
  const [place, severity, location, message] = line.split('\t');
  const bad = severity === 'error' || severity === 'fatal';
  const known = bad && KNOWN.some((pattern) => pattern.test(message ?? ''));
  if (bad && !known) errors++;
  if (!quiet || (bad && !known)) console.log([place, known ? 'known' : severity, location, message].join('\t'));
}
const code = java.exitCode ?? (await new Promise((resolve) => java.on('exit', resolve)));
process.exitCode = code === 0 ? (errors > 0 ? 1 : 0) : (code ?? 1);
