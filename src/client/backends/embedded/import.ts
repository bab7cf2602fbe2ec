/**
 * The import door: takes records as they are. What is invalid is stored as it stands, marked and listed; references between the
 * resources that come in together are resolved, by whatever they were called where they come from.
 */
import { JsonSyntaxError, cloneJson, parseJson, stringify } from '../../../models/fhir/json.js';
import type { CareIssue } from '../../../models/errors.js';
import { ID, isObject, isResource, type ResourceTree } from '../../store/tree.js';
import { oneMatching } from './crud.js';
import { CONDITIONAL, referencesIn, restBase, rewriteLinks, type Rewriter } from './references.js';
import type { Service } from './service.js';
import { commitTo, withoutMark } from './unit.js';
import { asFhirError } from './outcome.js';

export interface ImportOptions {
  /** False skips the check against the schemas, for records known to be valid. */
  validate?: boolean;
}

export interface ImportResult {
  /** Resources written, the invalid ones included. */
  stored: number;
  /** Resources that were there already, with the same content. */
  unchanged: number;
  invalid: { type: string; id: string; issues: readonly CareIssue[] }[];
  /** What could not be stored. `source` counts the inputs from 0; `place` is an element path or a line. */
  skipped: { source: number; place: string; reason: string }[];
}

/**
 * JSON or NDJSON text, or what is parsed already. `from` names where it comes from, such as its folder: within one `from`, Patient/1 is
 * the same record in every file; in another it is another record, and gets another id if need be.
 */
export type ImportInput = string | object | { text: string; from: string };

/** A resource on its way in. */
interface Arrival {
  source: number;
  tree: ResourceTree;
  /** By which address it is known where it comes from. */
  fullUrl: string | undefined;
  /** What its relative references are relative to. */
  base: string | undefined;
  id: string;
  /** Whether it refers to something by query. */
  byQuery: boolean;
}

/** What arrived from where, so that a record is known again when it, or a reference to it, comes with another file. */
export class Origins {
  readonly #identities = new Map<string, string>();
  readonly #urls = new Map<string, string>();

  identity(fullUrl: string): string | undefined {
    return this.#identities.get(fullUrl);
  }

  /** The address that the record with this identity (Type/id) came from. */
  url(identity: string): string | undefined {
    return this.#urls.get(identity);
  }

  set(fullUrl: string, identity: string): void {
    this.#identities.set(fullUrl, identity);
    if (!this.#urls.has(identity)) this.#urls.set(identity, fullUrl);
  }
}

const NESTED = 20;

class Reader {
  readonly arrivals: Arrival[] = [];
  readonly skipped: ImportResult['skipped'] = [];
  #source = -1;
  /** Prefix of the addresses of what has none of its own. */
  #from: string | undefined;

  read(input: ImportInput): void {
    this.#source++;
    const placed = isObject(input) && typeof input['text'] === 'string' && typeof input['from'] === 'string' ? input : undefined;
    this.#from = placed && `from:${String(placed['from'])}/`;
    const content = placed ? placed['text'] : input;
    if (typeof content === 'string') this.#text(content);
    else this.#value(cloneJson(content), '', undefined, 0);
  }

  #skip(place: string, reason: string): void {
    this.skipped.push({ source: this.#source, place, reason });
  }

  /** One JSON text, or NDJSON: a resource a line. */
  #text(text: string): void {
    try {
      this.#value(parseJson(text), '', undefined, 0);
      return;
    } catch (error) {
      if (!(error instanceof JsonSyntaxError)) throw error;
      if (!isResource(readLine(/^\s*([^\r\n]*)/.exec(text)![1]!))) return this.#skip('', error.message);
    }
    text.split('\n').forEach((line, index) => {
      if (line.trim() === '') return;
      const value = readLine(line);
      if (value instanceof JsonSyntaxError) this.#skip(`line ${index + 1}`, value.message);
      else this.#value(value, `line ${index + 1}`, undefined, 0);
    });
  }

  #value(value: unknown, place: string, fullUrl: string | undefined, depth: number): void {
    if (Array.isArray(value) && depth === 0) value.forEach((item, index) => this.#value(item, `${place}[${index}]`, undefined, 1));
    else if (!isResource(value)) this.#skip(place, 'It is no resource: a JSON object with a resourceType');
    else if (depth > NESTED) this.#skip(place, 'It is nested too deeply');
    else if (value.resourceType === 'Bundle') this.#bundle(value, place, depth);
    else if (value.resourceType === 'Parameters') {
      const before = this.arrivals.length;
      this.#parameters(value['parameter'], `${place}Parameters.parameter`, depth);
      if (this.arrivals.length === before) this.#skip(place, 'Parameters are kept for the records in them, and these hold none');
    } else this.#arrive(value, fullUrl);
  }

  #arrive(tree: ResourceTree, fullUrl: string | undefined): void {
    const from = this.#from;
    const placed = fullUrl ?? (from !== undefined && typeof tree.id === 'string' ? `${from}${tree.resourceType}/${tree.id}` : undefined);
    const base = (fullUrl === undefined ? undefined : restBase(fullUrl)) ?? from;
    this.arrivals.push({ source: this.#source, tree: withoutMark(tree), fullUrl: placed, base, id: '', byQuery: false });
  }

  #bundle(bundle: ResourceTree, place: string, depth: number): void {
    const entries = Array.isArray(bundle['entry']) ? bundle['entry'] : [];
    /** In a history the newest version comes first, and is the one that counts. */
    const newest = bundle['type'] === 'history' ? new Set<unknown>() : undefined;
    entries.forEach((entry: unknown, index) => {
      const where = `${place}Bundle.entry[${index}]`;
      if (!isObject(entry)) return this.#skip(where, 'It is no entry');
      const { fullUrl, resource, request, search } = entry;
      if (isObject(search) && search['mode'] === 'outcome') return;
      if (newest && fullUrl !== undefined) {
        if (newest.has(fullUrl)) return;
        newest.add(fullUrl);
      }
      if (isObject(request) && request['method'] === 'PATCH') return this.#skip(where, 'A patch needs the record it is for');
      // Entries of a response, a deletion or a query hold nothing to store.
      if (resource !== undefined) this.#value(resource, `${where}.resource `, typeof fullUrl === 'string' ? fullUrl : undefined, depth + 1);
    });
  }

  #parameters(parameters: unknown, place: string, depth: number): void {
    for (const [index, parameter] of (Array.isArray(parameters) ? parameters : []).entries()) {
      if (!isObject(parameter)) continue;
      const where = `${place}[${index}]`;
      if (parameter['resource'] !== undefined) this.#value(parameter['resource'], `${where}.resource `, undefined, depth + 1);
      if (depth < NESTED) this.#parameters(parameter['part'], `${where}.part`, depth + 1);
    }
  }
}

function readLine(line: string): unknown {
  try {
    return parseJson(line);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return error;
    throw error;
  }
}

class Importer {
  readonly #service: Service;
  readonly #origins: Origins;
  readonly #arrivals: readonly Arrival[];
  /** Per source: Type/id as it was there -> as it is here, where that differs. */
  readonly #renamed: Map<string, string>[] = [];

  constructor(service: Service, origins: Origins, arrivals: readonly Arrival[]) {
    this.#service = service;
    this.#origins = origins;
    this.#arrivals = arrivals;
  }

  /** Gives each arrival its identity here. */
  identify(): void {
    for (const arrival of this.#arrivals) {
      const { tree, fullUrl, source } = arrival;
      const type = tree.resourceType;
      const known = fullUrl === undefined ? undefined : this.#origins.identity(fullUrl);
      arrival.id = known?.startsWith(`${type}/`) ? known.slice(type.length + 1) : this.#freeId(arrival);
      const identity = `${type}/${arrival.id}`;
      if (fullUrl !== undefined) this.#origins.set(fullUrl, identity);
      if (typeof tree.id === 'string' && tree.id !== arrival.id) (this.#renamed[source] ??= new Map()).set(`${type}/${tree.id}`, identity);
    }
  }

  /**
   * Its own id where that is valid and does not mean another record: two files from different servers may both have a Patient/1,
   * and one must not become a new version of the other.
   */
  #freeId({ tree, fullUrl }: Arrival): string {
    const type = tree.resourceType;
    const id = typeof tree.id === 'string' ? tree.id : /^urn:uuid:(.*)$/.exec(fullUrl ?? '')?.[1];
    if (id === undefined || !ID.test(id)) return this.#service.store.newId(type);
    const other = this.#origins.url(`${type}/${id}`);
    return fullUrl !== undefined && other !== undefined && other !== fullUrl ? this.#service.store.newId(type) : id;
  }

  rewrite(): void {
    for (const arrival of this.#arrivals) {
      const { tree, base, source } = arrival;
      const renamed = this.#renamed[source];
      const rewriter: Rewriter = {
        links: this.#service.definitions.links,
        resolve: (link) =>
          this.#origins.identity(link) ?? (base === undefined ? undefined : this.#origins.identity(base + link)) ?? renamed?.get(link),
      };
      arrival.byQuery = rewriteLinks(tree, rewriter);
    }
  }

  /** References by query (`Practitioner?identifier=…`) that lead to one resource become references to it; others stay. */
  resolveConditional(): void {
    for (const { tree } of this.#arrivals.filter(({ byQuery }) => byQuery))
      for (const { holder, reference } of referencesIn(tree)) {
        if (!CONDITIONAL.test(reference)) continue;
        const type = reference.split('?')[0]!;
        if (!this.#service.definitions.isType(type)) continue;
        try {
          const found = oneMatching(this.#service, type, reference);
          if (found) holder['reference'] = `${type}/${found.id}`;
        } catch (error) {
          if (asFhirError(error).status >= 500) throw error;
        }
      }
  }
}

/** Whether the store holds the same already, its own marks of identity and version aside. */
function isUnchanged(service: Service, tree: ResourceTree, id: string): boolean {
  const current = service.store.get(tree.resourceType, id)?.tree;
  if (!current) return false;
  const bare = (one: ResourceTree): string => {
    const copy = cloneJson(one);
    const meta = isObject(copy['meta']) ? copy['meta'] : {};
    const { versionId: _, lastUpdated: __, ...kept } = meta;
    copy['meta'] = kept;
    delete copy.id;
    return stringify(Object.fromEntries(Object.entries(copy).sort(([a], [b]) => (a < b ? -1 : 1))));
  };
  return bare(current) === bare(tree);
}

/** Takes in any number of inputs. All that can be stored is stored, as one unit of work. */
export async function importInto(
  service: Service,
  origins: Origins,
  inputs: readonly ImportInput[],
  { validate = true }: ImportOptions = {},
): Promise<ImportResult> {
  const reader = new Reader();
  for (const input of inputs) reader.read(input);
  const result: ImportResult = { stored: 0, unchanged: 0, invalid: [], skipped: reader.skipped };
  const arrivals = reader.arrivals.filter(({ tree, source }) => {
    if (service.definitions.isType(tree.resourceType)) return true;
    result.skipped.push({ source, place: '', reason: 'Its resourceType is none that R4 knows and that can be stored' });
    return false;
  });
  const errors = new Map<Arrival, readonly CareIssue[]>();
  if (validate) for (const arrival of arrivals) errors.set(arrival, (await service.validate(arrival.tree, { unknown: 'keep' })).errors);

  const importer = new Importer(service, origins, arrivals);
  importer.identify();
  importer.rewrite();
  await commitTo(service, (write) => {
    Object.assign(result, { stored: 0, unchanged: 0, invalid: [] });
    const store = (arrival: Arrival): void => {
      const { tree, id } = arrival;
      const type = tree.resourceType;
      const invalid = errors.get(arrival) ?? [];
      if (invalid.length > 0) result.invalid.push({ type, id, issues: invalid });
      if (isUnchanged(service, tree, id)) result.unchanged++;
      else {
        write({ method: 'PUT', type, id, tree, invalid });
        result.stored++;
      }
    };
    // What refers by query goes last, since it may mean anything that comes with it.
    for (const arrival of arrivals) if (!arrival.byQuery) store(arrival);
    importer.resolveConditional();
    for (const arrival of arrivals) if (arrival.byQuery) store(arrival);
  });
  return result;
}
