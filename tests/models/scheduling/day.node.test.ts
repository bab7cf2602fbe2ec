import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Appointment, Bundle, Resource, Slot } from '../../../src/models/fhir/index.js';
import { dateAt, timeOf, UNASSIGNED, zonesIn } from '../../../src/models/scheduling/index.js';
import { casesDir, skipWithoutCases } from '../../support/cases.js';
import { appointment, at, DATE, day, encounter, okafor, participant, patient, role, SYDNEY, wojcik } from './records.js';

const boxes = (view: ReturnType<typeof day>) => view.columns.flatMap(({ items, allDay }) => [...allDay, ...items]);
const with_ = (...references: string[]) => ({ participant: references.map((reference) => participant(reference)) });

test('a column for each provider, by name, with role and hours', () => {
  const view = day([appointment('a', '09:00', '09:45'), appointment('b', '10:00', '10:30', with_('Patient/p1', 'Practitioner/wojcik'))], {
    related: [wojcik, okafor, patient, role('r', 'okafor', [['09:00', '17:00']], { code: [{ text: 'Clinical psychologist' }] })],
  });
  assert.deepEqual(
    view.columns.map(({ provider, items }) => [provider?.name, provider?.initials, provider?.role, items.map(({ id }) => id)]),
    [
      ['Dr Amara Okafor', 'AO', 'Clinical psychologist', ['a']],
      ['Tomasz Wójcik', 'TW', undefined, ['b']],
    ],
  );
  assert.deepEqual(view.columns[0]?.blocks.map(({ kind, from, to }) => [kind, from, to]), [['off', 0, 60], ['off', 540, 600]]); // prettier-ignore
  assert.equal(view.columns[1]?.working, undefined);
});

test('somebody who works that day has a column without appointments; somebody whose hours are unknown has none', () => {
  const view = day([], { related: [okafor, wojcik, role('r', 'okafor', [['09:00', '17:00']])] });
  assert.deepEqual(view.columns.map(({ key }) => key), ['Practitioner/okafor']); // prettier-ignore
});

test('columns that were asked for come in that order, and others with appointments after them', () => {
  const view = day([appointment('a', '09:00', '09:45'), appointment('b', '09:00', '09:30', with_('Practitioner/new'))], {
    columns: ['Practitioner/wojcik', 'Practitioner/okafor'],
  });
  assert.deepEqual(view.columns.map(({ key }) => key), ['Practitioner/wojcik', 'Practitioner/okafor', 'Practitioner/new']); // prettier-ignore
});

test('a role stands for its practitioner, whichever the appointment names', () => {
  const view = day([appointment('a', '09:00', '09:45'), appointment('b', '10:00', '10:45', with_('Patient/p1', 'PractitionerRole/r'))], {
    related: [okafor, patient, role('r', 'okafor', [])],
  });
  assert.deepEqual(view.columns.map(({ key, items }) => [key, items.length]), [['Practitioner/okafor', 2]]); // prettier-ignore
});

test('an appointment of two providers stands in both columns and is counted once', () => {
  const view = day([appointment('a', '09:00', '09:45', with_('Patient/p1', 'Practitioner/okafor', 'Practitioner/wojcik'))]);
  assert.deepEqual(view.columns.map(({ items }) => items[0]?.key), ['a@Practitioner/okafor', 'a@Practitioner/wojcik']); // prettier-ignore
  assert.equal(view.counts.booked, 1);
});

test('a referrer for information has no column', () => {
  const view = day([
    appointment('a', '09:00', '09:45', {
      participant: [participant('Practitioner/okafor'), participant('Practitioner/gp', 'accepted', { required: 'information-only' })],
    }),
  ]);
  assert.deepEqual(view.columns.map(({ key }) => key), ['Practitioner/okafor']); // prettier-ignore
});

test('one without a provider is not lost, and is never called a clash', () => {
  const view = day([appointment('a', '09:00', '09:45', with_('Patient/p1')), appointment('b', '09:00', '09:45', with_('Patient/p2'))]);
  assert.equal(view.columns[0]?.key, UNASSIGNED);
  assert.equal(view.columns[0]?.items.length, 2);
  assert.equal(view.counts.clashes, 0);
});

test('double booking is seen, with its minutes, and stands side by side', () => {
  const view = day([
    appointment('a', '13:00', '13:45'),
    appointment('b', '13:30', '14:00'),
    appointment('c', '13:00', '14:00', { status: 'cancelled' }),
  ]);
  const [a, c, b] = ['a', 'c', 'b'].map((id) => boxes(view).find((item) => item.id === id)!);
  assert.deepEqual(a!.clashes, ['b']);
  assert.equal(a!.overlap, 15);
  assert.deepEqual(c!.clashes, []);
  assert.equal(new Set([a!.lane, b!.lane, c!.lane]).size, 3);
  assert.equal(view.counts.clashes, 1);
});

test('wrong time zone: a clinic day is the zone’s day, not the browser’s and not UTC’s', () => {
  const early: Appointment = { ...appointment('early', '08:30', '09:00'), start: '2026-11-22T21:30:00Z', end: '2026-11-22T22:00:00Z' };
  const yesterday: Appointment = { ...appointment('late', '23:30', '23:45'), start: '2026-11-22T12:30:00Z', end: '2026-11-22T12:45:00Z' };
  const view = day([early, yesterday]);
  assert.deepEqual(boxes(view).map(({ id, from }) => [id, from]), [['early', 30]]); // prettier-ignore
  assert.equal(new Date(view.axis.ticks[0]!.wall).toISOString().slice(11, 16), '08:00');
  assert.equal(boxes(day([early], { zone: 'UTC', date: '2026-11-22' })).length, 1);
  assert.equal(dateAt(Date.parse('2026-11-22T21:30:00Z'), SYDNEY), DATE);
});

test('a time without an offset is listed apart: nobody knows which instant it means', () => {
  const view = day([{ ...appointment('a', '09:00', '09:45'), start: `${DATE}T09:00:00`, end: `${DATE}T09:45:00` }]);
  assert.deepEqual(boxes(view), []);
  assert.deepEqual(view.apart.map(({ id, reason }) => [id, reason]), [['a', 'no-offset']]); // prettier-ignore
});

test('what has no place on the grid is listed with its reason', () => {
  const without = (id: string, ...keys: ('start' | 'end')[]) => {
    const made = appointment(id, '09:00', '09:45');
    for (const key of keys) delete made[key];
    return made;
  };
  const view = day([
    without('none', 'start', 'end'),
    without('endless', 'end'),
    { ...without('lasting', 'end'), minutesDuration: 30 },
    { ...appointment('backwards', '10:00', '09:00') },
    { ...appointment('odd', '09:00', '09:45'), start: 'tomorrow' },
    { ...without('waits', 'start', 'end'), status: 'waitlist' },
  ]);
  assert.deepEqual(view.apart.map(({ id, reason }) => [id, reason]), [['none', 'no-start'], ['endless', 'no-end'], ['backwards', 'ends-before-start'], ['odd', 'unreadable-time']]); // prettier-ignore
  assert.deepEqual(boxes(view).map(({ id, from, to }) => [id, from, to]), [['lasting', 60, 90]]); // prettier-ignore
});

test('entered in error and held too long: left out, and counted', () => {
  const view = day([appointment('a', '09:00', '09:45', { status: 'entered-in-error' }), appointment('b', '10:00', '10:45')]);
  assert.deepEqual(boxes(view).map(({ id }) => id), ['b']); // prettier-ignore
  assert.equal(view.leftOut.enteredInError, 1);
});

test('one that runs over midnight is clipped, one that fills the day stands above', () => {
  const view = day([
    { ...appointment('night', '22:00', '23:00'), end: '2026-11-24T06:00:00+11:00' },
    { ...appointment('before', '22:00', '23:00'), start: '2026-11-22T23:00:00+11:00', end: '2026-11-23T01:30:00+11:00' },
    { ...appointment('course', '00:00', '23:00'), start: '2026-11-23T00:00:00+11:00', end: '2026-11-24T00:00:00+11:00' },
  ]);
  const [column] = view.columns;
  assert.deepEqual(column?.allDay.map(({ id }) => id), ['course']); // prettier-ignore
  assert.deepEqual(column?.items.map(({ id, from, to, before, after }) => [id, from, to, before, after]), [['before', 0, 90, true, false], ['night', 1320, 1440, false, true]]); // prettier-ignore
});

test('those who attend a session stand in its box, at its very time only; each is counted', () => {
  const attends = (id: string, from: string, to: string) => ({
    ...appointment(id, from, to, with_(`Patient/${id}`, 'Practitioner/okafor')),
    supportingInformation: [{ reference: 'Appointment/group' }],
  });
  const session = appointment('group', '16:00', '17:00', with_('Practitioner/okafor'));
  const view = day([session, attends('x', '16:00', '17:00'), attends('y', '16:00', '17:00'), attends('late', '16:30', '17:00')]);
  assert.deepEqual(boxes(view).map(({ id, attendees }) => [id, attendees.map((each) => each.id)]), [['group', ['x', 'y']], ['late', []]]); // prettier-ignore
  assert.equal(view.counts.booked, 4);
  assert.equal(view.counts.clashes, 0);
});

test('the name on a box is that of the patient it names, and of no other', () => {
  const view = day([
    appointment('a', '09:00', '09:45', {
      participant: [
        { actor: { reference: 'Patient/p2', display: 'Wiremu Parata' }, status: 'accepted' },
        participant('Practitioner/okafor'),
      ],
    }),
  ]);
  assert.deepEqual(boxes(view)[0]?.patients, [{ reference: 'Patient/p2', name: 'Wiremu Parata', patient: undefined }]);
  const elsewhere = day(
    [
      appointment('a', '09:00', '09:45', {
        participant: [{ actor: { reference: 'https://other.example/fhir/Patient/p1', display: 'Somebody Else' }, status: 'accepted' }],
      }),
    ],
    { base: 'https://own.example/fhir' },
  );
  assert.equal(boxes(elsewhere)[0]?.patients[0]?.name, 'Somebody Else', 'the same id on another server is another patient');
  const own = day(
    [
      appointment('a', '09:00', '09:45', {
        participant: [{ actor: { reference: 'https://own.example/fhir/Patient/p1', display: 'Old Name' }, status: 'accepted' }],
      }),
    ],
    { base: 'https://own.example/fhir' },
  );
  assert.equal(boxes(own)[0]?.patients[0]?.name, 'Mei-Ling Zhao', 'the record comes before words that may be old');
});

test('a contained patient and provider are read where they are', () => {
  const view = day([
    appointment('a', '09:00', '09:45', {
      contained: [
        { resourceType: 'Patient', id: 'p', name: [{ text: 'Grace Adeyemi' }] } as Resource,
        { resourceType: 'Practitioner', id: 'd', name: [{ text: 'Dr Y' }] } as Resource,
      ],
      participant: [
        { actor: { reference: '#p', type: 'Patient' }, status: 'accepted' },
        { actor: { reference: '#d', type: 'Practitioner' }, status: 'accepted' },
      ],
    }),
  ]);
  assert.equal(boxes(view)[0]?.patients[0]?.name, 'Grace Adeyemi');
  assert.deepEqual(view.columns.map(({ key, provider }) => [key, provider?.name, provider?.reference]), [['name:Dr Y', 'Dr Y', undefined]]); // prettier-ignore
});

test('waiting and over time are counted in minutes of now', () => {
  const view = day([appointment('w', '11:15', '11:45', { status: 'arrived' }), appointment('s', '10:30', '11:15')], {
    encounters: [encounter('w', 'arrived', '2026-11-23T11:12:00+11:00'), encounter('s', 'in-progress', '2026-11-23T10:30:00+11:00')],
    now: at('11:20'),
  });
  assert.deepEqual(boxes(view).map(({ id, waited, over }) => [id, waited, over]), [['s', undefined, 5], ['w', 8, undefined]]); // prettier-ignore
});

test('blocked slots of a provider stand in their column', () => {
  const slot: Slot = {
    resourceType: 'Slot',
    schedule: { reference: 'Schedule/s' },
    status: 'busy-unavailable',
    start: `${DATE}T12:00:00+11:00`,
    end: `${DATE}T12:45:00+11:00`,
    comment: 'Lunch',
  };
  const view = day([appointment('a', '09:00', '09:45')], { slots: new Map([['Practitioner/okafor', [slot]]]) });
  assert.deepEqual(view.columns[0]?.blocks.map(({ kind, from, to, reason }) => [kind, from, to, reason]), [['closed', 240, 285, 'Lunch']]); // prettier-ignore
});

test('the axis covers what is booked, and shows the change of clocks', () => {
  const view = day([{ ...appointment('a', '01:30', '03:15'), start: '2026-10-04T01:30:00+10:00', end: '2026-10-04T03:15:00+11:00' }], {
    date: '2026-10-04',
  });
  assert.deepEqual(view.axis.ticks.slice(0, 3).map(({ minute, wall }) => [minute, new Date(wall).toISOString().slice(11, 16)]), [[0, '01:00'], [60, '03:00'], [120, '04:00']]); // prettier-ignore
  assert.deepEqual(view.axis.changes.map(({ minute, by }) => [minute, by]), [[60, 60]]); // prettier-ignore
  assert.deepEqual(boxes(view).map(({ from, to }) => [from, to]), [[30, 75]]); // prettier-ignore
  const back = day([{ ...appointment('b', '01:00', '03:00'), start: '2026-04-05T01:00:00+11:00', end: '2026-04-05T03:30:00+10:00' }], {
    date: '2026-04-05',
  });
  assert.deepEqual(back.axis.ticks.slice(0, 4).map(({ wall, again }) => [new Date(wall).toISOString().slice(11, 16), again]), [['01:00', false], ['02:00', false], ['02:00', true], ['03:00', false]]); // prettier-ignore
});

test('what did not change is the same object in the next view', () => {
  const list = [
    appointment('a', '09:00', '09:45'),
    appointment('b', '10:00', '10:45'),
    appointment('c', '09:00', '09:45', with_('Patient/p1', 'Practitioner/wojcik')),
  ];
  const first = day(list);
  const again = day([...list], { previous: first });
  assert.equal(again.columns, first.columns);
  const changed = day([{ ...list[0]!, start: `${DATE}T09:15:00+11:00`, meta: { versionId: '2' } }, list[1]!, list[2]!], {
    previous: first,
  });
  assert.notEqual(changed.columns[0], first.columns[0]);
  assert.equal(changed.columns[0]?.items[1], first.columns[0]?.items[1]);
  assert.equal(changed.columns[1], first.columns[1]);
  const renamed = day(list, {
    previous: first,
    related: [okafor, wojcik, { ...patient, name: [{ text: 'Mei-Ling Zhao-Smith' }], meta: { versionId: '2' } }],
  });
  assert.notEqual(renamed.columns[0]?.items[0], first.columns[0]?.items[0], 'a new name is drawn');
  const called = (display: string) => [
    appointment('a', '09:00', '09:45', { participant: [{ actor: { reference: 'Patient/x', display }, status: 'accepted' }] }),
  ];
  const before = day(called('Grace Adeyemi'));
  assert.notEqual(
    day(called('Luca Romano'), { previous: before }).columns[0]?.items[0],
    before.columns[0]?.items[0],
    'also where only the words changed',
  );
});

test('the zone is read from records, and two zones are both told', () => {
  const place = (id: string, zone: string): Resource =>
    ({
      resourceType: 'Location',
      id,
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/timezone', valueCode: zone }],
    }) as Resource;
  assert.deepEqual(zonesIn([place('a', SYDNEY), place('b', SYDNEY), place('c', 'Australia/Perth'), place('d', 'Somewhere/Else')]), [
    SYDNEY,
    'Australia/Perth',
  ]);
});

test('nothing of a random day is lost or drawn twice in a column', () => {
  const minute = fc.integer({ min: -600, max: 2000 });
  const made = fc.record({
    start: minute,
    length: fc.integer({ min: 0, max: 700 }),
    who: fc.constantFrom('okafor', 'wojcik', ''),
    status: fc.constantFrom('booked', 'cancelled', 'arrived', 'entered-in-error', 'noshow'),
    gone: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(made, { maxLength: 40 }), (list) => {
      const midnight = at('00:00');
      const appointments = list.map(({ start, length, who, status, gone }, i): Appointment => {
        const made = appointment(`a${i}`, '00:00', '00:00', {
          status: status as 'booked',
          start: new Date(midnight + start * 60_000).toISOString(),
          end: new Date(midnight + (start + length) * 60_000).toISOString(),
          participant: who === '' ? [participant('Patient/p1')] : [participant(`Practitioner/${who}`)],
        });
        if (gone) delete made.end;
        return made;
      });
      const view = day(appointments);
      const drawn = boxes(view).map(({ id }) => id);
      assert.equal(new Set(drawn).size, drawn.length);
      const told = new Set([...drawn, ...view.apart.map(({ id }) => id)]);
      for (const each of appointments) {
        const time = timeOf(each);
        const isOver =
          'apart' in time
            ? time.start! < midnight || time.start! >= midnight + 86_400_000
            : time.start >= midnight + 86_400_000 || (time.end <= midnight && time.start < midnight);
        assert.equal(told.has(each.id!), !isOver && each.status !== 'entered-in-error', each.id);
      }
      for (const { items } of view.columns) for (const { from, to } of items) assert.ok(from >= 0 && to >= from && to <= view.axis.minutes);
    }),
    { numRuns: 150 },
  );
});

test('the appointments of the cases are shown or listed', { skip: skipWithoutCases }, () => {
  const folder = join(casesDir() ?? '', 'scheduling');
  const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Resource;
  const example = read('r4-spec/Appointment-example.json') as Appointment;
  const view = day([example], { date: '2013-12-10', zone: 'Europe/Amsterdam', related: [] });
  assert.deepEqual(boxes(view).map(({ patients, providers, service }) => [patients[0]?.name, providers[0]?.name, service?.label]), [['Peter James Chalmers', 'Dr Adam Careful', 'General Discussion']]); // prettier-ignore
  const proposals = (read('argonaut/Bundle-hal-dr-y-appts.json') as Bundle).entry!.flatMap(({ resource }) =>
    resource?.resourceType === 'Appointment' ? [resource as Appointment] : [],
  );
  const shown = day(proposals, { date: '2017-07-16', zone: 'America/Los_Angeles', related: [read('argonaut/Practitioner-dr-y.json')] });
  assert.equal(boxes(shown).length, 3);
  assert.ok(boxes(shown).every(({ state }) => state === 'requested'));
});
