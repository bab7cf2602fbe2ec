import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { CareClient } from '../../client/index.js';
import { CareError, isCareError, type ConflictError } from '../../models/errors.js';
import type { Appointment } from '../../models/fhir/index.js';
import {
  applyMove,
  dateAt,
  EVERYBODY,
  providerKey,
  timeOf,
  UNASSIGNED,
  type DayItem,
  type MoveTarget,
} from '../../models/scheduling/index.js';
import type { DayController } from './day.controller.js';
import type { AppointmentMovedDetail, AppointmentMoveDetail } from './scheduler.types.js';
import type { Words } from './words.js';

/** Where a box is put: an instant and a column. */
export interface Place {
  start: number;
  column: string;
}

/** A move that was not made: it is told beside the box until somebody has read it. */
export interface Failure {
  item: DayItem;
  place: Place;
  error: CareError;
}

/** Somebody else saved first. `theirs` is undefined when it is gone or could not be read. */
export interface Conflict {
  item: DayItem;
  place: Place;
  base: Appointment;
  theirs: Appointment | undefined;
}

export interface RescheduleOptions {
  day: DayController;
  client: () => CareClient | undefined;
  words: () => Words;
  /** Asks the host; true when it has prevented the move and does the work itself. */
  move: (detail: AppointmentMoveDetail) => boolean;
  moved: (detail: AppointmentMovedDetail) => void;
  announce: (text: string, assertive?: boolean) => void;
  /** Opens the question of a conflict. */
  ask: (conflict: Conflict) => void;
  /** Where the focus goes: the box of this appointment in this column. */
  focus: (id: string, column: string) => void;
}

/**
 * Saving moves. Owns what is on its way, what failed and what was said last. A box is shown where it was put, marked as pending,
 * until the server has answered; a refusal puts it back. It never overwrites: each save carries the version it is based on.
 */
export class RescheduleController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: RescheduleOptions;
  readonly failures = new Map<string, Failure>();
  /** What happened, where it is not seen on the grid: a move to another day, or a slot that stayed busy. */
  notice: { text: string; date: string | undefined } | undefined;

  constructor(host: ReactiveControllerHost, options: RescheduleOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {}

  dismiss(id: string): void {
    this.failures.delete(id);
    this.#host.requestUpdate();
  }

  /** Forgets what was said last, and the failures: another day is opened. */
  clear(): void {
    this.notice = undefined;
    this.failures.clear();
    this.#host.requestUpdate();
  }

  /** Puts a box somewhere and saves it. */
  async save(item: DayItem, place: Place): Promise<void> {
    const target: MoveTarget = { start: place.start, ...this.#provider(providerKey(item.column), item.column, place.column) };
    await this.#save(item, place, item.appointment, target);
  }

  async retry(id: string): Promise<void> {
    const failure = this.failures.get(id);
    if (failure) await this.save(failure.item, failure.place);
  }

  /** The change of provider between what the box was in and what it is put in; nothing where that is the same. */
  #provider(from: string, was: string, to: string): Pick<MoveTarget, 'provider'> {
    const key = providerKey(to);
    const isSame = providerKey(was) === key || key === UNASSIGNED || key === EVERYBODY;
    const provider = isSame ? undefined : this.#options.day.people?.provider(key);
    return provider ? { provider: { from, to: provider } } : {};
  }

  /** Makes the same change to what somebody else saved: the time if the time was changed, the provider if the provider was. */
  async moveAnyway({ item, place, theirs }: Conflict): Promise<void> {
    const { people } = this.#options.day;
    const time = theirs && timeOf(theirs);
    if (!theirs || !people || !time || 'apart' in time) return;
    const providers = people.providersOf(theirs).map(({ key }) => key);
    const own = providerKey(item.column);
    const from = providers.includes(own) ? own : (providers[0] ?? UNASSIGNED);
    const start = place.start === item.start ? time.start : place.start;
    await this.#save(item, place, theirs, { start, ...this.#provider(from, item.column, place.column) });
  }

  /** The box as it is with what somebody else saved, to be moved from there; undefined where that has no time or is gone. */
  theirItem({ item, theirs }: Conflict): DayItem | undefined {
    const time = theirs && timeOf(theirs);
    if (!theirs || !time || 'apart' in time) return undefined;
    const column = this.#options.day.people?.providersOf(theirs)[0]?.key ?? UNASSIGNED;
    return { ...item, appointment: theirs, start: time.start, end: time.end, column, key: `${item.id}@${column}` };
  }

  /** Shows what the server has. */
  useTheirs({ item, theirs }: Conflict): void {
    this.#options.day.store(item.id, theirs);
    if (!theirs) void this.#options.day.refresh();
  }

  async #save(item: DayItem, place: Place, base: Appointment, target: MoveTarget): Promise<void> {
    const { day, client: clientOf, words, announce } = this.#options;
    const { people } = day;
    if (!people) return;
    this.failures.delete(item.id);
    this.notice = undefined;
    const moved = applyMove(base, target, people);
    if (this.#options.move({ appointment: base, moved, from: placeOf(base, item.column), to: placeOf(moved, place.column) })) return;
    const client = clientOf();
    day.change(item.id, moved, client !== undefined);
    this.#options.focus(item.id, place.column);
    if (!client) {
      this.#done(item, place, moved, base);
      return;
    }
    announce(words().localize.t('savingMove', words().name(item)));
    try {
      const { appointment, warnings } = await (await client.scheduling()).reschedule(moved, { base });
      day.store(item.id, appointment);
      if (warnings.length > 0) this.notice = { text: words().localize.t('slotNotFreed'), date: undefined };
      this.#done(item, place, appointment, base);
    } catch (error) {
      this.#failed(
        item,
        place,
        base,
        isCareError(error) ? error : new CareError('malformed', 'The answer could not be read.', { cause: error }),
      );
    }
  }

  #done(item: DayItem, place: Place, stored: Appointment, previous: Appointment): void {
    const { words, day, announce } = this.#options;
    const text = words();
    const time = timeOf(stored);
    const [start, end] = 'apart' in time ? [place.start, place.start] : [time.start, time.end];
    const { zone } = day;
    const date = zone.state === 'known' ? dateAt(start, zone.zone) : undefined;
    if (date !== undefined && day.view?.dates.includes(date) === false) {
      this.notice = { text: text.localize.t('movedToDay', text.name(item), text.day(date, 'short'), text.time(start)), date };
      announce(this.notice.text);
    } else {
      announce(
        text.localize.t('movedTo', text.name(item), text.range(start, end), text.provider(day.people?.provider(providerKey(place.column)))),
      );
    }
    this.#options.moved({ appointment: stored, previous });
    this.#host.requestUpdate();
  }

  #failed(item: DayItem, place: Place, base: Appointment, error: CareError): void {
    const { words, day, announce } = this.#options;
    const text = words();
    day.putBack(item.id);
    if (error.kind === 'conflict' && 'theirs' in error) {
      this.#options.ask({ item, place, base, theirs: (error as ConflictError<Appointment>).theirs });
      return;
    }
    this.failures.set(item.id, { item, place, error });
    announce(`${text.localize.t('notMoved', text.name(item))} ${this.why(error, item)}`, true);
    // What is gone must not go on standing there.
    if (error.kind === 'gone' || error.kind === 'not-found') void day.refresh();
    this.#options.focus(item.id, item.column);
    this.#host.requestUpdate();
  }

  /** Why a move failed, and where the box is now. */
  why(error: CareError, item: DayItem): string {
    const text = this.#options.words();
    const reason = text.shared.t(`why-${error.kind}`);
    return error.kind === 'gone' || error.kind === 'not-found' ? reason : text.localize.t('notMovedWhy', reason, text.time(item.start));
  }
}

function placeOf(appointment: Appointment, column: string): AppointmentMoveDetail['from'] {
  return {
    start: appointment.start,
    end: appointment.end,
    provider: [UNASSIGNED, EVERYBODY].includes(providerKey(column)) || column.startsWith('name:') ? undefined : providerKey(column),
  };
}
