/** Explained booking and the search for free starts, against a count by brute force. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { PLAIN_RULES, type BookingRules, type Busy, type ParticipantCalendar } from '../../../../src/models/scheduling/booking/calendar.js';
import { explainStart, type BookingAsked } from '../../../../src/models/scheduling/booking/explain.js';
import { findOffers, freeStarts, nearestOffers } from '../../../../src/models/scheduling/booking/search.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NINE = Date.UTC(2026, 10, 24, 9);
const at = (minutes: number): number => NINE + minutes * MINUTE;

const busy = (from: number, to: number, id = `${from}`, rest: Partial<Busy> = {}): Busy => ({ id, session: id, start: at(from), end: at(to), before: 0, after: 0, ...rest }); // prettier-ignore
const provider = (rest: Partial<ParticipantCalendar> = {}): ParticipantCalendar => ({
  key: 'Practitioner/singh',
  kind: 'provider',
  name: 'Dr Singh',
  open: [{ start: NINE, end: at(8 * 60) }],
  closures: [],
  busy: [],
  ...rest,
});
const asked = (participants: readonly ParticipantCalendar[], rules: Partial<BookingRules> = {}, rest: Partial<BookingAsked> = {}): BookingAsked => ({
  rules: { ...PLAIN_RULES, ...rules },
  participants,
  now: NINE - 24 * HOUR,
  ...rest,
}); // prettier-ignore
const codes = (of: BookingAsked, minute: number): string[] => explainStart(of, at(minute)).refusals.map(({ code }) => code);

describe('why a start is refused', () => {
  it('outside hours, until they begin; hours that nobody recorded stop nothing and are said', () => {
    const of = asked([
      provider({
        open: [
          { start: at(60), end: at(120) },
          { start: at(180), end: at(200) },
        ],
      }),
    ]);
    const [refusal] = explainStart(of, at(0)).refusals;
    assert.deepEqual([refusal?.code, refusal?.level, refusal?.until], ['outside-hours', 'stop', at(60)]);
    assert.deepEqual(codes(of, 60), []);
    assert.deepEqual(codes(of, 91), ['outside-hours']);
    assert.equal(explainStart(of, at(150)).refusals[0]?.until, Infinity, 'twenty minutes do not hold thirty');
    assert.deepEqual(explainStart(asked([provider({ open: undefined })]), at(0)).level, 'unknown');
    assert.deepEqual(codes(asked([provider({ open: [] })]), 0), ['outside-hours']);
  });

  it('leave, closures and blocked time, in the words of the record', () => {
    const of = asked([provider({ closures: [{ code: 'leave', reason: 'Conference', start: at(60), end: at(120) }] })]);
    const [refusal] = explainStart(of, at(45)).refusals;
    assert.deepEqual([refusal?.code, refusal && 'reason' in refusal && refusal.reason, refusal?.until], ['leave', 'Conference', at(120)]);
    assert.deepEqual([codes(of, 30), codes(of, 120)], [[], []], 'touching is not overlapping');
  });

  it('taken until it is over; the appointment itself is no rival', () => {
    const of = asked([provider({ busy: [busy(30, 60), busy(50, 90)] })]);
    const [refusal] = explainStart(of, at(45)).refusals;
    assert.deepEqual([refusal?.code, refusal?.until], ['taken', at(90)]);
    assert.deepEqual([codes(of, 0), codes(of, 90)], [[], []]);
    assert.deepEqual(codes({ ...of, ignore: '30' }, 15), []);
  });

  it('a buffer, of either service, on either side', () => {
    const of = asked([provider({ busy: [busy(60, 90, 'a', { before: 10 * MINUTE, after: 5 * MINUTE })] })]);
    assert.deepEqual([codes(of, 25), codes(of, 20), codes(of, 94), codes(of, 95)], [['buffer'], [], ['buffer'], []]);
    const own = asked([provider({ busy: [busy(60, 90)] })], { bufferBefore: 15, bufferAfter: 20 });
    assert.deepEqual([codes(own, 15), codes(own, 10), codes(own, 104), codes(own, 105)], [['buffer'], [], ['buffer'], []]);
    assert.deepEqual(codes(asked([provider({ kind: 'patient', busy: [busy(60, 90, 'a', { after: 5 * MINUTE })] })]), 90), []);
  });

  it('warn lets it pass after a look; allow lets as many as the service says, a group counting once', () => {
    const two = [busy(0, 60, 'a'), busy(0, 60, 'b')];
    assert.equal(explainStart(asked([provider({ busy: two })], { mode: 'warn' }), at(0)).level, 'warn');
    assert.deepEqual(codes(asked([provider({ busy: two })], { mode: 'allow', allow: 3 }), 0), []);
    assert.deepEqual(codes(asked([provider({ busy: two })], { mode: 'allow', allow: 2 }), 0), ['taken']);
    const group = two.map((one) => ({ ...one, session: 'group' }));
    assert.deepEqual(codes(asked([provider({ busy: group })], { mode: 'allow', allow: 2 }), 0), []);
    const apart = [busy(0, 10, 'a'), busy(20, 30, 'b')];
    assert.deepEqual(codes(asked([provider({ busy: apart })], { mode: 'allow', allow: 2 }), 0), [], 'never two at one moment');
  });

  it('notice, horizon, an expired referral, used-up funding, the past', () => {
    const of = (rest: Partial<BookingAsked>, rules: Partial<BookingRules> = {}) => asked([provider()], rules, { now: NINE, ...rest });
    assert.deepEqual(codes(of({}, { notice: 60 }), 59), ['too-soon']);
    assert.deepEqual(codes(of({}, { horizon: 60 }), 61), ['too-far']);
    assert.deepEqual([codes(of({ referralUntil: at(60) }), 60), codes(of({ referralUntil: at(60) }), 59)], [['referral-expired'], []]);
    assert.deepEqual(codes(of({ quota: { used: 10, of: 10 } }), 0), ['quota-used']);
    assert.deepEqual(codes(of({ quota: { used: 10, of: 10, renews: at(30) } }), 30), []);
    assert.equal(explainStart(of({ now: at(10) }), at(0)).level, 'stop');
    assert.equal(explainStart(of({ now: at(10), pastAllowed: true }), at(0)).level, 'warn');
  });
});

const spans = fc.array(fc.tuple(fc.integer({ min: -60, max: 500 }), fc.integer({ min: 5, max: 90 }), fc.constantFrom(0, 5, 20), fc.constantFrom(0, 10)), { maxLength: 8 }); // prettier-ignore
const calendars = fc.tuple(spans, spans, fc.constantFrom('block' as const, 'warn' as const, 'allow' as const), fc.integer({ min: 1, max: 3 }), fc.constantFrom(15, 30, 50), fc.constantFrom(0, 10)).map(
  ([mine, room, mode, allow, minutes, buffer]) => {
    const list = (all: typeof mine): Busy[] =>
      all
        .map(([from, length, before, after], i) => busy(from, from + length, `${i}`, { before: before * MINUTE, after: after * MINUTE }))
        .sort((a, b) => a.start - b.start);
    const open = [{ start: at(0), end: at(200) }, { start: at(240), end: at(480) }];
    const participants = [provider({ busy: list(mine), open }), provider({ key: 'Location/2', kind: 'room', busy: list(room), closures: [{ code: 'blocked', reason: undefined, start: at(100), end: at(130) }] })]; // prettier-ignore
    return asked(participants, { mode, allow, minutes, bufferBefore: buffer, bufferAfter: buffer });
  },
); // prettier-ignore

describe('the search', () => {
  it('finds every start that nothing stops, and no other', () => {
    fc.assert(
      fc.property(calendars, fc.constantFrom(5, 15), (of, step) => {
        const range = { from: at(-30), to: at(500), step, aligned: NINE };
        const found = [...freeStarts(of, range)].map(({ start }) => start);
        const expected: number[] = [];
        for (let minute = -30; minute < 500; minute += step) if (explainStart(of, at(minute)).level !== 'stop') expected.push(at(minute));
        assert.deepEqual(found, expected);
      }),
    );
  });

  it('booking whatever it offers never books twice under block', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.constantFrom(15, 30, 50), fc.constantFrom(0, 10)), { maxLength: 30 }), (bookings) => {
        let list: Busy[] = [];
        for (const [pick, minutes, buffer] of bookings) {
          const of = asked([provider({ busy: list })], { minutes, bufferBefore: buffer, bufferAfter: buffer });
          const free = [...freeStarts(of, { from: NINE, to: at(480), step: 5, aligned: NINE })];
          const chosen = free[pick % Math.max(1, free.length)];
          if (!chosen) continue;
          const one = busy(0, 0, `${list.length}`, { start: chosen.start, end: chosen.start + minutes * MINUTE, before: buffer * MINUTE, after: buffer * MINUTE });
          list = [...list, one].sort((a, b) => a.start - b.start);
        }
        for (const [i, one] of list.entries()) {
          const next = list[i + 1];
          if (next) assert.ok(next.start - one.end >= Math.max(one.after, next.before), 'apart, with the greater of their buffers between');
        }
      }),
    ); // prettier-ignore
  });

  it('the first available provider, and a room with them', () => {
    const singh = provider({ busy: [busy(0, 60)] });
    const okafor = provider({ key: 'Practitioner/okafor', busy: [busy(0, 30)] });
    const rooms = ['Location/1', 'Location/2'].map((key, i) => provider({ key, kind: 'room', busy: i === 0 ? [busy(0, 45)] : [] }));
    const choices = [
      { kind: 'provider' as const, among: [singh, okafor] },
      { kind: 'room' as const, among: rooms },
    ];
    const [first, ...others] = findOffers(asked([]), choices, { from: NINE, to: at(120), step: 15, aligned: NINE }, { limit: 4 });
    assert.deepEqual([first?.start, first?.participants.map(({ key }) => key)], [at(30), ['Practitioner/okafor', 'Location/2']]);
    assert.deepEqual(others.map(({ start, participants }) => [start, participants[1]?.key]), [[at(45), 'Location/1'], [at(60), 'Location/1'], [at(60), 'Location/1']]); // prettier-ignore
  });

  it('the nearest to a wish, before or after it, with the wished-for provider first', () => {
    const singh = provider({ busy: [busy(60, 120)] });
    const okafor = provider({ key: 'Practitioner/okafor' });
    const range = { from: NINE, to: at(480), step: 15, aligned: NINE };
    const choice = [{ kind: 'provider' as const, among: [singh, okafor] }];
    const offers = nearestOffers(asked([]), choice, range, { start: at(75), provider: singh.key }, 5);
    const listed = offers.map(({ start, participants }) => `${(start - NINE) / MINUTE} ${participants[0]?.key}`);
    assert.deepEqual(listed.slice(0, 2), [`30 ${singh.key}`, `120 ${singh.key}`]);
    assert.ok(listed.includes(`75 ${okafor.key}`));
  });

  it('a reason that no later start helps ends it at once', () => {
    const of = asked([provider()], {}, { referralUntil: NINE });
    assert.deepEqual([...freeStarts(of, { from: NINE, to: Infinity, step: 5, aligned: NINE })], []);
  });
});
