import type { ReactiveControllerHost } from 'lit';
import type { ZoneTable } from '../../models/scheduling/index.js';
import { LocalizeController } from '../base/index.js';
import { commonMessages } from '../locales/common.messages.js';
import { schedulerMessages } from '../locales/scheduler.messages.js';
import { Words, type HourCycle } from './words.js';

/** The schedule's words, made anew when language, zone or clock style change. */
export class WordsController {
  readonly localize: LocalizeController<(typeof schedulerMessages)['en']>;
  readonly #shared: LocalizeController<(typeof commonMessages)['en']>;
  readonly #options: () => { hourCycle: HourCycle | undefined; table: ZoneTable | undefined };
  #words: Words | undefined;
  #key: readonly unknown[] = [];

  constructor(
    host: ReactiveControllerHost & HTMLElement,
    options: () => { hourCycle: HourCycle | undefined; table: ZoneTable | undefined },
  ) {
    this.localize = new LocalizeController(host, schedulerMessages);
    this.#shared = new LocalizeController(host, commonMessages);
    this.#options = options;
  }

  get now(): Words {
    const { hourCycle, table } = this.#options();
    const key = [this.localize.lang, this.localize.words, this.#shared.words, hourCycle, table];
    if (!this.#words || key.some((value, i) => value !== this.#key[i])) {
      this.#words = new Words({ localize: this.localize, shared: this.#shared, hourCycle, table });
      this.#key = key;
    }
    return this.#words;
  }
}
