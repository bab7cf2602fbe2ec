// Builds one of examples/frameworks/ into a folder with an index.html, by esbuild and the framework's own compiler: what Vite's plugins,
// or Angular's builder, would do in a project of its own.
import { build } from 'esbuild';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Imports a package of the examples, not of ours; of a CommonJS one also what Node does not see as named. */
const loader = (root) => {
  const require = createRequire(resolve(root, 'package.json'));
  return (name) => import(pathToFileURL(require.resolve(name)).href).then((module) => ({ ...module.default, ...module }));
};

const COMPILERS = {
  vue: (load) => ({
    name: 'vue',
    async setup(esbuild) {
      const { parse, compileScript } = await load('vue/compiler-sfc');
      esbuild.onLoad({ filter: /\.vue$/ }, ({ path }) => {
        const templateParseOptions = { isCustomElement: (tag) => tag.startsWith('care-') };
        const { descriptor } = parse(readFileSync(path, 'utf8'), { filename: path, templateParseOptions });
        return { contents: compileScript(descriptor, { id: basename(path), inlineTemplate: true }).content, loader: 'ts' };
      });
    },
  }),
  svelte: (load) => ({
    name: 'svelte',
    async setup(esbuild) {
      const { compile } = await load('svelte/compiler');
      esbuild.onLoad({ filter: /\.svelte$/ }, ({ path }) => {
        const { js } = compile(readFileSync(path, 'utf8'), { filename: path, generate: 'client' });
        return { contents: js.code, loader: 'js' };
      });
    },
  }),
  /** Its packages come half compiled; without this step their rest would be compiled in the page, by `new Function`. */
  angular: (load) => ({
    name: 'angular-linker',
    async setup(esbuild) {
      const { default: linker } = await load('@angular/compiler-cli/linker/babel');
      const { transformAsync } = await load('@babel/core');
      const plugins = [[linker, { linkerJitMode: false }]];
      esbuild.onLoad({ filter: /@angular[\\/].*\.mjs$/ }, async ({ path }) => {
        const source = readFileSync(path, 'utf8');
        if (!source.includes('ɵɵngDeclare')) return { contents: source, loader: 'js' };
        const { code } = await transformAsync(source, { filename: path, plugins, compact: false, configFile: false, babelrc: false });
        return { contents: code, loader: 'js' };
      });
    },
  }),
};

const PAGE = (name) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>carelet in ${name}</title>
    <script type="module" src="main.js"></script>
  </head>
  <body><div id="app"></div><app-desk></app-desk></body>
</html>
`;

export async function buildExample({ root, name, out }) {
  mkdirSync(out, { recursive: true });
  const plugin = COMPILERS[name]?.(loader(root));
  // ngc has been there: what it emits is plain JavaScript.
  const source =
    name === 'angular'
      ? join(root, '.build/angular/angular/main.js')
      : join(root, name, name === 'react' ? 'main.tsx' : name === 'html' ? 'main.js' : 'main.ts');
  await build({
    entryPoints: { main: source },
    outdir: out,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    mainFields: ['browser', 'module', 'main'],
    jsx: 'automatic',
    minify: true,
    legalComments: 'none',
    logLevel: 'error',
    define: {
      'process.env.NODE_ENV': '"production"',
      ngDevMode: 'false',
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    conditions: ['browser', 'production', 'module'],
    plugins: plugin ? [plugin] : [],
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
  });
  if (name === 'html') cpSync(join(root, 'html/index.html'), join(out, 'index.html'));
  else writeFileSync(join(out, 'index.html'), PAGE(name));
}
