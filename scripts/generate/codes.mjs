// The codes of required bindings, from the ValueSets and CodeSystems of R4.
import { datatypesOf, readBundle, typesOf } from './definitions.mjs';
import { HEADER, kebab, upper } from './text.mjs';

const conformance = [...readBundle('valuesets.json'), ...readBundle('v3-codesystems.json'), ...readBundle('v2-tables.json')];
const byUrl = (type) => new Map(conformance.filter((r) => r.resourceType === type).map((r) => [r.url, r]));
const valueSets = byUrl('ValueSet');
const codeSystems = byUrl('CodeSystem');

const codesIn = (concepts) => concepts.flatMap((concept) => [concept.code, ...codesIn(concept.concept ?? [])]);

function codesOf(url) {
  const included = [];
  for (const part of valueSets.get(url)?.compose?.include ?? []) {
    if (part.filter) return undefined;
    if (part.valueSet) {
      const parts = part.valueSet.map((other) => codesOf(other.split('|')[0]));
      if (parts.includes(undefined)) return undefined;
      included.push(...parts.flat());
    } else if (part.concept) included.push(...codesIn(part.concept));
    else {
      const concepts = codeSystems.get(part.system)?.concept;
      // A system that R4 does not list: IANA's media types, UCUM, ISO 4217, SPDX.
      if (!concepts) return undefined;
      included.push(...codesIn(concepts));
    }
  }
  const excluded = (valueSets.get(url)?.compose?.exclude ?? []).flatMap((part) => codesIn(part.concept ?? []));
  return included.length > 0 ? [...new Set(included)].filter((code) => !excluded.includes(code)) : undefined;
}

const RESOURCE_TYPES = 'http://hl7.org/fhir/ValueSet/resource-types';

/** Value sets of type names: long, and checked by R4's own list. */
export const isResourceTypes = (url) => url === RESOURCE_TYPES;
/** Names of any type: those of the resources and the datatypes. */
export const isTypeNames = (url) =>
  url === 'http://hl7.org/fhir/ValueSet/all-types' || url === 'http://hl7.org/fhir/ValueSet/defined-types';
/** ISO 4217, which R4 names and does not list. */
export const isCurrency = (url) => url === 'http://hl7.org/fhir/ValueSet/currencies';
/** The one code system of a value set that CodeableConcepts are bound to. */
export const bindingSystemOf = (url) => valueSets.get(url).compose.include[0].system;
/** Better names than the ValueSet's own, which are not all unique nor all capitalised. */
const NAMES = {
  'http://hl7.org/fhir/ValueSet/medication-statement-status': 'MedicationStatementStatus',
  'http://hl7.org/fhir/ValueSet/medicationrequest-status': 'MedicationRequestStatus',
  'http://terminology.hl7.org/ValueSet/v3-ConfidentialityClassification': 'ConfidentialityClassification',
};

/**
 * What a required binding allows: `{name, codes}`, where codes is undefined for a set that cannot be listed.
 * The name is that of the ValueSet, as an identifier.
 */
export function bindingOf(url) {
  if (isResourceTypes(url)) return undefined;
  const name = upper(NAMES[url] ?? valueSets.get(url)?.name ?? '-').replace(/[^A-Za-z0-9]/g, '');
  const codes = codesOf(url);
  return codes && name && codes.length <= 60 ? { name, codes } : undefined;
}

/** Value set -> the module it is written to: that of the one type that uses it, or `shared`. */
export function codeModules(resources) {
  const modules = new Map();
  const datatypes = datatypesOf(resources);
  for (const [names, module] of [
    [datatypes, () => 'datatypes'],
    [resources, kebab],
  ])
    for (const name of names)
      for (const { binding } of typesOf(name).flatMap((type) => type.fields)) {
        if (!binding || !bindingOf(binding)) continue;
        const known = modules.get(binding);
        modules.set(binding, known === undefined || known === module(name) ? module(name) : known === 'datatypes' ? known : 'shared');
      }
  return modules;
}

/** The files of the code lists: `[path, text]` each. */
export function codeFiles(resources) {
  const files = new Map();
  for (const [url, module] of [...codeModules(resources)].toSorted()) {
    const { name, codes } = bindingOf(url);
    const list = codes.map((code) => `'${code.replaceAll("'", "\\'")}'`).join(', ');
    files.set(
      module,
      `${files.get(module) ?? HEADER}
/** ${url} */
export const ${name} = [${list}] as const;
export type ${name} = (typeof ${name})[number];
`,
    );
  }
  const index = [...files.keys()]
    .toSorted()
    .map((module) => `export * from './${module}.js';\n`)
    .join('');
  return [...[...files].map(([module, text]) => [`codes/${module}.ts`, text]), ['codes/index.ts', `${HEADER}\n${index}`]];
}
