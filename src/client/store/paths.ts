/**
 * Element paths of search parameters, compiled from FHIRPath at generation time (scripts/generate/search.mjs):
 *
 *   name.family              each step also goes through lists
 *   code|component.code      either
 *   value[Quantity,Range]    valueQuantity or valueRange
 *   telecom{system=email}    members whose `system` is `email`
 *   deceased[...]?           does not give the value but whether there is one other than false
 */
import type { JsonObject } from './tree.js';

interface Step {
  names: readonly string[];
  where: readonly [key: string, value: string] | undefined;
}
export interface Path {
  readonly alternatives: readonly (readonly Step[])[];
  readonly exists: boolean;
}

const STEP = /^(\w+)(?:\[([\w,]+)\])?(?:\{(\w+)=([^}]*)\})?$/;

function compileStep(text: string): Step {
  const match = STEP.exec(text);
  if (!match) throw new Error(`Not a path step: ${text}`);
  const [, name = '', choice, key, value = ''] = match;
  return { names: choice ? choice.split(',').map((type) => name + type) : [name], where: key ? [key, value] : undefined };
}

/** Compiles one path. An empty alternative is the resource, or for a composite's component its base, itself. */
export function compilePath(source: string): Path {
  const exists = source.endsWith('?');
  const alternatives = (exists ? source.slice(0, -1) : source).split('|').map((one) => (one === '' ? [] : one.split('.').map(compileStep)));
  return { alternatives, exists };
}

function collect(value: unknown, steps: readonly Step[], at: number, found: unknown[]): void {
  if (Array.isArray(value)) {
    for (const item of value) if (item !== null) collect(item, steps, at, found);
    return;
  }
  const where = at > 0 ? steps[at - 1]!.where : undefined;
  if (where && (value as JsonObject)[where[0]] !== where[1]) return;
  if (at === steps.length) found.push(value);
  else if (typeof value === 'object')
    for (const name of steps[at]!.names) {
      const member = (value as JsonObject)[name];
      if (member !== undefined && member !== null) collect(member, steps, at + 1, found);
    }
}

const NOTHING: readonly unknown[] = [];

/** Whether not even the first step leads anywhere, as with most parameters of most resources. */
function isAbsent(root: unknown, path: Path): boolean {
  if (typeof root !== 'object' || root === null || path.exists) return false;
  for (const [first] of path.alternatives) {
    if (!first) return false;
    for (const name of first.names) if ((root as JsonObject)[name] !== undefined) return false;
  }
  return true;
}

/** The values at `path`, lists taken apart; never undefined or null. */
export function valuesAt(root: unknown, path: Path): readonly unknown[] {
  if (isAbsent(root, path)) return NOTHING;
  const found: unknown[] = [];
  if (root !== undefined && root !== null) for (const steps of path.alternatives) collect(root, steps, 0, found);
  return path.exists ? [found.some((value) => value !== false)] : found;
}
