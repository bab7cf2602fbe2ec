// Schemas: one module per resource type, each a compact text that src/models/fhir/schema/definition.ts explains and compiles.
import { bindingOf, bindingSystemOf, isResourceTypes, isTypeNames } from './codes.mjs';
import { R4_TYPES, datatypesOf, isPrimitive, kindOf, typesOf } from './definitions.mjs';
import { ABSTRACT, RESOURCES, RULES } from './resources.mjs';
import { HEADER, kebab } from './text.mjs';

const UNSAFE = /[\s,{}|()@]/;

function bindingText(field, code) {
  if (!field.binding) return '';
  if (isResourceTypes(field.binding)) return '=@resource';
  if (isTypeNames(field.binding)) return '=@type';
  const codes = bindingOf(field.binding)?.codes;
  if (!codes) return '';
  if (codes.some((each) => UNSAFE.test(each))) throw new Error(`A code of ${field.binding} does not fit into the text of a schema`);
  return code === 'code' ? `=${codes.join()}` : `=${bindingSystemOf(field.binding)}#${codes.join()}`;
}

function typeText(field, type) {
  if (type.code === 'Reference')
    return type.targets ? `Reference(${type.targets.filter((target) => R4_TYPES.includes(target)).join()})` : 'Reference';
  return type.code + bindingText(field, type.code);
}

/** The fields of a type, and within braces those of the types nested in it. */
function specOf(type, types, inherited) {
  const lines = [];
  for (const field of type.fields) {
    if (inherited.has(field.name)) continue;
    const marks = (field.choice ? '~' : '') + (field.min > 0 ? '!' : '') + (field.many ? '*' : '');
    const own = types.find((other) => other.name === field.types[0].code);
    const head = `${field.name}${marks}`;
    // A nested type stands where it is defined; elsewhere (contentReference) its path is named.
    if (own?.path === `${type.path}.${field.name}`)
      lines.push(`${head} { ${own.base === 'BackboneElement' ? '' : 'Element '}${specOf(own, types, fieldsOfBase(own.base))} }`);
    else lines.push(`${head}:${own ? `#${own.path}` : field.types.map((option) => typeText(field, option)).join('|')}`);
  }
  return lines.join('\n');
}

const fieldsOfBase = (base) => new Set(base ? typesOf(base)[0].fields.map((field) => field.name) : []);

function textOf(name) {
  const types = typesOf(name);
  const [type] = types;
  return `${type.base ? `${type.base} ` : ''}${specOf(type, types, fieldsOfBase(type.base))}`;
}

const schemaModule = (name) => {
  const rules = RULES[name];
  return `${HEADER}import type { ZodMiniType } from 'zod/mini';
import { resourceSchema } from '../../schema/schema.js';
${rules ? `import { rulesOf${name} } from '../../schema/rules/${rules}.js';\n` : ''}import type { ${name} } from '../types/index.js';

export const ${name}Schema: ZodMiniType<${name}> = /* @__PURE__ */ resourceSchema<${name}>('${name}', \`${textOf(name)}\`${rules ? `, rulesOf${name}` : ''});
`;
};

/** The files of the schemas: \`[path, text]\` each. */
export function schemaFiles() {
  const datatypes = [...datatypesOf(RESOURCES), ...ABSTRACT];
  const primitives = datatypes
    .flatMap((name) => typesOf(name).flatMap((type) => type.fields.flatMap((field) => field.types.map((t) => t.code))))
    .filter(isPrimitive);
  if (primitives.some((name) => kindOf(name) === undefined)) throw new Error('An unknown primitive');
  const table = `${HEADER}
/** The datatypes and the abstract types, in the notation of schema/definition.ts. */
export const DATATYPES: Readonly<Record<string, string>> = {
${datatypes.map((name) => `  ${name}: \`${textOf(name)}\`,\n`).join('')}};
`;
  const loaders = `${HEADER}import type { ResourceType } from './names.js';

/** Loads the schema of a resource type: a module that exports it as \`PatientSchema\` and the like. */
export const SCHEMA_MODULES: Readonly<Record<ResourceType, () => Promise<object>>> = {
${RESOURCES.map((name) => `  ${name}: () => import('./schemas/${kebab(name)}.js'),\n`).join('')}};
`;
  const index = `${HEADER}${RESOURCES.map((name) => `export { ${name}Schema } from './${kebab(name)}.js';\n`).join('')}`;
  return [
    ['schemas/datatypes.ts', table],
    ['schemas/index.ts', index],
    ['loaders.ts', loaders],
    ...RESOURCES.map((name) => [`schemas/${kebab(name)}.ts`, schemaModule(name)]),
  ];
}
