import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noTransactions } from '../../../src/testing/personalities.js';
import {
  editSeries,
  occurrenceNumber,
  occurrencesOf,
  seriesOf,
  wallOfDate,
  type SeriesTemplate,
} from '../../../src/models/scheduling/index.js';
import { booked, clinic, CONSULT, DATE, NOW, SINGH, standing, ZONE } from './clinic.js';

const template: SeriesTemplate = {
  zone: ZONE,
  type: 'wk',
  interval: 1,
  weekdays: [1],
  monthly: undefined,
  count: 3,
  last: undefined,
  excluded: [],
};
const rows = occurrencesOf(template, wallOfDate(DATE)! + 10 * 3_600_000).map(({ number, start }) => ({ number, start }));
const asked = { template, rows, service: CONSULT, providers: [SINGH], patients: ['Patient/p1'] };

for (const [name, personality, isAtomic] of [
  ['on the store, as one', 'here', true],
  ['over the wire, one by one', undefined, false],
  ['without transactions', noTransactions(), false],
] as const)
  test(`a series is booked, ${name}, each an occurrence of it; then moved as a whole`, async () => {
    const of = await clinic();
    const desk = personality === 'here' ? of.here() : of.over(personality);
    const result = await desk.bookSeries(asked);
    assert.equal(result.atomic, isAtomic);
    assert.deepEqual(result.rows.map(({ outcome }) => outcome.state), ['booked', 'booked', 'booked']); // prettier-ignore
    const all = (await of.appointments()).sort((a, b) => Date.parse(a.start!) - Date.parse(b.start!));
    assert.deepEqual(all.map(occurrenceNumber), [1, 2, 3]);
    assert.deepEqual(new Set(all.map(seriesOf)), new Set([result.series]));

    const edit = editSeries(all, all[0]!, 'all', { by: 15 * 60_000 }, { now: NOW, zone: ZONE, newSeries: 'x' });
    const written = await desk.editSeries(edit.updates, { bases: all });
    assert.deepEqual(written.rows.map(({ outcome }) => outcome.state), ['booked', 'booked', 'booked']); // prettier-ignore
    assert.ok((await of.appointments()).every(({ start }) => start?.includes('T10:15')));
  });

test('one that is refused keeps the whole series from being written', async () => {
  const of = await clinic([
    booked('a', '10:00', { start: new Date(rows[1]!.start).toISOString(), end: new Date(rows[1]!.start + 1_800_000).toISOString() }),
  ]);
  const result = await of.here().bookSeries(asked);
  assert.deepEqual(result.rows.map(({ outcome }) => outcome.state), ['skipped', 'refused', 'skipped']); // prettier-ignore
  assert.equal(standing(await of.appointments()).length, 1);
});
