/**
 * Element paths of search parameters, compiled from FHIRPath at generation time (scripts/generate/search.mjs):
 *
 *   name.family              each step also goes through lists
 *   code|component.code      either
 *   value[Quantity,Range]    valueQuantity or valueRange
 *   telecom{system=email}    members whose `system` is `email`
 *   deceased[...]?           does not give the value but whether there is one other than false
 */
import { isObject } from './tree.js';

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
  if (value === undefined || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) collect(item, steps, at, found);
    return;
  }
  const where = steps[at - 1]?.where;
  if (where && !(isObject(value) && value[where[0]] === where[1])) return;
  const step = steps[at];
  if (!step) {
    found.push(value);
    return;
  }
  if (!isObject(value)) return;
  for (const name of step.names) collect(value[name], steps, at + 1, found);
}

/** The values at `path`, lists taken apart; never undefined or null. */
export function valuesAt(root: unknown, path: Path): unknown[] {
  const found: unknown[] = [];
  for (const steps of path.alternatives) collect(root, steps, 0, found);
  return path.exists ? [found.some((value) => value !== false)] : found;
}
