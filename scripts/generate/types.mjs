// Interfaces: one module per resource type, one for the datatypes, and the lists of names.
import { bindingOf, isResourceTypes } from './codes.mjs';
import { R4_TYPES, datatypesOf, isPrimitive, kindOf, typesOf } from './definitions.mjs';
import { ABSTRACT, MORE, RESOURCES } from './resources.mjs';
import { HEADER, kebab, propertyName } from './text.mjs';

const PRIMITIVES = { boolean: 'boolean', decimal: 'number', integer: 'number', positiveInt: 'number', unsignedInt: 'number' };

/** Primitives that TypeScript's own types tell enough about. */
const PLAIN = new Set(['boolean', 'code', 'string']);

/** The name under which an interface is exported: `Resource` is the union, so the abstract type steps aside. */
const interfaceName = (name) => (name === 'Resource' ? 'ResourceBase' : name);

/** Bundles tell what they hold: `Bundle<Appointment | Patient>`. */
const GENERIC = new Set(['Bundle', 'BundleEntry']);

function typeScriptType(field, type, use) {
  if (isPrimitive(type.code)) {
    if (field.binding && isResourceTypes(field.binding)) return use('R4ResourceType');
    const binding = field.binding && bindingOf(field.binding);
    return binding && type.code === 'code' ? use(binding.name, 'codes') : (PRIMITIVES[type.code] ?? 'string');
  }
  return GENERIC.has(type.code) ? `${type.code}<T>` : type.code === 'Resource' && use.generic ? 'T' : use(type.code);
}

const comment = (text, margin) => `${margin}/** ${text.replaceAll('*/', '* /').replaceAll(/\s+/g, ' ').trim()} */\n`;

function interfaceOf(type, inherited, use) {
  const lines = [];
  for (const field of type.fields) {
    if (inherited.has(field.name) || field.prohibited) continue;
    for (const option of field.types) {
      const name = propertyName(field, option);
      const primitive = isPrimitive(option.code);
      const value = typeScriptType(field, option, use);
      // A primitive may be absent and have extensions instead, also where the element is required.
      const required = field.min > 0 && !field.choice && !primitive;
      // In a list of primitives, null holds the place of a value that has only extensions.
      const listed = field.many ? (primitive ? `(${value} | null)[]` : value.includes(' ') ? `(${value})[]` : `${value}[]`) : value;
      const kind = option.targets ? ` (${option.targets.join(', ')})` : primitive && !PLAIN.has(option.code) ? ` (${option.code})` : '';
      lines.push(comment(`${field.short ?? ''}${kind}`, '  ') + `  ${name}${required ? '' : '?'}: ${listed};\n`);
      if (primitive && name !== 'id') lines.push(`  _${name}?: ${field.many ? `(${use('Element')} | null)[]` : use('Element')};\n`);
    }
  }
  return lines.join('');
}

/** Names of fields that a base type already has. */
const fieldsOfBase = (base) => new Set(base ? typesOf(base)[0].fields.map((field) => field.name) : []);

function moduleOf(names, file) {
  const uses = { index: new Set(), codes: new Set() };
  const own = new Set(names.flatMap((name) => typesOf(name).map((type) => interfaceName(type.name))));
  const use = (name, from = 'index') => {
    if (!(from === 'index' && own.has(name))) uses[from].add(name);
    return name;
  };
  const interfaces = [];
  for (const name of names)
    for (const type of typesOf(name)) {
      const base = type.base && interfaceName(type.base);
      const resource = kindOf(type.name) === 'resource' && !ABSTRACT.includes(type.name);
      const tag = resource ? `  resourceType: '${type.name}';\n` : type.name === 'Resource' ? '  resourceType: string;\n' : '';
      use.generic = GENERIC.has(type.name);
      const generic = use.generic ? `<T extends ${use('Resource')} = Resource>` : '';
      interfaces.push(
        comment(type.short ?? type.name, '') +
          `export interface ${interfaceName(type.name)}${generic}${base ? ` extends ${use(base)}` : ''} {\n${tag}${interfaceOf(type, fieldsOfBase(type.base), use)}}\n`,
      );
    }
  const imports = [
    uses.codes.size > 0 ? `import type { ${[...uses.codes].toSorted().join(', ')} } from '../codes/index.js';\n` : '',
    uses.index.size > 0 ? `import type { ${[...uses.index].toSorted().join(', ')} } from './index.js';\n` : '',
  ].join('');
  return [`types/${file}.ts`, `${HEADER}${imports}\n${interfaces.join('\n')}`];
}

/** The files of the interfaces: `[path, text]` each. */
export function typeFiles() {
  const datatypes = datatypesOf([...RESOURCES, ...MORE]);
  const files = [
    moduleOf([...datatypes, ...ABSTRACT], 'datatypes'),
    ...[...RESOURCES, ...MORE].map((name) => moduleOf([name], kebab(name))),
  ];
  const list = (names) => names.map((name) => `  '${name}',\n`).join('');
  const names = `${HEADER}
/** The resource types that have an interface and a schema here. */
export const RESOURCE_TYPES = [\n${list(RESOURCES)}] as const;
export type ResourceType = (typeof RESOURCE_TYPES)[number];

/** All resource types of R4, with its two abstract ones (${ABSTRACT.join(', ')}). */
export const ALL_R4_TYPES = [\n${list(R4_TYPES)}] as const;
export type R4ResourceType = (typeof ALL_R4_TYPES)[number];
/** Those of them that have no instances. */
export const ABSTRACT_TYPES = [${ABSTRACT.map((name) => `'${name}'`).join(', ')}] as const;
`;
  const index = `${HEADER}
${RESOURCES.map((name) => `import type { ${name} } from './${kebab(name)}.js';\n`).join('')}
export type { R4ResourceType, ResourceType } from '../names.js';
export type * from './datatypes.js';
${[...RESOURCES, ...MORE].map((name) => `export type * from './${kebab(name)}.js';\n`).join('')}
/** A Bundle of anything. (An interface of its own, since Resource could not name its own default.) */
export interface AnyBundle extends Bundle<Resource> {}

/** The interface of each resource type in RESOURCE_TYPES. */
export interface ResourceMap {
${RESOURCES.map((name) => `  ${name}: ${name === 'Bundle' ? 'AnyBundle' : name};\n`).join('')}}

/** Any resource that has an interface here; \`resourceType\` tells them apart. */
export type Resource = ResourceMap[keyof ResourceMap];

/** The interface of one resource type: \`ResourceOf<'Patient'>\` is Patient. */
export type ResourceOf<T extends keyof ResourceMap> = ResourceMap[T];
`;
  return [...files, ['names.ts', names], ['types/index.ts', index]];
}
