import { html } from 'lit';
import type { Capabilities, CareClient, SearchPage, SearchParams } from '../../../src/client/index.js';
import type { CarePatientSearch, PatientSelectDetail } from '../../../src/components/patient-search/index.js';
import '../../../src/define/patient-search.js';
import type { Patient } from '../../../src/models/fhir/index.js';
import { fixture, until } from '../../support/fixture.js';

const MRN = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }] };

export const patient = (id: string, family: string, given: string, birthDate: string, more: Partial<Patient> = {}): Patient => ({
  resourceType: 'Patient',
  id,
  name: [{ family, given: [given] }],
  birthDate,
  gender: 'female',
  identifier: [{ type: MRN, value: `70422${id.padStart(2, '0')}` }],
  ...more,
});
export const mariana = patient('1', 'Quispe Flores', 'Mariana', '1984-03-14');
export const joaquin = patient('2', 'Quispe', 'Joaquín', '2019-08-02', { gender: 'male' });
export const aurelia = patient('3', 'Quispe', 'Aurelia', '1931-01-30', { deceasedDateTime: '2020-05-01' });

export interface Ask {
  params: SearchParams;
  signal: AbortSignal | undefined;
  answer: (patients: Patient[], page?: Partial<SearchPage<Patient>>) => Promise<void>;
  fail: (error: unknown) => Promise<void>;
}

/** A client whose searches are answered by the test. */
export function manualClient(search: 'yes' | 'no' = 'yes') {
  const asks: Ask[] = [];
  const settle = () => new Promise<void>((resolve) => setTimeout(resolve));
  const client = {
    backend: { kind: 'fake', baseUrl: 'urn:fake' },
    capabilities: async () => ({ type: () => ({ search }) }) as unknown as Capabilities,
    read: async (_type: string, id: string) => [mariana, joaquin, aurelia].find((one) => one.id === id),
    search: (_type: string, params: SearchParams, { signal }: { signal?: AbortSignal } = {}) => ({
      async *[Symbol.asyncIterator]() {
        yield await new Promise<SearchPage<Patient>>((resolve, reject) => {
          asks.push({
            params,
            signal,
            answer: (items, page = {}) => (
              resolve({ items, included: [], total: undefined, complete: true, warnings: [], ...page }),
              settle()
            ),
            fail: (error) => (reject(error), settle()),
          });
        });
      },
    }),
  };
  return { client: client as unknown as CareClient, asks };
}

export const clock = { now: () => new Date('2026-11-24T00:00:00Z'), zone: 'Australia/Sydney' };

/** A search in the page, with hands to use it and eyes to see it. */
export async function open(set: Partial<CarePatientSearch> = {}) {
  const element = document.createElement('care-patient-search');
  Object.assign(element, set);
  const picked: PatientSelectDetail[] = [];
  const cleared: null[] = [];
  element.addEventListener('care-patient-select', ({ detail }) => picked.push(detail));
  element.addEventListener('care-patient-clear', () => cleared.push(null));
  await fixture(html`${element}`);
  await element.updateComplete;
  const root = element.shadowRoot!;
  const input = root.querySelector('input')!;
  const see = {
    options: () => [...root.querySelectorAll<HTMLElement>('[role="option"]')],
    names: () => see.options().map((option) => option.querySelector('.name')!.textContent!.trim()),
    active: () => root.querySelector<HTMLElement>('[role="option"][aria-selected="true"]'),
    popup: () => root.querySelector<HTMLElement>('.pop')!,
    isOpen: () => see.popup().matches(':popover-open'),
    text: () => see.popup().textContent!.replace(/\s+/g, ' ').trim(),
    said: () => [...root.querySelectorAll('[aria-live]')].map((region) => region.textContent).join(' ').trim(), // prettier-ignore
  };
  const type = async (text: string) => {
    input.focus();
    input.value = text;
    input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    await element.updateComplete;
  };
  /** A key as the browser sends it; gives whether its default was left alone. */
  const key = async (name: string, init: KeyboardEventInit = {}) => {
    const kept = input.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, composed: true, cancelable: true, ...init }));
    await element.updateComplete;
    return kept;
  };
  const pointer = (name: string, target: Element, init: PointerEventInit = {}) =>
    target.dispatchEvent(
      new PointerEvent(name, {
        bubbles: true,
        composed: true,
        cancelable: true,
        button: 0,
        pointerType: 'mouse',
        detail: name === 'click' ? 1 : 0,
        ...init,
      }),
    );
  const click = async (target: Element) => {
    pointer('pointerdown', target);
    pointer('mousedown', target);
    pointer('pointerup', target);
    pointer('click', target);
    await element.updateComplete;
  };
  return { element, root, input, see, type, key, pointer, click, picked, cleared };
}

/** A search on a manual client with this text typed and this answer come. */
export async function opened(text: string, patients: Patient[], set: Partial<CarePatientSearch> = {}) {
  const { client, asks } = manualClient();
  const hands = await open({ client, ...set });
  await hands.type(text);
  await until(() => asks.length);
  await asks[0]!.answer(patients);
  await hands.element.updateComplete;
  return { ...hands, asks };
}
