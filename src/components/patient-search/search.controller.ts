import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { CareClient } from '../../client/index.js';
import type { Patient } from '../../models/fhir/index.js';
import { matchPatient, parsePatientQuery, type PatientQuery } from '../../models/search/index.js';
import { answerOf, QueryController, type QueryState } from '../base/query.controller.js';
import { isNewsTo, watchChanges } from '../base/watch-changes.js';
import { runSearches, type PatientsFound } from './run-searches.js';

/** Long enough that a quick typist sends one search, short enough that nobody waits for it. */
const DEBOUNCE = 250;

/** So many plain patients are gone through between two keys without anybody noticing. */
const AT_ONCE = 1000;

export interface SearchSource {
  client: CareClient | undefined;
  /** Searched here instead of at the client. */
  patients: readonly Patient[] | undefined;
  locale: string;
  now: Date;
  zone: string | undefined;
  /** How many rows to ask for. */
  limit: number;
}

/** The list as it is on screen. It is replaced as a whole, and only by `apply`. */
export interface ShownList extends PatientsFound {
  query: PatientQuery;
}

/** A new object for each asking. */
interface Question {
  query: PatientQuery;
}

/**
 * What was typed, and the list that answers it. Owns the text, the waiting between keys, the request, and which list is shown: rows
 * that the text has outgrown go at once, new rows come only through `apply`, so that the owner can keep a list still under a pointer.
 * Does not own picking, nor what it looks like.
 */
export class SearchController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #source: () => SearchSource;
  readonly #apply: (change: () => void) => void;
  readonly #query: QueryController<readonly [CareClient, Question, number], PatientsFound>;
  #typed = '';
  #birth: string | undefined;
  #parsed: PatientQuery | undefined;
  #question: Question | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #list: ShownList | undefined;
  #locale: string | undefined;
  #client: CareClient | undefined;
  #patients: readonly Patient[] | undefined;

  constructor(host: ReactiveControllerHost, options: { source: () => SearchSource; apply: (change: () => void) => void }) {
    this.#host = host;
    this.#source = options.source;
    this.#apply = options.apply;
    host.addController(this);
    this.#query = new QueryController(host, {
      args: () => this.#args(),
      run: async ([client, { query }, limit], { signal }) => {
        const data = await runSearches(client, query, { limit, signal });
        return { data, complete: isWhole(data) };
      },
      // Somebody whose name was corrected, or who was just registered, may fit now.
      watch: ([client], changed) => watchChanges(client, ['Patient'], (change) => changed(({ patients }) => isNewsTo(patients, change))),
      now: () => this.#source().now,
      changed: (state) => this.#answered(state),
    });
  }

  get text(): string {
    return this.#typed;
  }
  /** What was typed, as it is understood; undefined for nothing. */
  get query(): PatientQuery | undefined {
    return this.#parsed;
  }
  get list(): ShownList | undefined {
    return this.#list;
  }
  get state(): QueryState<PatientsFound> {
    return this.#query.state;
  }
  /** Keys were pressed and nothing was asked yet, or an answer is on its way. */
  get busy(): boolean {
    return this.#timer !== undefined || this.#query.state.status === 'pending';
  }

  hostUpdate(): void {
    const { client, patients, locale } = this.#source();
    // The same text may be another date in another language.
    if (locale !== this.#locale) {
      this.#locale = locale;
      if (this.#parsed) this.type(this.#typed);
    }
    // Rows of one server must not stand under another, nor rows of a list that the host has replaced.
    if (client !== this.#client || patients !== this.#patients) {
      [this.#client, this.#patients] = [client, patients];
      this.#list = undefined;
      this.#question = undefined;
      if (this.#parsed) this.#ask();
    }
  }

  hostDisconnected(): void {
    this.#wait(undefined);
  }

  /** The text changed. */
  type(text: string): void {
    this.#typed = text;
    this.#birth = undefined;
    this.#read();
    const { patients } = this.#source();
    if (patients && patients.length <= AT_ONCE) this.#ask();
    else this.#wait(() => this.#ask());
  }

  /** Which day was meant by a date that can be read in several ways. */
  chooseBirth(date: string): void {
    this.#birth = date;
    this.#read();
    this.#ask();
  }

  /** Asks now what would be asked in a moment. */
  flush(): void {
    if (this.#timer !== undefined) this.#ask();
  }

  retry(): void {
    void this.#query.refetch();
  }

  /** Puts a text there without asking: the name of the one chosen. */
  set(text: string): void {
    this.#typed = text;
    this.#birth = undefined;
    this.#parsed = undefined;
    this.#question = undefined;
    this.#list = undefined;
    this.#wait(undefined);
    this.#host.requestUpdate();
  }

  #args(): readonly [CareClient, Question, number] | undefined {
    const { client, patients, limit } = this.#source();
    return client && !patients && this.#question ? [client, this.#question, limit] : undefined;
  }

  #read(): void {
    const { locale, now, zone } = this.#source();
    this.#parsed = this.#typed.trim() === '' ? undefined : parsePatientQuery(this.#typed, { locale, now, zone, birth: this.#birth });
    const list = this.#list;
    const query = this.#parsed;
    if (!list) return;
    // What is left of the list are rows that fit what is typed now; more of them may be on their way.
    const patients = query?.enough ? list.patients.filter((patient) => matchPatient(patient, query)) : [];
    this.#apply(() => {
      // While it was held back the list may have been replaced: by another server's, say.
      if (this.#list === list) this.#list = query && patients.length > 0 ? { ...list, query, patients } : undefined;
    });
  }

  #wait(then: (() => void) | undefined): void {
    clearTimeout(this.#timer);
    this.#timer = then && setTimeout(then, DEBOUNCE);
    this.#host.requestUpdate();
  }

  #ask(): void {
    this.#wait(undefined);
    const query = this.#parsed;
    if (!query?.enough || query.readings.length === 0) {
      this.#question = undefined;
      this.#apply(() => (this.#list = undefined));
      return;
    }
    const { patients, limit } = this.#source();
    if (patients) {
      this.#apply(() => (this.#list = { query, ...findHere(patients, query, limit) }));
    } else if (this.#question && isSameQuestion(this.#question.query, query) && this.state.status !== 'error') {
      // Back at the text that was asked last: its answer is here, or on its way.
      this.#answered(this.state);
    } else {
      this.#question = { query };
    }
    this.#host.requestUpdate();
  }

  #answered(state: QueryState<PatientsFound>): void {
    const question = this.#question;
    const answer = state.status === 'complete' ? answerOf(state) : undefined;
    if (!question || !answer) return;
    this.#apply(() => {
      // While it was held back another text may have been typed.
      if (question === this.#question) this.#list = { query: question.query, ...answer.data };
    });
  }
}

function isWhole({ more, failed, withheld, warnings }: PatientsFound): boolean {
  return !more && failed === 0 && withheld === 0 && warnings.length === 0;
}

function findHere(patients: readonly Patient[], query: PatientQuery, limit: number): PatientsFound {
  const found = patients
    .flatMap((patient) => {
      const match = matchPatient(patient, query);
      return match ? [{ patient, score: match.score }] : [];
    })
    .toSorted((a, b) => b.score - a.score);
  return {
    patients: found.slice(0, limit).map(({ patient }) => patient),
    more: found.length > limit,
    failed: 0,
    withheld: 0,
    warnings: [],
  };
}

/** Asks a server for the same: the text, and the readings that it has in this language. */
function isSameQuestion(a: PatientQuery, b: PatientQuery): boolean {
  return a.text === b.text && JSON.stringify(a.readings) === JSON.stringify(b.readings);
}
