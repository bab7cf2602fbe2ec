import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Backend, Capabilities, SearchOptions, SearchPage, SearchParams, TypeCapabilities } from '../../src/client/backend.js';
import { createEmbeddedBackend } from '../../src/client/backends/embedded/index.js';
import { CareClient } from '../../src/client/index.js';
import { Scheduling } from '../../src/client/scheduling.js';
import { CareError, ConflictError } from '../../src/models/errors.js';
import type { Appointment, Resource, Slot } from '../../src/models/fhir/index.js';
import { clinicDay, DATE, ZONE } from '../../stories/scheduler/clinic-day.js';

interface Asked {
  type: string;
  params: SearchParams;
}
type Page = SearchPage<Resource>;

/** The embedded backend with ears, and with a hand that may change what is declared and what comes back. */
function wrapped(
  backend: Backend,
  {
    abilities = {},
    before,
    pages,
  }: { abilities?: Partial<TypeCapabilities>; before?: (asked: Asked) => void; pages?: (page: Page) => Page } = {},
): { client: CareClient; asked: Asked[] } {
  const asked: Asked[] = [];
  const other: Backend = {
    kind: backend.kind,
    baseUrl: backend.baseUrl,
    async describe(options) {
      const capabilities = await backend.describe(options);
      return {
        ...capabilities,
        type: (type: string) => ({ ...capabilities.type(type), ...(type === 'Appointment' ? abilities : {}) }),
      } as Capabilities;
    },
    read: (type, id, options) => backend.read(type, id, options),
    async *search(type: string, params: SearchParams, options?: SearchOptions) {
      asked.push({ type, params });
      before?.({ type, params });
      for await (const page of backend.search(type as 'Appointment', params, options)) yield (pages ? pages(page as Page) : page) as never;
    },
    write: (operations, options) => backend.write(operations, options),
    operation: (path, options) => backend.operation(path, options),
  };
  return { client: new CareClient({ backend: other }), asked };
}

async function clinic(extra: readonly Resource[] = []): Promise<Backend> {
  const { appointments, related } = clinicDay();
  const backend = createEmbeddedBackend({ now: () => new Date('2026-11-23T11:20:00+11:00') });
  await backend.import([...related, ...appointments, ...extra] as never, { validate: false });
  return backend;
}

const at = (id: string, start: string, more: Partial<Appointment> = {}): Appointment => ({
  resourceType: 'Appointment',
  id,
  status: 'booked',
  start,
  end: start.replace(/T(\d\d)/, (_, hour: string) => `T${String((Number(hour) + 1) % 24).padStart(2, '0')}`),
  participant: [{ actor: { reference: 'Patient/p1' }, status: 'accepted' }],
  ...more,
});

test('a day goes out as instants with the clinic’s offset, and comes back whole with its people', async () => {
  const { client, asked } = wrapped(await clinic());
  const day = await new Scheduling(client).day({ date: DATE, zone: ZONE });
  assert.deepEqual(asked[0]?.params['date'], ['ge2026-11-23T00:00:00+11:00', 'lt2026-11-24T00:00:00+11:00']);
  assert.equal(day.complete, true);
  assert.equal(day.appointments.length, clinicDay().appointments.length);
  assert.ok(day.encounters.length > 0, 'encounters come along');
  for (const type of ['Patient', 'Practitioner', 'Location'])
    assert.ok(
      day.related.some(({ resourceType }) => resourceType === type),
      type,
    );
});

test('a morning in Sydney belongs to its day, though it is the evening before in UTC', async () => {
  const backend = await clinic([
    at('early', '2026-11-22T21:30:00Z'),
    at('late', '2026-11-22T12:30:00Z'),
    at('next', '2026-11-23T13:00:00Z'),
  ]);
  const day = await new Scheduling(wrapped(backend).client).day({ date: DATE, zone: ZONE });
  const ids = day.appointments.map(({ id }) => id);
  assert.ok(ids.includes('early'));
  assert.ok(!ids.includes('late') && !ids.includes('next'));
});

test('more than a page is read to the end', async () => {
  const many = Array.from({ length: 450 }, (_, i) => at(`m${i}`, `2026-12-01T${String(8 + (i % 9)).padStart(2, '0')}:00:00+11:00`));
  const day = await new Scheduling(wrapped(await clinic(many)).client).day({ date: '2026-12-01', zone: ZONE });
  assert.equal(day.appointments.length, 450);
  assert.equal(day.complete, true);
});

test('a server that ignores the date cannot show another day’s appointments', async () => {
  const stray = at('stray', '2026-11-25T09:00:00+11:00');
  const { client } = wrapped(await clinic(), {
    pages: (page) => ({ ...page, items: page.items[0]?.resourceType === 'Appointment' ? [...page.items, stray] : page.items }),
  });
  const day = await new Scheduling(client).day({ date: DATE, zone: ZONE });
  assert.ok(!day.appointments.some(({ id }) => id === 'stray'));
  assert.deepEqual(day.warnings.map(({ code, count }) => [code, count]), [['outside-range', 1]]); // prettier-ignore
});

test('without _include people are read by their ids', async () => {
  const { client, asked } = wrapped(await clinic(), { abilities: { includes: [], revIncludes: [] } });
  const day = await new Scheduling(client).day({ date: DATE, zone: ZONE });
  assert.ok(asked.every(({ params }) => params['_include'] === undefined && params['_revinclude'] === undefined));
  assert.ok(asked.some(({ type, params }) => type === 'Patient' && String(params['_id']).split(',').length <= 40));
  assert.ok(day.related.some(({ resourceType, id }) => resourceType === 'Patient' && id === 'p1'));
  assert.ok(day.related.some(({ resourceType, id }) => resourceType === 'Practitioner' && id === 'okafor'));
  assert.equal(day.complete, true);
});

test('a server that refuses _include is asked without it, and is not asked with it again', async () => {
  const refuse = ({ type, params }: Asked): void => {
    if (type === 'Appointment' && params['_include'] !== undefined) throw new CareError('validation', 'No.', { status: 400 });
  };
  const { client, asked } = wrapped(await clinic(), { before: refuse });
  const scheduling = new Scheduling(client);
  assert.ok((await scheduling.day({ date: DATE, zone: ZONE })).appointments.length > 0);
  await scheduling.day({ date: DATE, zone: ZONE });
  assert.equal(asked.filter(({ type, params }) => type === 'Appointment' && params['_include'] !== undefined).length, 1);
});

test('a refusal of the person is not taken for a refusal of _include', async () => {
  const refuse = ({ type }: Asked): void => {
    if (type === 'Appointment') throw new CareError('forbidden', 'No.', { status: 403 });
  };
  const { client, asked } = wrapped(await clinic(), { before: refuse });
  await assert.rejects(new Scheduling(client).day({ date: DATE, zone: ZONE }), { kind: 'forbidden' });
  assert.equal(asked.filter(({ type }) => type === 'Appointment').length, 1);
});

test('names that cannot be read leave the appointments, and are told', async () => {
  const refuse = ({ type }: Asked): void => {
    if (type === 'Patient') throw new CareError('forbidden', 'No.');
  };
  const { client } = wrapped(await clinic(), { abilities: { includes: [] }, before: refuse });
  const day = await new Scheduling(client).day({ date: DATE, zone: ZONE });
  assert.ok(day.appointments.length > 0);
  assert.ok(day.warnings.some(({ code }) => code === 'server-outcome'));
});

test('the directory has roles, people and places; a part that fails is named and leaves the rest', async () => {
  const backend = await clinic();
  const whole = await new Scheduling(wrapped(backend).client).directory();
  assert.equal(whole.complete, true);
  assert.ok(whole.resources.some(({ resourceType }) => resourceType === 'PractitionerRole'));
  assert.ok(whole.resources.some(({ resourceType }) => resourceType === 'Practitioner'));
  const refuse = ({ type }: Asked): void => {
    if (type === 'PractitionerRole') throw new CareError('forbidden', 'No.');
  };
  const part = await new Scheduling(wrapped(backend, { before: refuse }).client).directory();
  assert.deepEqual(part.gaps.map(({ type }) => type), ['PractitionerRole']); // prettier-ignore
  assert.equal(part.complete, false);
  assert.ok(part.resources.some(({ resourceType }) => resourceType === 'Location'));
});

test('blocked time is found by its schedule’s provider', async () => {
  const schedule = { resourceType: 'Schedule', id: 's', actor: [{ reference: 'Practitioner/okafor' }] } as Resource;
  const slot = (id: string, status: Slot['status']): Resource =>
    ({
      resourceType: 'Slot',
      id,
      schedule: { reference: 'Schedule/s' },
      status,
      start: '2026-11-23T12:00:00+11:00',
      end: '2026-11-23T12:45:00+11:00',
    }) as Resource;
  const scheduling = new Scheduling(wrapped(await clinic([schedule, slot('b', 'busy-unavailable'), slot('f', 'free')])).client);
  const blocked = await scheduling.blocked({ date: DATE, zone: ZONE }, await scheduling.directory());
  assert.deepEqual([...blocked].map(([actor, slots]) => [actor, slots.map(({ id }) => id)]), [['Practitioner/okafor', ['b']]]); // prettier-ignore
});

test('the nearest booked days are days of the zone, and cancelled ones do not count', async () => {
  const backend = await clinic([
    at('later', '2026-11-29T21:00:00Z'), // Monday morning in Sydney
    at('sooner', '2026-11-26T09:00:00+11:00', { status: 'cancelled' }),
    at('past', '2026-11-13T09:00:00+11:00'),
    at('longPast', '2026-10-01T09:00:00+10:00'),
  ]);
  const scheduling = new Scheduling(wrapped(backend).client);
  assert.deepEqual(await scheduling.nearest({ date: '2026-11-25', zone: ZONE }), { before: DATE, after: '2026-11-30' });
  assert.deepEqual(await scheduling.nearest({ date: '2026-11-20', zone: ZONE }), { before: '2026-11-13', after: DATE });
  assert.deepEqual(await scheduling.nearest({ date: '2027-01-01', zone: ZONE }), { before: '2026-11-30', after: undefined });
});

test('a move is saved on the version it is based on; a second one on the same version is a conflict with theirs', async () => {
  const { client } = wrapped(await clinic());
  const scheduling = await client.scheduling();
  const base = await client.read('Appointment', 'a3');
  const mine: Appointment = { ...base, start: '2026-11-23T14:00:00+11:00', end: '2026-11-23T15:30:00+11:00' };
  const { appointment } = await scheduling.reschedule(
    { ...base, start: '2026-11-23T13:30:00+11:00', end: '2026-11-23T15:00:00+11:00' },
    { base },
  );
  assert.equal(appointment.start, '2026-11-23T13:30:00+11:00');
  assert.notEqual(appointment.meta?.versionId, base.meta?.versionId);
  await assert.rejects(scheduling.reschedule(mine, { base }), (error: unknown) => {
    assert.ok(error instanceof ConflictError);
    const { theirs, base: started } = error as ConflictError<Appointment>;
    assert.equal(theirs?.start, '2026-11-23T13:30:00+11:00');
    assert.equal(started?.start, base.start);
    return true;
  });
  assert.equal((await client.read('Appointment', 'a3')).start, '2026-11-23T13:30:00+11:00', 'nothing was overwritten');
});

test('the slot that is no longer filled is set free; one that cannot be is told', async () => {
  const slot = {
    resourceType: 'Slot',
    id: 'old',
    schedule: { reference: 'Schedule/s' },
    status: 'busy',
    start: '2026-11-23T09:00:00+11:00',
    end: '2026-11-23T10:00:00+11:00',
  } as Resource;
  const { client } = wrapped(
    await clinic([slot, at('with-slot', '2026-11-23T09:00:00+11:00', { slot: [{ reference: 'Slot/old' }, { reference: 'Slot/gone' }] })]),
  );
  const base = await client.read('Appointment', 'with-slot');
  const { slot: _, ...moved } = base;
  const { warnings } = await (
    await client.scheduling()
  ).reschedule({ ...moved, start: '2026-11-23T10:00:00+11:00', end: '2026-11-23T11:00:00+11:00' }, { base });
  assert.equal((await client.read('Slot', 'old')).status, 'free');
  assert.deepEqual(warnings.map(({ count }) => count), [1]); // prettier-ignore
});

test('a question that was given up ends as aborted', async () => {
  const abort = new AbortController();
  abort.abort();
  const { client } = wrapped(await clinic());
  await assert.rejects(new Scheduling(client).day({ date: DATE, zone: ZONE, signal: abort.signal }), { kind: 'aborted' });
});
