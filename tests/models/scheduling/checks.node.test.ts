import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Appointment, Resource } from '../../../src/models/fhir/index.js';
import { checkMove, UNASSIGNED, type MoveCheck } from '../../../src/models/scheduling/index.js';
import { appointment, at, day, okafor, participant, patient, role, wojcik } from './records.js';

const roles = [role('r', 'okafor', [['09:00', '12:00'], ['13:00', '17:00']]), role('w', 'wojcik', [['09:00', '17:00']])]; // prettier-ignore
const related: Resource[] = [okafor, wojcik, patient, ...roles];
const of = (id: string, from: string, to: string, ...references: string[]) =>
  appointment(id, from, to, { participant: references.map((reference) => participant(reference)) });

function check(
  list: Appointment[],
  id: string,
  start: string,
  column: string,
  options: { complete?: boolean; now?: number } = {},
): MoveCheck[] {
  const view = day(list, { related });
  const item = view.columns.flatMap(({ items }) => items).find((each) => each.id === id)!;
  return checkMove(view, item, { start: at(start), column }, { now: options.now ?? at('08:00'), complete: options.complete ?? true });
}
const codes = (checks: MoveCheck[]) => checks.map(({ code }) => code);
const MOVED = of('m', '15:30', '16:15', 'Patient/p1', 'Practitioner/okafor');

test('a free place says until when it is free', () => {
  const checks = check([MOVED, of('next', '15:15', '15:45', 'Patient/p2', 'Practitioner/wojcik')], 'm', '14:15', 'Practitioner/wojcik');
  assert.deepEqual(checks, [{ code: 'free', level: 'ok', until: at('15:15') }]);
});

test('an overlap is told with whom and by how much, before anything else', () => {
  const checks = check([MOVED, of('b', '14:45', '15:15', 'Patient/p2', 'Practitioner/wojcik')], 'm', '14:15', 'Practitioner/wojcik');
  assert.equal(checks[0]?.code, 'overlaps');
  assert.ok(checks[0]?.code === 'overlaps' && checks[0].minutes === 15 && checks[0].others[0]?.id === 'b');
  assert.ok(!codes(checks).includes('free'));
});

test('a request that is put onto a booking overlaps it, though a request takes no time', () => {
  const checks = check(
    [{ ...MOVED, status: 'proposed' }, of('b', '14:45', '15:15', 'Patient/p2', 'Practitioner/wojcik')],
    'm',
    '14:15',
    'Practitioner/wojcik',
  );
  assert.equal(checks[0]?.code, 'overlaps');
});

test('the same patient elsewhere, and a room that is taken', () => {
  const list = [
    of('m', '15:30', '16:15', 'Patient/p1', 'Practitioner/okafor', 'Location/2'),
    of('b', '10:00', '10:45', 'Patient/p1', 'Practitioner/wojcik', 'Location/2'),
  ];
  assert.deepEqual(codes(check(list, 'm', '10:15', 'Practitioner/okafor')).slice(0, 2), ['patient-elsewhere', 'room-taken']);
  assert.deepEqual(codes(check(list, 'm', '11:00', 'Practitioner/okafor')), ['free']);
});

test('breaks, hours and the past are told apart', () => {
  assert.deepEqual(codes(check([MOVED], 'm', '12:00', 'Practitioner/okafor')), ['break', 'free']);
  assert.deepEqual(codes(check([MOVED], 'm', '16:45', 'Practitioner/okafor')), ['outside-hours', 'free']);
  assert.deepEqual(codes(check([MOVED], 'm', '07:00', 'Practitioner/wojcik')), ['outside-hours', 'past', 'free']);
  assert.deepEqual(codes(check([MOVED], 'm', '14:00', 'Practitioner/okafor', { now: at('14:30') })), ['past', 'free']);
});

test('hours that nobody recorded are not checked, and that is said', () => {
  const list = [MOVED, of('x', '09:00', '09:30', 'Patient/p3', 'Practitioner/new')];
  assert.deepEqual(codes(check(list, 'm', '14:00', 'Practitioner/new')), ['hours-unknown', 'free']);
});

test('on a day that is not whole nothing is called free', () => {
  assert.deepEqual(codes(check([MOVED], 'm', '14:00', 'Practitioner/okafor', { complete: false })), ['incomplete-day']);
});

test('nobody can be moved to no provider, nor to one without a record', () => {
  const list = [MOVED, of('x', '09:00', '09:30', 'Patient/p3')];
  assert.deepEqual(check(list, 'm', '14:00', UNASSIGNED).map(({ level }) => level), ['stop']); // prettier-ignore
  assert.deepEqual(codes(check(list, 'm', '15:30', 'Practitioner/okafor')), ['same-place']);
});
