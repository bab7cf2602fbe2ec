/** What a day looks like, before anything is drawn: the shapes that the model builds and a page reads. */
import type { Appointment, Encounter, Slot } from '../fhir/index.js';
import type { AxisHours, DayAxis } from './axis.js';
import type { Block, Span } from './hours.js';
import type { ApartReason, Reading } from './item.js';
import type { People, Provider } from './people.js';
import type { AppointmentState } from './status.js';
import type { DayBounds, ZoneTable } from './zone.js';

/** Key of the column for appointments that name no provider: they must not vanish. */
export const UNASSIGNED = 'unassigned';
/** What stands for the provider where a column holds a whole day. */
export const EVERYBODY = 'everybody';

/** Columns of several days are `key#YYYY-MM-DD`; those of a day alone are the provider's key. */
export function columnKey(provider: string, date: string, isAlone: boolean): string {
  return isAlone ? provider : `${provider}#${date}`;
}

/** The provider that a column is of: {@link UNASSIGNED}, {@link EVERYBODY}, or the provider's key. */
export function providerKey(column: string): string {
  return column.replace(/#\d{4}-\d\d-\d\d$/, '');
}

/** One box. An appointment with two providers has two, in two columns. */
export interface DayItem extends Reading {
  /** `id@column`. */
  key: string;
  column: string;
  /** Minutes on the axis, clipped to the day. */
  from: number;
  to: number;
  lane: number;
  lanes: number;
  span: number;
  /** 1 to 9; undefined where no service is recorded. */
  slot: number | undefined;
  /** Ids of the appointments of this provider that share its time. */
  clashes: readonly string[];
  /** The most minutes shared with one of them. */
  overlap: number;
  /** Minutes that the patient has waited, or been in session beyond the end; undefined where neither applies. */
  waited: number | undefined;
  over: number | undefined;
  /** Who attends this session: appointments of their own that name it and have its time. They have no box beside it. */
  attendees: readonly Reading[];
  before: boolean;
  after: boolean;
  allDay: boolean;
  /** A change of it is on its way to the server. */
  pending: boolean;
}

export interface DayBlock extends Block {
  from: number;
  to: number;
}

export interface DayColumn {
  key: string;
  /** The day it shows, and where on it minutes lie. */
  date: string;
  axis: DayAxis;
  /** Undefined for the column of those without a provider. */
  provider: Provider | undefined;
  items: readonly DayItem[];
  allDay: readonly DayItem[];
  blocks: readonly DayBlock[];
  /** Undefined: hours are not recorded. */
  working: readonly Span[] | undefined;
}

/** One that has no place on the grid, with the reason, and with what names it in a list. */
export interface ApartItem extends Pick<
  Reading,
  'appointment' | 'id' | 'patients' | 'providers' | 'places' | 'service' | 'description' | 'state'
> {
  reason: ApartReason;
  /** Its start, where that can be read. */
  start: number | undefined;
}

export interface DayCounts {
  /** Appointments with a time that is taken, held ones aside. Each once, however many columns it stands in. */
  booked: number;
  notConfirmed: number;
  clashes: number;
}

export interface DayView {
  /** The first day, and all of them. */
  date: string;
  dates: readonly string[];
  /** Whether each day has one column for everybody. */
  isByDay: boolean;
  zone: string;
  table: ZoneTable;
  bounds: DayBounds;
  axis: DayAxis;
  columns: readonly DayColumn[];
  apart: readonly ApartItem[];
  /** Entered in error, or a hold that is over: not drawn, but counted. */
  leftOut: { enteredInError: number; expiredHolds: number };
  counts: DayCounts;
  services: readonly { key: string; label: string; slot: number }[];
  states: readonly AppointmentState[];
  /** Slots by service, to be handed in for the next day, so that a service keeps its colour. */
  palette: ReadonlyMap<string, number>;
}

export interface DayInput {
  /** `YYYY-MM-DD` in `zone`. */
  date: string;
  /** An IANA zone that this engine knows. */
  zone: string;
  now: number;
  appointments: readonly Appointment[];
  people: People;
  encounters?: readonly Encounter[] | undefined;
  /** Slots by provider key. */
  slots?: ReadonlyMap<string, readonly Slot[]> | undefined;
  locale?: string | undefined;
  /** How many days from `date` on; 1 unless told. */
  days?: number | undefined;
  /** One column a day for everybody, instead of one for each provider. */
  isByDay?: boolean | undefined;
  /** Keys of the columns wanted, in order. Left out: who has appointments or works that day, by name. */
  columns?: readonly string[] | undefined;
  hours?: AxisHours | undefined;
  /** Minutes that the smallest box is drawn as. */
  minimum?: number | undefined;
  palette?: ReadonlyMap<string, number> | undefined;
  pending?: ReadonlySet<string> | undefined;
}
