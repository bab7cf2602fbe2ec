import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Appointment } from '../../models/fhir/index.js';
import { epochOf } from '../../models/fhir/read/index.js';
import { appointmentStatus, dateAt, fixedReason, timeOf } from '../../models/scheduling/index.js';
import { DialogController } from '../ui/dialog.js';
import type { DayController } from './day.controller.js';
import type { Conflict } from './reschedule.controller.js';
import type { Words } from './words.js';

const CHOICES = ['theirs', 'mine', 'another'] as const;
type Choice = (typeof CHOICES)[number];

export interface ConflictDialogOptions {
  day: DayController;
  words: () => Words;
  now: () => number;
  chosen: (choice: Choice, conflict: Conflict) => void;
}

/**
 * Two people changed one appointment. Shows what each of them wants and lets one be chosen; nothing is chosen by itself but the
 * one that loses nothing: what is saved already. Closing it keeps theirs.
 */
export class ConflictDialogController implements ReactiveController {
  readonly #options: ConflictDialogOptions;
  readonly #dialog: DialogController<'done'>;
  #choice: Choice = 'theirs';

  constructor(host: ReactiveControllerHost, options: ConflictDialogOptions) {
    this.#options = options;
    this.#dialog = new DialogController(host);
    host.addController(this);
  }

  hostConnected(): void {}

  async open(conflict: Conflict): Promise<void> {
    const { localize } = this.#options.words();
    this.#choice = 'theirs';
    const draw = (): { body: TemplateResult; actions: TemplateResult } => ({ body: this.#body(conflict, draw), actions: this.#actions() });
    const answer = await this.#dialog.ask({ title: localize.t('conflictTitle'), icon: 'git-compare', role: 'alertdialog', ...draw() });
    this.#options.chosen(answer === 'done' ? this.#choice : 'theirs', conflict);
  }

  render(): TemplateResult {
    return this.#dialog.render();
  }

  #actions(): TemplateResult {
    const { localize } = this.#options.words();
    const label = { theirs: 'useTheirs', mine: 'moveAnyway', another: 'pickAnother' } as const;
    return html`<button class="btn btn-primary" type="button" data-conflict="done" @click=${() => this.#dialog.close('done')}>
      ${localize.t(label[this.#choice])}
    </button>`;
  }

  /** Day, time, provider and status of a version, in words. */
  #version(appointment: Appointment): string {
    const { day, words: wordsOf, now } = this.#options;
    const words = wordsOf();
    const time = timeOf(appointment);
    const { zone, people } = day;
    if ('apart' in time || zone.state !== 'known') return words.localize.t(`apart-${'apart' in time ? time.apart : 'no-start'}`);
    const providers = people?.providersOf(appointment).map((provider) => words.provider(provider)) ?? [];
    const status = appointmentStatus(appointment, [], now());
    const state =
      typeof status === 'string' ? words.localize.t(status === 'expired-hold' ? 'holdEnded' : 'enteredInError') : words.state(status.state);
    return words.localize.t(
      'conflictPlace',
      words.day(dateAt(time.start, zone.zone), 'short'),
      words.range(time.start, time.end),
      providers.join(', ') || words.localize.t('unassigned'),
      state,
    );
  }

  /** Why my move cannot be made onto what they saved; undefined when it can. */
  #whyNotMine(theirs: Appointment | undefined): string | undefined {
    const { localize } = this.#options.words();
    if (!theirs) return localize.t('theirsDeleted');
    const status = appointmentStatus(theirs, [], this.#options.now());
    if (typeof status === 'string') return localize.t(status === 'expired-hold' ? 'holdEnded' : 'enteredInError');
    const fixed = fixedReason(status.state);
    return fixed && localize.t(`fixed-${fixed}`);
  }

  #body({ item, place, theirs }: Conflict, draw: () => { body: TemplateResult; actions: TemplateResult }): TemplateResult {
    const { words: wordsOf, day } = this.#options;
    const words = wordsOf();
    const { localize } = words;
    const saved = epochOf(theirs?.meta?.lastUpdated);
    const whyNot = this.#whyNotMine(theirs);
    const mine = words.range(place.start, place.start + (item.end - item.start));
    const { zone } = day;
    const mineDay = zone.state === 'known' ? words.day(dateAt(place.start, zone.zone), 'short') : '';
    const pick = (choice: Choice) => (): void => {
      this.#choice = choice;
      this.#dialog.update(draw());
    };
    const card = (choice: Choice, title: string, text: string, why?: string): TemplateResult =>
      html`<label class="choice">
        <input
          type="radio"
          name="conflict"
          value=${choice}
          .checked=${this.#choice === choice}
          ?disabled=${why !== undefined}
          @change=${pick(choice)}
        />
        <span>${title}</span> <small>${text}${why === undefined ? nothing : html`<br />${why}`}</small>
      </label>`;
    return html`<p>
        <strong><bdi>${words.name(item)}</bdi></strong>
      </p>
      <p>${saved === undefined ? localize.t('conflictUnknown') : localize.t('conflictWhen', words.time(saved))}</p>
      <fieldset class="choices">
        <legend class="vh">${localize.t('conflictTitle')}</legend>
        ${card('theirs', localize.t('theirs'), theirs ? this.#version(theirs) : localize.t('theirsDeleted'))}
        ${card('mine', localize.t('yoursChoice'), `${mineDay}, ${mine}, ${words.provider(day.people?.provider(place.column))}`, whyNot)}
        ${whyNot === undefined ? card('another', localize.t('pickAnother'), localize.t('pickAnotherHint')) : nothing}
      </fieldset>`;
  }
}
