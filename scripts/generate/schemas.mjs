// Structures: a compact text for each resource type, which src/models/fhir/schema/structure.ts explains and compiles; and the zod
// schemas over them.
import { bindingOf, bindingSystemOf, isCurrency, isResourceTypes, isTypeNames } from './codes.mjs';
import { datatypesOf, typesOf } from './definitions.mjs';
import { ABSTRACT, GROUPS, MORE, RESOURCES, RULES } from './resources.mjs';
import { HEADER } from './text.mjs';

const UNSAFE = /[\s,{}|@]/;

function bindingText(field, code) {
  if (!field.binding) return '';
  if (isResourceTypes(field.binding)) return '=@resource';
  if (isTypeNames(field.binding)) return '=@type';
  const codes = bindingOf(field.binding)?.codes;
  if (!codes) return '';
  if (codes.some((each) => UNSAFE.test(each))) throw new Error(`A code of ${field.binding} does not fit into the text of a schema`);
  return code === 'code' ? `=${codes.join()}` : `=${bindingSystemOf(field.binding)}#${codes.join()}`;
}

const typeText = (field, type) => (isCurrency(field.binding) ? 'currency' : type.code + bindingText(field, type.code));

/** The types that an extension's value may have, which a few other elements share whole. */
const OPEN = typesOf('Extension')[0]
  .fields.find((field) => field.choice)
  .types.map((type) => typeText({}, type))
  .join('|');

/** What follows a field's name and marks; the commonest types are left out or shortened. */
function typesText(field) {
  const text = field.types.map((type) => typeText(field, type)).join('|');
  if (text === OPEN) return ':@open';
  if (field.types.length > 1) return `:${text}`;
  if (text === 'CodeableConcept') return '';
  return text.startsWith('code=') ? text.slice(4) : `:${text}`;
}

/** The fields of a type, and within braces those of the types nested in it. */
function specOf(type, types, inherited) {
  const lines = [];
  for (const field of type.fields) {
    if (inherited.has(field.name)) {
      if (field.min > 0) throw new Error(`${type.path}.${field.name} is required and inherited: the compiler does not expect that`);
      continue;
    }
    const marks = (field.choice ? '~' : '') + (field.min > 0 ? '!' : '') + (field.many ? '*' : '');
    const own = types.find((other) => other.name === field.types[0].code);
    const head = `${field.name}${marks}`;
    // A nested type stands where it is defined; elsewhere (contentReference) its path is named.
    if (own?.path === `${type.path}.${field.name}`)
      lines.push(`${head} { ${own.base === 'BackboneElement' ? '' : 'Element '}${specOf(own, types, fieldsOfBase(own.base))} }`);
    else lines.push(head + (own ? `:#${own.path}` : typesText(field)));
  }
  return lines.join('\n');
}

const fieldsOfBase = (base) => new Set(base ? typesOf(base)[0].fields.map((field) => field.name) : []);

function textOf(name) {
  const types = typesOf(name);
  const [type] = types;
  return `${type.base ? `${type.base} ` : ''}${specOf(type, types, fieldsOfBase(type.base))}`;
}

const idOf = (name) => name[0].toLowerCase() + name.slice(1);

/** One group: each type's structure, apart, so that a bundler keeps only what is asked for. */
function groupModule(names, datatypes) {
  const imports = new Map();
  for (const name of names) if (RULES[name]) imports.set(RULES[name], [...(imports.get(RULES[name]) ?? []), `rulesOf${name}`]);
  const structure = (name) => {
    const extra = datatypes.includes('ElementDefinition') && textOf(name).includes(':ElementDefinition') ? ', datatypes' : '';
    return `export const ${name}: Structure = { type: '${name}', text: \`${textOf(name)}\`${RULES[name] ? `, rules: rulesOf${name}` : ''}${extra} };\n`;
  };
  const own = datatypes.length > 0 ? `\n/** Datatypes that only these types use. */\nconst datatypes = ${tableOf(datatypes)};\n` : '';
  return `${HEADER}import type { Structure } from '../../schema/structure.js';
${[...imports].map(([module, rules]) => `import { ${rules.join(', ')} } from '../../schema/rules/${module}.js';\n`).join('')}${own}
${names.map(structure).join('\n')}`;
}

const tableOf = (names) => `{\n${names.map((name) => `  ${name}: \`${textOf(name)}\`,\n`).join('')}}`;
const loadersOf = (names, group) => names.map((name) => `  ${name}: ${group},\n`).join('');

/** The files of the schemas: `[path, text]` each. */
export function schemaFiles() {
  const common = [...datatypesOf(RESOURCES), ...ABSTRACT];
  const rare = datatypesOf(MORE).filter((name) => !common.includes(name));
  const groups = { ...GROUPS, more: MORE };
  const table = `${HEADER}
/** The datatypes and the abstract types, in the notation of schema/structure.ts. */
export const DATATYPES: Readonly<Record<string, string>> = ${tableOf(common)};

/** All types that the value of an extension may have. */
export const OPEN_TYPES = '${OPEN}';
`;
  const loaders = `${HEADER}import type { Structure } from '../schema/structure.js';
import type { ResourceType } from './names.js';

/** Loads a module that exports structures under the names of their resource types. */
export type StructureLoader = () => Promise<Readonly<Record<string, Structure>>>;
${Object.keys(GROUPS)
  .map((group) => `const ${group}: StructureLoader = () => import('./structures/${group}.js');\n`)
  .join('')}
/** Resource type -> what loads its structure. */
export const STRUCTURE_LOADERS: Readonly<Record<ResourceType, StructureLoader>> = {
${Object.entries(GROUPS)
  .map(([group, names]) => loadersOf(names, group))
  .join('')}};
`;
  const moreLoaders = `${HEADER}import type { StructureLoader } from './loaders.js';

const more: StructureLoader = () => import('./structures/more.js');

/** Further resource types, for \`parseResource(input, { more: MORE_STRUCTURE_LOADERS })\`. */
export const MORE_STRUCTURE_LOADERS: Readonly<Record<string, StructureLoader>> = {
${loadersOf(MORE, 'more')}};
`;
  const schemas = `${HEADER}import type { ZodMiniType } from 'zod/mini';
import { resourceSchema } from '../schema/schema.js';
${Object.entries(groups)
  .map(([group, names]) => `import { ${names.map((name) => `${name} as ${idOf(name)}`).join(', ')} } from './structures/${group}.js';\n`)
  .join('')}import type { ${Object.values(groups).flat().toSorted().join(', ')} } from './types/index.js';

${Object.values(groups)
  .flat()
  .toSorted()
  .map((name) => `export const ${name}Schema: ZodMiniType<${name}> = /* @__PURE__ */ resourceSchema<${name}>(${idOf(name)});\n`)
  .join('')}`;
  return [
    ['structures/datatypes.ts', table],
    ['loaders.ts', loaders],
    ['more-loaders.ts', moreLoaders],
    ['schemas.ts', schemas],
    ...Object.entries(groups).map(([group, names]) => [`structures/${group}.ts`, groupModule(names, group === 'more' ? rare : [])]),
  ];
}
