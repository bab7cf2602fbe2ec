import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ChartSection } from '../../client/charting.js';
import type { CareClient } from '../../client/index.js';
import {
  alertsView,
  allergiesView,
  bannerView,
  chartReading,
  chartRecords,
  emptyReasons,
  encountersView,
  medicationsView,
  NOTHING_WITHHELD,
  patientIdentity,
  problemsView,
  SECTION_TYPES,
  type ChartReading,
  type ChartRecords,
  type EmptyReason,
  type Inventory,
  type SectionName,
  type SectionView,
} from '../../models/charting/index.js';
import { CareError } from '../../models/errors.js';
import type { Bundle, Patient, Resource } from '../../models/fhir/index.js';
import type { Permissions } from '../base/contexts.js';
import { answerOf, asCareError, QueryController, type QueryState } from '../base/query.controller.js';
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
type ViewOf = (records: readonly unknown[], reading: ChartReading, reasons: readonly EmptyReason[]) => SectionView;

const VIEWS: Readonly<Record<keyof ChartSections, ViewOf>> = {
  alerts: alertsView,
  allergies: allergiesView,
  problems: problemsView,
  medications: medicationsView,
  encounters: encountersView,
};
const HOUR = 3_600_000;

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
  #counted: Question | undefined;
  readonly #built = new Map<string, { inputs: readonly unknown[]; value: unknown }>();

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
        now,
      });
    this.#patient = new QueryController<Question, Patient>(host, {
      args: () => this.#question,
      run: async ([client, patient], options) => ({ data: await (await client.charting()).patient(patient, options), complete: true }),
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

  retry(what: SectionName | 'patient' | 'inventory'): void {
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

  /** Keeps what was built while what it was built from is the same. */
  #keep<T>(name: string, inputs: readonly unknown[], build: () => T): T {
    const kept = this.#built.get(name);
    if (kept && kept.inputs.length === inputs.length && kept.inputs.every((input, i) => Object.is(input, inputs[i])))
      return kept.value as T;
    const value = build();
    this.#built.set(name, { inputs, value });
    return value;
  }

  /** What a view depends on besides its records. Ages and "is it over" move by the hour at most. */
  get #frame(): [string, string | undefined, number] {
    const { lang, zone, now } = this.#source();
    return [lang, zone, Math.floor(now.getTime() / HOUR)];
  }

  #reading(records: readonly unknown[], base?: string): ChartReading {
    const { lang, zone, now, patient } = this.#source();
    const identity = patientIdentity(patient, base === undefined ? undefined : `${base}/${patient}`);
    return chartReading({ locale: lang, zone, now, records, base, patient: identity });
  }

  // Over a client

  #askedState(): ChartState {
    const { patient: reference } = this.#source();
    const patient = this.#askedPatient();
    const reasons = this.#reasons(this.#sections.documents.data);
    const section = <K extends keyof ChartSections>(name: K): ChartSections[K] => this.#askedSection(name, reasons) as ChartSections[K];
    return {
      subject: this.#question ? 'known' : 'none',
      reference,
      patient,
      alerts: section('alerts'),
      allergies: section('allergies'),
      problems: section('problems'),
      medications: section('medications'),
      encounters: section('encounters'),
      inventory: { ...loadingOf(this.#inventory.state), inventory: this.#inventory.data },
    };
  }

  #askedPatient(): PatientState {
    const patient = this.#patient.data;
    const banner =
      patient && this.#keep('banner', [patient, ...this.#frame], () => bannerView(patient, this.#reading([patient], this.#base)));
    return { ...loadingOf(this.#patient.state), patient, banner };
  }

  get #base(): string | undefined {
    return this.#source().client?.backend.baseUrl;
  }

  #reasons(documents: ChartSection | undefined): readonly EmptyReason[] {
    if (!documents) return NO_REASONS;
    return this.#keep('reasons', [documents, ...this.#frame], () =>
      emptyReasons(documents.records, this.#reading([...documents.records, ...documents.included], this.#base)),
    );
  }

  #askedSection(name: keyof ChartSections, reasons: readonly EmptyReason[]): SectionState {
    const denied = this.#denied(name);
    if (denied !== undefined) return { ...NOTHING, load: 'forbidden', reason: denied };
    const { state } = this.#sections[name];
    const answer = answerOf(state);
    if (!answer) return { ...NOTHING, ...loadingOf(state) };
    const { data } = answer;
    const patient = this.#patient.data;
    return {
      ...this.#view(
        name,
        [data, patient, reasons, ...this.#frame],
        data.records,
        reasons,
        () => this.#reading([...data.records, ...data.included, ...(patient ? [patient] : [])], this.#base),
        loadingOf(state),
      ),
      complete: data.complete,
      withheld: data.withheld,
      gaps: data.gaps,
      cut: data.warnings.some(({ code }) => code === 'page-budget'),
      reduced: data.warnings.some(({ code }) => code !== 'page-budget' && code !== 'other-patient' && code !== 'undecided-patient'),
    };
  }

  /** A view that cannot be built reads as "did not load", never as empty. */
  #view(
    name: keyof ChartSections,
    inputs: readonly unknown[],
    records: readonly unknown[],
    reasons: readonly EmptyReason[],
    reading: () => ChartReading,
    loading: Loading,
  ): SectionState {
    const built = this.#keep(name, inputs, () => {
      try {
        return VIEWS[name](records, reading(), reasons);
      } catch (error) {
        return asCareError(error);
      }
    });
    return built instanceof CareError ? { ...NOTHING, load: 'failed', error: built } : { ...NOTHING, ...loading, view: built };
  }

  // Plain records

  get #plain(): ChartRecords | undefined {
    const { resources, patient } = this.#source();
    return resources && this.#keep('records', [resources, patient], () => chartRecords(resources, patient === '' ? undefined : patient));
  }

  #plainState(chart: ChartRecords): ChartState {
    const { patient: asked, lang, zone, now } = this.#source();
    const reading: ChartReading = { locale: lang, zone, now, resolver: chart.resolver, patient: chart.identity };
    const { patient } = chart;
    const banner = this.#keep('banner', [chart, ...this.#frame], () => (patient ? bannerView(patient, reading) : undefined));
    const reasons = this.#keep('reasons', [chart, ...this.#frame], () => emptyReasons(chart.sections.documents.records, reading));
    const section = <K extends keyof ChartSections>(name: K): ChartSections[K] => {
      const { records, withheld } = chart.sections[name];
      const state = this.#view(name, [chart, ...this.#frame], records, reasons, () => reading, READY);
      return { ...state, complete: withheld.other + withheld.undecided === 0, withheld } as ChartSections[K];
    };
    const several = asked === '' && chart.patients > 1;
    return {
      subject: patient ? 'known' : several ? 'several' : asked === '' ? 'none' : 'nobody',
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

const NO_REASONS: readonly EmptyReason[] = [];
const NOTHING: SectionState = {
  ...IDLE,
  view: undefined,
  complete: true,
  withheld: NOTHING_WITHHELD,
  gaps: [],
  cut: false,
  reduced: false,
};

function loadingOf(state: QueryState<unknown>): Loading {
  const at = answerOf(state)?.at;
  if (state.status === 'initial') return IDLE;
  if (state.status === 'pending') return { ...IDLE, at, skeleton: state.skeleton, slow: state.slow };
  if (state.status === 'complete') return { ...READY, at };
  return { ...IDLE, load: loadStateOf(state.error), error: state.error, at };
}
