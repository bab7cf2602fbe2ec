// Bundles one adapter and its bench's data for the page: production, minified, ES modules.
import * as esbuild from 'esbuild';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { folderOf, root } from './deps.mjs';

const files = Object.fromEntries(['.woff', '.woff2', '.ttf', '.eot', '.wasm'].map((ending) => [ending, 'file']));
const inline = Object.fromEntries(['.svg', '.png', '.gif'].map((ending) => [ending, 'dataurl']));

/** An adapter names its set in a comment on its first lines: `// deps: <folder under deps/>`. */
export const setOf = (file) => /^\/\/ deps: (\S+)/m.exec(readFileSync(file, 'utf8'))?.[1];

/** What our own files here import by name comes from the set, though the product's node_modules may hold the same name nearer. */
const fromSet = (set) => ({
  name: 'set',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^[^./]/ }, async ({ path: name, importer, kind, pluginData, resolveDir }) => {
      const own = resolveDir.startsWith(root) && !importer.includes('node_modules');
      if (pluginData === 'again' || !own || path.isAbsolute(name)) return undefined;
      const found = await resolve(name, { kind, resolveDir: folderOf(set), pluginData: 'again' });
      return found.errors.length > 0 ? undefined : found;
    });
  },
});

/** esbuild's options for a bundle that takes its packages from a set, or from the product where there is none. */
export function options(set) {
  return {
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'silent',
    jsx: 'automatic',
    conditions: ['browser', 'production'],
    mainFields: ['browser', 'module', 'main'],
    loader: { ...files, ...inline, '.graphql': 'text' },
    define: { 'process.env.NODE_ENV': '"production"', 'process.env': '{}', global: 'globalThis', __dirname: '""' },
    plugins: set ? [fromSet(set)] : [],
  };
}

/** Builds into bench/dist/<bench>/<adapter>/, with a page that loads it. */
export async function buildAdapter(bench, { id, file, set }) {
  const out = path.join(root, 'dist', bench, id);
  mkdirSync(out, { recursive: true });
  await esbuild.build({
    ...options(set),
    stdin: {
      contents: `
        import adapter from ${JSON.stringify(file)};
        import * as data from ${JSON.stringify(path.join(root, bench, 'data.js'))};
        Object.assign(window, { __adapter: adapter, __data: data });
        window.__ready = Promise.resolve(adapter.load?.()).then(() => { window.__readyAt = performance.now(); });`,
      resolveDir: root,
      sourcefile: 'entry.js',
    },
    outfile: path.join(out, 'main.js'),
    assetNames: 'assets/[name]-[hash]',
    publicPath: `/dist/${bench}/${id}`,
  });
  const sheet = existsSync(path.join(out, 'main.css')) ? '<link rel="stylesheet" href="main.css">' : '';
  writeFileSync(
    path.join(out, 'index.html'),
    `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><title>${bench} ${id}</title><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<script src="/lib/page.js"></script>${sheet}
<style>
html, body { margin: 0; font-family: "DejaVu Sans", sans-serif; font-size: 14px }
#app { width: 1400px; height: 860px; margin: 0 auto; position: relative }
#app.grow { height: auto }
</style>
</head>
<body><div id="app"></div><script type="module" src="main.js"></script></body>
</html>
`,
  );
}
