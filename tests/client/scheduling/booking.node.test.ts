import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConflictError, isCareError } from '../../../src/models/errors.js';
import type { Appointment, HealthcareService } from '../../../src/models/fhir/index.js';
import { extensionValue } from '../../../src/models/fhir/read/index.js';
import { HOLD_EXPIRES, SERVICE_EXTENSIONS } from '../../../src/models/scheduling/index.js';
import { CareClient } from '../../../src/client/index.js';
import { Scheduling } from '../../../src/client/scheduling.js';
import { combine, noTransactions, readOnly, refuses } from '../../../src/testing/personalities.js';
import { at, booked, clinic, CONSULT, NOW, OKAFOR, ROOM, SINGH, slots, visit, ZONE } from './clinic.js';

function isBooked(result: { state: string }): asserts result is { state: 'booked'; appointment: Appointment; warnings: [] } {
  assert.equal(
    result.state,
    'booked',
    JSON.stringify(result, (key, value: unknown) => (key === 'participant' ? undefined : value)),
  );
}

test('a booking is written on the clinic’s wall, with its service, its people and the patient not yet confirmed', async () => {
  const { here } = await clinic();
  const result = await here().book(visit('10:00', 'Patient/p1', { rooms: [ROOM], details: { comment: 'First visit' } }));
  isBooked(result);
  const { appointment } = result;
  assert.equal(appointment.start, '2026-11-24T10:00:00+11:00');
  assert.equal(appointment.end, '2026-11-24T10:30:00+11:00');
  assert.equal(appointment.comment, 'First visit');
  assert.equal(appointment.serviceType?.[0]?.coding?.[0]?.code, 'consult');
  assert.deepEqual(
    appointment.participant.map(({ actor, status }) => [actor?.reference, status]),
    [
      ['Patient/p1', 'needs-action'],
      [SINGH, 'accepted'],
      [ROOM, 'accepted'],
      [CONSULT, 'accepted'],
    ],
  );
});

test('a time that is taken, outside hours, or whose patient is elsewhere is refused with the reason, and nothing is written', async () => {
  const { here, appointments } = await clinic([booked('a', '10:00')]);
  const refusal = async (time: string, more = {}): Promise<string[]> => {
    const result = await here().book(visit(time, 'Patient/p1', more));
    assert.equal(result.state, 'refused');
    return result.state === 'refused' ? result.explanation.refusals.map(({ code }) => code) : [];
  };
  assert.deepEqual(await refusal('10:15'), ['taken']);
  assert.deepEqual(await refusal('17:00'), ['outside-hours']);
  assert.deepEqual(await refusal('10:00', { providers: [OKAFOR], patients: ['Patient/p3'] }), ['taken']);
  assert.equal((await appointments()).length, 1);
});

test('what a person sets aside is booked, but what is taken never under block', async () => {
  const { here } = await clinic([booked('a', '10:00')]);
  isBooked(await here().book(visit('17:00', 'Patient/p1', { accept: ['outside-hours'] })));
  assert.equal((await here().book(visit('10:00', 'Patient/p1', { accept: ['taken'] }))).state, 'refused');
  isBooked(await here().book(visit('10:00', 'Patient/p1', { rules: { mode: 'warn' } })));
});

test('buffers of the service that stands there keep its neighbours away', async () => {
  const therapy: HealthcareService = {
    resourceType: 'HealthcareService',
    id: 'therapy',
    type: [{ coding: [{ system: 'urn:test', code: 'therapy' }] }],
    extension: [{ url: SERVICE_EXTENSIONS.bufferAfter, valueDuration: { value: 15, code: 'min' } }],
  };
  const { here } = await clinic([therapy, booked('a', '10:00', { serviceType: therapy.type! })]);
  const result = await here().book(visit('10:30'));
  assert.equal(result.state === 'refused' && result.explanation.refusals[0]?.code, 'buffer');
  isBooked(await here().book(visit('10:45')));
});

test('free times come in order, of the first provider who has time, and what is found can be booked', async () => {
  const { here } = await clinic([booked('a', '09:00'), booked('b', '09:30')]);
  const desk = here();
  const { offers, complete } = await desk.find({
    from: at('09:00'),
    to: at('11:00'),
    service: CONSULT,
    providers: [SINGH, OKAFOR],
    patients: ['Patient/p1'],
    step: 30,
    limit: 3,
  });
  assert.equal(complete, true);
  assert.deepEqual(
    offers.map(({ start, providers }) => [start, providers]),
    [
      [at('09:00'), [OKAFOR]],
      [at('09:30'), [OKAFOR]],
      [at('10:00'), [SINGH]],
    ],
  );
  isBooked(await desk.book(offers[0]!));
});

test('nearest to a wish come first, one’s own provider before another', async () => {
  const { here } = await clinic([booked('a', '10:00')]);
  const { offers } = await here().find({
    from: at('09:00'),
    to: at('12:00'),
    service: CONSULT,
    providers: [OKAFOR, SINGH],
    step: 30,
    limit: 2,
    wish: { start: at('10:00'), provider: SINGH },
  });
  assert.deepEqual(offers.map(({ providers }) => providers), [[SINGH], [SINGH]]); // prettier-ignore
  assert.deepEqual(offers.map(({ start }) => start).sort(), [at('09:30'), at('10:30')]);
});

test('a hold names no patient, keeps others away until it is over, and becomes a booking under its version', async () => {
  const { here, server } = await clinic();
  const desk = here();
  const held = await desk.hold(visit('10:00'), { minutes: 10 });
  isBooked(held);
  assert.equal(held.appointment.status, 'pending');
  assert.ok(!JSON.stringify(held.appointment).includes('Patient/'), 'a public hold carries nobody’s name');
  assert.equal(Date.parse(String(extensionValue(held.appointment, HOLD_EXPIRES))), NOW + 10 * 60_000);
  assert.equal((await here().book(visit('10:00', 'Patient/p2'))).state, 'refused');

  const later = new Scheduling(new CareClient({ backend: server }), { now: () => NOW + 11 * 60_000 });
  assert.equal((await later.explain(visit('10:00', 'Patient/p2'))).explanation.level, 'ok', 'a hold that is over holds nothing');

  const result = await desk.book({ hold: held.appointment, patients: ['Patient/p1'] });
  isBooked(result);
  assert.equal(result.appointment.id, held.appointment.id);
  assert.equal(extensionValue(result.appointment, HOLD_EXPIRES), undefined);
  assert.equal(result.appointment.participant[0]?.actor?.reference, 'Patient/p1');
  await assert.rejects(desk.book({ hold: held.appointment, patients: ['Patient/p2'] }), ConflictError);
});

test('a hold that ended, and whose time another has, is refused', async () => {
  const { here, server } = await clinic();
  const held = await here().hold(visit('10:00'), { minutes: 10 });
  isBooked(held);
  const later = new Scheduling(new CareClient({ backend: server }), { now: () => NOW + 11 * 60_000 });
  isBooked(await later.book(visit('10:00', 'Patient/p2')));
  assert.equal((await later.book({ hold: held.appointment, patients: ['Patient/p1'] })).state, 'refused');
});

for (const [name, personality] of [
  ['one transaction', undefined],
  ['one after the other', noTransactions()],
] as const)
  test(`slots go with the booking: held, booked, moved and cancelled, by ${name}`, async () => {
    const { over, slot } = await clinic(slots());
    const desk = over(personality);
    const held = await desk.hold(visit('09:30'));
    isBooked(held);
    assert.equal((await slot('s1')).status, 'busy-tentative');
    const result = await desk.book({ hold: held.appointment, patients: ['Patient/p1'] });
    isBooked(result);
    assert.equal((await slot('s1')).status, 'busy');
    assert.deepEqual(result.appointment.slot, [{ reference: 'Slot/s1' }]);

    const { appointment } = result;
    const moved = await desk.move({ ...appointment, start: '2026-11-24T11:00:00+11:00', end: '2026-11-24T11:30:00+11:00' }, { base: appointment }); // prettier-ignore
    isBooked(moved);
    assert.deepEqual([(await slot('s1')).status, (await slot('s4')).status], ['free', 'busy']);
    const cancelled = await desk.cancel(moved.appointment, { reason: 'Patient asked' });
    assert.equal(cancelled.state, 'done');
    assert.equal((await slot('s4')).status, 'free');
  });

test('outside every slot nothing is open, though the hours would be', async () => {
  const { here } = await clinic(slots());
  const result = await here().book(visit('14:00'));
  assert.equal(result.state === 'refused' && result.explanation.refusals[0]?.code, 'outside-hours');
});

test('slots that were taken are put back where the appointment is refused', async () => {
  const { over, slot, appointments } = await clinic(slots());
  const desk = over(combine(noTransactions(), refuses(['POST'], 422)));
  await assert.rejects(desk.book(visit('09:00')), (error) => isCareError(error));
  assert.equal((await slot('s0')).status, 'free');
  assert.equal((await appointments()).length, 0);
});

test('releasing a hold gives the time and its slot back', async () => {
  const { over, slot } = await clinic(slots());
  const held = await over().hold(visit('09:00'));
  isBooked(held);
  await over().release(held.appointment);
  assert.equal((await slot('s0')).status, 'free');
  isBooked(await over().book(visit('09:00', 'Patient/p2')));
});

test('moving onto a booked time is refused, onto a free one done, and a stale one is a conflict', async () => {
  const { here, appointments } = await clinic([booked('a', '10:00'), booked('b', '11:00')]);
  const desk = here();
  const b = (await appointments()).find(({ id }) => id === 'b')!;
  const to = (time: string): Appointment => ({ ...b, start: new Date(at(time)).toISOString(), end: new Date(at(time) + 1_800_000).toISOString() }); // prettier-ignore
  assert.equal((await desk.move(to('10:15'), { base: b })).state, 'refused');
  isBooked(await desk.move(to('11:15'), { base: b }));
  await assert.rejects(desk.move(to('14:00'), { base: b }), ConflictError);
});

test('a read-only server says beforehand that nothing can be booked, and why', async () => {
  const { over } = await clinic();
  const desk = over(readOnly);
  assert.deepEqual(await desk.can('find'), { possible: true });
  const book = await desk.can('book');
  assert.ok(!book.possible && /takes no new appointments/.test(book.reason));
  assert.equal((await desk.can('setStatus')).possible, false);
  assert.equal((await desk.explain(visit('10:00'))).explanation.level, 'ok');
});

test('the guarantee is as good as the server, in words', async () => {
  const { here, over } = await clinic(slots());
  assert.equal((await here().guarantee()).doubleBooking, 'none');
  assert.equal((await over().guarantee({ hasSlots: true })).doubleBooking, 'none');
  const plain = await over().guarantee();
  assert.equal(plain.doubleBooking, 'best-effort');
  assert.match(plain.reason, /later one withdraws/);
});

test('going back and forth asks nothing twice, and a write is seen', async () => {
  const { server } = await clinic([booked('a', '10:00')]);
  const asked: string[] = [];
  const backend = new Proxy(server, {
    get(target, name) {
      if (name === 'search')
        return (type: 'Appointment', ...rest: [never]) => {
          asked.push(type);
          return target.search(type, ...rest);
        };
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value as () => unknown).bind(target) : value;
    },
  });
  const client = new CareClient({ backend });
  const desk = new Scheduling(client, { now: () => NOW });
  const day = (date: string) => desk.calendars({ from: at('00:00', date), to: at('23:59', date), providers: [SINGH], zone: ZONE });
  const first = await day('2026-11-24');
  assert.deepEqual(first.calendars[0]?.busy.map(({ id }) => id), ['a']); // prettier-ignore
  await day('2026-11-25');
  asked.length = 0;
  await day('2026-11-24');
  await day('2026-11-25');
  assert.deepEqual(asked, []);
  isBooked(await desk.book(visit('14:00')));
  assert.equal((await day('2026-11-24')).calendars[0]?.busy.length, 2);
});
