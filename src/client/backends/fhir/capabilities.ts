/** CapabilityStatement (R4 "capabilitystatement") to Capabilities. Statements lie, lack parts and come in odd shapes: nothing here throws. */
import { recordOf, recordsOf, textOf, textsOf, type Loose } from '../../../models/fhir/read/loose.js';
import type { Ability, Capabilities, TypeCapabilities } from '../../backend.js';
import type { Learned } from './learned.js';
import { TOLD, quirksOf, type Quirk } from './quirks.js';

/** One member of each entry of a list: the codes of interactions, the names of parameters. */
const named = (value: unknown, key: string): string[] => recordsOf(value).flatMap((one) => textOf(one[key]) ?? []);

/** `yes` where a list has the name, `no` where it has others only, `unknown` where there is no list. */
const listed = (list: readonly string[], name: string): Ability => (list.length === 0 ? 'unknown' : list.includes(name) ? 'yes' : 'no');
const orUndefined = (list: readonly string[]): readonly string[] | undefined => (list.length > 0 ? list : undefined);

/** R4 code system "conditional-delete-status". */
const CONDITIONAL_DELETE: Readonly<Record<string, TypeCapabilities['conditionalDelete']>> = {
  'not-supported': 'no',
  single: 'yes',
  multiple: 'multiple',
};

/** @param otherwise the answer to everything, for a type that the statement does not list. */
function typeCapabilities(declared: Loose, shared: readonly string[], otherwise?: Ability): TypeCapabilities {
  const codes = named(declared['interaction'], 'code');
  const params = named(declared['searchParam'], 'name');
  const can = (code: string): Ability => otherwise ?? listed(codes, code);
  const says = (flag: unknown): Ability => otherwise ?? (flag === true ? 'yes' : flag === false ? 'no' : 'unknown');
  return {
    read: can('read'),
    vread: can('vread'),
    search: can('search-type'),
    create: can('create'),
    update: can('update'),
    patch: can('patch'),
    delete: can('delete'),
    history: can('history-instance'),
    conditionalCreate: says(declared['conditionalCreate']),
    conditionalUpdate: says(declared['conditionalUpdate']),
    conditionalDelete: otherwise ?? CONDITIONAL_DELETE[textOf(declared['conditionalDelete']) ?? ''] ?? 'unknown',
    updateCreate: says(declared['updateCreate']),
    searchParams: orUndefined(params.length > 0 ? [...params, ...shared] : params),
    includes: orUndefined(textsOf(declared['searchInclude'])),
    revIncludes: orUndefined(textsOf(declared['searchRevInclude'])),
  };
}

function operationAbility(rest: readonly Loose[], type: string, operation: string): Ability {
  const onType = rest.flatMap((one) => recordsOf(one['resource'])).filter((resource) => resource['type'] === type);
  const names = [...rest, ...onType].flatMap((one) => named(one['operation'], 'name')).map((name) => name.replace(/^\$/, ''));
  return listed(names, operation);
}

function versioning(resources: readonly Loose[]): Ability {
  const declared = resources.flatMap((resource) => textOf(resource['versioning']) ?? []);
  if (declared.includes('versioned-update')) return 'yes';
  return declared.length > 0 && declared.every((one) => one === 'no-version') ? 'no' : 'unknown';
}

function patchAbility(types: Iterable<TypeCapabilities>, formats: readonly string[], format: string): Ability {
  const all = [...types];
  if (all.length > 0 && all.every((type) => type.patch === 'no')) return 'no';
  return listed(formats, format);
}

/**
 * @param statement what `metadata` answered; undefined where it could not be had.
 * @param host what to call a server that gives itself no name.
 */
export function readCapabilities(statement: unknown, host: string, learned: Learned): Capabilities {
  const root = recordOf(statement) ?? {};
  const software = textOf(recordOf(root['software'])?.['name']);
  const rest = recordsOf(root['rest']).filter((one) => one['mode'] !== 'client');
  const resources = rest.flatMap((one) => recordsOf(one['resource']));
  const sharedParams = rest.flatMap((one) => named(one['searchParam'], 'name'));
  const types = new Map(resources.map((declared) => [textOf(declared['type']), typeCapabilities(declared, sharedParams)]));
  const system = rest.flatMap((one) => named(one['interaction'], 'code'));
  const formats = textsOf(root['patchFormat']);

  const pick = (declared: Ability, known: Ability): Ability => (known === 'unknown' ? declared : known);
  const transaction = pick(listed(system, 'transaction'), learned.transaction);
  const quirks: Quirk[] = [...quirksOf(software ?? '')];
  const versionedUpdate = versioning(resources);
  if (versionedUpdate === 'no') quirks.push('update-ignores-if-match', 'delete-ignores-if-match');
  if (transaction === 'no') quirks.push('no-transaction');
  if (learned.postSearch === 'no') quirks.push('no-post-search');
  for (const one of learned.missing) quirks.push(one.split(' ')[0] as Quirk);

  const version = textOf(root['fhirVersion']) ?? '';
  const notes = [
    ...(resources.length === 0 ? ['This server does not say what it can do; what is missing shows only when it is tried.'] : []),
    ...(version && !version.startsWith('4.') ? [`This server speaks FHIR ${version}; carelet expects R4 (4.0.1).`] : []),
    ...new Set(quirks.flatMap((quirk) => TOLD[quirk] ?? [])),
  ];
  const unlisted = typeCapabilities({}, [], resources.length === 0 ? 'unknown' : 'no');
  return {
    name: software ? `${software} ${textOf(recordOf(root['software'])?.['version']) ?? ''}`.trim() : host,
    fhirVersion: version,
    transaction,
    // Servers that take a transaction often leave the batch unsaid.
    batch: pick(listed(system, 'batch') === 'no' && transaction === 'yes' ? 'unknown' : listed(system, 'batch'), learned.batch),
    postSearch: learned.postSearch,
    jsonPatch: pick(patchAbility(types.values(), formats, 'application/json-patch+json'), learned.jsonPatch),
    fhirpathPatch: pick(patchAbility(types.values(), formats, 'application/fhir+json'), learned.fhirpathPatch),
    versionedUpdate,
    everything: operationAbility(rest, 'Patient', 'everything'),
    expand: operationAbility(rest, 'ValueSet', 'expand'),
    operation: (type, name) => operationAbility(rest, type, name),
    type: (type) => {
      const declared = types.get(type) ?? unlisted;
      const found = (quirk: Quirk, ability: Ability): Ability => (learned.missing.has(`${quirk} ${type}`) ? 'no' : ability);
      return {
        ...declared,
        vread: found('no-vread', declared.vread),
        patch: found('no-patch', declared.patch),
        conditionalCreate: found('no-conditional-create', declared.conditionalCreate),
      };
    },
    quirks: [...new Set(quirks)],
    notes,
  };
}
