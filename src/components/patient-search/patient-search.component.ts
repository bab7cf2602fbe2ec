import { consume } from '@lit/context';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { CareClient } from '../../client/index.js';
import type { Patient } from '../../models/fhir/index.js';
import { patientRows, type PatientRow } from '../../models/search/index.js';
import { CareFormElement } from '../base/care-form-element.js';
import { clientContext, clockContext, permissionsContext, systemClock, type Clock, type Permissions } from '../base/contexts.js';
import { LocalizeController } from '../base/localize.controller.js';
import { searchMessages } from '../locales/search.messages.js';
import { avatarStyles } from '../ui/avatar.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import { ComboboxController } from '../ui/combobox.js';
import { isComposing } from '../ui/composing.js';
import { fieldStyles } from '../ui/field.styles.js';
import { icon } from '../ui/icon.js';
import { LiveRegionController } from '../ui/live-region.js';
import { menuStyles } from '../ui/menu.styles.js';
import { panelStyles } from '../ui/panel.styles.js';
import { PopoverController } from '../ui/popover.js';
import { tagStyles } from '../ui/tag.styles.js';
import { AccessController } from './access.controller.js';
import { ChoiceController } from './choice.controller.js';
import { field } from './parts/field.js';
import { outcome } from './parts/messages.js';
import { popup } from './parts/popup.js';
import { chosenFacts } from './parts/row.js';
import { nameText } from './parts/words.js';
import { patientSearchStyles } from './patient-search.styles.js';
import { Rows } from './rows.js';
import { SearchController } from './search.controller.js';

/**
 * Finds a patient by name in any order, birth date, record number or telephone number, and takes part in a form: its value is the
 * reference of the one chosen. Works on the client of the nearest provider, on `client`, or on plain `patients`.
 *
 * Made against the wrong patient: nothing is chosen but what somebody pointed at; rows never change under a press; a date that
 * can be read in two ways is asked; like names and birth dates are said; "no patient" is said of whole answers only.
 *
 * @summary A search field with a list of patients to choose from.
 * @tag care-patient-search
 *
 * @slot empty - Under "No patient matches": a button to add a patient, say.
 * @fires care-patient-select - A patient was chosen: `detail` is the patient and its reference.
 * @fires care-patient-clear - The choice was taken back, by changing the text or by the button.
 * @csspart label - The label above the field.
 * @csspart input - The field.
 * @csspart popup - What opens below it.
 * @csspart list - The list of patients.
 * @csspart option - One patient; `active` and `deceased` stand beside it.
 * @csspart chosen - Birth date, sex and numbers of the patient chosen, under the field.
 */
export class CarePatientSearch extends CareFormElement {
  static override styles = [buttonStyles, tagStyles, avatarStyles, panelStyles, fieldStyles, menuStyles, patientSearchStyles];

  /** Instead of the nearest provider's. */
  @property({ attribute: false }) client: CareClient | undefined;
  /** Searched here, without a client. */
  @property({ attribute: false }) patients: readonly Patient[] | undefined;
  /** Offered while nothing is typed, in this order. */
  @property({ attribute: false }) recent: readonly Patient[] | undefined;
  /** The patient chosen, such as `Patient/12`; empty for none. */
  @property() value = '';
  /** Shown above the field; left out, the field has a name for screen readers only. */
  @property() label: string | undefined;
  @property() placeholder: string | undefined;
  /** How many rows to ask for. */
  @property({ type: Number }) limit = 20;
  /** Empties the field after a choice: for a search that opens records. */
  @property({ type: Boolean, attribute: 'clear-on-select' }) clearOnSelect = false;

  @consume({ context: clientContext, subscribe: true }) @state() private providedClient: CareClient | undefined;
  @consume({ context: permissionsContext, subscribe: true }) @state() private permissions: Permissions | undefined;
  @consume({ context: clockContext, subscribe: true }) @state() private clock: Clock = systemClock;
  @state() private touched = false;

  @query('input') private readonly input!: HTMLInputElement;
  @query('.pop') private readonly popup!: HTMLElement;

  readonly #words = new LocalizeController(this, searchMessages);
  readonly #live = new LiveRegionController(this);
  readonly #choice = new ChoiceController(this, {
    source: () => ({ client: this.#client, value: this.value, here: [...(this.patients ?? []), ...(this.recent ?? [])] }),
    found: (patient) => this.#search.set(this.#nameOf(patient)),
  });
  readonly #combobox = new ComboboxController<PatientRow>(this, {
    options: () => this.#rows(),
    key: ({ key }) => key,
    id: (row) => this.#idOf(row),
    pick: (row) => this.#choose(row),
  });
  readonly #search = new SearchController(this, {
    source: () => ({
      client: this.#client,
      patients: this.patients,
      limit: this.limit >= 1 ? Math.floor(this.limit) : 20,
      ...this.#reading(),
    }),
    apply: (change) => this.#combobox.change(change),
  });
  readonly #popover = new PopoverController(this, { anchor: () => this.input, popover: () => this.popup, matchWidth: true });
  readonly #access = new AccessController(this, () => ({
    client: this.patients ? undefined : this.#client,
    permissions: this.permissions,
  }));
  readonly #list = new Rows();
  readonly #fieldEvents = {
    input: () => this.#handleInput(),
    keydown: (event: KeyboardEvent) => this.#handleKeydown(event),
    focus: () => this.#handleFocus(),
    click: () => this.#combobox.show(),
    clear: () => this.#handleClear(),
    hold: keepFocus,
  };
  readonly #rowEvents = {
    press: (event: PointerEvent, row: PatientRow) => this.#combobox.handlePointerdown(event, row),
    click: (event: MouseEvent, row: PatientRow) => {
      if (!this.#combobox.handleClick(event, row)) this.#live.announce(this.#words.t('listChanged'), { assertive: true });
    },
  };
  #initial = '';
  /** The value as this element set it itself: then the text stays as it is. */
  #own: string | undefined;
  #said: string | undefined;
  #askedAt: CareClient | undefined;

  /** The patient chosen, where it is known. */
  get patient(): Patient | undefined {
    return this.#choice.patient;
  }

  /** Empties the field and takes the choice back, without an event. */
  clear(): void {
    this.#setValue('');
    this.#search.set('');
    this.#combobox.hide();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('invalid', this.#handleInvalid);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('invalid', this.#handleInvalid);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated) this.#initial = this.value;
    if (this.#client && this.#client !== this.#askedAt) {
      // Patient/12 is somebody else on another server.
      if (this.#askedAt && !changed.has('value')) this.#handleOtherRecords();
      this.#askedAt = this.#client;
    }
    if (!changed.has('value')) return;
    this.setFormValue(this.value === '' ? null : this.value);
    // Set from outside: the reference stands there until the name is known.
    if (this.value !== this.#own) this.#search.set(this.patient ? this.#nameOf(this.patient) : this.value);
    this.#own = undefined;
  }

  protected override updated(): void {
    const missing = this.required && this.value === '';
    this.setValidity(missing ? { valueMissing: true } : {}, missing ? this.#words.t('required') : undefined, this.input);
    if (this.#isOpen) this.#popover.show();
    else this.#popover.hide();
    this.popup.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' });
    this.#announce();
  }

  protected override resetValue(): void {
    this.clear();
    this.value = this.#initial;
    this.#own = undefined;
    this.touched = false;
  }

  protected override restoreValue(value: string): void {
    this.value = value;
  }

  get #client(): CareClient | undefined {
    return this.client ?? this.providedClient;
  }

  get #isOpen(): boolean {
    const hasContent = this.#search.query !== undefined || (this.patient === undefined && (this.recent?.length ?? 0) > 0);
    return this.#combobox.open && hasContent && !this.isDisabled && this.#refusal === undefined;
  }

  get #refusal(): string | undefined {
    return this.#access.refusal(this.#words.t('unsupported'));
  }

  #reading(): { now: Date; zone: string | undefined; locale: string } {
    return { now: this.clock.now(), zone: this.clock.zone, locale: this.#words.lang };
  }

  #nameOf(patient: Patient): string {
    return nameText(patient, this.clock.now(), this.#words);
  }

  /** The options as they are on screen. */
  #rows(): readonly PatientRow[] {
    return this.#list.of(this.#search.query ? this.#search.list : this.recent, this.#reading());
  }

  #idOf(row: PatientRow): string {
    return `option-${this.#rows().indexOf(row)}`;
  }

  #setValue(value: string, patient?: Patient): void {
    this.#choice.set(patient);
    if (this.value !== value) this.#own = this.value = value;
  }

  #choose({ patient, reference }: PatientRow): void {
    if (reference === undefined) return;
    if (this.clearOnSelect) this.clear();
    else {
      this.#setValue(reference, patient);
      this.#search.set(this.#nameOf(patient));
      this.#combobox.hide();
    }
    this.#live.announce(this.#words.t('chosen', this.#nameOf(patient)));
    this.emit('care-patient-select', { patient, reference });
  }

  #unchoose(): void {
    if (this.value === '') return;
    this.#setValue('');
    this.emit('care-patient-clear', null);
  }

  #handleOtherRecords(): void {
    if (this.value === '') return;
    this.#search.set('');
    this.#unchoose();
  }

  #handleInput(): void {
    this.#search.type(this.input.value);
    this.#combobox.deactivate();
    this.#combobox.show();
    this.#unchoose();
  }

  #handleKeydown(event: KeyboardEvent): void {
    if (this.#combobox.handleKeydown(event) || isComposing(event) || this.#search.text === '' || this.patient) return;
    if (event.key === 'Enter') {
      // Asks at once. It never chooses: nobody has looked at a row yet.
      event.preventDefault();
      this.#search.flush();
      this.#combobox.show();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      this.#search.set('');
    }
  }

  #handleFocus(): void {
    this.#combobox.show();
    // What is typed next replaces the one chosen.
    if (this.patient) this.input.select();
  }

  #handleFocusout({ relatedTarget }: FocusEvent): void {
    if (relatedTarget instanceof Node && (this.contains(relatedTarget) || this.renderRoot.contains(relatedTarget))) return;
    this.touched = true;
    this.#combobox.hide();
  }

  #handleClear(): void {
    this.#search.set('');
    this.#unchoose();
    this.input.focus();
  }

  readonly #handleInvalid = (): void => {
    this.touched = true;
  };

  /** Says how the search ended, once. */
  #announce(): void {
    const { query, busy } = this.#search;
    const text =
      this.#isOpen && query?.enough && !busy ? outcome(this.#search, this.#rows(), this.#words, this.patients !== undefined) : undefined;
    if (text !== undefined && text !== this.#said) this.#live.announce(text);
    this.#said = text;
  }

  override render(): TemplateResult {
    const invalid = this.touched && this.required && this.value === '';
    return html`<div @focusout=${this.#handleFocusout}>
        ${this.label ? html`<label class="lbl" part="label" for="input">${this.label}</label>` : nothing} ${this.#renderField(invalid)}
        ${this.#refusal === undefined ? nothing : html`<p class="hint" id="refusal">${this.#refusal}</p>`}
        ${invalid ? html`<p class="err" id="error">${icon('alert-circle', 'xs')}${this.#words.t('required')}</p>` : nothing}
        ${this.patient ? chosenFacts(patientRows([this.patient], undefined, this.#reading())[0]!, this.#words) : nothing}
        ${this.#renderPopup()}
      </div>
      ${this.#live.render()}`;
  }

  #renderField(invalid: boolean): TemplateResult {
    const words = this.#words;
    const { text } = this.#search;
    const refused = this.#refusal !== undefined;
    return field({
      icon: refused ? 'lock' : this.patient ? 'user-check' : 'search',
      text,
      name: this.label ? undefined : (this.labelText ?? words.t('label')),
      placeholder: this.placeholder ?? words.t('placeholder'),
      open: this.#isOpen,
      activeId: this.#combobox.activeId,
      describedBy: [refused ? 'refusal' : '', invalid ? 'error' : ''].join(' ').trim(),
      disabled: this.isDisabled || refused,
      required: this.required,
      invalid,
      clearable: text !== '' && !this.isDisabled,
      words,
      events: this.#fieldEvents,
    });
  }

  /** A press anywhere in it leaves the focus in the field. */
  #renderPopup(): TemplateResult {
    const over = (event: PointerEvent) => this.#combobox.handlePointerenter(event);
    return html`<div class="pop" part="popup" popover="manual" @mousedown=${keepFocus} @pointerenter=${over} @pointerleave=${over}>
      ${
        this.#isOpen
          ? popup({
              search: this.#search,
              rows: this.#rows(),
              isActive: (row) => this.#combobox.isActive(row),
              id: (row) => this.#idOf(row),
              local: this.patients !== undefined,
              connected: this.patients !== undefined || this.#client !== undefined,
              events: this.#rowEvents,
              words: this.#words,
            })
          : html`<div id="list" role="listbox" hidden></div>
              <slot name="empty" hidden></slot>`
      }
    </div>`;
  }
}

function keepFocus(event: Event): void {
  event.preventDefault();
}
