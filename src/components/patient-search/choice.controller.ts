import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { CareClient } from '../../client/index.js';
import type { Patient } from '../../models/fhir/index.js';
import { QueryController } from '../base/query.controller.js';

export interface ChoiceSource {
  client: CareClient | undefined;
  /** The value of the element: `Patient/12`, or empty. */
  value: string;
  /** Patients that are at hand. */
  here: readonly Patient[];
}

/**
 * The patient behind the element's value. Owns finding it when the value was set from outside: among the patients at hand, else by
 * reading it. `patient` is undefined until it is known that it is the one of the value.
 */
export class ChoiceController implements ReactiveController {
  readonly #source: () => ChoiceSource;
  readonly #found: (patient: Patient) => void;
  #patient: Patient | undefined;

  constructor(host: ReactiveControllerHost, options: { source: () => ChoiceSource; found: (patient: Patient) => void }) {
    this.#source = options.source;
    this.#found = options.found;
    host.addController(this);
    new QueryController<readonly [CareClient, string], Patient>(host, {
      args: () => {
        const { client, value } = this.#source();
        const [, id] = /^Patient\/([A-Za-z0-9.-]{1,64})$/.exec(value) ?? [];
        return client && id && !this.patient ? [client, id] : undefined;
      },
      run: async ([client, id], { signal }) => ({ data: await client.read('Patient', id, { signal }), complete: true }),
      changed: (state) => {
        if (state.status === 'complete' && `Patient/${state.data.id}` === this.#source().value) this.#use(state.data);
      },
    });
  }

  get patient(): Patient | undefined {
    return this.#patient?.id !== undefined && this.#source().value === `Patient/${this.#patient.id}` ? this.#patient : undefined;
  }

  /** The one that was picked; the value is set by the owner. */
  set(patient: Patient | undefined): void {
    this.#patient = patient;
  }

  hostUpdate(): void {
    const { value, here } = this.#source();
    if (value === '' || this.patient) return;
    const known = here.find(({ id }) => id !== undefined && value === `Patient/${id}`);
    if (known) this.#use(known);
  }

  #use(patient: Patient): void {
    this.#patient = patient;
    this.#found(patient);
  }
}
