import { consume } from '@lit/context';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { CareClient } from '../../client/index.js';
import { countCurrent, type SectionName } from '../../models/charting/index.js';
import type { Bundle, Resource } from '../../models/fhir/index.js';
import { CareElement } from '../base/care-element.js';
import {
  clientContext,
  clockContext,
  patientContext,
  permissionsContext,
  systemClock,
  type Clock,
  type PatientInContext,
  type Permissions,
} from '../base/contexts.js';
import { LocalizeController } from '../base/localize.controller.js';
import { chartMessages } from '../locales/chart.messages.js';
import { avatarStyles } from '../ui/avatar.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import { LiveRegionController } from '../ui/live-region.js';
import { noticeStyles } from '../ui/notice.styles.js';
import { panelStyles } from '../ui/panel.styles.js';
import { tagStyles } from '../ui/tag.styles.js';
import { ChartController } from './chart.controller.js';
import { PANELS, type ChartState, type Panel } from './chart.state.js';
import { chartViewerStyles } from './chart-viewer.styles.js';
import { InViewController } from './in-view.controller.js';
import { banner, type BannerContext } from './parts/banner.js';
import { inventory } from './parts/inventory.js';
import { nav, type NavTarget } from './parts/nav.js';
import { panel, type PanelContext } from './parts/panel.js';
import { StickySizeController } from './sticky-size.controller.js';
import './chart-viewer.types.js';

/**
 * A patient's chart: who it is, allergies and alerts always in view, then problems, medicines, visits, and counts of what else
 * is in the record. Reads each section on its own through the client; one that fails leaves the rest, and never looks like "none".
 * Every row can show all that was recorded, down to the original.
 *
 * Works with no client on plain data: give `resources`.
 *
 * @summary Shows a patient's identity, allergies, problems, medicines and visits.
 * @tag care-chart-viewer
 *
 * @slot actions - Buttons beside the patient's name, such as Book or Write note.
 * @fires care-patient-open - The reader wants the record that this one was merged into. `detail.reference` is that Patient. Only with `linked`.
 * @fires care-resource-open - The reader wants to open an entry. `detail.reference` names it, such as `Condition/12`. Only with `linked`.
 * @fires care-access-request - The reader asks for access to a restricted section or record: `detail.patient`, `detail.section`.
 * @csspart banner - The identity banner. It stays in view while the chart scrolls.
 * @csspart allergies - The line of allergies in the banner.
 * @csspart alerts - The line of alerts in the banner.
 * @csspart nav - The list of sections.
 * @csspart section - Each section; its name (`allergies`, `problems`, `medications`, `encounters`, `inventory`) is a part too.
 * @csspart row - Each entry of a section.
 * @cssprop [--care-chart-viewer-sticky-top=0px] - How far below the top of the page the banner stays, for a page with a bar of its own.
 */
export class CareChartViewer extends CareElement {
  static override styles = [CareElement.styles, panelStyles, tagStyles, noticeStyles, buttonStyles, avatarStyles, chartViewerStyles];

  /** The patient: `Patient/12` or an id; without it the one in context. */
  @property() patient = '';
  /** The client to read with; without it the one in context. */
  @property({ attribute: false }) client: CareClient | undefined;
  /** Records of one patient, in place of a client: a Bundle, or a list of resources. */
  @property({ attribute: false }) resources: readonly Resource[] | Bundle | undefined;
  /** You open records: entries offer it, and tell by `care-resource-open` and `care-patient-open`. */
  @property({ type: Boolean, reflect: true }) linked = false;

  @consume({ context: clientContext, subscribe: true }) @state() private _client: CareClient | undefined;
  @consume({ context: patientContext, subscribe: true }) @state() private _patient: PatientInContext | undefined;
  @consume({ context: permissionsContext, subscribe: true }) @state() private _permissions: Permissions | undefined;
  @consume({ context: clockContext, subscribe: true }) @state() private _clock: Clock | undefined;

  @state() private _opened: ReadonlySet<string> = new Set();
  @state() private _expanded: ReadonlySet<string> = new Set();
  #subject = '';
  #announced = '';

  readonly #words = new LocalizeController(this, chartMessages);
  readonly #live = new LiveRegionController(this);
  readonly #chart = new ChartController(this, () => ({
    client: this.client ?? this._client,
    patient: this.#reference,
    resources: this.resources ?? undefined,
    permissions: this._permissions,
    lang: this.#words.lang,
    zone: this.#clock.zone,
    now: this.#clock.now(),
  }));
  protected readonly _stickySize = new StickySizeController(this);
  readonly #inView = new InViewController(this, () => [...this.renderRoot.querySelectorAll<HTMLElement>('.lay section.panel')]);

  /** Asks for everything again; what is shown stays until the answers are there. */
  refresh(): void {
    for (const name of ['patient', 'alerts', 'allergies', 'problems', 'medications', 'encounters', 'documents', 'inventory'] as const)
      this.#chart.retry(name);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const records = (['client', 'resources', '_client'] as const).some((name) => changed.has(name));
    if (this.#reference === this.#subject && !records) return;
    this.#subject = this.#reference;
    // What was opened belonged to another record: of somebody else, or on another server.
    this._opened = new Set();
    this._expanded = new Set();
    this.#announced = '';
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#announce(this.#chart.state);
  }

  get #clock(): Clock {
    return this._clock ?? systemClock;
  }

  /** `Patient/12` for either form that a host may give. */
  get #reference(): string {
    const given = (this.patient || this._patient?.reference || '').trim();
    return given === '' || /[/:]/.test(given) ? given : `Patient/${given}`;
  }

  #context(): BannerContext & PanelContext {
    return {
      words: this.#words,
      opened: this._opened,
      expanded: this._expanded,
      linked: this.linked,
      toggle: (key, open) => (this._opened = changedSet(this._opened, key, open)),
      expand: (group, all) => (this._expanded = changedSet(this._expanded, group, all)),
      open: (reference) => this.emit('care-resource-open', { reference }),
      openPatient: (reference) => this.emit('care-patient-open', { reference }),
      requestAccess: (section: SectionName | 'patient') => this.emit('care-access-request', { patient: this.#reference, section }),
      retry: this.resources ? undefined : (what: SectionName | 'patient') => this.#chart.retry(what),
      time: (at) =>
        this.#words.format.date(at, {
          day: 'numeric',
          month: 'short',
          hour: 'numeric',
          minute: '2-digit',
          ...(this.#clock.zone && { timeZone: this.#clock.zone }),
        }),
    };
  }

  #go(target: NavTarget): void {
    const heading = this.renderRoot.querySelector<HTMLElement>(`#${target}-title`);
    if (!heading) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    heading.closest('section')?.scrollIntoView({ block: 'start' });
  }

  /** Says once, when every section has answered, what there is and what did not load. */
  #announce(chart: ChartState): void {
    const settled =
      chart.subject !== 'none' && chart.patient.banner !== undefined && PANELS.every((name) => chart[name].load !== 'loading');
    if (!settled) return;
    const list = this.#words.format.list(PANELS.map((name) => this.#said(name, chart)));
    const text = this.#words.t('announce.loaded', list);
    if (text === this.#announced) return;
    this.#announced = text;
    this.#live.announce(text);
  }

  #said(name: Panel, chart: ChartState): string {
    const { view, complete, load } = chart[name];
    if (view) return this.#words.t(`announce.count.${name}`, countCurrent(view), !complete);
    if (load === 'forbidden') return this.#words.t(`forbidden.${name}`);
    if (load === 'break-glass') return this.#words.t(`breakGlass.${name}`);
    return this.#words.t(load === 'unsupported' ? `unsupported.${name}` : `failed.${name}`);
  }

  #body(chart: ChartState, context: PanelContext): TemplateResult {
    return html`<div class="lay">
      ${nav(chart, { words: this.#words, current: (this.#inView.current ?? PANELS[0]) as NavTarget, go: (target) => this.#go(target) })}
      <div class="cards">${panel('allergies', chart.allergies, context)}${panel('problems', chart.problems, context)}</div>
      <div class="main">${panel('medications', chart.medications, context)}${panel('encounters', chart.encounters, context)}</div>
      <div class="rest">${inventory(chart.inventory, { words: this.#words, retry: (what) => this.#chart.retry(what) })}</div>
    </div>`;
  }

  protected override render(): TemplateResult {
    const chart = this.#chart.state;
    const context = this.#context();
    const { subject, patient } = chart;
    const choose = subject === 'none' ? 'chart.none' : subject === 'several' ? 'chart.several' : undefined;
    // Rows are never drawn without the identity they belong to.
    const identified = patient.banner !== undefined || patient.load === 'ready';
    return html`<div class="chart">
        ${choose ? html`<p class="choose muted">${this.#words.t(choose)}</p>` : html`${banner(chart, context)}${identified ? this.#body(chart, context) : nothing}`}
      </div>
      <div class="live">${this.#live.render()}</div>`;
  }
}

function changedSet(set: ReadonlySet<string>, key: string, member: boolean): ReadonlySet<string> {
  if (set.has(key) === member) return set;
  const next = new Set(set);
  if (member) next.add(key);
  else next.delete(key);
  return next;
}
