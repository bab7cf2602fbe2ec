/** One resource with its place, and for a contained one the resource that it is in. */
export interface PlacedResource {
  /** `Bundle.entry[3].resource`; for the outermost its type. */
  readonly path: string;
  readonly value: Readonly<Record<string, unknown>>;
  readonly container: PlacedResource['value'] | undefined;
}

/** Bundles in Bundles, further than anyone goes; also where an object that holds itself is found out. */
const MAX_DEPTH = 100;

export const isObject = (value: unknown): value is PlacedResource['value'] =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A resource and all resources inside it, outermost first: contained ones, those in a Bundle's entries, those in Parameters.
 * What has no `resourceType` is left out. Undefined when they are nested beyond reason.
 */
export function resourcesIn(root: PlacedResource['value'], rootPath: string): readonly PlacedResource[] | undefined {
  const found: PlacedResource[] = [];
  let tooDeep = false;

  const each = (list: unknown, path: string, visit: (item: PlacedResource['value'], path: string) => void): void => {
    if (Array.isArray(list)) for (const [i, item] of list.entries()) if (isObject(item)) visit(item, `${path}[${i}]`);
  };
  const resource = (value: unknown, path: string, depth: number, container?: PlacedResource['value']): void => {
    if (!isObject(value) || typeof value['resourceType'] !== 'string') return;
    if (depth > MAX_DEPTH) tooDeep = true;
    if (tooDeep) return;
    found.push({ path, value, container });
    each(value['contained'], `${path}.contained`, (inner, at) => resource(inner, at, depth + 1, value));
    if (value['resourceType'] === 'Bundle')
      each(value['entry'], `${path}.entry`, (entry, at) => {
        resource(entry['resource'], `${at}.resource`, depth + 1);
        if (isObject(entry['response'])) resource(entry['response']['outcome'], `${at}.response.outcome`, depth + 1);
      });
    if (value['resourceType'] === 'Parameters') parameters(value['parameter'], `${path}.parameter`, depth + 1);
  };
  const parameters = (list: unknown, path: string, depth: number): void =>
    each(list, path, (parameter, at) => {
      resource(parameter['resource'], `${at}.resource`, depth);
      if (depth > MAX_DEPTH) tooDeep = true;
      else parameters(parameter['part'], `${at}.part`, depth + 1);
    });

  resource(root, rootPath, 0);
  return tooDeep ? undefined : found;
}
