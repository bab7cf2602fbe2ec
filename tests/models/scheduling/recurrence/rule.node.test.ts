import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { CareError } from '../../../../src/models/errors.js';
import { parseRule } from '../../../../src/models/scheduling/recurrence/rule.js';

describe('a rule that cannot be used names its part', () => {
  const REFUSED: readonly [rule: string, part: string][] = [
    ['', 'FREQ'],
    ['INTERVAL=2', 'FREQ'],
    ['FREQ=FORTNIGHTLY', 'FREQ'],
    ['FREQ=DAILY;FREQ=DAILY', 'FREQ'],
    ['FREQ=DAILY;UNTL=20300101', 'UNTL'],
    ['FREQ=DAILY;UNTIL=tomorrow', 'UNTIL'],
    ['FREQ=DAILY;UNTIL=', 'UNTIL'],
    ['FREQ=DAILY;COUNT=0', 'COUNT'],
    ['FREQ=DAILY;COUNT=1.5', 'COUNT'],
    ['FREQ=DAILY;COUNT=3;UNTIL=20300101', 'COUNT'],
    ['FREQ=DAILY;INTERVAL=0', 'INTERVAL'],
    ['FREQ=DAILY;INTERVAL=-1', 'INTERVAL'],
    ['FREQ=DAILY;BYHOUR=24', 'BYHOUR'],
    ['FREQ=DAILY;BYMINUTE=60', 'BYMINUTE'],
    ['FREQ=DAILY;BYSECOND=61', 'BYSECOND'],
    ['FREQ=DAILY;BYMONTH=0', 'BYMONTH'],
    ['FREQ=DAILY;BYMONTH=13', 'BYMONTH'],
    ['FREQ=MONTHLY;BYMONTHDAY=0', 'BYMONTHDAY'],
    ['FREQ=MONTHLY;BYMONTHDAY=-32', 'BYMONTHDAY'],
    ['FREQ=YEARLY;BYYEARDAY=367', 'BYYEARDAY'],
    ['FREQ=YEARLY;BYWEEKNO=54', 'BYWEEKNO'],
    ['FREQ=YEARLY;BYSETPOS=0', 'BYSETPOS'],
    ['FREQ=WEEKLY;BYDAY=XX', 'BYDAY'],
    ['FREQ=WEEKLY;BYDAY=', 'BYDAY'],
    ['FREQ=WEEKLY;BYDAY=1MO', 'BYDAY'],
    ['FREQ=DAILY;BYDAY=-1FR', 'BYDAY'],
    ['FREQ=HOURLY;BYDAY=2TU', 'BYDAY'],
    ['FREQ=MONTHLY;BYDAY=54MO', 'BYDAY'],
    ['FREQ=MONTHLY;BYYEARDAY=14', 'BYYEARDAY'],
    ['FREQ=DAILY;BYYEARDAY=14', 'BYYEARDAY'],
    ['FREQ=WEEKLY;BYYEARDAY=14', 'BYYEARDAY'],
    ['FREQ=DAILY;WKST=8', 'WKST'],
  ];
  for (const [rule, part] of REFUSED) {
    it(rule || 'nothing', () => {
      assert.throws(() => parseRule(rule), (error: unknown) => error instanceof CareError && error.kind === 'malformed' && error.issues[0]?.path === part); // prettier-ignore
    });
  }
});

describe('what is read leniently is told', () => {
  for (const [rule, part, expected] of [
    ['FREQ=MONTHLY;BYDAY=0MO,SA', 'BYDAY', { byDay: [{ weekday: 5, nth: undefined }] }],
    ['FREQ=YEARLY;BYWEEKNO=10;BYDAY=1MO', 'BYDAY', { byDay: [{ weekday: 0, nth: undefined }] }],
    ['FREQ=MONTHLY;BYWEEKNO=10', 'BYWEEKNO', { byWeekNo: [] }],
  ] as const) {
    it(rule, () => {
      const told: string[] = [];
      const read = parseRule(rule, (message) => told.push(message));
      for (const [key, value] of Object.entries(expected)) assert.deepEqual(read[key as keyof typeof read], value);
      assert.equal(told.length, 1);
      assert.ok(told[0]!.startsWith(part));
    });
  }

  it('lists are sorted and hold nothing twice; case and RRULE: do not matter', () => {
    const rule = parseRule('rrule:freq=yearly;byhour=4,1,4;bymonth=5,4;BYSECOND=60');
    assert.deepEqual([rule.byHour, rule.byMonth, rule.bySecond], [[1, 4], [4, 5], [59]]);
  });
});

it('any text is a rule or a malformed one', () => {
  const word = fc.constantFrom('FREQ=', 'DAILY', ';', ',', '=', 'BYDAY=', '1MO', '-', 'COUNT=', '9999999999', 'UNTIL=', '20240101', 'T', 'Z', ':', '\n', 'BYSETPOS=', '\u0000'); // prettier-ignore
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(word, { maxLength: 12 }).map((all) => all.join('')),
      ),
      (text) => {
        try {
          parseRule(text);
        } catch (error) {
          assert.ok(error instanceof CareError && error.kind === 'malformed');
        }
      },
    ),
  );
});
