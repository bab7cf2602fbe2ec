/** What is possible on this server, known before it is tried, with a plain reason where it is not. */
import type { Ability, Capabilities } from '../backend.js';
import type { Desk } from './desk.js';

export const INTENTS = [
  'find',
  'hold',
  'book',
  'move',
  'release',
  'setStatus',
  'cancel',
  'checkIn',
  'series',
  'waitlist',
  'offer',
] as const;
export type Intent = (typeof INTENTS)[number];

export type Possible = { readonly possible: true } | { readonly possible: false; readonly reason: string };

type Need = readonly [type: string, what: 'search' | 'create' | 'update', word: string];

const NEEDS: Readonly<Record<Intent, readonly Need[]>> = {
  find: [['Appointment', 'search', 'shows no appointments']],
  hold: [['Appointment', 'create', 'takes no new appointments']],
  book: [['Appointment', 'create', 'takes no new appointments']],
  move: [['Appointment', 'update', 'lets no appointment be changed']],
  release: [['Appointment', 'update', 'lets no appointment be changed']],
  setStatus: [['Appointment', 'update', 'lets no appointment be changed']],
  cancel: [['Appointment', 'update', 'lets no appointment be changed']],
  checkIn: [
    ['Appointment', 'update', 'lets no appointment be changed'],
    ['Encounter', 'create', 'takes no new visits (Encounter)'],
  ],
  series: [['Appointment', 'create', 'takes no new appointments']],
  waitlist: [['Appointment', 'search', 'shows no appointments']],
  offer: [
    ['Appointment', 'create', 'takes no new appointments'],
    ['AppointmentResponse', 'create', 'takes no answers (AppointmentResponse)'],
  ],
};

/** What nobody declared may be tried. */
export async function can(desk: Desk, intent: Intent): Promise<Possible> {
  const capabilities = await desk.capabilities();
  const missing = NEEDS[intent].find(([type, what]) => capabilities?.type(type)[what] === 'no');
  if (!missing || (intent === 'book' && operationOf(capabilities, 'book') === 'yes')) return { possible: true };
  return { possible: false, reason: `${capabilities?.name ?? 'This server'} ${missing[2]}.` };
}

export const operationOf = (capabilities: Capabilities | undefined, name: string): Ability =>
  capabilities?.operation?.('Appointment', name) ?? 'unknown';

/**
 * How sure it is that no two bookings take the same time. `none`: there is no double booking. `best-effort`: two that write in the same
 * moment both look again, and the later withdraws.
 */
export interface Guarantee {
  readonly doubleBooking: 'none' | 'best-effort';
  readonly reason: string;
}

/** An embedded backend, which has records on disk when this gives something. */
interface Opening {
  open(): Promise<unknown>;
}

/** @param hasSlots whether the people and rooms in question publish Slots */
export async function guarantee(desk: Desk, { hasSlots = false } = {}): Promise<Guarantee> {
  const backend: Partial<Opening> & { kind: string } = desk.client.backend;
  if (backend.kind === 'embedded') {
    // Other tabs write to a database too, and between looking and booking nothing holds them.
    return (await backend.open?.()) === undefined
      ? { doubleBooking: 'none', reason: 'The records are kept here, and bookings are made one after the other.' }
      : {
          doubleBooking: 'best-effort',
          reason: 'Other tabs book in the same records: two who book in the same moment may both be booked.',
        };
  }
  const capabilities = await desk.capabilities();
  if (operationOf(capabilities, 'book') === 'yes')
    return { doubleBooking: 'none', reason: 'The server books by itself ($book), and refuses what is taken.' };
  if (hasSlots && capabilities?.versionedUpdate === 'yes')
    return { doubleBooking: 'none', reason: 'A slot is taken under its version: the server refuses the second.' };
  const why = hasSlots ? 'does not say that it refuses a stale version' : 'has no slots for this time';
  return {
    doubleBooking: 'best-effort',
    reason: `The server ${why}: two who book in the same moment are told, and the later one withdraws.`,
  };
}
