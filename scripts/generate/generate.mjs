// Writes src/models/fhir/generated anew: `npm ci && npm run generate` in this folder.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codeFiles } from './codes.mjs';
import { MORE, RESOURCES } from './resources.mjs';
import { schemaFiles } from './schemas.mjs';
import { typeFiles } from './types.mjs';

const target = fileURLToPath(new URL('../../src/models/fhir/generated/', import.meta.url));
const files = [...codeFiles([...RESOURCES, ...MORE]), ...typeFiles(), ...schemaFiles()];
rmSync(target, { recursive: true, force: true });
for (const [path, text] of files) {
  const file = join(target, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
