/** Assertions for cases that run under any test runner, in Node or in a page. */
import { NotOffered } from './offered.js';
import { isCareError, type CareError, type CareErrorKind } from '../../models/errors.js';

export function check(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** Objects by their JSON with sorted keys: servers change the order of elements. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, canonical(member)]),
  );
}

export function equal(actual: unknown, expected: unknown, what: string): void {
  const [got, wanted] = [actual, expected].map((value) => JSON.stringify(canonical(value)));
  check(got === wanted, `${what}: expected ${wanted}, got ${got}`);
}

/** Waits for a failure of one of these kinds and gives it. */
export async function failsAs(work: Promise<unknown>, ...kinds: CareErrorKind[]): Promise<CareError> {
  let value: unknown;
  try {
    value = await work;
  } catch (error) {
    if (error instanceof NotOffered) throw error;
    check(isCareError(error), `expected a CareError, got ${String(error)}`);
    if (!kinds.includes(error.kind))
      throw new Error(`expected ${kinds.join(' or ')}, got ${error.kind}: ${error.message}`, { cause: error });
    return error;
  }
  throw new Error(`expected ${kinds.join(' or ')}, but it succeeded with ${JSON.stringify(value)?.slice(0, 200)}`);
}
