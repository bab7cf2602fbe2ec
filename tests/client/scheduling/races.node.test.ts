// Two who book the same minute, on every kind of server; and whatever two do in whatever order, nobody is booked twice.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Scheduling, BookingResult } from '../../../src/client/scheduling.js';
import type { Appointment } from '../../../src/models/fhir/index.js';
import { combine, ignores, noTransactions, unversioned, type Personality } from '../../../src/testing/personalities.js';
import { at, clinic, OKAFOR, SINGH, slots, standing, visit, type Clinic } from './clinic.js';

/** Writes arrive at the server together: each waits until `count` of them are there. */
function together(count: number): () => Personality {
  let waiting: (() => void)[] = [];
  return () => (handler) => async (request) => {
    const isCreate = request.method === 'POST' && /\/(?:Appointment|fhir)\/?$/.test(new URL(request.url).pathname);
    if (isCreate && count > 0) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        if (waiting.length < count) return;
        count = 0;
        for (const wake of waiting) wake();
        waiting = [];
      });
    }
    return handler(request);
  };
}

const states = (results: readonly BookingResult[]): string[] => results.map(({ state }) => state).sort();

async function race(clinicOf: Clinic, desks: readonly Scheduling[]): Promise<BookingResult[]> {
  const settled = await Promise.allSettled(desks.map((desk, i) => desk.book(visit('10:00', `Patient/p${i + 1}`))));
  const results = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const left = standing(await clinicOf.appointments());
  assert.equal(left.length, 1, `exactly one remains, not ${left.length}`);
  assert.equal(results.filter(({ state }) => state === 'booked').length, 1, JSON.stringify(states(results)));
  return results;
}

test('on the embedded store exactly one of two wins, and the other is refused before anything is written', async () => {
  const of = await clinic();
  assert.deepEqual(states(await race(of, [of.here(), of.here()])), ['booked', 'refused']);
  assert.equal((await of.appointments()).length, 1);
});

test('on a plain server two are written in the same moment, and the later withdraws and names its rival', async () => {
  const of = await clinic();
  const same = together(2);
  const results = await race(of, [of.over(same()), of.over(same())]);
  assert.deepEqual(states(results), ['booked', 'withdrawn']);
  const withdrawn = results.find(({ state }) => state === 'withdrawn');
  const winner = results.find(({ state }) => state === 'booked');
  assert.equal(withdrawn?.state === 'withdrawn' && withdrawn.rival.id, winner?.state === 'booked' && winner.appointment.id);
  assert.equal((await of.appointments()).filter(({ status }) => status === 'entered-in-error').length, 1);
});

test('of three on a plain server one remains', async () => {
  const of = await clinic();
  const same = together(3);
  await race(of, [of.over(same()), of.over(same()), of.over(same())]);
});

for (const [name, personality] of [
  ['in one transaction', (handler) => handler],
  ['one after the other', noTransactions()],
] as [string, Personality][])
  test(`with slots one wins, ${name}, and the slot is busy once`, async () => {
    const of = await clinic(slots());
    await race(of, [of.over(personality), of.over(personality)]);
    assert.equal((await of.slot('s2')).status, 'busy');
  });

test('a server that ignores versions, and has no transactions, still ends with one', async () => {
  const of = await clinic(slots());
  const personality = combine(noTransactions(), unversioned);
  const settled = await Promise.allSettled([of.over(personality).book(visit('10:00')), of.over(personality).book(visit('10:00', 'Patient/p2'))]); // prettier-ignore
  assert.ok(settled.some((one) => one.status === 'fulfilled' && one.value.state === 'booked'));
  assert.equal(standing(await of.appointments()).length, 1);
});

test('a server that ignores who is asked for is no danger: rows are checked', async () => {
  const of = await clinic();
  const personality = ignores(['date', 'actor']);
  const desk = of.over(personality);
  const first = await desk.book(visit('10:00'));
  const second = await desk.book(visit('10:00', 'Patient/p2')).catch(() => undefined);
  assert.notEqual(second?.state, 'booked');
  assert.ok(standing(await of.appointments()).length <= 1, first.state);
});

type Step =
  | { do: 'book' | 'hold'; desk: number; slot: number; provider: string; patient: string }
  | { do: 'confirm' | 'release' | 'cancel' | 'restore' | 'arrive'; desk: number; which: number }
  | { do: 'move'; desk: number; which: number; slot: number };

const desk = fc.nat(1);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constantFrom('book' as const, 'hold' as const),
    desk,
    slot: fc.nat(7),
    provider: fc.constantFrom(SINGH, OKAFOR),
    patient: fc.constantFrom('Patient/p1', 'Patient/p2'),
  }),
  fc.record({
    do: fc.constantFrom('confirm' as const, 'release' as const, 'cancel' as const, 'restore' as const, 'arrive' as const),
    desk,
    which: fc.nat(20),
  }),
  fc.record({ do: fc.constant('move' as const), desk, which: fc.nat(20), slot: fc.nat(7) }),
);

const quarter = (slot: number): number => at('09:00') + slot * 15 * 60_000;

async function perform(one: Step, desks: readonly Scheduling[], known: Appointment[]): Promise<void> {
  const by = desks[one.desk]!;
  const keep = (result: { state: string; appointment?: Appointment }): void => {
    if (result.appointment) known.push(result.appointment);
  };
  const which = 'which' in one ? known[known.length === 0 ? 0 : one.which % known.length] : undefined;
  if (one.do === 'book' || one.do === 'hold') {
    const request = { ...visit('09:00', one.patient), start: quarter(one.slot), providers: [one.provider] };
    keep(await (one.do === 'book' ? by.book(request) : by.hold(request)));
  } else if (!which) return;
  else if (one.do === 'confirm') keep(await by.book({ hold: which, patients: ['Patient/p1'] }));
  else if (one.do === 'release') keep({ state: '', ...(await by.release(which)) });
  else if (one.do === 'move') {
    const start = new Date(quarter(one.slot)).toISOString();
    const end = new Date(quarter(one.slot) + 1_800_000).toISOString();
    keep(await by.move({ ...which, start, end }, { base: which }));
  } else {
    const to = { cancel: 'cancelled', restore: 'booked', arrive: 'arrived' } as const;
    keep(await by.setStatus(which, to[one.do]));
  }
}

function assertNobodyTwice(appointments: readonly Appointment[]): void {
  const taking = standing(appointments);
  for (const [i, a] of taking.entries())
    for (const b of taking.slice(i + 1)) {
      if (Date.parse(a.start!) >= Date.parse(b.end!) || Date.parse(b.start!) >= Date.parse(a.end!)) continue;
      const people = (of: Appointment): (string | undefined)[] =>
        of.participant.map(({ actor }) => actor?.reference).filter((reference) => !reference?.startsWith('HealthcareService/'));
      const both = people(a).filter((reference) => people(b).includes(reference));
      assert.deepEqual(both, [], `${a.id} and ${b.id} share ${both.join()}`);
    }
}

for (const [name, make, extra] of [
  ['two clients of one store', (of: Clinic) => [of.here(), of.here()], []],
  ['two clients over the wire', (of: Clinic) => [of.over(), of.over()], []],
  ['two clients over the wire, with slots', (of: Clinic) => [of.over(), of.over()], slots()],
] as const)
  test(`whatever is done in whatever order, nobody is booked twice: ${name}`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { maxLength: 6 }), async (rounds) => {
        const of = await clinic(extra);
        const desks = make(of);
        const known: Appointment[] = [];
        // Steps of one round run at the same time; a stale version or a wrong state is an answer too.
        for (const round of rounds) {
          await Promise.allSettled(round.map((one) => perform(one, desks, known)));
          assertNobodyTwice(await of.appointments());
        }
      }),
      { numRuns: 25 },
    );
  });
