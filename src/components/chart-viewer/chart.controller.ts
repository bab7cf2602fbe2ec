import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ChartSection } from '../../client/charting.js';
import type { CareClient } from '../../client/index.js';
import {
  bannerView,
  chartReading,
  chartRecords,
  emptyReasons,
  isBlank,
  patientIdentity,
  SECTION_TYPES,
  type ChartReading,
  type ChartRecords,
  type EmptyReason,
  type Inventory,
  type SectionName,
} from '../../models/charting/index.js';
import type { Bundle, Patient, Resource } from '../../models/fhir/index.js';
import type { Permissions } from '../base/contexts.js';
import { answerOf, QueryController, type QueryState } from '../base/query.controller.js';
import { isNewsTo, watchChanges } from '../base/watch-changes.js';
import {
  IDLE,
  loadStateOf,
  READY,
  type ChartSections,
  type ChartState,
  type Loading,
  type PatientState,
  type SectionState,
} from './chart.state.js';
import { NOTHING, ViewKeeper } from './chart.views.js';

/** What the element was given. */
export interface ChartSource {
  client: CareClient | undefined;
  /** `Patient/12`, or empty. */
  patient: string;
  resources: readonly Resource[] | Bundle | undefined;
  permissions: Permissions | undefined;
  lang: string;
  zone: string | undefined;
  now: Date;
}

type Question = [CareClient, string];
type Asked = SectionName | 'patient' | 'inventory';

const HOUR = 3_600_000;
const NO_REASONS: readonly EmptyReason[] = [];
/** Warnings that are said with their own words. */
const SAID = new Set(['page-budget', 'other-patient', 'undecided-patient']);

/**
 * The chart that the element shows. Owns the questions (the patient, each section, what else there is), and the views built
 * from the answers. An answer belongs to the patient it was asked for: when another one is chosen nothing of it is left.
 * Sections are asked for side by side; none waits for another, and one that fails leaves the rest.
 */
export class ChartController implements ReactiveController {
  readonly #source: () => ChartSource;
  readonly #patient: QueryController<Question, Patient>;
  readonly #sections: Readonly<Record<SectionName, QueryController<Question, ChartSection>>>;
  readonly #inventory: QueryController<Question, Inventory>;
  readonly #views = new ViewKeeper();
  #counted: Question | undefined;

  constructor(host: ReactiveControllerHost, source: () => ChartSource) {
    this.#source = source;
    const now = (): Date => source().now;
    const section = (name: SectionName): QueryController<Question, ChartSection> =>
      new QueryController<Question, ChartSection>(host, {
        args: () => (this.#denied(name) === undefined ? this.#question : undefined),
        run: async ([client, patient], options) => {
          const data = await (await client.charting()).section(name, patient, options);
          return { data, complete: data.complete };
        },
        watch: ([client], changed) =>
          watchChanges(client, SECTION_TYPES[name], (change) => changed(({ records }) => isNewsTo(records, change))),
        now,
      });
    this.#patient = new QueryController<Question, Patient>(host, {
      args: () => this.#question,
      run: async ([client, patient], options) => ({ data: await (await client.charting()).patient(patient, options), complete: true }),
      watch: ([client], changed) =>
        watchChanges(client, ['Patient'], (change) =>
          changed((patient) => (change.id === undefined || change.id === patient.id) && isNewsTo([patient], change)),
        ),
      now,
    });
    this.#sections = {
      alerts: section('alerts'),
      allergies: section('allergies'),
      problems: section('problems'),
      medications: section('medications'),
      encounters: section('encounters'),
      documents: section('documents'),
    };
    this.#inventory = new QueryController<Question, Inventory>(host, {
      args: () => this.#countQuestion,
      run: async ([client, patient], options) => {
        const data = await (await client.charting()).inventory(patient, options);
        return { data, complete: data.complete };
      },
      now,
    });
    host.addController(this);
  }

  hostConnected(): void {}

  /** Asks again for one thing; what is shown of it stays meanwhile. Plain records have nothing to ask for. */
  retry(what: Asked): void {
    const query = what === 'patient' ? this.#patient : what === 'inventory' ? this.#inventory : this.#sections[what];
    void query.refetch();
  }

  /** Everything there is to show now. */
  get state(): ChartState {
    return this.#plain ? this.#plainState(this.#plain) : this.#askedState();
  }

  get #question(): Question | undefined {
    const { client, patient, resources } = this.#source();
    return client && patient !== '' && resources === undefined ? [client, patient] : undefined;
  }

  /** The counts are many small requests: they wait until the sections have been read, and are not asked again with one of them. */
  get #countQuestion(): Question | undefined {
    const question = this.#question;
    const asked = question?.every((part, i) => part === this.#counted?.[i]);
    const busy = [this.#patient, ...Object.values(this.#sections)].some(({ state }) => state.status === 'pending');
    if (!asked && busy) return undefined;
    this.#counted = question;
    return question;
  }

  /** The host's reason why this user may not read a section; a section of two types is left to the server if one may be read. */
  #denied(name: SectionName): string | undefined {
    const { permissions } = this.#source();
    if (!permissions) return undefined;
    const verdicts = SECTION_TYPES[name].map((type) => permissions.may('read', type));
    const first = verdicts[0];
    return verdicts.every(({ allowed }) => !allowed) && first && !first.allowed ? first.reason : undefined;
  }

  /** What a view depends on besides its records. Ages and "is it over" move by the hour at most. */
  get #frame(): readonly unknown[] {
    const { lang, zone, now } = this.#source();
    return [lang, zone, Math.floor(now.getTime() / HOUR)];
  }

  // Over a client

  #askedState(): ChartState {
    const { patient: reference } = this.#source();
    const documents = this.#sections.documents.data;
    const reasons = documents
      ? this.#views.keep('reasons', [documents, ...this.#frame], () => emptyReasons(documents.records, this.#reading(documents)))
      : NO_REASONS;
    const section = <K extends keyof ChartSections>(name: K): ChartSections[K] => this.#askedSection(name, reasons) as ChartSections[K];
    return {
      subject: reference === '' ? 'none' : 'known',
      reference,
      patient: this.#askedPatient(),
      alerts: section('alerts'),
      allergies: section('allergies'),
      problems: section('problems'),
      medications: section('medications'),
      encounters: section('encounters'),
      inventory: { ...loadingOf(this.#inventory.state), inventory: this.#inventory.data },
    };
  }

  /** Reads an answer with what came along, and with the patient, so that references to them are known. */
  #reading({ records, included }: Pick<ChartSection, 'records' | 'included'>): ChartReading {
    const { client, lang, zone, now, patient: reference } = this.#source();
    const base = client?.backend.baseUrl;
    const patient = this.#patient.data;
    const identity = patientIdentity(reference, base === undefined ? undefined : `${base}/${reference}`);
    return chartReading({
      locale: lang,
      zone,
      now,
      records: [...records, ...included, ...(patient ? [patient] : [])],
      base,
      patient: identity,
    });
  }

  #askedPatient(): PatientState {
    const patient = this.#patient.data;
    const banner =
      patient &&
      this.#views.keep('banner', [patient, ...this.#frame], () => bannerView(patient, this.#reading({ records: [], included: [] })));
    return { ...loadingOf(this.#patient.state), patient, banner };
  }

  #askedSection(name: keyof ChartSections, reasons: readonly EmptyReason[]): SectionState {
    const denied = this.#denied(name);
    if (denied !== undefined) return { ...NOTHING, load: 'forbidden', reason: denied };
    const { state } = this.#sections[name];
    const answer = answerOf(state);
    if (!answer) return { ...NOTHING, ...loadingOf(state) };
    const { data } = answer;
    const inputs = [data, this.#patient.data, reasons, ...this.#frame];
    const shown = this.#views.section(
      name,
      { records: data.records, reasons, reading: () => this.#reading(data), inputs },
      loadingOf(state),
    );
    // Why a list is empty may still be on its way: "nothing recorded" would be said too soon.
    if (shown.view && isBlank(shown.view) && this.#sections.documents.state.status === 'pending')
      return { ...NOTHING, ...loadingOf(this.#sections.documents.state), load: 'loading' };
    return {
      ...shown,
      complete: data.complete,
      withheld: data.withheld,
      gaps: data.gaps,
      cut: data.warnings.some(({ code }) => code === 'page-budget'),
      reduced: data.warnings.some(({ code }) => !SAID.has(code)),
    };
  }

  // Plain records

  get #plain(): ChartRecords | undefined {
    const { resources, patient } = this.#source();
    return (
      resources && this.#views.keep('records', [resources, patient], () => chartRecords(resources, patient === '' ? undefined : patient))
    );
  }

  #plainState(chart: ChartRecords): ChartState {
    const { patient: asked, lang, zone, now } = this.#source();
    const reading: ChartReading = { locale: lang, zone, now, resolver: chart.resolver, patient: chart.identity };
    const inputs = [chart, ...this.#frame];
    const { patient } = chart;
    const banner = this.#views.keep('banner', inputs, () => (patient ? bannerView(patient, reading) : undefined));
    const reasons = this.#views.keep('reasons', inputs, () => emptyReasons(chart.sections.documents.records, reading));
    const section = <K extends keyof ChartSections>(name: K): ChartSections[K] => {
      const { records, withheld } = chart.sections[name];
      const shown = this.#views.section(name, { records, reasons, reading: () => reading, inputs }, READY);
      return { ...shown, complete: withheld.other + withheld.undecided === 0, withheld } as ChartSections[K];
    };
    return {
      subject: patient ? 'known' : asked !== '' ? 'nobody' : chart.patients > 1 ? 'several' : 'none',
      reference: banner?.reference ?? asked,
      patient: { ...READY, patient: patient as unknown as Resource | undefined, banner },
      alerts: section('alerts'),
      allergies: section('allergies'),
      problems: section('problems'),
      medications: section('medications'),
      encounters: section('encounters'),
      inventory: { ...READY, inventory: chart.inventory },
    };
  }
}

function loadingOf(state: QueryState<unknown>): Loading {
  const at = answerOf(state)?.at;
  if (state.status === 'initial') return IDLE;
  if (state.status === 'pending') return { ...IDLE, at, skeleton: state.skeleton, slow: state.slow };
  if (state.status === 'complete') return { ...READY, at };
  return { ...IDLE, load: loadStateOf(state.error), error: state.error, at };
}
