// What an entry weighs: bundled with its dependencies, minified, gzip -9. `static` is what an import fetches at once,
// `lazy` what it may fetch later; `modules` are the files in the static part.
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

export async function measure(entry, { names } = {}) {
  const { outputFiles, metafile } = await build({
    // Only some names of an entry, as a bundler with tree shaking would take them.
    ...(names
      ? { stdin: { contents: `export { ${names} } from './${entry}';`, resolveDir: process.cwd(), sourcefile: 'names' } }
      : { entryPoints: { entry } }),
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    conditions: ['browser', 'production'],
    mainFields: ['browser', 'module', 'main'],
    external: ['node:*'],
    write: false,
    metafile: true,
    legalComments: 'none',
    outdir: 'out',
    logLevel: 'error',
  });
  const size = new Map(
    outputFiles.map((file) => [
      file.path.replaceAll('\\', '/').replace(/^.*\/out\//, 'out/'),
      gzipSync(file.contents, { level: 9 }).length,
    ]),
  );
  const start = Object.keys(metafile.outputs).find((name) => [entry, 'names', '<stdin>'].includes(metafile.outputs[name].entryPoint));
  const closure = new Set();
  const visit = (name) => {
    if (closure.has(name)) return;
    closure.add(name);
    for (const imported of metafile.outputs[name].imports)
      if (imported.kind === 'import-statement' && !imported.external) visit(imported.path);
  };
  visit(start);
  const sum = (names) => names.reduce((total, name) => total + (size.get(name) ?? 0), 0);
  const all = Object.keys(metafile.outputs);
  return {
    static: sum([...closure]),
    lazy: sum(all.filter((name) => !closure.has(name))),
    modules: [
      ...new Set(
        [...closure].flatMap((name) =>
          Object.entries(metafile.outputs[name].inputs)
            .filter(([, input]) => input.bytesInOutput > 0)
            .map(([path]) => path),
        ),
      ),
    ],
  };
}
