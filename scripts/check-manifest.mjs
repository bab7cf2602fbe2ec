// Fails when an element dispatches an event, renders a slot or names a part that its class JSDoc does not document,
// or documents one that nothing in its folder uses. Reads each component's folder, since parts/ render for their element.
import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { filesBelow } from './files.mjs';

const manifest = JSON.parse(readFileSync('custom-elements.json', 'utf8'));
const faults = [];

const elements = manifest.modules.flatMap((module) =>
  (module.declarations ?? [])
    .filter((d) => d.customElement && d.tagName)
    .map((d) => ({ ...d, folder: dirname(module.path), path: module.path })),
);
if (elements.length === 0) console.warn('check-manifest: no element has a @tag yet');

for (const folder of new Set(elements.map((element) => element.folder))) {
  const here = elements.filter((element) => element.folder === folder);
  const source = filesBelow(folder, '.ts')
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');

  const used = {
    events: new Set(
      [
        ...code.matchAll(/\bemit\(\s*(?:this|[\w.#]+\s*,)?\s*'(care-[\w-]+)'/g),
        ...code.matchAll(/\bemit\(\s*(?:[\w.#]+\s*,\s*)?'(care-[\w-]+)'/g),
      ].map((m) => m[1]),
    ),
    slots: new Set([...code.matchAll(/<slot(?:\s+name="([\w-]+)")?[\s>]/g)].map((m) => m[1] ?? '')),
    parts: new Set([...code.matchAll(/\bpart="([^"$]+)/g)].flatMap((m) => m[1].trim().split(/\s+/)).filter(Boolean)),
  };
  // Event names that a typed map declares count as used: they may be emitted through a variable.
  for (const m of code.matchAll(/'(care-[\w-]+)':\s*CustomEvent/g)) used.events.add(m[1]);

  const documented = {
    events: new Set(here.flatMap((e) => (e.events ?? []).map((x) => x.name)).filter((name) => name?.startsWith('care-'))),
    slots: new Set(here.flatMap((e) => (e.slots ?? []).map((x) => x.name ?? ''))),
    parts: new Set(here.flatMap((e) => (e.cssParts ?? []).map((x) => x.name))),
  };
  for (const element of here) {
    if (!element.summary) faults.push(`${element.path}: <${element.tagName}> has no @summary`);
    for (const event of element.events ?? []) {
      if (event.name && !event.description) faults.push(`${element.path}: @fires ${event.name} says nothing`);
      if (event.name?.startsWith('care-') && !event.type) faults.push(`${element.path}: ${event.name} is not in CareEventMap`);
    }
  }
  const what = here.map((e) => `<${e.tagName}>`).join(', ');
  for (const kind of ['events', 'slots', 'parts']) {
    for (const name of used[kind])
      if (!documented[kind].has(name)) faults.push(`${folder}: ${kind.slice(0, -1)} "${name}" is used but not documented on ${what}`);
    if (kind !== 'parts')
      for (const name of documented[kind])
        if (!used[kind].has(name)) faults.push(`${folder}: ${kind.slice(0, -1)} "${name}" is documented on ${what} but not used`);
  }
}
if (!existsSync('src/define')) faults.push('src/define is missing');
if (faults.length) {
  console.error(`custom-elements.json does not tell the truth:\n  ${faults.join('\n  ')}`);
  process.exit(1);
}
