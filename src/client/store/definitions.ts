/**
 * What R4 says can be searched, summarised and put into a compartment, read from the generated tables. The tables are a lazy chunk:
 * nothing of them is loaded before the first request.
 */
import { compilePath, type Path } from './paths.js';

/** token, string, reference, date, quantity, number, uri, composite. */
export type ParamKind = 't' | 's' | 'r' | 'd' | 'q' | 'n' | 'u' | 'c';

export interface Component {
  kind: ParamKind;
  path: Path;
  source: string;
  /** The path starts at the resource, not at the composite's base. */
  fromRoot: boolean;
}

export interface SearchParam {
  code: string;
  kind: ParamKind;
  path: Path;
  /** The path as written in the table: parameters of one type with equal paths and kinds index the same values. */
  source: string;
  /** Types a reference may point at; undefined when any. */
  targets: readonly string[] | undefined;
  /** Only references to `targets` count (`where(resolve() is Patient)`). */
  filtered: boolean;
  /** Of a composite. */
  components: readonly Component[];
}

export interface SummaryElement {
  name: string;
  /** Any of value[x]: `name` is followed by the data type. */
  choice: boolean;
  inSummary: boolean;
  mandatory: boolean;
  modifier: boolean;
  /** Children left out of a summary. */
  without: readonly string[];
}

interface Tables {
  search: Readonly<Record<string, string>>;
  targets: readonly string[];
  links: string;
  summary: Readonly<Record<string, string>>;
  compartments: Readonly<Record<string, string>>;
}

export const KIND_NAMES: Readonly<Record<ParamKind, string>> = {
  t: 'token',
  s: 'string',
  r: 'reference',
  d: 'date',
  q: 'quantity',
  n: 'number',
  u: 'uri',
  c: 'composite',
};

/** Modifiers that mean something for a kind, `missing` aside. References also take a type's name. */
export const MODIFIERS: Readonly<Record<ParamKind, readonly string[]>> = {
  t: ['not', 'text', 'in', 'not-in', 'above', 'below', 'of-type'],
  s: ['exact', 'contains'],
  r: ['identifier'],
  d: [],
  q: [],
  n: [],
  u: ['above', 'below'],
  c: [],
};

let loading: Promise<Definitions> | undefined;

/** The definitions, loaded once. */
export function loadDefinitions(): Promise<Definitions> {
  loading ??= readTables().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function readTables(): Promise<Definitions> {
  const [{ SEARCH, TARGETS, LINKS }, { SUMMARY }, { COMPARTMENTS }] = await Promise.all([
    import('./generated/search.js'),
    import('./generated/summary.js'),
    import('./generated/compartments.js'),
  ]);
  return new Definitions({ search: SEARCH, targets: TARGETS, links: LINKS, summary: SUMMARY, compartments: COMPARTMENTS });
}

export class Definitions {
  /** All R4 resource types that can be stored, in alphabetical order. */
  readonly types: readonly string[];
  /** Names of elements that hold a link: see scripts/generate/search.mjs. */
  readonly links: ReadonlySet<string>;
  readonly #tables: Tables;
  readonly #params = new Map<string, ReadonlyMap<string, SearchParam>>();
  readonly #targets = new Map<string, readonly string[]>();
  readonly #compartments = new Map<string, ReadonlyMap<string, readonly string[]>>();

  constructor(tables: Tables) {
    this.#tables = tables;
    this.types = Object.keys(tables.search).filter((type) => type !== 'Resource');
    this.links = new Set(tables.links.split(' '));
  }

  isType(type: string): boolean {
    return type !== 'Resource' && Object.hasOwn(this.#tables.search, type);
  }

  /** Every parameter of a type, those of all resources included; of `Resource` for only those. */
  params(type: string): ReadonlyMap<string, SearchParam> {
    let params = this.#params.get(type);
    if (!params) {
      const own = this.isType(type) ? (this.#tables.search[type] ?? '') : '';
      const lines = `${this.#tables.search['Resource']};${own}`.split(';').filter(Boolean);
      params = new Map(lines.map((line) => this.#param(line)).map((param) => [param.code, param]));
      this.#params.set(type, params);
    }
    return params;
  }

  param(type: string, code: string): SearchParam | undefined {
    return this.params(type).get(code);
  }

  /** A line is `code:kind:path:targets`, or `code:c:base:kind~path:kind~path` of a composite. A path left out is the code. */
  #param(line: string): SearchParam {
    const [code = '', kind = 't', source = '', ...rest] = line.split(':');
    if (kind === 'c') {
      const components = rest.map((text): Component => {
        const [of = 't', written = ''] = text.split('~');
        const fromRoot = written.startsWith('/');
        const path = fromRoot ? written.slice(1) : written;
        return { kind: of as ParamKind, path: compilePath(path), source: path, fromRoot };
      });
      return { code, kind, path: compilePath(source), source, targets: undefined, filtered: false, components };
    }
    const targetSet = rest[0] ?? '';
    const filtered = targetSet.startsWith('!');
    return {
      code,
      kind: kind as ParamKind,
      path: compilePath(source || code),
      source: source || code,
      targets: this.#targetTypes(filtered ? targetSet.slice(1) : targetSet),
      filtered,
      components: [],
    };
  }

  #targetTypes(index: string): readonly string[] | undefined {
    if (index === '') return undefined;
    let types = this.#targets.get(index);
    if (!types) {
      types = (this.#tables.targets[parseInt(index, 36)] ?? '').split(' ');
      this.#targets.set(index, types);
    }
    return types;
  }

  /** Names of the compartments: Patient, Encounter, Practitioner, RelatedPerson, Device. */
  get compartments(): readonly string[] {
    return Object.keys(this.#tables.compartments);
  }

  /** Type -> parameters by which its resources belong to the compartment; undefined when there is no such compartment. */
  compartment(name: string): ReadonlyMap<string, readonly string[]> | undefined {
    if (!Object.hasOwn(this.#tables.compartments, name)) return undefined;
    let types = this.#compartments.get(name);
    if (!types) {
      const lines = (this.#tables.compartments[name] ?? '').split(';').map((line) => line.split(':'));
      types = new Map(lines.map(([type = '', params = '']) => [type, params.split(',')]));
      this.#compartments.set(name, types);
    }
    return types;
  }

  /** Top-level elements of a type that a summary or a subset has to treat apart. */
  summary(type: string): SummaryElement[] {
    const text = Object.hasOwn(this.#tables.summary, type) ? (this.#tables.summary[type] ?? '') : '';
    return [...text.matchAll(/(-?)(\w+)(\*?)(!?)(\??)(?:\(([^)]*)\))?/g)].map(([, minus, name = '', star, bang, question, without]) => ({
      name,
      choice: star === '*',
      inSummary: minus !== '-',
      mandatory: bang === '!',
      modifier: question === '?',
      without: without ? without.split(' ') : [],
    }));
  }
}
