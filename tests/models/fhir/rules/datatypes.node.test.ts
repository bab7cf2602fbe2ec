import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { datatypeRules } from '../../../../src/models/fhir/schema/rules/datatypes.js';
import { type Cases, checkRules, errorsOf, UCUM, value } from './check-rules.js';

const repeat = (held: object): object => value('valueTiming', { repeat: held });
const trigger = (held: object): object => value('valueTriggerDefinition', held);

const CASES: Cases = {
  'ext-1': [value('url', 'http://x'), value('valueString', 'x')],
  'att-1': [value('valueAttachment', { data: 'AAAA' }), value('valueAttachment', { data: 'AAAA', contentType: 'image/png' })],
  'cpt-2': [value('valueContactPoint', { value: 'x' }), value('valueContactPoint', { system: 'email', value: 'x' })],
  'per-1': [value('valuePeriod', { start: '2020-02', end: '2020-01-31' }), value('valuePeriod', { start: '2020-02-01', end: '2020-02' })],
  'qty-3': [value('valueQuantity', { code: 'kg' }), value('valueQuantity', { code: 'kg', system: UCUM })],
  'age-1': [value('valueAge', { value: 3 }), value('valueAge', { value: 3, code: 'a', system: UCUM })],
  'dis-1': [
    value('valueDistance', { value: 3, code: 'm', system: 'http://x' }),
    value('valueDistance', { value: 3, code: 'm', system: UCUM }),
  ],
  'cnt-3': [value('valueCount', { value: 1.5, code: '1', system: UCUM }), value('valueCount', { value: 2, code: '1', system: UCUM })],
  'drt-1': [
    value('valueDuration', { value: 1, code: 'h', system: 'http://x' }),
    value('valueDuration', { value: 1, code: 'h', system: UCUM }),
  ],
  'rng-2': [
    value('valueRange', { low: { value: 2 }, high: { value: 1 } }),
    value('valueRange', { low: { value: 2, unit: 'cm' }, high: { value: 1, unit: 'm' } }),
  ],
  'rat-1': [value('valueRatio', { numerator: { value: 1 } }), value('valueRatio', { numerator: { value: 1 }, denominator: { value: 2 } })],
  'exp-1': [value('valueExpression', { language: 'text/cql' }), value('valueExpression', { language: 'text/cql', expression: 'x' })],
  'tim-1': [repeat({ duration: 1 }), repeat({ duration: 1, durationUnit: 'h' })],
  'tim-2': [repeat({ period: 1 }), repeat({ period: 1, periodUnit: 'd' })],
  'tim-4': [repeat({ duration: -1, durationUnit: 'h' }), repeat({ duration: 0, durationUnit: 'h' })],
  'tim-5': [repeat({ period: -1, periodUnit: 'h' }), repeat({ period: 0, periodUnit: 'h' })],
  'tim-6': [repeat({ periodMax: 1 }), repeat({ period: 1, periodMax: 2, periodUnit: 'd' })],
  'tim-7': [repeat({ durationMax: 1 }), repeat({ duration: 1, durationMax: 2, durationUnit: 'd' })],
  'tim-8': [repeat({ countMax: 1 }), repeat({ count: 1, countMax: 2 })],
  'tim-9': [repeat({ offset: 1, when: ['CM'] }), repeat({ offset: 1, when: ['ACM'] })],
  'tim-10': [repeat({ timeOfDay: ['10:00:00'], when: ['CM'] }), repeat({ timeOfDay: ['10:00:00'] })],
  'drq-1': [
    value('valueDataRequirement', { type: 'Patient', codeFilter: [{ path: 'x', searchParam: 'y' }] }),
    value('valueDataRequirement', { type: 'Patient', dateFilter: [{ path: 'x' }] }),
  ],
  'trd-1': [
    trigger({ type: 'data-added', data: [{ type: 'Patient' }], timingDate: '2020' }),
    trigger({ type: 'data-added', data: [{ type: 'Patient' }] }),
  ],
  'trd-2': [
    trigger({ type: 'named-event', name: 'x', condition: { language: 'x', expression: 'y' } }),
    trigger({ type: 'named-event', name: 'x' }),
  ],
  'trd-3': [trigger({ type: 'periodic' }), trigger({ type: 'periodic', timingDate: '2020' })],
};

describe('invariants: datatypes', () => checkRules(CASES, [{ datatypeRules }]));

describe('where the invariants of datatypes hold', () => {
  it('is wherever the datatype is used', async () => {
    assert.deepEqual(await errorsOf({ resourceType: 'Patient', name: [{ period: { start: '2021', end: '2020' } }] }), [
      'Patient.name[0].period must not start after its end (per-1)',
    ]);
  });

  it('takes a time on the day that a period starts for no proof, and a day that ends it for its last moment', async () => {
    const encounter = (period: object): object => ({ resourceType: 'Encounter', status: 'planned', class: { code: 'AMB' }, period });
    assert.equal((await errorsOf(encounter({ start: '2023-06-21', end: '2023-06-21T06:20:00Z' }))).length, 1);
    assert.deepEqual(await errorsOf(encounter({ start: '2023-06-21T06:20:00Z', end: '2023-06-21' })), []);
    assert.deepEqual(await errorsOf(encounter({ start: '2023-06-21T09:00:00+10:00', end: '2023-06-20T23:30:00Z' })), []);
  });
});
