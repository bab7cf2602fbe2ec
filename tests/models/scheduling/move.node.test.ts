import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseJson, stringify } from '../../../src/models/fhir/json.js';
import type { Appointment } from '../../../src/models/fhir/index.js';
import { applyMove, inStyleOf, People, whyImmovable } from '../../../src/models/scheduling/index.js';
import { appointment, at, day, okafor, participant, patient, role, SYDNEY, wojcik } from './records.js';

const people = new People([okafor, wojcik, patient, role('ro', 'okafor', []), role('rw', 'wojcik', [])], {
  now: at('08:00'),
  zone: SYDNEY,
});
const to = people.provider('Practitioner/wojcik')!;

test('start and end move together, everything else is kept to the character', () => {
  const text = JSON.stringify(
    appointment('a', '09:00', '09:45', {
      minutesDuration: 45,
      priority: 1,
      comment: 'Ring first',
      _start: { extension: [{ url: 'urn:x', valueDecimal: 1 }] },
      extension: [{ url: 'urn:y', valueString: 'kept' }],
    }),
  ).replace('"valueDecimal":1', '"valueDecimal":1.00');
  const before = parseJson(text) as Appointment;
  const after = applyMove(before, { start: at('14:15') }, people);
  assert.equal(stringify(after), text.replace('T09:00:00+11:00', 'T14:15:00+11:00').replace('T09:45:00+11:00', 'T15:00:00+11:00'));
  assert.equal(stringify(before), text, 'the old object is as it was');
});

test('only the old provider’s participation changes hands', () => {
  const before = appointment('a', '09:00', '09:45', {
    participant: [
      participant('Patient/p1'),
      {
        ...participant('Practitioner/okafor'),
        actor: { reference: 'Practitioner/okafor', display: 'Dr Amara Okafor' },
        type: [{ coding: [{ code: 'PPRF' }] }],
        extension: [{ url: 'urn:z', valueBoolean: true }],
      },
      participant('Location/room2'),
    ],
  });
  const after = applyMove(before, { start: at('09:00'), provider: { from: 'Practitioner/okafor', to } }, people);
  assert.equal(after.start, before.start);
  assert.deepEqual(after.participant, [
    before.participant[0],
    { ...before.participant[1], actor: { reference: 'Practitioner/wojcik', display: 'Tomasz Wójcik' } },
    before.participant[2],
  ]);
});

test('one who was named by role is followed by a role', () => {
  const before = appointment('a', '09:00', '09:45', { participant: [participant('Patient/p1'), participant('PractitionerRole/ro')] });
  const after = applyMove(before, { start: at('09:00'), provider: { from: 'Practitioner/okafor', to } }, people);
  assert.equal(after.participant[1]?.actor?.reference, 'PractitionerRole/rw');
});

test('one that had no provider gets one, who has not agreed yet', () => {
  const before = appointment('a', '09:00', '09:45', { participant: [participant('Patient/p1')] });
  const after = applyMove(before, { start: at('09:00'), provider: { from: 'unassigned', to } }, people);
  assert.deepEqual(after.participant[1], { actor: { reference: 'Practitioner/wojcik', display: 'Tomasz Wójcik' }, status: 'needs-action' });
});

test('of two providers, the one who was there already does not stand there twice', () => {
  const before = appointment('a', '09:00', '09:45', {
    participant: [participant('Practitioner/okafor'), participant('Practitioner/wojcik', 'tentative')],
  });
  const after = applyMove(before, { start: at('09:00'), provider: { from: 'Practitioner/okafor', to } }, people);
  assert.deepEqual(after.participant, [participant('Practitioner/wojcik', 'tentative')]);
});

test('slots that would no longer be filled are let go; without a change they stay', () => {
  const before = appointment('a', '09:00', '09:45', { slot: [{ reference: 'Slot/1' }] });
  assert.equal(applyMove(before, { start: at('10:00') }, people).slot, undefined);
  assert.deepEqual(applyMove(before, { start: at('09:00') }, people).slot, [{ reference: 'Slot/1' }]);
});

test('times keep the way they were written', () => {
  assert.equal(inStyleOf('2026-11-22T22:00:00Z', at('14:15'), SYDNEY), '2026-11-23T03:15:00Z');
  assert.equal(inStyleOf('2026-11-23T09:00:00.000+11:00', at('14:15'), SYDNEY), '2026-11-23T14:15:00.000+11:00');
  assert.equal(inStyleOf('2026-11-23T09:00:00+11:00', at('14:15'), SYDNEY), '2026-11-23T14:15:00+11:00');
  assert.equal(
    inStyleOf('2026-11-22T17:00:00-05:00', at('14:15'), SYDNEY),
    '2026-11-22T22:15:00-05:00',
    'an offset that is not the zone’s stays',
  );
  assert.equal(
    inStyleOf('2026-09-30T09:00:00+10:00', Date.parse('2026-10-05T09:00:00+11:00'), SYDNEY),
    '2026-10-05T09:00:00+11:00',
    'the zone’s offset changes with its clocks',
  );
});

test('whatever the style and the zone, the instant and the duration are right', () => {
  const zones = ['Australia/Sydney', 'America/New_York', 'Asia/Kathmandu', 'UTC'];
  const offset = fc.constantFrom('Z', '+11:00', '-05:00', '+05:45', '.000Z', '.500+11:00');
  const quarter = fc.integer({ min: 0, max: 4 * 24 * 700 });
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      offset,
      quarter,
      quarter,
      fc.integer({ min: 5, max: 300 }),
      (zone, style, from, target, minutes) => {
        const write = (instant: number): string => {
          const fraction = style.startsWith('.') ? style.slice(0, 4) : '';
          const off = style.replace(/^\.\d+/, '');
          const shift = off === 'Z' ? 0 : (off.startsWith('-') ? -1 : 1) * (Number(off.slice(1, 3)) * 60 + Number(off.slice(4)));
          return `${new Date(instant + shift * 60_000).toISOString().slice(0, 19)}${fraction}${off}`;
        };
        const base = Date.UTC(2026, 0, 1);
        const start = base + from * 900_000;
        const before: Appointment = { ...appointment('a', '09:00', '09:45'), start: write(start), end: write(start + minutes * 60_000) };
        const half = style.startsWith('.500') ? 500 : 0;
        const after = applyMove(before, { start: base + target * 900_000 + half }, new People([], { now: 0, zone }));
        assert.equal(Date.parse(after.start!), base + target * 900_000 + half);
        assert.equal(Date.parse(after.end!) - Date.parse(after.start!), minutes * 60_000);
        assert.equal(/\.\d+/.exec(after.start!)?.[0], /\.\d+/.exec(before.start!)?.[0]);
      },
    ),
    { numRuns: 400 },
  );
});

test('what may not be moved says why', () => {
  const why = (one: Appointment, pending = false) => {
    const column = day([one], { pending: new Set(pending ? [one.id ?? ''] : []) }).columns[0]!;
    return whyImmovable([...column.items, ...column.allDay][0]!);
  };
  assert.equal(why(appointment('a', '09:00', '09:45')), undefined);
  assert.equal(why(appointment('a', '09:00', '09:45'), true), 'pending');
  assert.equal(why(appointment('a', '09:00', '09:45', { status: 'fulfilled' })), 'completed');
  assert.equal(why(appointment('a', '09:00', '09:45', { status: 'cancelled' })), 'cancelled');
  assert.equal(why({ ...appointment('a', '00:00', '01:00'), start: '2026-11-22T23:00:00+11:00' }), 'other-day');
  assert.equal(why({ ...appointment('a', '00:00', '01:00'), end: '2026-11-24T00:00:00+11:00' }), 'all-day');
  const nameless = appointment('a', '09:00', '09:45');
  delete nameless.id;
  assert.equal(why(nameless), 'no-id');
});
