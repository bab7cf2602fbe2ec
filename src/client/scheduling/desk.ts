/** What the intents of one client share: the client, the clock, what is loaded, and one booking at a time. */
import { CareError, isCareError } from '../../models/errors.js';
import type { HealthcareService, Resource } from '../../models/fhir/index.js';
import { zonesIn } from '../../models/scheduling/find-zone.js';
import type { Backend, Capabilities, RequestOptions } from '../backend.js';
import type { CareClient } from '../care-client.js';
import type { Days } from './day.js';
import { LoadedDays } from './loaded-days.js';

/** Records that say who works where and when; they change seldom. */
export interface Setting {
  readonly resources: readonly Resource[];
  readonly complete: boolean;
}

const SETTING_TYPES = ['PractitionerRole', 'Practitioner', 'Schedule', 'Location', 'HealthcareService', 'Resource'];
/** Bookings of one backend wait for each other, whichever client makes them: between the check and the write nobody gets in. */
const queues = new WeakMap<Backend, Promise<unknown>>();

export class Desk {
  readonly client: CareClient;
  readonly days: Days;
  readonly loaded: LoadedDays;
  readonly now: () => number;
  #setting: Promise<Setting> | undefined;

  constructor(client: CareClient, days: Days, now: () => number) {
    this.client = client;
    this.days = days;
    this.now = now;
    this.loaded = new LoadedDays(client, now);
    client.onChange((changes) => {
      if (changes.some(({ type }) => SETTING_TYPES.includes(type))) this.#setting = undefined;
      this.loaded.changed(changes);
    });
    client.onSignOut(() => {
      this.#setting = undefined;
      this.loaded.clear();
    });
  }

  /** What the server says it can do; undefined where it says nothing. */
  async capabilities(options: RequestOptions = {}): Promise<Capabilities | undefined> {
    try {
      return await this.client.capabilities(options);
    } catch (error) {
      if (isCareError(error, 'aborted', 'auth', 'offline')) throw error;
      return undefined;
    }
  }

  /** Read once, and again after a change of one of its types. Shared by all who ask, so no caller's signal ends it. */
  setting(): Promise<Setting> {
    if (!this.#setting) {
      const reading = this.#read();
      this.#setting = reading;
      reading.catch(() => {
        if (this.#setting === reading) this.#setting = undefined;
      });
    }
    return this.#setting;
  }

  async #read(): Promise<Setting> {
    const [directory, services, places] = await Promise.all([
      this.days.directory(),
      this.#all('HealthcareService'),
      // The directory takes one page of places, for their zone; hours and rooms need all.
      this.#all('Location'),
    ]);
    const resources = new Map<string, Resource>();
    for (const resource of [...directory.resources, ...services.items, ...places.items])
      resources.set(`${resource.resourceType}/${resource.id}`, resource);
    return { resources: [...resources.values()], complete: directory.complete && services.complete && places.complete };
  }

  async #all(type: 'HealthcareService' | 'Location'): Promise<{ items: Resource[]; complete: boolean }> {
    try {
      return await this.client.search(type, { _count: 200 }).all();
    } catch (error) {
      if (isCareError(error, 'aborted', 'auth', 'offline')) throw error;
      // A server that does not have the type has nothing of it; one that refused leaves something unknown.
      return { items: [], complete: isCareError(error, 'unsupported', 'not-found') };
    }
  }

  /** @throws CareError `validation` where no zone is told and the records do not say one: it is never guessed. */
  async zone(told: string | undefined): Promise<string> {
    if (told !== undefined) return told;
    const zones = zonesIn((await this.setting()).resources);
    if (zones.length !== 1) throw new CareError('validation', 'The clinic’s time zone is needed: its records say none, or several.');
    return zones[0]!;
  }

  async service(reference: string | undefined): Promise<HealthcareService | undefined> {
    if (reference === undefined) return undefined;
    const { resources } = await this.setting();
    return resources.find(
      (one): one is HealthcareService => one.resourceType === 'HealthcareService' && reference === `HealthcareService/${one.id}`,
    );
  }

  /** Runs after every booking that was begun before on the same backend. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    const { backend } = this.client;
    const run = (queues.get(backend) ?? Promise.resolve()).then(work, work);
    queues.set(
      backend,
      run.catch(() => undefined),
    );
    return run;
  }
}
