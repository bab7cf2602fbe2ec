import type { Appointment } from '../../models/fhir/index.js';
import type { ScheduleView } from '../../models/scheduling/index.js';

/** Where an appointment is, as its record says it. */
export interface AppointmentPlace {
  start: string | undefined;
  end: string | undefined;
  /** Such as `Practitioner/7`; undefined where no provider is named. */
  provider: string | undefined;
}

export interface AppointmentMoveDetail {
  /** As it is. */
  appointment: Appointment;
  /** As it will be: a whole resource, ready to be saved. */
  moved: Appointment;
  from: AppointmentPlace;
  to: AppointmentPlace;
}

export interface AppointmentMovedDetail {
  /** As it was stored. */
  appointment: Appointment;
  previous: Appointment;
}

/** Empty time that somebody wants to book. */
export interface AppointmentCreateDetail {
  /** Instants, in UTC. The end is a proposal. */
  start: string;
  end: string;
  /** The column's key. */
  column: string;
  /** Such as `Practitioner/7`; undefined where the column is nobody's alone. */
  provider: string | undefined;
}

export interface AppointmentOpenDetail {
  appointment: Appointment;
  /** The first patient, such as `Patient/12`. */
  patient: string | undefined;
}

export interface DateChangeDetail {
  /** `YYYY-MM-DD`. */
  date: string;
}

export interface ViewChangeDetail {
  view: ScheduleView;
}

export interface TimeZoneChangeDetail {
  /** IANA name. */
  timeZone: string;
}

declare module '../base/emit.js' {
  interface CareEventMap {
    'care-appointment-create': CustomEvent<AppointmentCreateDetail>;
    'care-appointment-move': CustomEvent<AppointmentMoveDetail>;
    'care-appointment-moved': CustomEvent<AppointmentMovedDetail>;
    'care-appointment-open': CustomEvent<AppointmentOpenDetail>;
    'care-date-change': CustomEvent<DateChangeDetail>;
    'care-view-change': CustomEvent<ViewChangeDetail>;
    'care-time-zone-change': CustomEvent<TimeZoneChangeDetail>;
  }
}
