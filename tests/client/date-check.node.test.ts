import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { withinDates } from '../../src/client/date-check.js';
import { datePaths } from '../../src/client/date-paths.js';
import { referencePaths } from '../../src/client/reference-paths.js';
import { SEARCH, TARGETS } from '../../src/client/store/generated/search.js';
import { dayRange } from '../../src/models/fhir/search-values.js';
import type { SearchPage } from '../../src/client/backend.js';
import type { Resource } from '../../src/models/fhir/index.js';

const page = (row: object): SearchPage => ({ items: [row as Resource], included: [], total: 1, complete: true, warnings: [] });
const kept = (row: object, params: Record<string, string | string[]>): boolean => {
  const resource = row as Resource;
  const { items, warnings } = withinDates(page(resource), resource.resourceType, params);
  assert.deepEqual(
    warnings.map(({ code, count }) => [code, count]),
    items.length === 1 ? [] : [['outside-range', 1]],
  );
  return items.length === 1;
};
const appointment = (start?: string): object => ({ resourceType: 'Appointment', status: 'booked', ...(start ? { start } : {}) });

describe('rows outside the dates asked for', () => {
  const day = { date: dayRange('2026-03-10', 'Australia/Sydney') };

  test('are withheld to the second', () => {
    assert.equal(kept(appointment('2026-03-09T13:00:00Z'), day), true);
    assert.equal(kept(appointment('2026-03-09T12:59:59Z'), day), false);
    assert.equal(kept(appointment('2026-03-10T23:59:59.999+11:00'), day), true);
    assert.equal(kept(appointment('2026-03-11T00:00:00+11:00'), day), false);
  });

  test('stay where nothing is said or it cannot be judged', () => {
    assert.equal(kept(appointment(), day), true);
    assert.equal(kept(appointment('soon'), day), true);
    assert.equal(kept({ resourceType: 'Observation', effectiveTiming: { repeat: { frequency: 1 } } }, { date: 'ge2026-01-01' }), true);
    assert.equal(kept(appointment('2026-03-09T12:00:00Z'), { 'date:missing': 'false', status: 'booked' }), true);
    assert.equal(kept({ resourceType: 'Basic', created: '1999-01-01' }, { created: 'ge2026-01-01' }), true);
  });

  test('are judged in every zone at once where a zone is missing', () => {
    const birth = (birthDate: string): object => ({ resourceType: 'Patient', birthDate });
    assert.equal(kept(birth('1980-05-02'), { birthdate: '1980-05-02' }), true);
    assert.equal(kept(birth('1980-05-05'), { birthdate: '1980-05-02' }), false);
    assert.equal(kept(birth('1981'), { birthdate: ['ge1980-01-01', 'lt1981-01-01'] }), true); // a year that may begin anywhere
    assert.equal(kept(birth('1982'), { birthdate: ['ge1980-01-01', 'lt1981-01-01'] }), false);
    assert.equal(kept(birth('1980-05-02'), { birthdate: '1970,1980-05' }), true);
    assert.equal(kept(birth('1980-05-02'), { birthdate: '1970,1990' }), false);
    assert.equal(kept(birth('1980-05-02'), { birthdate: 'ne1980-05-02' }), true);
  });

  test('periods match what they touch; open ones reach on', () => {
    const encounter = (period: object): object => ({ resourceType: 'Encounter', period });
    const march = { date: ['ge2026-03-01T00:00:00Z', 'lt2026-04-01T00:00:00Z'] };
    assert.equal(kept(encounter({ start: '2026-02-20T09:00:00Z', end: '2026-03-02T09:00:00Z' }), march), true);
    assert.equal(kept(encounter({ start: '2026-02-20T09:00:00Z' }), march), true);
    assert.equal(kept(encounter({ end: '2026-02-20T09:00:00Z' }), march), false);
    assert.equal(kept(encounter({ start: '2026-04-01T00:00:00Z' }), march), false);
    assert.equal(kept(encounter({}), march), true);
    assert.equal(kept({ resourceType: 'Observation', effectiveDateTime: '2026-02-01T00:00:00Z' }, march), false);
    assert.equal(kept({ resourceType: 'Observation', effectivePeriod: { start: '2026-02-01', end: '2026-03-05' } }, march), true);
  });

  test('in any shape, without a throw, and never what matches exactly', () => {
    fc.assert(
      fc.property(fc.anything(), fc.string(), (value, asked) => {
        withinDates(page({ resourceType: 'Appointment', start: value }), 'Appointment', { date: asked });
        withinDates(page({ resourceType: 'Encounter', period: value }), 'Encounter', { date: [asked] });
      }),
    );
    const instant = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instant, fc.constantFrom('eq', 'ge', 'le', ''), (at, prefix) =>
        kept(appointment(at.toISOString()), { date: `${prefix}${at.toISOString()}` }),
      ),
    );
  });
});

const camelCase = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const choice = (path: string): string => path.replace(/\[[\w,]+\]/, '[x]');
const params = Object.entries(SEARCH).flatMap(([type, text]) => text.split(';').map((one) => [type, ...one.split(':')] as const));

test('date paths are those of the R4 search parameters', () => {
  let known = 0;
  for (const [type, name, kind, path] of params) {
    const paths = datePaths(type!, name!);
    if (paths === undefined) continue;
    known++;
    assert.equal(kind, 'd', `${type} ${name}`);
    assert.equal(paths.join('|'), choice(path || camelCase(name!)), `${type} ${name}`);
  }
  assert.ok(known > 50);
  assert.ok(datePaths('Appointment', 'date') && datePaths('Slot', 'start') && !datePaths('Appointment', 'status'));
});

test('reference paths are those of the R4 search parameters', () => {
  const types = new Set(params.filter(([type, name]) => datePaths(type!, name!)).map(([type]) => type));
  for (const [type, name, kind, path, targets] of params) {
    if (kind !== 'r' || !types.has(type)) continue;
    const only = targets?.startsWith('!') ? TARGETS[Number.parseInt(targets.slice(1), 36)] : undefined;
    const got = referencePaths(type!, name!);
    assert.deepEqual([got.map((one) => one.path.join('.')).join('|'), got[0]!.target], [path || camelCase(name!), only], `${type} ${name}`);
  }
});
