/**
 * A wish for a time: an R4 Appointment with status `waitlist`, without start and end. The weeks it is wanted in stand in
 * `requestedPeriod`, urgency in `priority` (as iCalendar's: 1 is the most urgent, 9 the least, 0 says nothing), its age in `created`;
 * days, times and providers in an extension of ours, since R4 has no word for them.
 */
import type { Appointment, Extension } from '../../fhir/index.js';
import { entriesOf, epochOf, extensionsOf, extensionValue, parseReference, textOf } from '../../fhir/read/index.js';
import { patientParticipants } from '../status.js';
import { createZoneTable, DAY, instantOf, wallOfDate } from '../zone.js';
import type { Span } from '../hours.js';
import { serviceOf, type Service } from '../service.js';

/** Holds `day` (valueCode, mon to sun), `time` (two valueTime as `from` and `to`) and `provider` (valueReference), each any number of times. */
export const WAITLIST_PREFERENCE = 'urn:carelet:extension:waitlist-preference';

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Minutes after midnight on the clinic's wall. */
export interface TimeOfDay {
  readonly from: number;
  readonly to: number;
}

export interface WaitlistPreference {
  /** 0 for Monday to 6; empty: any day. */
  readonly days: readonly number[];
  /** Empty: any time of day. */
  readonly times: readonly TimeOfDay[];
  /** References (`Practitioner/p1`, `PractitionerRole/r1`); empty: anyone. */
  readonly providers: readonly string[];
}

export interface WaitlistEntry {
  readonly appointment: Appointment;
  readonly id: string;
  /** References of those who want it. */
  readonly patients: readonly string[];
  readonly service: Service | undefined;
  /** How long it must be; undefined: the record does not say. */
  readonly minutes: number | undefined;
  /** When it is wanted, as instants; empty: at any time. */
  readonly periods: readonly Span[];
  readonly preference: WaitlistPreference;
  /** 1 to 9; undefined where nobody said. */
  readonly priority: number | undefined;
  /** Since when it waits. */
  readonly since: number | undefined;
}

const clockText = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:00`;

function clock(text: string | undefined): number | undefined {
  const [, hour, minute] = /^(\d\d):(\d\d)/.exec(text ?? '') ?? [];
  return hour === undefined || Number(hour) > 24 || Number(minute) > 59 ? undefined : Number(hour) * 60 + Number(minute);
}

export function preferenceExtension({ days, times, providers }: WaitlistPreference): Extension {
  return {
    url: WAITLIST_PREFERENCE,
    extension: [
      ...days.map((day) => ({ url: 'day', valueCode: WEEKDAYS[day]! })),
      ...times.map(({ from, to }) => ({
        url: 'time',
        extension: [{ url: 'from', valueTime: clockText(from) }, { url: 'to', valueTime: clockText(to) }], // prettier-ignore
      })),
      ...providers.map((reference) => ({ url: 'provider', valueReference: { reference } })),
    ],
  };
}

function preferenceOf(appointment: Appointment): WaitlistPreference {
  const [root] = extensionsOf(appointment, WAITLIST_PREFERENCE);
  const days = extensionsOf(root, 'day').map(({ valueCode }) => (WEEKDAYS as readonly string[]).indexOf(textOf(valueCode) ?? ''));
  const times = extensionsOf(root, 'time').flatMap((time) => {
    const from = clock(textOf(extensionValue(time, 'from')));
    const to = clock(textOf(extensionValue(time, 'to')));
    return from === undefined || to === undefined || to <= from ? [] : [{ from, to }];
  });
  const providers = extensionsOf(root, 'provider').flatMap(({ valueReference }) => textOf(valueReference?.reference) ?? []);
  return { days: [...new Set(days.filter((day) => day >= 0))], times, providers: [...new Set(providers)] };
}

/** A day without a time is the whole of that day in the clinic's zone. */
function boundIn(text: string | undefined, zone: string, isEnd: boolean): number | undefined {
  const wall = text === undefined ? undefined : wallOfDate(text);
  if (wall === undefined) return epochOf(text);
  const at = wall + (isEnd ? DAY : 0);
  return instantOf(createZoneTable(zone, at - DAY, at + DAY), at);
}

/** @returns undefined for an appointment that waits for nothing */
export function readWaitlistEntry(
  appointment: Appointment,
  place: number,
  { zone, locale }: { zone: string; locale?: string | undefined },
): WaitlistEntry | undefined {
  if (appointment.status !== 'waitlist') return undefined;
  const { minutesDuration, priority } = appointment;
  return {
    appointment,
    id: appointment.id ?? `#${place}`,
    patients: patientParticipants(appointment).flatMap(({ actor }) => {
      const reference = parseReference(actor);
      return reference && 'type' in reference && 'id' in reference ? [`${reference.type}/${reference.id}`] : [];
    }),
    service: serviceOf(appointment, locale),
    minutes: typeof minutesDuration === 'number' && minutesDuration > 0 ? minutesDuration : undefined,
    periods: entriesOf(appointment.requestedPeriod).flatMap((period) => {
      const start = boundIn(textOf(period.start), zone, false) ?? -Infinity;
      const end = boundIn(textOf(period.end), zone, true) ?? Infinity;
      return end > start ? [{ start, end }] : [];
    }),
    preference: preferenceOf(appointment),
    priority: typeof priority === 'number' && priority >= 1 && priority <= 9 ? priority : undefined,
    since: boundIn(textOf(appointment.created), zone, false),
  };
}
