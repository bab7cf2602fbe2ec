/**
 * What a service asks of a booking, as its HealthcareService says it. R4 has no elements for lengths, buffers and double booking, so
 * these are extensions of ours; Medplum's SchedulingParameters are read too, where ours are silent.
 */
import type { Appointment, HealthcareService, Resource, Schedule } from '../../fhir/index.js';
import { entriesOf, extensionsOf, extensionValue, isZone, recordOf, referenceId, referenceType, textOf } from '../../fhir/read/index.js';
import { PLAIN_RULES, type BookingRules, type ConflictMode } from '../booking/calendar.js';
import { COLOUR_SLOTS } from '../service.js';

const OWN = 'urn:carelet:extension:service-';
/** On HealthcareService. Durations are valueDuration in `min`, `h`, `d` or `wk`. */
export const SERVICE_EXTENSIONS = {
  /** valueDuration: the usual length. */
  duration: `${OWN}duration`,
  /** valueDuration: kept free before and after each booking. */
  bufferBefore: `${OWN}buffer-before`,
  bufferAfter: `${OWN}buffer-after`,
  /** valueCode `block`, `warn` or `allow`. */
  conflict: `${OWN}conflict`,
  /** valuePositiveInt: bookings at one time under `allow`. */
  allow: `${OWN}allow`,
  /** valueDuration from now: how far ahead a booking must lie, and may lie at most. */
  notice: `${OWN}notice`,
  horizon: `${OWN}horizon`,
  /** valueDuration: starts lie on whole steps of it. */
  step: `${OWN}step`,
  /** valueInteger 1 to 9: a slot of the palette. */
  colour: `${OWN}colour`,
  /** valueInteger: seats of a group. */
  capacity: `${OWN}capacity`,
} as const;

/** Medplum's, on HealthcareService and Schedule (its `duration`, `bufferBefore`, `bufferAfter`, `alignmentInterval`, `availability`, `timezone`). */
export const MEDPLUM_PARAMETERS = 'https://medplum.com/fhir/StructureDefinition/SchedulingParameters';
/** Medplum's, on a `serviceType` concept: which HealthcareService is meant. */
export const MEDPLUM_SERVICE = 'https://medplum.com/fhir/service-type-reference';

const MINUTES: Readonly<Record<string, number>> = { min: 1, h: 60, d: 1440, wk: 10_080 };

/** A Duration in minutes, by its UCUM code or the unit's word; undefined for what is none, for less than nothing and for odd units. */
export function durationMinutes(value: unknown): number | undefined {
  const duration = recordOf(value);
  const amount = duration?.['value'];
  const unit = MINUTES[textOf(duration?.['code']) ?? textOf(duration?.['unit']) ?? ''];
  return typeof amount === 'number' && amount >= 0 && unit !== undefined ? amount * unit : undefined;
}

const whole = (value: unknown, most = Infinity): number | undefined =>
  Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most ? (value as number) : undefined;

/** What is known of a service; undefined members are those that no record says. */
export interface ServiceRules {
  readonly rules: BookingRules;
  /** 1 to 9. */
  readonly colour: number | undefined;
  readonly capacity: number | undefined;
  /** Minutes between starts. */
  readonly step: number | undefined;
  /** Whether a length is recorded; else {@link BookingRules.minutes} is a plain guess. */
  readonly lengthKnown: boolean;
}

/** The SchedulingParameters of a Schedule for a service, else those that name none. */
export function medplumParameters(holder: Resource, service?: HealthcareService): unknown {
  const all = extensionsOf(holder, MEDPLUM_PARAMETERS);
  const named = (one: unknown): string | undefined => textOf(recordOf(extensionValue(one, 'service'))?.['reference']);
  return all.find((one) => service?.id !== undefined && named(one) === `HealthcareService/${service.id}`) ?? all.find((one) => named(one) === undefined); // prettier-ignore
}

/** @param schedule a calendar whose own parameters for the service stand above the service's (Medplum's rule) */
export function rulesOfService(service: HealthcareService | undefined, schedule?: Schedule): ServiceRules {
  const theirs = [...(schedule ? [medplumParameters(schedule, service)] : []), ...(service ? [medplumParameters(service, service)] : [])];
  const minutes = (name: keyof typeof SERVICE_EXTENSIONS, medplum?: string): number | undefined =>
    [
      extensionValue(service, SERVICE_EXTENSIONS[name]),
      ...(medplum === undefined ? [] : theirs.map((one) => extensionValue(one, medplum))),
    ].flatMap((value) => durationMinutes(value) ?? [])[0];
  const length = minutes('duration', 'duration');
  const isLength = length !== undefined && length > 0;
  const said = textOf(extensionValue(service, SERVICE_EXTENSIONS.conflict));
  const allow = whole(extensionValue(service, SERVICE_EXTENSIONS.allow));
  const mode: ConflictMode = said === 'warn' || said === 'allow' || said === 'block' ? said : (allow ?? 1) > 1 ? 'allow' : 'block';
  return {
    rules: {
      minutes: isLength ? length : PLAIN_RULES.minutes,
      bufferBefore: minutes('bufferBefore', 'bufferBefore') ?? 0,
      bufferAfter: minutes('bufferAfter', 'bufferAfter') ?? 0,
      mode,
      allow: allow ?? 1,
      notice: minutes('notice') ?? 0,
      horizon: minutes('horizon'),
    },
    colour: whole(extensionValue(service, SERVICE_EXTENSIONS.colour), COLOUR_SLOTS),
    capacity: whole(extensionValue(service, SERVICE_EXTENSIONS.capacity)),
    step: minutes('step', 'alignmentInterval') || undefined,
    lengthKnown: isLength,
  };
}

/** The zone that Medplum's parameters of a Schedule say. */
export function medplumZone(schedule: Schedule): string | undefined {
  return extensionsOf(schedule, MEDPLUM_PARAMETERS)
    .map((one) => textOf(extensionValue(one, 'timezone')))
    .find(isZone);
}

/** The HealthcareService of an appointment: the one that takes part, the one its serviceType refers to, else the only one of that code. */
export function healthcareServiceOf(appointment: Appointment, services: readonly HealthcareService[]): HealthcareService | undefined {
  const ids = [
    ...entriesOf(appointment.participant).map(({ actor }) => actor),
    ...entriesOf(appointment.serviceType).flatMap((concept) => extensionsOf(concept, MEDPLUM_SERVICE).map((one) => one.valueReference)),
  ].flatMap((reference) => (reference && referenceType(reference) === 'HealthcareService' ? (referenceId(reference) ?? []) : []));
  const named = services.find(({ id }) => id !== undefined && ids.includes(id));
  if (named) return named;
  const keys = (concepts: HealthcareService['type']): string[] =>
    entriesOf(concepts).flatMap(({ coding }) =>
      entriesOf(coding).flatMap(({ system, code }) => (textOf(code) === undefined ? [] : [`${textOf(system) ?? ''}|${textOf(code)}`])),
    );
  const wanted = keys(appointment.serviceType);
  const same = services.filter((service) => keys(service.type).some((key) => wanted.includes(key)));
  return same.length === 1 ? same[0] : undefined;
}
