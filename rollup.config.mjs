// Two outputs: dist/ for npm (one module per source file, dependencies left to the bundler of whoever installs it),
// and cdn/ for a plain <script type="module"> (everything in, lazy parts as sibling chunks found by import.meta.url).
import { readFileSync } from 'node:fs';
import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import esbuild from 'rollup-plugin-esbuild';
import { filesBelow } from './scripts/files.mjs';

const pkg = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'));
const packages = [...Object.keys(pkg.dependencies ?? {}), ...Object.keys(pkg.peerDependencies ?? {})];
const external = (id) => id.startsWith('node:') || packages.some((name) => id === name || id.startsWith(`${name}/`));

// The public entries of package.json's "exports"; everything else follows from their imports.
const entries = [
  'src/index.ts',
  'src/define.ts',
  'src/client/index.ts',
  'src/client/check/index.ts',
  'src/client/backends/embedded/index.ts',
  'src/testing/index.ts',
  'src/testing/msw.ts',
  'src/cli/main.ts',
  'src/react/index.ts',
  ...filesBelow('src/frameworks', '.ts', (file) => file.endsWith('/elements.ts')),
  ...filesBelow('src/define', '.ts'),
  ...filesBelow('src/components', 'index.ts'),
  ...filesBelow('src/models', 'index.ts', (file) => file.includes('/generated/')),
];
const input = Object.fromEntries(entries.map((file) => [file.replace(/^src\//, '').replace(/\.ts$/, ''), file]));

const typescript = () => esbuild({ target: 'es2022', tsconfig: 'tsconfig.json', sourceMap: true });
const onwarn = (warning, warn) => {
  // zod 4 and fhir-kit-client ship comments that rollup cannot use, and import cycles of their own.
  const where = `${warning.id ?? ''}${warning.ids ?? ''}${warning.loc?.file ?? ''}`;
  if (['INVALID_ANNOTATION', 'CIRCULAR_DEPENDENCY', 'THIS_IS_UNDEFINED'].includes(warning.code) && /node_modules/.test(where)) return;
  // What is there for types alone has no code.
  if (warning.code === 'EMPTY_BUNDLE' && warning.names?.every((name) => name.startsWith('frameworks/'))) return;
  warn(warning);
};

export default [
  {
    input,
    external,
    onwarn,
    plugins: [nodeResolve({ extensions: ['.ts', '.js'] }), typescript()],
    output: {
      dir: 'dist',
      format: 'es',
      preserveModules: true,
      preserveModulesRoot: 'src',
      sourcemap: true,
      sourcemapExcludeSources: false,
      // Wrappers use hooks: React Server Components take them for the client's.
      banner: ({ name }) => (name.startsWith('react/') ? "'use client';" : ''),
    },
  },
  {
    input: { 'carelet.min': 'src/cdn.ts' },
    onwarn,
    plugins: [
      nodeResolve({ extensions: ['.ts', '.js'], browser: true, exportConditions: ['browser', 'production'] }),
      commonjs(),

      typescript(),
      terser({ ecma: 2022, module: true, format: { comments: false } }),
    ],
    output: { dir: 'cdn', format: 'es', sourcemap: true, entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
  },
];
