import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { clash, countClashes, findClashes, sessionsOf, type Booked } from '../../../src/models/scheduling/clash.js';
import { APPOINTMENT_STATES } from '../../../src/models/scheduling/status.js';
import { appointment } from './records.js';

const MIN = 60_000;
const booked = (id: string, start: number, end: number, more: Partial<Booked> = {}): Booked => ({
  id,
  start: start * MIN,
  end: end * MIN,
  state: 'confirmed',
  sessions: [id],
  ...more,
});

test('true times clash, touching ones do not, and cancelled ones take no time', () => {
  assert.equal(clash(booked('a', 0, 30), booked('b', 29, 60)), true);
  assert.equal(clash(booked('a', 0, 30), booked('b', 30, 60)), false);
  assert.equal(clash(booked('a', 0, 30), booked('b', 0, 30, { state: 'cancelled' })), false);
  assert.equal(clash(booked('a', 0, 30, { state: 'completed' }), booked('b', 0, 30, { state: 'completed' })), false);
  assert.equal(clash(booked('a', 0, 30, { state: 'completed' }), booked('b', 0, 30)), true);
  assert.equal(clash(booked('a', 0, 30), booked('a', 0, 30)), false, 'an appointment does not clash with itself');
});

test('attendees of one session clash neither with it nor with each other', () => {
  const of = (id: string) =>
    sessionsOf(appointment(id, '16:00', '17:00', { supportingInformation: [{ reference: 'Appointment/group' }] }), id);
  const session = booked('group', 0, 60, { sessions: sessionsOf(appointment('group', '16:00', '17:00'), 'group') });
  const [a, b] = [booked('a', 0, 60, { sessions: of('a') }), booked('b', 0, 60, { sessions: of('b') })];
  assert.equal(clash(session, a), false);
  assert.equal(clash(a, b), false);
  assert.equal(clash(a, booked('other', 30, 60)), true);
});

test('the sweep finds exactly the pairs that comparing all with all finds', () => {
  const item = fc.record({
    start: fc.integer({ min: 0, max: 200 }),
    length: fc.integer({ min: 0, max: 60 }),
    state: fc.constantFrom(...APPOINTMENT_STATES),
    session: fc.option(fc.integer({ min: 0, max: 3 })),
  });
  fc.assert(
    fc.property(fc.array(item, { maxLength: 30 }), (raw) => {
      const items = raw.map(({ start, length, state, session }, i) =>
        booked(`i${i}`, start, start + length, { state, sessions: [`i${i}`, ...(session === null ? [] : [`s${session}`])] }),
      );
      const found = findClashes(items);
      for (const a of items) {
        const expected = items.filter((b) => clash(a, b)).map(({ id }) => id);
        assert.deepEqual((found.get(a) ?? []).map(({ id }) => id).sort(), expected.sort());
      }
    }),
  );
});

test('three that hang together are one clash', () => {
  const items = [booked('a', 0, 30), booked('b', 20, 50), booked('c', 40, 70), booked('d', 100, 130), booked('e', 110, 120)];
  assert.equal(countClashes(findClashes(items)), 2);
});
