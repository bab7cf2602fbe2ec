/**
 * Narrow contexts. Their keys are `Symbol.for`, so that two copies of the package on one page still meet.
 * A widget that finds no provider works on plain properties alone.
 */
import { createContext } from '@lit/context';
import type { CareClient } from '../../client/index.js';
import type { Patient } from '../../models/fhir/index.js';

export const clientContext = createContext<CareClient | undefined>(Symbol.for('carelet.client'));

/** Who is at work. `key` changes with each sign-in: caches and channels are keyed by it. */
export interface Session {
  key: string;
  /** Such as `Practitioner/7`; undefined when nobody is signed in. */
  user: string | undefined;
  /** Name to show. */
  display: string | undefined;
}
export const sessionContext = createContext<Session | undefined>(Symbol.for('carelet.session'));

/** The patient in context: whose record everything below acts on. */
export interface PatientInContext {
  /** Such as `Patient/12`. */
  reference: string;
  patient: Patient | undefined;
}
export const patientContext = createContext<PatientInContext | undefined>(Symbol.for('carelet.patient'));

/** What this user may do, as far as the host knows; the server decides in the end. `reason` is shown on what is disabled. */
export interface Permissions {
  may(action: 'read' | 'create' | 'update' | 'delete', type: string): { allowed: true } | { allowed: false; reason: string };
}
export const permissionsContext = createContext<Permissions | undefined>(Symbol.for('carelet.permissions'));

/** Language of the texts and of dates and numbers; an element's own `lang` comes before it. */
export interface Locale {
  /** BCP 47, such as `en-AU`. */
  lang: string;
  dir: 'ltr' | 'rtl';
}
export const localeContext = createContext<Locale | undefined>(Symbol.for('carelet.locale'));

/** The one clock that elements read. `zone` is the clinic's IANA zone, never the browser's; undefined when nobody said. */
export interface Clock {
  now(): Date;
  zone: string | undefined;
}
export const clockContext = createContext<Clock | undefined>(Symbol.for('carelet.clock'));
export const systemClock: Clock = { now: () => new Date(), zone: undefined };
