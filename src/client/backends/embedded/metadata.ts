/** The CapabilityStatement, made from the tables that searches run by, so that it says what is so. */
import { stringify } from '../../../models/fhir/json.js';
import { KIND_NAMES, type Definitions } from '../../store/definitions.js';
import { subset } from '../../store/subset.js';
import type { ResourceTree } from '../../store/tree.js';
import { FHIR_JSON, JSON_PATCH, type Call, type Reply } from './http.js';
import { OPERATIONS } from './operation-list.js';
import type { Service } from './service.js';

const INTERACTIONS = ['read', 'vread', 'update', 'patch', 'delete', 'history-instance', 'history-type', 'create', 'search-type'];
const SYSTEM_INTERACTIONS = ['transaction', 'batch', 'search-system', 'history-system'];

/** Per type the parameters of other types that may refer to it, as `Observation:subject`. */
function revIncludes(definitions: Definitions): Map<string, string[]> {
  const found = new Map<string, string[]>(definitions.types.map((type) => [type, []]));
  for (const source of definitions.types)
    for (const param of definitions.params(source).values())
      if (param.kind === 'r') for (const target of param.targets ?? definitions.types) found.get(target)?.push(`${source}:${param.code}`);
  return found;
}

function resourceEntry(definitions: Definitions, type: string, reverse: readonly string[]): object {
  const params = [...definitions.params(type).values()];
  const operations = OPERATIONS.filter((one) => one.types === undefined || one.types.includes(type)).map(({ name, definition }) => ({
    name,
    definition,
  }));
  return {
    type,
    profile: `http://hl7.org/fhir/StructureDefinition/${type}`,
    interaction: INTERACTIONS.map((code) => ({ code })),
    versioning: 'versioned-update',
    readHistory: true,
    updateCreate: true,
    conditionalCreate: true,
    conditionalRead: 'full-support',
    conditionalUpdate: true,
    conditionalDelete: 'single',
    referencePolicy: ['literal', 'logical'],
    searchInclude: ['*', ...params.filter((param) => param.kind === 'r').map((param) => `${type}:${param.code}`)],
    searchRevInclude: reverse,
    searchParam: params.map((param) => ({ name: param.code, type: KIND_NAMES[param.kind] })),
    operation: operations,
  };
}

function statement(service: Service, base: string): ResourceTree {
  const { definitions } = service;
  const reverse = revIncludes(definitions);
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: service.store.now().toISOString(),
    kind: 'instance',
    software: { name: 'carelet embedded backend' },
    implementation: { description: 'A FHIR R4 store in memory, for demos, development and tests', url: base },
    fhirVersion: '4.0.1',
    format: [FHIR_JSON, 'json'],
    patchFormat: [JSON_PATCH, FHIR_JSON],
    rest: [
      {
        mode: 'server',
        documentation:
          'Dates and times without an offset are taken as UTC. Quantities are compared in the unit they are written in. A page has 50 rows unless _count says otherwise, at most 1000.',
        security: { description: 'There is no access control: whoever reaches this service may read and change everything in it.' },
        resource: definitions.types.map((type) => resourceEntry(definitions, type, reverse.get(type) ?? [])),
        interaction: SYSTEM_INTERACTIONS.map((code) => ({ code })),
        searchParam: [...definitions.params('Resource').values()].map((param) => ({ name: param.code, type: KIND_NAMES[param.kind] })),
        compartment: definitions.compartments.map(
          (name) => `http://hl7.org/fhir/CompartmentDefinition/${name[0]!.toLowerCase()}${name.slice(1)}`,
        ),
      },
    ],
  };
}

export function metadataReply(service: Service, call: Call): Reply {
  const param = (name: string): string | undefined => call.query.find(([one]) => one === name)?.[1];
  const elements = param('_elements')?.split(',') ?? [];
  const tree = statement(service, call.base);
  const summary = param('_summary') === 'true' ? 'true' : 'false';
  return {
    status: 200,
    headers: {},
    body: stringify(elements.length > 0 || summary === 'true' ? subset(service.definitions, tree, summary, elements) : tree),
  };
}
