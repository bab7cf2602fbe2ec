import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseResource, type Appointment } from '../../../../src/models/fhir/index.js';
import { preferenceExtension, readWaitlistEntry, type WaitlistEntry, type WaitlistPreference } from '../../../../src/models/scheduling/waitlist/entry.js'; // prettier-ignore
import { rankWaitlist, type FreedTime } from '../../../../src/models/scheduling/waitlist/rank.js';

const DAY = 86_400_000;
const zone = 'Australia/Sydney';
const ANY: WaitlistPreference = { days: [], times: [], providers: [] };
const NOW = Date.parse('2026-11-24T00:00:00Z');
// A Wednesday, ten o'clock in Sydney, for an hour.
const freed: FreedTime = { start: Date.parse('2026-11-24T23:00:00Z'), end: Date.parse('2026-11-25T00:00:00Z'), providers: ['Practitioner/singh', 'PractitionerRole/singh-gp'], service: undefined, zone }; // prettier-ignore

const waiting = (rest: Partial<Appointment> = {}, preference: WaitlistPreference = ANY): Appointment => ({
  resourceType: 'Appointment',
  id: 'w1',
  status: 'waitlist',
  participant: [{ actor: { reference: 'Patient/p1' }, status: 'needs-action' }],
  extension: [preferenceExtension(preference)],
  ...rest,
});
const entry = (rest?: Partial<Appointment>, preference?: WaitlistPreference): WaitlistEntry =>
  readWaitlistEntry(waiting(rest, preference), 0, { zone })!;

describe('an entry', () => {
  it('is valid R4 and comes back as it was', async () => {
    const preference: WaitlistPreference = { days: [0, 4], times: [{ from: 540, to: 720 }, { from: 900, to: 1020 }], providers: ['Practitioner/singh'] }; // prettier-ignore
    const record = waiting({ priority: 2, created: '2026-11-01', minutesDuration: 50, requestedPeriod: [{ start: '2026-11-23', end: '2026-12-04' }] }, preference); // prettier-ignore
    const { ok, issues } = await parseResource(record, { unknown: 'error' });
    assert.ok(ok, JSON.stringify(issues));
    const read = readWaitlistEntry(record, 0, { zone })!;
    assert.deepEqual([read.preference, read.priority, read.minutes, read.patients], [preference, 2, 50, ['Patient/p1']]);
    // Whole days of the clinic: from its midnight to the midnight after the last of them.
    assert.deepEqual(read.periods, [{ start: Date.parse('2026-11-23T00:00:00+11:00'), end: Date.parse('2026-12-05T00:00:00+11:00') }]);
    assert.equal(read.since, Date.parse('2026-11-01T00:00:00+11:00'));
  });

  it('of another status is none; odd preferences and priorities say nothing', () => {
    assert.equal(readWaitlistEntry(waiting({ status: 'booked' }), 0, { zone }), undefined);
    const odd = entry({ priority: 0, created: 'soon', extension: [{ url: 'urn:carelet:extension:waitlist-preference', extension: [{ url: 'day', valueCode: 'someday' }, { url: 'time', extension: [{ url: 'from', valueTime: '12:00:00' }, { url: 'to', valueTime: '09:00:00' }] }] }] }); // prettier-ignore
    assert.deepEqual([odd.priority, odd.since, odd.preference], [undefined, undefined, ANY]);
  });
});

describe('the ranking', () => {
  const matches = (list: readonly WaitlistEntry[], options = {}) => rankWaitlist(list, freed, { now: NOW, ...options });
  const misfits = (one: WaitlistEntry): string[] => matches([one]).others.flatMap((other) => other.misfits.map(({ code }) => code));

  it('says what fits and what does not', () => {
    const wants = (preference: Partial<WaitlistPreference>): WaitlistEntry => entry({}, { ...ANY, ...preference });
    assert.deepEqual(misfits(wants({ days: [1] })), ['other-day']);
    assert.deepEqual(misfits(wants({ days: [2] })), []);
    assert.deepEqual(misfits(wants({ times: [{ from: 600, to: 650 }] })), ['other-time'], 'the hour does not end by 10:50');
    assert.deepEqual(misfits(wants({ times: [{ from: 600, to: 660 }] })), []);
    assert.deepEqual(misfits(wants({ providers: ['Practitioner/okafor'] })), ['other-provider']);
    assert.deepEqual(misfits(wants({ providers: ['PractitionerRole/singh-gp'] })), []);
    assert.deepEqual(misfits(entry({ minutesDuration: 90 })), ['too-long']);
    assert.deepEqual(misfits(entry({ requestedPeriod: [{ start: '2026-11-26' }] })), ['other-period']);
    assert.deepEqual(matches([entry({ minutesDuration: 45, priority: 1, created: '2026-11-14' })]).matches[0]?.reasons, [{ code: 'urgent', priority: 1 }, { code: 'waiting', days: 10 }, { code: 'leaves-over', minutes: 15 }]); // prettier-ignore
  });

  it('a patient who is elsewhere at that time does not fit', () => {
    const explain = () => ({ level: 'stop' as const, refusals: [] });
    assert.deepEqual(rankWaitlist([entry()], freed, { now: NOW, explain }).others[0]?.misfits[0]?.code, 'refused');
  });

  it('urgent first, then who has more wishes met, then who waits longer; age lifts urgency', () => {
    const list = [
      entry({ id: 'new' }),
      entry({ id: 'wishes', created: '2026-11-20' }, { ...ANY, days: [2], providers: ['Practitioner/singh'] }),
      entry({ id: 'older', created: '2026-11-15' }),
      entry({ id: 'urgent', priority: 1 }),
      entry({ id: 'long', created: '2026-09-01', priority: 6 }),
    ];
    assert.deepEqual(matches(list).matches.map(({ entry: { id } }) => id), ['urgent', 'long', 'wishes', 'older', 'new']); // prettier-ignore
    assert.equal(matches(list, { ageing: Infinity }).matches.at(-1)?.entry.id, 'long');
  });

  it('loses nobody, and does not depend on the order it is given', () => {
    const one = fc.record({ id: fc.string({ minLength: 1, maxLength: 3 }), priority: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }), days: fc.integer({ min: 0, max: 400 }), on: fc.subarray([0, 1, 2, 3]) }); // prettier-ignore
    fc.assert(
      fc.property(fc.uniqueArray(one, { maxLength: 12, selector: ({ id }) => id }), fc.integer(), (list, seed) => {
        const entries = list.map(({ id, priority, days, on }) => entry({ id, ...(priority === undefined ? {} : { priority }), created: new Date(NOW - days * DAY).toISOString() }, { ...ANY, days: on })); // prettier-ignore
        const turned = entries.toSorted((a, b) => ((a.id.charCodeAt(0) * seed) % 7) - ((b.id.charCodeAt(0) * seed) % 7));
        const first = matches(entries);
        assert.equal(first.matches.length + first.others.length, entries.length);
        assert.deepEqual(first.matches.map(({ entry: { id } }) => id), matches(turned).matches.map(({ entry: { id } }) => id)); // prettier-ignore
      }),
    );
  });
});
