/** From records to what booking knows of each participant over a window of time. */
import type { Appointment, Encounter, HealthcareService, Location, PractitionerRole, Resource, Schedule, Slot } from '../../fhir/index.js';
import { entriesOf, referenceId, textOf } from '../../fhir/read/index.js';
import type { Busy, Closure, ParticipantCalendar, ParticipantKind } from '../booking/calendar.js';
import { periodBound, union, without, type Span } from '../hours.js';
import { People } from '../people.js';
import { appointmentStatus } from '../status.js';
import { createZoneTable, type ZoneTable } from '../zone.js';
import { kindOf, takings, type Taking } from './busy.js';
import { actorsOf, blockedTime, governed, slotOpen, slotSpans, type SlotSpan } from './slots.js';
import { clipped, medplumHours, openSpans, weeklyHours } from './weekly.js';

export interface AvailabilityRecords {
  /** PractitionerRoles, Practitioners, Patients, Locations, HealthcareServices, Schedules: what there is of them. */
  readonly resources: readonly Resource[];
  readonly appointments: readonly Appointment[];
  readonly encounters?: readonly Encounter[] | undefined;
  readonly slots?: readonly Slot[] | undefined;
}

export interface AvailabilityAsked {
  /** Whole days, as a rule: open time is cut at its ends. */
  readonly window: Span;
  /** IANA zone in which weekly hours are meant. */
  readonly zone: string;
  readonly now: number;
  /** `Practitioner/1`, `PractitionerRole/1`, `Location/1`, `Device/1`, `Patient/1`, `HealthcareService/1`. */
  readonly participants: readonly string[];
  /** `Location/1`: roles that name other places only do not count there. Rooms belong to the places they are part of. */
  readonly place?: string | undefined;
  readonly locale?: string | undefined;
  /** The server's base URL, under which absolute and relative references meet. */
  readonly base?: string | undefined;
}

interface Sources {
  readonly asked: AvailabilityAsked;
  readonly people: People;
  readonly table: ZoneTable;
  readonly roles: readonly PractitionerRole[];
  readonly schedules: readonly Schedule[];
  readonly locations: ReadonlyMap<string, Location>;
  readonly services: readonly HealthcareService[];
  readonly taking: readonly Taking[];
  readonly slots: ReadonlyMap<string, readonly SlotSpan[]>;
  /** References of slots that stand for an appointment: one that counts itself, or a hold that is over. */
  readonly accounted: ReadonlySet<string>;
}

const ofType = <T extends Resource>(resources: readonly Resource[], type: T['resourceType']): T[] =>
  resources.filter((resource): resource is T => resource.resourceType === type);

/** `Slot/1` of a reference, whatever stands before it. */
const slotKey = (reference: string): string => /(?:^|\/)(Slot\/[^/]+)(?:\/_history\/.*)?$/.exec(reference)?.[1] ?? reference;

function gather(records: AvailabilityRecords, asked: AvailabilityAsked): Sources {
  const { resources, appointments, encounters, slots = [] } = records;
  const { window, zone, now, locale, base } = asked;
  const people = new People(resources, { now, zone, locale, base });
  const services = ofType<HealthcareService>(resources, 'HealthcareService');
  const taking = takings(appointments, { people, services, encounters, now });
  const bySchedule = new Map<string, Slot[]>();
  for (const slot of slots) {
    const id = slot.schedule && referenceId(slot.schedule);
    if (id === undefined) continue;
    const list = bySchedule.get(id);
    if (list) list.push(slot);
    else bySchedule.set(id, [slot]);
  }
  const over = appointments.filter((appointment) => appointmentStatus(appointment, [], now) === 'expired-hold');
  const ended = over.flatMap((appointment) => entriesOf(appointment.slot).flatMap(({ reference }) => reference ?? []));
  return {
    asked,
    people,
    table: createZoneTable(zone, window.start, window.end),
    roles: ofType<PractitionerRole>(resources, 'PractitionerRole').filter(({ active }) => active !== false),
    schedules: ofType<Schedule>(resources, 'Schedule').filter(({ active }) => active !== false),
    locations: new Map(ofType<Location>(resources, 'Location').map((location) => [`Location/${location.id}`, location])),
    services,
    taking,
    slots: new Map([...bySchedule].map(([id, list]) => [id, slotSpans(list)])),
    accounted: new Set([...taking.flatMap((one) => one.slots), ...ended].map(slotKey)),
  };
}

/** A room and the places that it is part of, nearest first. */
function placesAbove(start: string, locations: ReadonlyMap<string, Location>): string[] {
  const found: string[] = [];
  for (let at: string | undefined = start; at !== undefined && !found.includes(at);) {
    found.push(at);
    const above: string | undefined = locations.get(at)?.partOf && referenceId(locations.get(at)!.partOf!);
    at = above === undefined ? undefined : `Location/${above}`;
  }
  return found;
}

function isAt(role: PractitionerRole, { asked: { place }, locations }: Sources): boolean {
  const named = entriesOf(role.location).flatMap((location) => referenceId(location) ?? []);
  if (place === undefined || named.length === 0) return true;
  const places = placesAbove(place, locations);
  return named.some((id) => places.includes(`Location/${id}`) || placesAbove(`Location/${id}`, locations).includes(place));
}

/** Dated hours hold while their role's period does (R4 PractitionerRole.period). */
function termOf(role: PractitionerRole, table: ZoneTable): Span {
  return {
    start: periodBound(textOf(role.period?.start), table, 'start') ?? -Infinity,
    end: periodBound(textOf(role.period?.end), table, 'end') ?? Infinity,
  };
}

function closuresIn(lines: unknown, code: Closure['code'], table: ZoneTable): Closure[] {
  return entriesOf(lines as NonNullable<PractitionerRole['notAvailable']>).flatMap(({ description, during }) => {
    // Without a period nobody can say when: R4 allows it, and no time is closed for it.
    if (!during) return [];
    const start = periodBound(textOf(during.start), table, 'start') ?? -Infinity;
    const end = periodBound(textOf(during.end), table, 'end') ?? Infinity;
    return end > start ? [{ code, start, end, reason: textOf(description) }] : [];
  });
}

interface Said {
  open: Span[] | undefined;
  closures: Closure[];
}

function providerTime(key: string, sources: Sources): Said {
  const { roles, people, asked, table } = sources;
  const own = roles.filter((role) => roleKey(role, people) === key);
  let open: Span[] | undefined;
  const closures: Closure[] = [];
  for (const role of own) {
    const term = termOf(role, table);
    const within = { start: Math.max(term.start, asked.window.start), end: Math.min(term.end, asked.window.end) };
    closures.push(...clipped(closuresIn(role.notAvailable, 'leave', table), term));
    const hours = weeklyHours(role.availableTime);
    if (hours.length === 0) continue;
    // Hours of another place, or of another time, are known hours that leave nothing open here.
    open ??= [];
    if (within.end > within.start && isAt(role, sources)) open.push(...openSpans(hours, within, table));
  }
  const medplum = schedulesOf(key, 'provider', sources).flatMap(medplumHours);
  if (medplum.length > 0) open = [...(open ?? []), ...openSpans(medplum, asked.window, table)];
  return { open: open && union(open), closures };
}

/** The person that a role stands for, whether or not it is in force now: dated roles are looked at for days to come. */
function roleKey(role: PractitionerRole, people: People): string | undefined {
  return role.practitioner ? people.keyOf(role.practitioner, role) : role.id === undefined ? undefined : `PractitionerRole/${role.id}`;
}

function placeTime(key: string, { locations, asked, table }: Sources): Said {
  const chain = placesAbove(key, locations).flatMap((place) => locations.get(place) ?? []);
  const hours = chain.map((location) => weeklyHours(location.hoursOfOperation)).find((lines) => lines.length > 0);
  const shut = chain.find(({ status }) => status === 'suspended' || status === 'inactive');
  return {
    // A place that says no hours bounds nobody: people do.
    open: hours ? openSpans(hours, asked.window, table) : [{ ...asked.window }],
    closures: shut ? [{ code: 'closed', ...asked.window, reason: undefined }] : [],
  };
}

function serviceTime(key: string, { services, asked, table }: Sources): Said {
  const service = services.find(({ id }) => `HealthcareService/${id}` === key);
  const hours = weeklyHours(service?.availableTime);
  const closures = closuresIn(service?.notAvailable, 'closed', table);
  if (service?.active === false) closures.push({ code: 'closed', ...asked.window, reason: undefined });
  return { open: hours.length > 0 ? openSpans(hours, asked.window, table) : [{ ...asked.window }], closures };
}

/** The schedules of one participant. One of a provider and their room says when the provider may be booked there, not when the room may. */
function schedulesOf(key: string, kind: ParticipantKind, { schedules, people }: Pick<Sources, 'schedules' | 'people'>): Schedule[] {
  return schedules.filter((schedule) => {
    const actors = actorsOf(schedule);
    if (!actors.some((actor) => people.keyOf(actor) === key)) return false;
    return kind === 'provider' || actors.every((actor) => kindOf(actor) === kind);
  });
}

function withSlots(key: string, kind: ParticipantKind, said: Said, sources: Sources): Said & { busy: Busy[] } {
  const { asked, table, accounted } = sources;
  const schedules = schedulesOf(key, kind, sources);
  const spans = schedules.flatMap(({ id }) => (id === undefined ? [] : (sources.slots.get(id) ?? []))).sort((a, b) => a.start - b.start);
  const under = governed(spans, schedules, asked.window, table);
  const busy = spans
    .filter(({ status, slot }) => (status === 'busy' || status === 'busy-tentative') && !accounted.has(`Slot/${slot.id}`))
    .map(({ slot, start, end }, place): Busy => ({ id: `Slot/${slot.id ?? `#${place}`}`, start, end, before: 0, after: 0, session: `Slot/${slot.id ?? `#${place}`}` })); // prettier-ignore
  if (under.length === 0) return { ...said, closures: [...said.closures, ...blockedTime(spans)], busy };
  const elsewhere = without(
    (said.open ?? []).map((span) => ({ ...span, kind: 'off' as const, reason: undefined })),
    under,
  ).map(({ start, end }) => ({ start, end }));
  const inSlots = slotOpen(spans).flatMap((span) => under.flatMap((part) => clipped([span], part)));
  return { open: union([...elsewhere, ...inSlots]), closures: [...said.closures, ...blockedTime(spans)], busy };
}

/**
 * One calendar for each participant asked for, in their order; roles and their practitioner are one. Those of a type that has no time
 * of its own are left out.
 *
 * - hours: PractitionerRole.availableTime while the role's period holds, Location.hoursOfOperation (a room's own, else of the place it is
 *   part of), HealthcareService.availableTime; where Slots are published they bound instead.
 * - closures: notAvailable, Slots that are busy-unavailable, places that are suspended.
 * - busy: appointments with the buffers of their services, and busy Slots behind which no appointment could be seen. Holds that are
 *   over, and their slots, keep nobody busy.
 *
 * @throws {RangeError} for a zone that this engine does not know.
 */
export function participantCalendars(records: AvailabilityRecords, asked: AvailabilityAsked): ParticipantCalendar[] {
  const sources = gather(records, asked);
  const found = new Map<string, ParticipantCalendar>();
  for (const reference of asked.participants) {
    const kind = kindOf(reference);
    const key = participantKey(reference, sources);
    if (kind === undefined || key === undefined || found.has(key)) continue;
    const said =
      kind === 'provider'
        ? providerTime(key, sources)
        : kind === 'room'
          ? placeTime(key, sources)
          : kind === 'service'
            ? serviceTime(key, sources)
            : { open: [{ ...asked.window }], closures: [] };
    const { open, closures, busy } = kind === 'patient' ? { ...said, busy: [] } : withSlots(key, kind, said, sources);
    const taken = kind === 'service' ? [] : sources.taking.filter(({ participants }) => participants.has(key)).map((one) => one.busy);
    found.set(key, {
      key,
      kind,
      name: nameOf(key, kind, sources),
      open,
      closures: clipped(closures, asked.window).sort((a, b) => a.start - b.start),
      busy: [...taken, ...busy].sort((a, b) => a.start - b.start),
    });
  }
  return [...found.values()];
}

/** A role stands for its practitioner, in force or not. */
function participantKey(reference: string, { people, roles }: Sources): string | undefined {
  const role = roles.find(({ id }) => id !== undefined && reference.endsWith(`PractitionerRole/${id}`));
  return role ? roleKey(role, people) : people.keyOf(reference);
}

function nameOf(key: string, kind: ParticipantKind, { people, locations, services }: Sources): string | undefined {
  if (kind === 'provider') return people.provider(key)?.name;
  if (kind === 'room') return textOf(locations.get(key)?.name);
  return kind === 'service' ? textOf(services.find(({ id }) => `HealthcareService/${id}` === key)?.name) : undefined;
}

/** The slots of those asked for that a span touches, blocked ones left out: what a booking of that span takes. */
export function slotsWithin(records: AvailabilityRecords, asked: AvailabilityAsked, span: Span): SlotSpan[] {
  const sources = gather(records, asked);
  const found = new Map<Slot, SlotSpan>();
  for (const reference of asked.participants) {
    const kind = kindOf(reference);
    const key = participantKey(reference, sources);
    if (kind === undefined || key === undefined || kind === 'patient' || kind === 'service') continue;
    for (const { id } of schedulesOf(key, kind, sources))
      for (const one of id === undefined ? [] : (sources.slots.get(id) ?? []))
        if (one.status !== 'busy-unavailable' && one.start < span.end && span.start < one.end) found.set(one.slot, one);
  }
  return [...found.values()];
}

/** What records say of availability in words only, which no rule can read (HealthcareService and PractitionerRole.availabilityExceptions). */
export function availabilityNotes(resources: readonly Resource[]): { readonly reference: string; readonly text: string }[] {
  return resources.flatMap((resource) => {
    if (resource.resourceType !== 'HealthcareService' && resource.resourceType !== 'PractitionerRole') return [];
    const text = textOf((resource as HealthcareService).availabilityExceptions);
    return text === undefined ? [] : [{ reference: `${resource.resourceType}/${resource.id}`, text }];
  });
}
