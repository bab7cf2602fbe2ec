import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Appointment, Bundle, HealthcareService, Location, PractitionerRole, Resource, Schedule, Slot } from '../../../../src/models/fhir/index.js'; // prettier-ignore
import {
  availabilityNotes,
  createZoneTable,
  dayBounds,
  HOLD_EXPIRES,
  MEDPLUM_PARAMETERS,
  openSpans,
  participantCalendars,
  rulesOfService,
  SERVICE_EXTENSIONS,
  wallAt,
  weeklyHours,
  type AvailabilityRecords,
  type ParticipantCalendar,
  type Span,
} from '../../../../src/models/scheduling/index.js';
import { createPractice } from '../../../../src/testing/index.js';
import { caseFiles, skipWithoutCases } from '../../../support/cases.js';
import { appointment, at, DATE, participant, role, SYDNEY } from '../records.js';

const clock = (instant: number): string => new Date(instant + 11 * 3_600_000).toISOString().slice(5, 16);
const shown = (spans: readonly Span[] | undefined): string[] | undefined => spans?.map(({ start, end }) => `${clock(start)}/${clock(end)}`);

function calendar(
  records: Partial<AvailabilityRecords>,
  participants: readonly string[] = ['Practitioner/okafor'],
  more: { window?: Span; place?: string; zone?: string; now?: number } = {},
): ParticipantCalendar {
  const zone = more.zone ?? SYDNEY;
  const window = more.window ?? dayBounds(DATE, zone);
  const all = participantCalendars(
    { resources: [], appointments: [], ...records },
    { now: at('08:00'), participants, ...more, zone, window },
  );
  assert.equal(all.length, 1);
  return all[0]!;
}

test('hours of a role are open time; without any they are not known', () => {
  assert.deepEqual(shown(calendar({ resources: [role('r', 'okafor', [['09:00', '12:00'], ['13:00', '17:00']])] }).open), ['11-23T09:00/11-23T12:00', '11-23T13:00/11-23T17:00']); // prettier-ignore
  assert.equal(calendar({ resources: [role('r', 'okafor', [])] }).open, undefined);
  assert.deepEqual(calendar({ resources: [role('r', 'okafor', [['09:00', '17:00']])] }, undefined, { window: dayBounds('2026-11-22', SYDNEY) }).open, []); // prettier-ignore
});

test('dated hours hold from their day on, and the former ones until the day before', () => {
  const resources = [
    role('old', 'okafor', [['09:00', '17:00']], { period: { end: '2026-11-24' } }),
    role('new', 'okafor', [['07:00', '11:00']], { period: { start: '2026-11-25' } }),
  ];
  const window = { start: dayBounds('2026-11-24', SYDNEY).start, end: dayBounds('2026-11-25', SYDNEY).end };
  assert.deepEqual(shown(calendar({ resources }, undefined, { window }).open), ['11-24T09:00/11-24T17:00', '11-25T07:00/11-25T11:00']);
});

test('who works at two places is open at one only during its hours', () => {
  const resources: Resource[] = [
    { ...role('a', 'okafor', [['09:00', '12:00']]), location: [{ reference: 'Location/north' }] } as PractitionerRole,
    { ...role('b', 'okafor', [['13:00', '17:00']]), location: [{ reference: 'Location/south' }] } as PractitionerRole,
    { resourceType: 'Location', id: 'room', partOf: { reference: 'Location/south' } } as Location,
  ];
  assert.deepEqual(shown(calendar({ resources }, undefined, { place: 'Location/room' }).open), ['11-23T13:00/11-23T17:00']);
  assert.equal(calendar({ resources }).open?.length, 2);
});

test('leave, closures and blocked slots close, with the record’s words', () => {
  const resources: Resource[] = [
    role('r', 'okafor', [['09:00', '17:00']], {
      notAvailable: [
        { description: 'Annual leave', during: { start: '2026-11-23', end: '2026-11-23' } },
        { description: 'Never said when' },
      ],
    }),
    { resourceType: 'Schedule', id: 's', actor: [{ reference: 'PractitionerRole/r' }] } as Schedule,
  ];
  const slots: Slot[] = [
    { resourceType: 'Slot', id: 'x', status: 'busy-unavailable', schedule: { reference: 'Schedule/s' }, start: `${DATE}T10:00:00+11:00`, end: `${DATE}T11:00:00+11:00`, comment: 'Meeting' }, // prettier-ignore
  ];
  const { closures, open } = calendar({ resources, slots });
  assert.deepEqual(closures.map(({ code, reason }) => [code, reason]), [['leave', 'Annual leave'], ['blocked', 'Meeting']]); // prettier-ignore
  assert.equal(shown([closures[0]!])?.[0], '11-23T00:00/11-24T00:00', 'a date includes its whole day');
  assert.deepEqual(shown(open), ['11-23T09:00/11-23T17:00'], 'blocked time alone is no publishing of slots');
});

test('a room has its own hours, else those of the house; one that says none bounds nobody', () => {
  const site = { resourceType: 'Location', id: 'site', hoursOfOperation: [{ daysOfWeek: ['mon'], openingTime: '08:00:00', closingTime: '18:00:00' }] } as Location; // prettier-ignore
  const room = { resourceType: 'Location', id: 'room', partOf: { reference: 'Location/site' } } as Location;
  assert.deepEqual(shown(calendar({ resources: [site, room] }, ['Location/room']).open), ['11-23T08:00/11-23T18:00']);
  assert.deepEqual(calendar({ resources: [room] }, ['Location/room']).open, [dayBounds(DATE, SYDNEY)]);
  const shut = calendar({ resources: [{ ...room, status: 'suspended' } as Location] }, ['Location/room']);
  assert.deepEqual(shut.closures.map(({ code }) => code), ['closed']); // prettier-ignore
});

const therapy: HealthcareService = {
  resourceType: 'HealthcareService',
  id: 'therapy',
  type: [{ coding: [{ system: 'urn:t', code: 'therapy' }] }],
  extension: [
    { url: SERVICE_EXTENSIONS.bufferBefore, valueDuration: { value: 5, code: 'min' } },
    { url: SERVICE_EXTENSIONS.bufferAfter, valueDuration: { value: 0.25, unit: 'h' } },
  ],
};

test('appointments keep busy with the buffers of their service; a session and its attendees are one', () => {
  const session = appointment('s', '09:00', '10:00', { participant: [participant('Practitioner/okafor')] });
  const attendee = appointment('a', '09:00', '10:00', { supportingInformation: [{ reference: 'Appointment/s' }] });
  const { busy } = calendar({ resources: [therapy], appointments: [session, attendee, appointment('t', '11:00', '12:00', { serviceType: therapy.type! })] }); // prettier-ignore
  assert.deepEqual(busy.map(({ id, session: of, before, after }) => [id, of, before / 60_000, after / 60_000]), [['s', 's', 0, 0], ['a', 's', 0, 0], ['t', 't', 5, 15]]); // prettier-ignore
});

test('neither cancelled, nor waiting, nor a hold that is over, nor one that the provider declined keeps busy', () => {
  const held = (id: string, until: string): Appointment => appointment(id, '09:00', '10:00', { status: 'pending', extension: [{ url: HOLD_EXPIRES, valueInstant: `${DATE}T${until}:00+11:00` }] }); // prettier-ignore
  const { busy } = calendar({
    appointments: [
      appointment('cancelled', '09:00', '10:00', { status: 'cancelled' }),
      appointment('proposed', '09:00', '10:00', { status: 'proposed' }),
      appointment('declined', '09:00', '10:00', { participant: [participant('Practitioner/okafor', 'declined')] }),
      held('over', '07:59'),
      held('running', '08:01'),
    ],
  });
  assert.deepEqual(busy.map(({ id }) => id), ['running']); // prettier-ignore
});

test('published slots bound the days that have them; a busy one without an appointment is busy, one of a hold that is over is not', () => {
  const slot = (id: string, from: string, to: string, status: NonNullable<Slot['status']>): Slot => ({ resourceType: 'Slot', id, status, schedule: { reference: 'Schedule/s' }, start: `${DATE}T${from}:00+11:00`, end: `${DATE}T${to}:00+11:00` }); // prettier-ignore
  const resources: Resource[] = [
    role('r', 'okafor', [['08:00', '18:00']]),
    { resourceType: 'Schedule', id: 's', actor: [{ reference: 'Practitioner/okafor' }] } as Schedule,
  ];
  const over = appointment('over', '10:00', '10:30', { status: 'pending', slot: [{ reference: 'Slot/c' }], extension: [{ url: HOLD_EXPIRES, valueInstant: '2026-11-01T00:00:00Z' }] }); // prettier-ignore
  const slots = [slot('a', '09:00', '09:30', 'free'), slot('b', '09:30', '10:00', 'busy'), slot('c', '10:00', '10:30', 'busy-tentative'), slot('d', '14:00', '14:30', 'free')]; // prettier-ignore
  const window = { start: dayBounds(DATE, SYDNEY).start, end: dayBounds('2026-11-24', SYDNEY).end };
  const { open, busy } = calendar({ resources, slots, appointments: [over] }, undefined, { window });
  assert.deepEqual(shown(open), ['11-23T09:00/11-23T10:30', '11-23T14:00/11-23T14:30', '11-24T08:00/11-24T18:00']);
  assert.deepEqual(busy.map(({ id }) => id), ['Slot/b']); // prettier-ignore
});

test('rules: ours, else Medplum’s, a calendar’s own above the service’s; odd units are not guessed', () => {
  const parameters = (...extension: object[]) => ({ url: MEDPLUM_PARAMETERS, extension }) as never;
  const minutes = (url: string, value: number, unit = 'min') => ({ url, valueDuration: { value, unit } });
  const service: HealthcareService = {
    resourceType: 'HealthcareService',
    id: 'x',
    extension: [parameters(minutes('duration', 1, 'h'), minutes('bufferAfter', 10), minutes('alignmentInterval', 20))],
  };
  const plain = rulesOfService(service);
  assert.deepEqual([plain.rules.minutes, plain.rules.bufferAfter, plain.step, plain.lengthKnown], [60, 10, 20, true]);
  const schedule = { resourceType: 'Schedule', actor: [], extension: [parameters({ url: 'service', valueReference: { reference: 'HealthcareService/x' } }, minutes('duration', 40))] } as Schedule; // prettier-ignore
  assert.equal(rulesOfService(service, schedule).rules.minutes, 40);
  assert.equal(rulesOfService({ ...service, extension: [{ url: SERVICE_EXTENSIONS.duration, valueDuration: { value: 1, code: 'mo' } }] }).lengthKnown, false); // prettier-ignore
  const group = rulesOfService({ ...service, extension: [{ url: SERVICE_EXTENSIONS.allow, valuePositiveInt: 3 }] });
  assert.deepEqual([group.rules.mode, group.rules.allow], ['allow', 3]);
});

test('what is said in words only is handed on', () => {
  assert.deepEqual(availabilityNotes([{ ...therapy, availabilityExceptions: 'Closed on public holidays' } as HealthcareService]), [{ reference: 'HealthcareService/therapy', text: 'Closed on public holidays' }]); // prettier-ignore
});

const ZONES = ['Australia/Sydney', 'America/New_York', 'Europe/London', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'];
const DAY = 86_400_000;

test('weekly hours stay at their wall time through changes of clocks, in order, apart, and within the window', () => {
  const minute = fc.integer({ min: 0, max: 24 * 60 - 1 });
  const line = fc.record({ days: fc.subarray(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']), from: minute, to: minute });
  const hh = (at: number): string => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}:00`;
  fc.assert(
    fc.property(
      fc.constantFrom(...ZONES),
      fc.integer({ min: 0, max: 364 }),
      fc.integer({ min: 1, max: 9 }),
      fc.array(line, { maxLength: 4 }),
      (zone, day, length, lines) => {
        // prettier-ignore
        const start = Date.UTC(2026, 0, 1) + day * DAY;
        const window = { start, end: start + length * DAY };
        const table = createZoneTable(zone, window.start, window.end);
        const hours = weeklyHours(lines.map(({ days, from, to }) => ({ daysOfWeek: days, availableStartTime: hh(from), availableEndTime: hh(to) }))); // prettier-ignore
        const open = openSpans(hours, window, table);
        for (const [i, span] of open.entries()) {
          assert.ok(span.start < span.end && span.start >= window.start && span.end <= window.end);
          if (i > 0) assert.ok(open[i - 1]!.end < span.start, 'apart');
        }
        // Minute by minute, by the plain rule. The hour around a change of clocks may be read either way.
        for (let instant = start + 7 * 60_000; instant < window.end; instant += 47 * 60_000) {
          const isChange = wallAt(table, instant + 2 * 3_600_000) - wallAt(table, instant - 2 * 3_600_000) !== 4 * 3_600_000;
          const wall = wallAt(table, instant);
          const time = (wall - Math.floor(wall / DAY) * DAY) / 60_000;
          const name = (back: number): string => ['thu', 'fri', 'sat', 'sun', 'mon', 'tue', 'wed'][(((Math.floor(wall / DAY) - back) % 7) + 7) % 7]!; // prettier-ignore
          const on = (days: readonly string[], back: number): boolean => days.length === 0 || days.includes(name(back));
          const expected = lines.some(({ days, from, to }) => to > from ? on(days, 0) && time >= from && time < to : (on(days, 0) && time >= from) || (on(days, 1) && time < to)); // prettier-ignore
          if (!isChange) assert.equal(open.some((span) => instant >= span.start && instant < span.end), expected, `${zone} ${new Date(instant).toISOString()}`); // prettier-ignore
        }
      },
    ),
    { numRuns: 200 },
  );
});

test('the synthetic practice: every provider is open in slots, and nobody’s booking lies outside their own open time', () => {
  const resources = createPractice({ seed: 7, patients: 60, now: '2026-11-24T00:00:00Z', zone: SYDNEY }).toArray();
  const providers = resources.filter((one) => one.resourceType === 'Practitioner').map(({ id }) => `Practitioner/${id}`);
  const window = { start: dayBounds('2026-11-25', SYDNEY).start, end: dayBounds('2026-11-27', SYDNEY).end };
  const of = <T extends Resource>(type: T['resourceType']): T[] => resources.filter((one): one is T => one.resourceType === type);
  const calendars = participantCalendars(
    { resources, appointments: of<Appointment>('Appointment'), slots: of<Slot>('Slot') },
    { window, zone: SYDNEY, now: Date.parse('2026-11-24T00:00:00Z'), participants: providers },
  );
  assert.equal(calendars.length, providers.length);
  let count = 0;
  for (const { open, busy, name } of calendars) {
    assert.ok(name && open && open.length > 0);
    for (const one of busy.filter(({ start, end }) => start >= window.start && end <= window.end)) {
      count++;
      assert.ok(!one.id.startsWith('Slot/'), `each busy slot has its appointment: ${one.id}`);
    }
  }
  assert.ok(count > 10);
});

test('Argonaut and R4 records: busy slots without appointments are busy, free ones open', { skip: skipWithoutCases }, () => {
  const resources =
    [...caseFiles('scheduling/argonaut'), ...caseFiles('scheduling/r4-spec'), ...caseFiles('scheduling/argonaut-connectathon')] // prettier-ignore
      .map(({ text }) => JSON.parse(text) as Resource | Bundle)
      .flatMap((one) =>
        one.resourceType === 'Bundle'
          ? ((one as Bundle).entry ?? []).flatMap(({ resource }) => (resource ? [resource as Resource] : []))
          : [one as Resource],
      );
  const slots = resources.filter((one): one is Slot => one.resourceType === 'Slot');
  const window = dayBounds('2017-09-07', 'UTC');
  const appointments = resources.filter((one): one is Appointment => one.resourceType === 'Appointment');
  const [drY] = participantCalendars({ resources, appointments, slots }, { window, zone: 'UTC', now: Date.parse('2017-09-01T00:00:00Z'), participants: ['Practitioner/dr-y'] }); // prettier-ignore
  assert.ok(drY?.busy.some(({ id }) => id === 'Slot/2017-09-07T154500-arg-s-6'));
  assert.ok(drY?.open && drY.open.length > 0);
  // Roles without hours: their time is not known, and nothing is made up.
  const [boyce] = participantCalendars({ resources, appointments, slots: [] }, { window, zone: 'UTC', now: 0, participants: ['PractitionerRole/arg-s-1'] }); // prettier-ignore
  assert.equal(boyce?.key, 'Practitioner/arg-s-1');
  assert.equal(boyce.open, undefined);
});
