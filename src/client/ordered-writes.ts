/**
 * Writes one after the other, for backends without transactions: each in the order given, but a record that others refer to by a
 * temporary id before them; the temporary ids are replaced by the real ones as these become known. What landed is said as it is.
 */
import { CareError } from '../models/errors.js';
import { cloneJson } from '../models/fhir/json.js';
import type { Resource } from '../models/fhir/index.js';
import type { WriteOperation, WriteOutcome, WriteResult } from './backend.js';

type Done = Extract<WriteOutcome, { state: 'done' }>;

const contentOf = (operation: WriteOperation): unknown =>
  operation.method === 'patch' ? operation.patch : operation.method === 'delete' ? undefined : operation.resource;

function strings(value: unknown, visit: (text: string) => void): void {
  if (typeof value === 'string') visit(value);
  else if (typeof value === 'object' && value !== null) for (const member of Object.values(value)) strings(member, visit);
}

/** Replaces whole strings in place. */
function replaceStrings(value: unknown, by: ReadonlyMap<string, string>): void {
  if (typeof value !== 'object' || value === null) return;
  const holder = value as Record<string, unknown>;
  for (const key of Object.keys(holder)) {
    const member = holder[key];
    if (typeof member === 'string') holder[key] = by.get(member) ?? member;
    else replaceStrings(member, by);
  }
}

/** The temporary id by which others refer to what is written. */
const nameOf = (operation: WriteOperation): string | undefined =>
  operation.method === 'create' || operation.method === 'update' ? operation.fullUrl : undefined;

/** For each operation the ones whose temporary ids it names. */
function dependencies(operations: readonly WriteOperation[]): Set<number>[] {
  const creators = new Map<string, number>();
  operations.forEach((operation, index) => {
    const name = nameOf(operation);
    if (name !== undefined) creators.set(name, index);
  });
  return operations.map((operation, index) => {
    const needs = new Set<number>();
    strings(contentOf(operation), (text) => {
      const creator = creators.get(text);
      if (creator !== undefined && creator !== index) needs.add(creator);
    });
    return needs;
  });
}

/** @throws CareError `unsupported` for records that refer to each other in a circle; nothing is written then. */
function orderOf(operations: readonly WriteOperation[]): number[] {
  const needs = dependencies(operations);
  const order: number[] = [];
  const visit = (index: number, path: ReadonlySet<number>): void => {
    if (order.includes(index)) return;
    if (path.has(index)) throw new CareError('unsupported', 'Records that refer to each other cannot be written one after the other.');
    for (const first of needs[index]!) visit(first, new Set([...path, index]));
    order.push(index);
  };
  operations.forEach((_, index) => visit(index, new Set()));
  return order;
}

/** The operation with real references in place of the temporary ones; the same object where there is none. */
export function withReferences(operation: WriteOperation, real: ReadonlyMap<string, string>): WriteOperation {
  let found = false;
  strings(contentOf(operation), (text) => {
    found ||= real.has(text);
  });
  if (!found) return operation;
  const copy = cloneJson(operation);
  replaceStrings(contentOf(copy), real);
  return copy;
}

/** @param writeOne makes one write, or throws. */
export async function writeInOrder(
  operations: readonly WriteOperation[],
  writeOne: (operation: WriteOperation) => Promise<Done>,
): Promise<WriteResult> {
  const outcomes: WriteOutcome[] = operations.map(() => ({ state: 'skipped' }));
  const real = new Map<string, string>();
  for (const index of orderOf(operations)) {
    const operation = operations[index]!;
    try {
      const outcome = await writeOne(withReferences(operation, real));
      outcomes[index] = outcome;
      const name = nameOf(operation);
      if (name !== undefined) real.set(name, `${(operation as { resource: Resource }).resource.resourceType}/${outcome.id}`);
    } catch (error) {
      outcomes[index] = { state: 'failed', error: error instanceof Error ? error : new CareError('server', 'A write failed.') };
      break;
    }
  }
  return { atomic: false, outcomes };
}
