// What the client weighs on the wire, from the sources: at once, and with all that a first request over FHIR fetches besides.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const ENTRY = 'src/client/index.ts';
const kB = 1000;

test('the client is at most 14 kB gzip at once, and 24 kB with its FHIR transport', async (t) => {
  const { outputFiles, metafile } = await build({
    entryPoints: [ENTRY],
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    outdir: 'out',
    write: false,
    metafile: true,
    logLevel: 'error',
  });
  const weights = new Map(
    outputFiles.map(({ path, contents }) => [path.replaceAll('\\', '/').split('/out/').at(-1), gzipSync(contents, { level: 9 }).length]),
  );
  const outputs = Object.entries(metafile.outputs);
  const closure = (path: string, found = new Set<string>()): Set<string> => {
    if (!found.has(path)) {
      found.add(path);
      for (const { path: next, kind, external } of metafile.outputs[path]!.imports)
        if (kind === 'import-statement' && !external) closure(next, found);
    }
    return found;
  };
  const chunkOf = (source: string): string => outputs.find(([, { entryPoint }]) => entryPoint?.endsWith(source))![0];
  const weigh = (paths: Iterable<string>): number => [...paths].reduce((sum, path) => sum + weights.get(path.split('out/').at(-1))!, 0);

  const core = closure(chunkOf(ENTRY));
  const modules = [...core].flatMap((path) => Object.keys(metafile.outputs[path]!.inputs));
  assert.deepEqual(
    modules.filter((module) => /node_modules|backends\/embedded|\/store\/|generated|backends\/fhir\/(?!index)/.test(module)),
    [],
    'must not be fetched at once',
  );
  const transport = new Set([...core, ...closure(chunkOf('backends/fhir/fhir-backend.ts'))]);
  t.diagnostic(`${(weigh(core) / kB).toFixed(1)} kB at once, ${(weigh(transport) / kB).toFixed(1)} kB with the transport`);
  assert.ok(
    [...transport].some((path) => Object.keys(metafile.outputs[path]!.inputs).some((module) => module.includes('fhir-kit-client'))),
  );
  assert.ok(weigh(core) <= 14 * kB, `${weigh(core)} bytes at once`);
  assert.ok(weigh(transport) <= 24 * kB, `${weigh(transport)} bytes with the transport`);
});
