// The diary: a full day around now, no visit where nobody works, wall-clock times that hold in every zone.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Appointment, Encounter, PractitionerRole, Resource, Slot } from '../../../src/models/fhir/index.js';
import { referenceId, wallTimeAt, extensionValue } from '../../../src/models/fhir/index.js';
import { createPractice, type PracticeOptions } from '../../../src/testing/practice/index.js';
import { entriesOfType, groupBy } from './support.js';

interface Booked {
  appointment: Appointment;
  start: number;
  end: number;
  provider: string;
  patient: string | undefined;
  session: string | undefined;
}

function bookedOf(resources: readonly Resource[]): Booked[] {
  return entriesOfType(resources, 'Appointment').flatMap((appointment): Booked[] => {
    const actor = (type: string): string | undefined =>
      appointment.participant.map((each) => each.actor?.reference ?? '').find((reference) => reference.startsWith(`${type}/`));
    const session = appointment.supportingInformation?.find(({ reference }) => reference?.startsWith('Appointment/'));
    if (appointment.start === undefined || appointment.end === undefined) return [];
    return [
      {
        appointment,
        start: Date.parse(appointment.start),
        end: Date.parse(appointment.end),
        provider: actor('Practitioner') ?? '',
        patient: actor('Patient'),
        session: session && referenceId(session),
      },
    ];
  });
}

const TAKEN = new Set(['pending', 'booked', 'arrived', 'checked-in', 'fulfilled']);

/** Zones with DST, with half hours, at the ends of the earth, on days when clocks change too. Monday to Friday, in hours. */
const PLACES: readonly (Pick<PracticeOptions, 'zone' | 'now'> & { today: string })[] = [
  { zone: 'Australia/Sydney', now: '2026-11-24T11:20:00+11:00', today: '2026-11-24' },
  { zone: 'Australia/Sydney', now: '2026-10-05T10:05:00+11:00', today: '2026-10-05' },
  { zone: 'America/New_York', now: '2026-03-09T14:05:00-04:00', today: '2026-03-09' },
  { zone: 'Asia/Kolkata', now: '2026-11-24T09:40:00+05:30', today: '2026-11-24' },
  { zone: 'Pacific/Apia', now: '2026-11-23T21:30:00Z', today: '2026-11-24' },
  { zone: 'Africa/Casablanca', now: '2026-03-23T10:00:00+01:00', today: '2026-03-23' },
];

for (const { zone, now, today } of PLACES) {
  describe(`${zone}, ${today}`, () => {
    const resources = createPractice({ seed: 3, patients: 30, now, zone }).toArray();
    const booked = bookedOf(resources);
    const epoch = Date.parse(String(now));
    const wall = (instant: number): { date: string; minute: number; weekday: number } => {
      const { year, month, day, hour, minute } = wallTimeAt(instant, zone);
      const date = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
      return { date, minute: hour * 60 + minute, weekday: new Date(`${date}T00:00:00Z`).getUTCDay() };
    };
    const hours = new Map(
      entriesOfType(resources, 'PractitionerRole').map((role: PractitionerRole) => [
        role.practitioner?.reference ?? '',
        (role.availableTime ?? []).map(
          ({ availableStartTime = '', availableEndTime = '' }) =>
            [availableStartTime, availableEndTime].map((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))) as [
              number,
              number,
            ],
        ),
      ]),
    );

    test('the working day of now is full: 25 to 32 visits over five providers, a group among them', () => {
      const visits = booked.filter(
        ({ start, patient, session }) => wall(start).date === today && patient !== undefined && session === undefined,
      );
      assert.ok(visits.length >= 25 && visits.length <= 32, `${visits.length} visits`);
      assert.equal(new Set(visits.map(({ provider }) => provider)).size, 5);
      const group = booked.find(({ start, patient }) => wall(start).date === today && patient === undefined);
      const attendees = booked.filter(({ session }) => session === group?.appointment.id);
      assert.ok(attendees.length >= 4, `${attendees.length} in the group`);
      for (const { appointment } of attendees)
        assert.equal(
          appointment.participant.filter(({ actor }) => actor?.reference?.startsWith('Patient/')).length,
          1,
          'nobody else is named',
        );
    });

    test('somebody is in session now, on video too, and one is booked twice', () => {
      const encounters = new Map(
        entriesOfType(resources, 'Encounter').map((encounter: Encounter) => [referenceId(encounter.appointment?.[0]), encounter]),
      );
      const present = booked.filter(({ appointment }) => encounters.get(appointment.id)?.status === 'in-progress');
      assert.ok(present.length >= 2, `${present.length} in session`);
      for (const { start, end } of present) assert.ok(start <= epoch && end > epoch - 15 * 60_000);
      assert.ok(
        booked.some(
          ({ start, appointment }) =>
            wall(start).date === today && appointment.participant.some(({ actor }) => actor?.reference === 'Location/video'),
        ),
      );
      const clashes = overlaps(booked.filter(({ start }) => start >= epoch && wall(start).date === today));
      assert.ok(clashes.length >= 1);
    });

    test('everything lies on open days, in the hours of its provider, with the break left free', () => {
      for (const { appointment, start, end, provider } of booked) {
        const [from, to] = [wall(start), wall(end)];
        assert.ok(from.weekday >= 1 && from.weekday <= 5, `${appointment.id} is on a weekend`);
        assert.ok(!/-(?:12-25|01-01)$/.test(from.date), `${appointment.id} is on a holiday`);
        assert.ok(
          hours.get(provider)?.some(([open, close]) => from.minute >= open && to.minute <= close),
          `${appointment.id}: ${from.minute} to ${to.minute}`,
        );
        assert.equal((end - start) / 60_000, appointment.minutesDuration);
        assert.equal(appointment.start?.slice(0, 10), from.date, 'the text shows the day of the clinic');
      }
    });

    test('nobody is in two places, but for the one double booking', () => {
      const taken = booked.filter(({ appointment }) => TAKEN.has(appointment.status ?? ''));
      const pairs = overlaps(taken.filter(({ session }) => session === undefined));
      assert.ok(pairs.length <= 1, pairs.map(([a, b]) => `${a.appointment.id} ${b.appointment.id}`).join('; '));
      const byPatient = groupBy(taken, ({ patient }) => patient);
      for (const [patient, list] of byPatient) {
        if (patient === undefined) continue;
        const sorted = list.toSorted((a, b) => a.start - b.start);
        for (const [i, visit] of sorted.entries())
          assert.ok(i === 0 || (sorted[i - 1]?.end ?? 0) <= visit.start, `${patient}: ${visit.appointment.id}`);
      }
    });

    test('slots agree with the diary: busy where a visit is, free elsewhere, none of them overlapping', () => {
      const slots = entriesOfType(resources, 'Slot');
      const bySchedule = groupBy(slots, ({ schedule }: Slot) => schedule.reference);
      for (const list of bySchedule.values()) {
        const sorted = list.toSorted((a, b) => Date.parse(a.start ?? '') - Date.parse(b.start ?? ''));
        for (const [i, slot] of sorted.entries())
          assert.ok(i === 0 || Date.parse(sorted[i - 1]?.end ?? '') <= Date.parse(slot.start ?? ''), slot.id);
      }
      const free = slots.filter(({ status }) => status === 'free');
      assert.ok(free.length > 50);
      for (const slot of free) {
        const [from, to] = [Date.parse(slot.start ?? ''), Date.parse(slot.end ?? '')];
        const provider = `Practitioner/${(slot.schedule.reference ?? '').replace('Schedule/schedule-', '')}`;
        const inside = booked.filter(
          (visit) => visit.provider === provider && TAKEN.has(visit.appointment.status ?? '') && visit.start < to && visit.end > from,
        );
        assert.deepEqual(inside.map(({ appointment }) => appointment.id), [], slot.id); // prettier-ignore
      }
      for (const { appointment } of booked) {
        for (const { reference } of appointment.slot ?? []) {
          const slot = slots.find(({ id }) => `Slot/${id}` === reference);
          assert.equal(slot?.start, appointment.start);
          assert.equal(slot?.end, appointment.end);
          assert.equal(
            slot?.status,
            extensionValue(appointment, 'urn:carelet:extension:hold-expires') === undefined ? 'busy' : 'busy-tentative',
          );
        }
      }
    });
  });
}

/** Pairs of one provider's visits that share time. */
function overlaps(visits: readonly Booked[]): [Booked, Booked][] {
  const pairs: [Booked, Booked][] = [];
  for (const list of groupBy(visits, ({ provider }) => provider).values()) {
    const sorted = list.toSorted((a, b) => a.start - b.start);
    for (const [i, a] of sorted.entries()) for (const b of sorted.slice(i + 1, i + 6)) if (b.start < a.end) pairs.push([a, b]);
  }
  return pairs;
}

test('whatever the seed and the hour, the day is full and every status is found', () => {
  const statuses = 'proposed pending booked arrived checked-in fulfilled noshow cancelled waitlist entered-in-error'.split(' ');
  for (let seed = 0; seed < 12; seed++) {
    const now = Date.parse('2026-11-24T00:00:00+11:00') + (seed % 6) * 4 * 3_600_000 + seed * 60_000;
    const resources = createPractice({ seed, patients: 30, now, zone: 'Australia/Sydney' }).toArray();
    const found = new Set<string | undefined>(entriesOfType(resources, 'Appointment').map(({ status }) => status));
    for (const status of statuses) assert.ok(found.has(status), `${status}, seed ${seed}`);
    const today = bookedOf(resources).filter(
      ({ appointment, patient, session }) => appointment.start?.startsWith('2026-11-24') && patient !== undefined && session === undefined,
    );
    assert.ok(today.length >= 25 && today.length <= 32, `${today.length} visits, seed ${seed}`);
    assert.ok(
      overlaps(bookedOf(resources).filter(({ appointment, session }) => TAKEN.has(appointment.status ?? '') && session === undefined))
        .length <= 1,
      `seed ${seed}`,
    );
  }
});

test('on a closed day nothing is booked, and the next open day is the full one', () => {
  for (const now of ['2026-11-22T11:00:00+11:00', '2026-12-25T11:00:00+11:00']) {
    const booked = bookedOf(createPractice({ seed: 1, patients: 30, now, zone: 'Australia/Sydney' }).toArray());
    const on = (date: string): number =>
      booked.filter(({ appointment, session }) => appointment.start?.startsWith(date) && session === undefined).length;
    assert.equal(on(now.slice(0, 10)), 0);
    assert.ok(on(now.startsWith('2026-11') ? '2026-11-23' : '2026-12-28') >= 25);
  }
});

test('before opening nobody has come, after closing the day is done', () => {
  const day = (now: string): Booked[] =>
    bookedOf(createPractice({ seed: 1, patients: 30, now, zone: 'Australia/Sydney' }).toArray()).filter(({ appointment }) =>
      appointment.start?.startsWith('2026-11-24'),
    );
  const early = new Set(day('2026-11-24T06:00:00+11:00').map(({ appointment }) => appointment.status));
  for (const status of ['fulfilled', 'arrived', 'checked-in', 'noshow'] as const) assert.ok(!early.has(status), status);
  const late = new Set(day('2026-11-24T19:00:00+11:00').map(({ appointment }) => appointment.status));
  for (const status of ['booked', 'pending', 'arrived', 'checked-in'] as const) assert.ok(!late.has(status), status);
});

test('midnight belongs to the clinic: half an hour apart, another day is today', () => {
  for (const [zone, before, after] of [
    ['Australia/Sydney', '2026-11-24T12:50:00Z', '2026-11-24T13:10:00Z'],
    ['America/New_York', '2026-11-24T04:50:00Z', '2026-11-24T05:10:00Z'],
    ['Asia/Kolkata', '2026-11-24T18:20:00Z', '2026-11-24T18:40:00Z'],
    ['Pacific/Apia', '2026-11-24T10:50:00Z', '2026-11-24T11:10:00Z'],
  ] as const) {
    const full = (now: string): string | undefined => {
      const counts = new Map<string, number>();
      for (const { appointment, session } of bookedOf(createPractice({ seed: 1, patients: 30, now, zone }).toArray()))
        if (session === undefined)
          counts.set(appointment.start?.slice(0, 10) ?? '', (counts.get(appointment.start?.slice(0, 10) ?? '') ?? 0) + 1);
      return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
    };
    const [first, second] = [full(before), full(after)];
    assert.equal(Date.parse(second ?? '') - Date.parse(first ?? ''), 86_400_000, `${zone}: ${first} and ${second}`);
  }
});
