#!/usr/bin/env node
// In the package this runs dist/; in a clone, where src/ is there, it runs the sources, so that no build can be stale.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const source = new URL('../src/cli/main.ts', import.meta.url);
let entry = new URL('../dist/cli/main.js', import.meta.url);
if (existsSync(fileURLToPath(source))) {
  try {
    const { register } = await import('tsx/esm/api');
    register();
    entry = source;
  } catch {
    // Installed without development dependencies: the build will do.
  }
}
// Whoever reads our output may have had enough of it (| head).
process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const { main } = await import(entry.href);
process.exitCode = await main(process.argv.slice(2));
