// Writes src/models/fhir/generated anew: `npm ci && npm run generate` in this folder.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codeFiles } from './codes.mjs';
import { RESOURCES } from './resources.mjs';
import { schemaFiles } from './schemas.mjs';
import { typeFiles } from './types.mjs';

const target = fileURLToPath(new URL('../../src/models/fhir/generated/', import.meta.url));
rmSync(target, { recursive: true, force: true });
for (const [path, text] of [...codeFiles(RESOURCES), ...typeFiles(), ...schemaFiles()]) {
  const file = join(target, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
