/** iCalendar files: published ones with the occurrences that another program found in them, and what each rule of reading says. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { CareError } from '../../../../src/models/errors.js';
import { icsOccurrences, type IcsOccurrence, type IcsOptions } from '../../../../src/models/scheduling/ics/occurrences.js';
import { casesDir, skipWithoutCases } from '../../../support/cases.js';

const event = (...lines: string[]): string => ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'UID:a', ...lines, 'END:VEVENT', 'END:VCALENDAR'].join('\r\n'); // prettier-ignore
const starts = async (ics: string, options: IcsOptions = {}): Promise<string[]> => (await icsOccurrences(ics, options)).map(({ start }) => start); // prettier-ignore
const told = async (ics: string): Promise<string[]> => {
  const words: string[] = [];
  await icsOccurrences(ics, { limit: 3, onWarning: (message) => words.push(message) });
  return words;
};

/** Published expectations that contradict RFC 5545 or the rest of them, and why. */
const CONTRADICTED: Readonly<Record<string, string>> = {
  'only_dtstart_date.ics': 'a day without an end lasts one day (RFC 5545, 3.6.1), not none',
  'issue_179_example.ics': 'the same',
  'ByMonth1.ics': 'a start that the rule does not produce is counted there',
  'Hourly1.ics': 'an hour that clocks never show is counted there (RFC 5545, 3.3.10: it must be ignored)',
  'YearlyByDay1.ics': 'the 20th Monday comes every year, as the published rules of libical say; only the first is expected there',
  'alarm_absolute_edited.ics': 'of two versions of one event the higher SEQUENCE stands (RFC 5546); both are expected there',
};

interface Expected {
  window?: [from: string, days: number];
  count?: number;
  occurrences: { start: string; end: string; uid: string }[];
  icaljs_agrees?: boolean;
}

const inUtc = (text: string): string => (/[+-]\d\d:\d\d$/.test(text) ? `${new Date(text).toISOString().slice(0, 19)}Z` : text);

describe('published files', { skip: skipWithoutCases }, () => {
  for (const folder of ['ics-icaljs', 'ics-icalnet', 'ics-recurring']) {
    const path = join(casesDir() ?? '', 'scheduling', folder);
    const read = (name: string): string => readFileSync(join(path, name), 'utf8');
    const files = casesDir() === undefined ? {} : (JSON.parse(read('occurrences.json')) as Record<string, Expected>);
    for (const [name, { window, count, occurrences, icaljs_agrees: agreed }] of Object.entries(files)) {
      const why = CONTRADICTED[name];
      it(`${folder}/${name}${why === undefined ? '' : ` (${why})`}`, async () => {
        const options = window
          ? { from: window[0], to: new Date(Date.parse(window[0]) + window[1] * 86_400_000).toISOString().slice(0, 10) }
          : { limit: 100 };
        if (name === 'bad_rrule_missing_until_event.ics') return assert.rejects(icsOccurrences(read(name)), { kind: 'malformed' });
        const found = await icsOccurrences(read(name), options);
        if (!agreed || why !== undefined) return;
        const line = ({ start, end, uid }: { start: string; end: string; uid: string }): string => `${inUtc(start)} ${inUtc(end)} ${uid}`;
        assert.equal(found.length, count);
        // The file lists the first 60 only; among those of one moment its order is its own.
        const listed = occurrences.map(line);
        const ours = new Set(found.slice(0, listed.length + 5).map(line));
        assert.deepEqual(listed.filter((one) => !ours.has(one)), []); // prettier-ignore
      });
    }
  }
});

describe('forms of time', () => {
  it('a day, a floating time, UTC, and a zone with its offset', async () => {
    const first = async (...lines: string[]): Promise<IcsOccurrence> => (await icsOccurrences(event(...lines)))[0]!;
    const { start, end } = await first('DTSTART;VALUE=DATE:20261124');
    assert.deepEqual([start, end], ['2026-11-24', '2026-11-25']);
    assert.deepEqual(await first('DTSTART:20261124T090000', 'DURATION:PT50M', 'SUMMARY:Review\\, first\\nroom 2'), {
      uid: 'a', start: '2026-11-24T09:00:00', end: '2026-11-24T09:50:00', summary: 'Review, first\nroom 2',
    }); // prettier-ignore
    assert.equal((await first('DTSTART:20261124T090000Z')).start, '2026-11-24T09:00:00Z');
    assert.deepEqual(await first('DTSTART;TZID=Australia/Sydney:20261124T090000', 'DTEND;TZID="Australia/Sydney":20261124T100000', 'TRANSP:TRANSPARENT', 'STATUS:cancelled'), {
      uid: 'a', start: '2026-11-24T09:00:00+11:00', end: '2026-11-24T10:00:00+11:00', summary: '', tzid: 'Australia/Sydney', status: 'CANCELLED', transparent: true,
    }); // prettier-ignore
  });

  it("a zone is Intl's, else one of Windows, else the file's own, else the time floats and it is told", async () => {
    const windows = await icsOccurrences(event('DTSTART;TZID=AUS Eastern Standard Time:20260615T090000'));
    assert.deepEqual([windows[0]?.start, windows[0]?.tzid], ['2026-06-15T09:00:00+10:00', 'Australia/Sydney']);
    const own = ['BEGIN:VTIMEZONE', 'TZID:Clinic', 'BEGIN:STANDARD', 'DTSTART:19701025T030000', 'TZOFFSETFROM:+0530', 'TZOFFSETTO:+0430', 'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU', 'END:STANDARD', 'BEGIN:DAYLIGHT', 'DTSTART:19700329T020000', 'TZOFFSETFROM:+0430', 'TZOFFSETTO:+0530', 'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU', 'END:DAYLIGHT', 'END:VTIMEZONE'].join('\n'); // prettier-ignore
    const file = event('DTSTART;TZID=Clinic:20260115T090000', 'RRULE:FREQ=MONTHLY;INTERVAL=6;COUNT=2').replace('BEGIN:VEVENT', `${own}\nBEGIN:VEVENT`); // prettier-ignore
    const [winter, summer] = await icsOccurrences(file);
    assert.deepEqual([winter?.start, summer?.start, summer?.tzid], ['2026-01-15T09:00:00+04:30', '2026-07-15T09:00:00+05:30', 'Clinic']);
    const unknown = event('DTSTART;TZID=Nowhere/Else:20260115T090000');
    assert.deepEqual(await starts(unknown), ['2026-01-15T09:00:00']);
    assert.match((await told(unknown)).join(), /^TZID/);
    assert.deepEqual(await starts(event('DTSTART;TZID=constructor:20260115T090000')), ['2026-01-15T09:00:00']);
  });

  it('a series keeps its wall-clock time over a change of clocks; a time that clocks skip does not occur and is not counted', async () => {
    const zone = 'DTSTART;TZID=America/New_York:';
    assert.deepEqual(await starts(event(`${zone}20260307T090000`, 'RRULE:FREQ=DAILY;COUNT=2')), ['2026-03-07T09:00:00-05:00', '2026-03-08T09:00:00-04:00']); // prettier-ignore
    assert.deepEqual(await starts(event(`${zone}20260307T023000`, 'RRULE:FREQ=DAILY;COUNT=2')), ['2026-03-07T02:30:00-05:00', '2026-03-09T02:30:00-04:00']); // prettier-ignore
  });

  it('an end across a change of clocks is as long as it was', async () => {
    const [night] = await icsOccurrences(event('DTSTART;TZID=America/New_York:20260301T220000', 'DTEND;TZID=America/New_York:20260302T060000', 'RRULE:FREQ=WEEKLY;COUNT=2'), { from: '2026-03-05' }); // prettier-ignore
    assert.deepEqual([night?.start, night?.end], ['2026-03-08T22:00:00-04:00', '2026-03-09T06:00:00-04:00']);
    const [short] = await icsOccurrences(event('DTSTART;TZID=America/New_York:20260228T220000', 'DURATION:P1D', 'RRULE:FREQ=WEEKLY;COUNT=2'), { from: '2026-03-05' }); // prettier-ignore
    assert.equal(short?.end, '2026-03-08T22:00:00-04:00');
  });
});

describe('ends of a rule', () => {
  const weekly = (start: string, until: string): Promise<string[]> => starts(event(start, `RRULE:FREQ=DAILY;UNTIL=${until}`));

  it('a date is the end of that day', async () => {
    assert.deepEqual((await weekly('DTSTART:20260101T180000', '20260102')).length, 2);
    assert.match((await told(event('DTSTART:20260101T180000', 'RRULE:FREQ=DAILY;UNTIL=20260102'))).join(), /^UNTIL/);
  });
  it('Z on a floating start is wall time', async () => assert.equal((await weekly('DTSTART:20260101T180000', '20260102T175959Z')).length, 1)); // prettier-ignore
  it('Z on a zoned start is converted', async () => {
    const start = 'DTSTART;TZID=Australia/Sydney:20260101T180000';
    assert.equal((await weekly(start, '20260102T070000Z')).length, 2);
    assert.equal((await weekly(start, '20260102T065959Z')).length, 1);
  });
  it('a time on whole days is its day', async () => assert.equal((await weekly('DTSTART;VALUE=DATE:20260101', '20260102T120000Z')).length, 2)); // prettier-ignore
});

describe('exceptions and changes', () => {
  const ZONE = 'TZID=Europe/Berlin:';
  const series = [`DTSTART;${ZONE}20260105T100000`, `DTEND;${ZONE}20260105T110000`, 'RRULE:FREQ=DAILY;COUNT=4', 'SUMMARY:Round'];
  const change = (...lines: string[]): string => ['END:VEVENT', 'BEGIN:VEVENT', 'UID:a', ...lines].join('\n');

  it('EXDATE compares as an instant, in any form, or by whole day when a date', async () => {
    const days = async (...lines: string[]): Promise<string[]> => (await starts(event(...series, ...lines))).map((one) => one.slice(8, 10));
    assert.deepEqual(await days('EXDATE:20260106T090000Z'), ['05', '07', '08']);
    assert.deepEqual(await days(`EXDATE;${ZONE}20260106T100000,20260107T100000`), ['05', '08']);
    assert.deepEqual(await days('EXDATE;TZID=America/New_York:20260106T040000'), ['05', '07', '08']);
    assert.deepEqual(await days('EXDATE:20260106T100000'), ['05', '07', '08']);
    assert.deepEqual(await days('EXDATE;VALUE=DATE:20260106'), ['05', '07', '08']);
    assert.deepEqual(await days('EXDATE:20260106T100000Z'), ['05', '06', '07', '08']);
  });

  it('RDATE adds, with a length of its own when it is a period', async () => {
    const found = await icsOccurrences(event(...series, 'RDATE;VALUE=PERIOD:20260201T090000Z/PT15M'));
    assert.deepEqual([found.length, found[4]?.start, found[4]?.end], [5, '2026-02-01T10:00:00+01:00', '2026-02-01T10:15:00+01:00']);
  });

  it('RECURRENCE-ID changes one, also by another zone or another form of time', async () => {
    const moved = await icsOccurrences(event(...series, change('RECURRENCE-ID:20260106T090000Z', `DTSTART;${ZONE}20260106T150000`, 'SUMMARY:Later', 'STATUS:CANCELLED')), { from: '2026-01-06', to: '2026-01-07' }); // prettier-ignore
    assert.deepEqual(moved.map(({ start, summary, recurrenceId, status }) => [start, summary, recurrenceId, status]), [['2026-01-06T15:00:00+01:00', 'Later', '2026-01-06T10:00:00+01:00', 'CANCELLED']]); // prettier-ignore
    const whole = await icsOccurrences(event(...series, change(`RECURRENCE-ID;${ZONE}20260106T100000`, 'DTSTART;VALUE=DATE:20260106')));
    assert.deepEqual(whole.map(({ start }) => start.slice(0, 13)), ['2026-01-05T10', '2026-01-06', '2026-01-07T10', '2026-01-08T10']); // prettier-ignore
  });

  it('one moved out of the range asked for is not there, one moved into it is', async () => {
    const file = event(...series, change('RECURRENCE-ID:20260106T090000Z', `DTSTART;${ZONE}20260301T150000`));
    assert.deepEqual(await starts(file, { from: '2026-01-06', to: '2026-01-07' }), []);
    assert.deepEqual((await starts(file, { from: '2026-03-01', to: '2026-03-02' })).length, 1);
  });

  it('THISANDFUTURE moves what follows', async () => {
    const file = event(...series, change(`RECURRENCE-ID;RANGE=THISANDFUTURE;${ZONE}20260107T100000`, `DTSTART;${ZONE}20260107T113000`, `DTEND;${ZONE}20260107T120000`)); // prettier-ignore
    const found = await icsOccurrences(file);
    assert.deepEqual(found.map(({ start, end }) => `${start.slice(8, 16)} ${end.slice(11, 16)}`), ['05T10:00 11:00', '06T10:00 11:00', '07T11:30 12:00', '08T11:30 12:00']); // prettier-ignore
  });

  it('the higher SEQUENCE stands', async () => {
    const file = event('SEQUENCE:2', 'DTSTART:20260101T100000', change('SEQUENCE:1', 'DTSTART:20260101T090000'));
    assert.deepEqual(await starts(file), ['2026-01-01T10:00:00']);
  });
});

describe('the range asked for', () => {
  it('begins inclusive, ends exclusive, on the wall of the event, and what overlaps is in', async () => {
    const late = event('DTSTART;TZID=America/Los_Angeles:20260105T230000', 'DURATION:PT2H', 'RRULE:FREQ=DAILY');
    assert.deepEqual(await starts(late, { from: '2026-01-06', to: '2026-01-07' }), ['2026-01-05T23:00:00-08:00', '2026-01-06T23:00:00-08:00']); // prettier-ignore
    const point = event('DTSTART:20260106T000000');
    assert.equal((await starts(point, { from: '2026-01-06', to: '2026-01-07' })).length, 1);
    assert.equal((await starts(point, { from: '2026-01-05', to: '2026-01-06' })).length, 0);
    const day = event('DTSTART;VALUE=DATE:20260105');
    assert.equal((await starts(day, { from: '2026-01-06' })).length, 0);
  });

  it('a bad range or limit is refused', async () => {
    const file = event('DTSTART:20260106T000000');
    for (const options of [{ from: 'today' }, { to: '2026-02-30' }, { limit: 0 }, { limit: 50_001 }, { limit: 1.5 }])
      await assert.rejects(icsOccurrences(file, options), { kind: 'validation' });
  });

  it('a rule without end gives as many as are asked for', async () => {
    assert.equal((await starts(event('DTSTART:20200101T000000', 'RRULE:FREQ=SECONDLY'), { limit: 50_000 })).length, 50_000);
  });
});

describe('what is no sound calendar', () => {
  it('text without a calendar is malformed; an empty calendar is empty', async () => {
    for (const text of ['', 'hello', '{"a":1}', '<html>']) await assert.rejects(icsOccurrences(text), { kind: 'malformed' });
    assert.deepEqual(await icsOccurrences('BEGIN:VCALENDAR\nEND:VCALENDAR'), []);
  });

  it('an event without a start is left out and told; the rest stays', async () => {
    const file = event('SUMMARY:x', 'DTSTART:20260230T000000', 'END:VEVENT', 'BEGIN:VEVENT', 'UID:b', 'DTSTART:20260101T000000');
    assert.deepEqual(await starts(file), ['2026-01-01T00:00:00']);
    assert.match((await told(file)).join(), /^DTSTART/);
  });

  it('a bad rule names its part and quotes nothing of the calendar', async () => {
    await assert.rejects(icsOccurrences(event('SUMMARY:Ms Secret', 'DTSTART:20260101T000000', 'RRULE:FREQ=DAILY;BYDAY=2MO')), (error: unknown) => {
      assert.ok(error instanceof CareError && error.kind === 'malformed' && error.issues[0]?.path === 'BYDAY');
      assert.doesNotMatch(JSON.stringify(error) + error.message, /Secret/);
      return true;
    }); // prettier-ignore
  });

  it('any lines give occurrences or a CareError', async () => {
    const line = fc.constantFrom('BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'END:VEVENT', 'BEGIN:VTIMEZONE', 'TZID:X', 'END:VTIMEZONE', 'BEGIN:STANDARD', 'TZOFFSETTO:+9999', 'TZOFFSETFROM:-0100', 'END:STANDARD', 'DTSTART;TZID=X:20260101T090000', 'DTSTART:99991231T235959', 'DTSTART;VALUE=DATE:00010101', 'DTEND:20250101', 'DURATION:-P1D', 'DURATION:P999999W', 'RRULE:FREQ=DAILY;COUNT=3', 'RRULE:FREQ=YEARLY', 'RDATE:20260101,x,/', 'EXDATE;TZID=:1', 'RECURRENCE-ID;RANGE=THISANDFUTURE:20260102T090000', 'UID:a', 'UID:__proto__', ' folded', '"', 'X"Y:z', ':', ';:'); // prettier-ignore
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 25 }), async (lines) => {
        await icsOccurrences(lines.join('\n'), { limit: 20 }).catch((error: unknown) =>
          assert.ok(error instanceof CareError, String(error)),
        );
      }),
      { numRuns: 400 },
    );
  });

  it('a calendar that asks for too much is refused, not run', async () => {
    const many = Array.from({ length: 60 }, (_, i) => `BEGIN:VEVENT\nUID:${i}\nDTSTART:20200101T000000\nRRULE:FREQ=SECONDLY\nEND:VEVENT`);
    await assert.rejects(icsOccurrences(`BEGIN:VCALENDAR\n${many.join('\n')}\nEND:VCALENDAR`), { kind: 'malformed' });
  });
});
