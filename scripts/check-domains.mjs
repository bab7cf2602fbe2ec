// "One domain imports another only where the business does, never both ways", for models/: a rule that sees one import at a
// time cannot say it. (That a feature component imports no other one is told by lint-layers.mjs.)
import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { filesBelow } from './files.mjs';

const SHARED = new Set(['fhir', 'errors']);
const faults = [];
for (const layer of ['src/models']) {
  const edges = new Map();
  for (const file of filesBelow(layer, '.ts')) {
    const from = relative(layer, file).split('/')[0];
    for (const [, source] of readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)) {
      const to = relative(layer, resolve(dirname(file), source))
        .split('/')[0]
        .replace(/\.js$/, '');
      if (to !== from && !to.startsWith('..') && !SHARED.has(to)) (edges.get(from) ?? edges.set(from, new Map()).get(from)).set(to, file);
    }
  }
  for (const [from, targets] of edges)
    for (const [to, file] of targets)
      if (edges.get(to)?.has(from) && from < to) faults.push(`${layer}: ${from} and ${to} import each other (${file})`);
  for (const [to, file] of edges.get('fhir') ?? []) faults.push(`${layer}/fhir imports the domain ${to} (${file})`);
}
if (faults.length) {
  console.error(faults.join('\n'));
  process.exit(1);
}
