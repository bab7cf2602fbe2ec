/**
 * Reads what rows refer to and nobody sent along: names of people and places, medicines. Servers differ in what `_include` they
 * have, so the rest is asked for by `_id`, a request for each type. What cannot be had stays a bare reference; nothing fails for it.
 */
import { isCareError } from '../models/errors.js';
import type { Resource, ResourceType } from '../models/fhir/index.js';
import type { Capabilities, RequestOptions } from './backend.js';
import type { CareClient } from './care-client.js';

/** Types whose names a chart shows; of those about a patient only this patient's are taken. */
const NAMED: Readonly<Partial<Record<ResourceType, 'anyone' | 'patient'>>> = {
  Medication: 'anyone',
  Practitioner: 'anyone',
  PractitionerRole: 'anyone',
  Organization: 'anyone',
  Location: 'anyone',
  Condition: 'patient',
  RelatedPerson: 'patient',
};
const MOST_OF_A_TYPE = 100;
/** A PractitionerRole leads to a Practitioner: two rounds find the name. */
const ROUNDS = 2;

const LOCAL = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})$/;

/** Ids by type of references without a display whose record is not at hand. */
function wanted(rows: readonly unknown[], held: ReadonlySet<string>): Map<ResourceType, Set<string>> {
  const ids = new Map<ResourceType, Set<string>>();
  const walk = (value: unknown, depth: number): void => {
    if (depth > 20 || typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const item of value) walk(item, depth + 1);
      return;
    }
    const { reference, display } = value as { reference?: unknown; display?: unknown };
    const [literal, type, id] = (typeof reference === 'string' && LOCAL.exec(reference)) || [];
    if (literal !== undefined && id !== undefined && typeof display !== 'string' && (type as ResourceType) in NAMED && !held.has(literal)) {
      const known = type as ResourceType;
      (ids.get(known) ?? ids.set(known, new Set()).get(known))?.add(id);
    }
    for (const member of Object.values(value)) walk(member, depth + 1);
  };
  for (const row of rows) walk(row, 0);
  return ids;
}

export interface MissingOptions {
  /** What is looked through for references; resources, or parts of them. */
  rows: readonly object[];
  included: readonly Resource[];
  /** Logical id of the patient. */
  patient: string;
  capabilities: Capabilities | undefined;
}

export async function missingReferences(
  client: CareClient,
  { rows, included, patient, capabilities }: MissingOptions,
  options: RequestOptions,
): Promise<Resource[]> {
  const found: Resource[] = [];
  const held = new Set(([...rows, ...included] as Partial<Resource>[]).map((one) => `${one.resourceType}/${one.id}`));
  let look: readonly object[] = [...rows, ...included];
  for (let round = 0; round < ROUNDS && look.length > 0; round++) {
    const asked = [...wanted(look, held)].filter(([type]) => capabilities?.type(type).search !== 'no');
    const answers = await Promise.all(asked.map(([type, ids]) => byId(client, type, [...ids].slice(0, MOST_OF_A_TYPE), patient, options)));
    // What was asked for once is not asked for again, found or not.
    for (const [type, ids] of asked) for (const id of ids) held.add(`${type}/${id}`);
    const came = answers.flat();
    found.push(...came);
    look = came;
  }
  return found;
}

async function byId(
  client: CareClient,
  type: ResourceType,
  ids: readonly string[],
  patient: string,
  options: RequestOptions,
): Promise<Resource[]> {
  const owner = NAMED[type] === 'patient' ? { patient: `Patient/${patient}` } : {};
  try {
    const page = await client.search(type, { _id: ids.join(','), _count: ids.length }, { ...options, ...owner, maxPages: 2 }).all();
    const asked = new Set(ids);
    return page.items.filter((one) => one.resourceType === type && one.id !== undefined && asked.has(one.id));
  } catch (error) {
    if (isCareError(error, 'aborted')) throw error;
    return [];
  }
}
