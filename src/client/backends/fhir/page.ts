/** One searchset Bundle as a SearchPage: what matched, what came along, and everything that makes it less than complete. */
import type { Resource } from '../../../models/fhir/index.js';
import { listOf, recordOf, recordsOf, textOf } from '../../../models/fhir/read/loose.js';
import type { SearchPage, SearchWarning } from '../../backend.js';
import type { keepPatient } from '../../patient-check.js';
import { load } from '../../load.js';

/** A searchset as it may really arrive. */
export interface LooseBundle {
  total?: unknown;
  link?: unknown;
  entry?: unknown;
}

/** The address of a link of the bundle, as given. */
export const linkOf = (bundle: LooseBundle, relation: string): string | undefined =>
  textOf(recordsOf(bundle.link).find((link) => link['relation'] === relation)?.['url']);

/** Issues of a result that say that rows are missing from it. */
const REDUCING = new Set(['suppressed', 'incomplete', 'too-costly', 'timeout', 'throttled', 'forbidden', 'transient']);

interface Sorted {
  items: Resource[];
  included: Resource[];
  outcomes: Resource[];
  invalid: number;
}

/** By `search.mode`; where a server leaves that out, by the type asked for. An OperationOutcome may be among the entries. */
function sortEntries(bundle: LooseBundle, type: string): Sorted {
  const sorted: Sorted = { items: [], included: [], outcomes: [], invalid: 0 };
  for (const entry of listOf(bundle.entry)) {
    const resource = recordOf(recordOf(entry)?.['resource']);
    if (typeof resource?.['resourceType'] !== 'string') {
      sorted.invalid++;
      continue;
    }
    const row = resource as unknown as Resource;
    const said = recordOf(recordOf(entry)?.['search'])?.['mode'];
    const mode = said ?? (row.resourceType === type ? 'match' : row.resourceType === 'OperationOutcome' ? 'outcome' : 'include');
    if (mode === 'outcome' || (row.resourceType === 'OperationOutcome' && type !== 'OperationOutcome')) sorted.outcomes.push(row);
    else if (mode === 'include') sorted.included.push(row);
    else if (row.resourceType === type) sorted.items.push(row);
    else sorted.invalid++;
  }
  return sorted;
}

const keyOf = (row: Resource): string | undefined => (row.id === undefined ? undefined : `${row.resourceType}/${row.id}`);

function withoutRepeats<T extends Resource>(rows: readonly T[], seen: Set<string>): T[] {
  return rows.filter((row) => {
    const key = keyOf(row);
    if (key === undefined) return true;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** The check is loaded with the first search that is bound to a patient. */
async function checkPatient(
  rows: Pick<Sorted, 'items' | 'included'>,
  patient: string,
  baseUrl: string,
): Promise<ReturnType<typeof keepPatient>> {
  const check = await load(() => import('../../patient-check.js'));
  return check.keepPatient(rows, patient, baseUrl);
}

/** How many issues say that something is missing. */
async function reducingIssues(outcomes: readonly Resource[]): Promise<number> {
  const { issuesOf } = await load(() => import('./outcome.js'));
  return outcomes.flatMap(issuesOf).filter((issue) => issue.severity !== 'information' || REDUCING.has(issue.code)).length;
}

export interface PageContext {
  type: string;
  baseUrl: string;
  patient: string | undefined;
  /** Rows of earlier pages: offsets shift when records are added, and a row then comes again. */
  seen: Set<string>;
}

/**
 * @returns the page, complete as far as its own rows go. What came along is kept on each page where it came, once.
 */
export async function toPage(bundle: LooseBundle, { type, baseUrl, patient, seen }: PageContext): Promise<SearchPage> {
  const { items, included, outcomes, invalid } = sortEntries(bundle, type);
  const warnings: SearchWarning[] = [];
  const rows = { items: withoutRepeats(items, seen), included: withoutRepeats(included, new Set()) };
  const checked = patient === undefined ? { ...rows, warnings: [] } : await checkPatient(rows, patient, baseUrl);
  warnings.push(...checked.warnings);
  if (invalid > 0)
    warnings.push({
      code: 'invalid-entry',
      count: invalid,
      message: 'Entries that are not the rows asked for came back and are withheld.',
    });
  const said = outcomes.length > 0 ? await reducingIssues(outcomes) : 0;
  if (said > 0) warnings.push({ code: 'server-outcome', count: said, message: 'The server says that this result is reduced.' });
  return {
    items: checked.items,
    included: checked.included,
    total: typeof bundle.total === 'number' ? bundle.total : undefined,
    complete: warnings.length === 0,
    warnings,
  };
}
