/**
 * Wall-clock time in IANA zones, by Intl alone (Temporal is not in every engine yet). Years count as FHIR's do, 1 to 9999.
 */

/** What a clock on the wall shows. Month is 1 to 12. */
export interface WallTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
}

const DAY = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat | undefined>();

function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  if (!formats.has(zone)) {
    let format: Intl.DateTimeFormat | undefined;
    try {
      const digits = 'numeric' as const;
      format = new Intl.DateTimeFormat('en-US-u-ca-gregory', {
        timeZone: zone,
        hourCycle: 'h23',
        era: 'short',
        year: digits,
        month: digits,
        day: digits,
        hour: digits,
        minute: digits,
        second: digits,
      });
    } catch {
      format = undefined;
    }
    formats.set(zone, format);
  }
  return formats.get(zone);
}

/** Whether this engine knows the zone: `Australia/Sydney`, `UTC`. UTC itself needs no formatter, the first of which costs 20 ms. */
export function isZone(zone: string | undefined): zone is string {
  return zone === 'UTC' || (zone !== undefined && zone !== '' && formatOf(zone) !== undefined);
}

/** Milliseconds since 1970 of a wall clock in UTC. Unlike Date.UTC it takes years below 100 as they are. */
export function utcEpoch(year: number, month: number, day: number, hour = 0, minute = 0, second = 0, millisecond = 0): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.setUTCHours(hour, minute, second, millisecond);
}

function exactOffset(epoch: number, zone: string): number {
  const format = formatOf(zone);
  if (!format || !Number.isFinite(epoch) || Math.abs(epoch) > 8.64e15) return 0;
  const seconds = Math.floor(epoch / 1000) * 1000;
  const part: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(seconds)) part[type] = value;
  const year = part['era']?.startsWith('B') ? 1 - Number(part['year']) : Number(part['year']);
  return (
    utcEpoch(year, Number(part['month']), Number(part['day']), Number(part['hour']), Number(part['minute']), Number(part['second'])) -
    seconds
  );
}

/** Offset at each UTC midnight asked for. No zone changes its offset and changes it back within one UTC day. */
const midnights = new Map<string, Map<number, number>>();

function midnightOffset(day: number, zone: string): number {
  let known = midnights.get(zone);
  if (!known || known.size > 20_000) midnights.set(zone, (known = new Map()));
  let offset = known.get(day);
  if (offset === undefined) known.set(day, (offset = exactOffset(day * DAY, zone)));
  return offset;
}

/** Milliseconds that wall clocks in `zone` are ahead of UTC at that instant; 0 for an unknown zone. */
export function offsetAt(epoch: number, zone: string): number {
  if (zone === 'UTC') return 0;
  const day = Math.floor(epoch / DAY);
  const offset = midnightOffset(day, zone);
  return offset === midnightOffset(day + 1, zone) ? offset : exactOffset(epoch, zone);
}

export function wallTimeAt(epoch: number, zone: string): WallTime {
  const local = new Date(epoch + offsetAt(epoch, zone));
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
    millisecond: local.getUTCMilliseconds(),
  };
}

/**
 * The instant at which clocks in `zone` show this time. A time that is shown twice (clocks go back) is the first of the two;
 * one that is skipped (clocks go forward) is moved on by the gap, as Temporal's `compatible` does.
 */
export function epochAt(wall: Pick<WallTime, 'year' | 'month' | 'day'> & Partial<WallTime>, zone: string): number {
  const asUtc = utcEpoch(wall.year, wall.month, wall.day, wall.hour, wall.minute, wall.second, wall.millisecond);
  const before = offsetAt(asUtc - DAY, zone);
  const after = offsetAt(asUtc + DAY, zone);
  const early = asUtc - before;
  if (before === after || offsetAt(early, zone) === before) return early;
  const late = asUtc - after;
  return offsetAt(late, zone) === after ? late : early;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** An instant as FHIR writes it, on the wall clock of `zone` with its offset: `2026-11-24T09:00:00+11:00`. Milliseconds only when there are some. */
export function isoInZone(epoch: number, zone: string): string {
  const minutes = offsetAt(epoch, zone) / 60_000;
  // Offsets of a century ago had seconds, which FHIR cannot write.
  const offset = Number.isInteger(minutes) && Math.abs(minutes) <= 14 * 60 ? minutes : 0;
  const local = new Date(epoch + offset * 60_000).toISOString().replace(/(?:\.000)?Z$/, '');
  const size = Math.abs(offset);
  return `${local}${offset === 0 ? 'Z' : `${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`}`;
}
