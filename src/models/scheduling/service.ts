/** What an appointment is for, in a word, and the colour slot that word has on the grid. */
import type { Appointment, CodeableConcept } from '../fhir/index.js';
import { conceptText, entriesOf, textOf } from '../fhir/read/index.js';

export interface Service {
  /** Tells services apart: the code with its system, else the words. */
  key: string;
  label: string;
}

function serviceOfConcept(concept: CodeableConcept | undefined, locale: string | undefined): Service | undefined {
  const label = conceptText(concept, locale);
  if (label === undefined) return undefined;
  const coding = entriesOf(concept?.coding).find(({ code }) => textOf(code) !== undefined);
  return { key: coding ? `${textOf(coding.system) ?? ''}|${textOf(coding.code) ?? ''}` : label.toLowerCase(), label };
}

/**
 * The service of an appointment: serviceType, else the specialty or the broad category asked for, else the style of appointment
 * (routine, follow-up), else its description. Undefined when the record does not say.
 */
export function serviceOf(appointment: Appointment, locale?: string): Service | undefined {
  const { serviceType, specialty, serviceCategory, appointmentType } = appointment;
  for (const concepts of [serviceType, specialty, serviceCategory, appointmentType]) {
    for (const concept of entriesOf(concepts)) {
      const service = serviceOfConcept(concept, locale);
      if (service) return service;
    }
  }
  const words = textOf(appointment.description);
  return words === undefined ? undefined : { key: words.toLowerCase(), label: words };
}

/** Slots of the appointment palette (`--care-appt-1` … `--care-appt-9`). */
export const COLOUR_SLOTS = 9;
/** The first ones stand out most from each other: keys ask for one of these, the rest is for overflow. */
const FIRST_SLOTS = 6;

/** FNV-1a: small, and the same everywhere. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}

/**
 * A colour slot from 1 to 9 for each service. A service keeps the slot it has in `kept`; others take the slot that their own key
 * asks for, or the next one free, so up to nine services are told apart and the same services look the same on every day and every
 * desk. Past nine, slots are shared: the service is always written too.
 */
export function assignSlots(keys: Iterable<string>, kept: ReadonlyMap<string, number> = new Map()): Map<string, number> {
  const slots = new Map(kept);
  const used = new Set(kept.values());
  for (const key of [...new Set(keys)].filter((each) => !slots.has(each)).sort()) {
    const wanted = hash(key) % FIRST_SLOTS;
    const order = Array.from({ length: COLOUR_SLOTS }, (_, i) => (i < FIRST_SLOTS ? (wanted + i) % FIRST_SLOTS : i) + 1);
    const slot = order.find((each) => !used.has(each)) ?? (hash(key) % COLOUR_SLOTS) + 1;
    slots.set(key, slot);
    used.add(slot);
  }
  return slots;
}
