/** Alerts beside the name: Flags that are active, in the record's words. */
import { isInForce, recordOf, recordsOf, type Loose, type PeriodLike } from '../fhir/index.js';
import type { Caution } from './completeness.js';
import type { ChartReading } from './reading.js';
import { baseRow, conceptTitle, distinctKeys, FactList, firstTitle, type ChartRow } from './row.js';
import { intoGroups, type SectionView, type Standing } from './section.js';
import { codeStatus, statusCautions } from './status.js';
import { newestFirst, whenOf, whenSort } from './when.js';

export const FLAG_STATUSES = ['active', 'inactive', 'entered-in-error'] as const;

/** One whose status cannot be read is shown with the active ones: an alert must not be lost. */
const GROUPS = { active: 'current', unknown: 'current', inactive: 'past', error: 'apart' } as const satisfies Record<string, Standing>;
export type AlertGroup = keyof typeof GROUPS;
export interface AlertRow extends ChartRow {
  group: AlertGroup;
  category: string | undefined;
}
export type AlertsView = SectionView<AlertRow, AlertGroup>;

function alertRow(resource: Loose, index: number, reading: ChartReading): AlertRow {
  const status = codeStatus(resource['status'], FLAG_STATUSES);
  const over = !isInForce(recordOf(resource['period']) as PeriodLike | undefined, reading.now, reading.zone);
  const group: AlertGroup = status.code === 'entered-in-error' ? 'error' : status.code === undefined ? 'unknown' : status.code;
  const cautions: Caution[] = [...statusCautions(status), ...(group === 'active' && over ? [{ code: 'ended' as const }] : [])];
  const period = whenOf(resource, 'period', reading);
  const facts = new FactList(resource, reading)
    .concept('code', resource['code'])
    .concept('category', resource['category'])
    .when('period', period);
  facts.party('encounter', resource['encounter']).party('asserter', resource['author']);
  return {
    ...baseRow(resource, index, reading, {
      title: firstTitle(resource, [conceptTitle(resource['code'], reading.locale)]),
      cautions,
      facts: facts.all,
      sort: whenSort(period),
    }),
    group,
    category: recordsOf(resource['category'])
      .map((one) => conceptTitle(one, reading.locale).text)
      .find((text) => text !== undefined),
  };
}

/** @param records Flags of one patient, whose ownership has been checked. */
export function alertsView(records: readonly unknown[], reading: ChartReading): AlertsView {
  const rows = records.map((record, index) => alertRow(recordOf(record) ?? {}, index, reading));
  const sorted = distinctKeys(rows.sort((a, b) => newestFirst(a.sort, b.sort)));
  return {
    groups: intoGroups(sorted, ({ group }) => group, GROUPS),
    statements: [],
    emptyReasons: [],
    contradiction: false,
    received: records.length,
  };
}
