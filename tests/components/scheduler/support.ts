import { ContextProvider } from '@lit/context';
import { html } from 'lit';
import '../../../src/define/provider.js';
import '../../../src/define/scheduler.js';
import type { CareClient } from '../../../src/client/index.js';
import { clockContext, type Clock, type Permissions } from '../../../src/components/base/index.js';
import type { CareScheduler } from '../../../src/components/scheduler/index.js';
import type { Appointment, Resource } from '../../../src/models/fhir/index.js';
import { clinicDay, DATE, NOW, PROVIDER_ORDER, ZONE } from '../../../stories/scheduler/clinic-day.js';
import { fixture, until } from '../../support/fixture.js';

export { DATE, NOW, ZONE };
export const clock: Clock = { now: () => NOW, zone: ZONE };

export interface Given {
  appointments?: readonly Appointment[];
  related?: readonly Resource[];
  providers?: readonly (Resource | string)[] | undefined;
  date?: string;
  zone?: string | undefined;
  lang?: string;
  width?: string;
  hourCycle?: string;
  readonly?: boolean;
  permissions?: Permissions;
  clock?: Clock;
}

/** The clinic's day on plain data, in a box of 1280 by 900 px. */
export async function plain(given: Given = {}): Promise<CareScheduler> {
  const day = clinicDay();
  const host = await fixture<HTMLElement>(html`<div></div>`);
  new ContextProvider(host, { context: clockContext, initialValue: given.clock ?? clock });
  host.style.width = given.width ?? '1280px';
  const scheduler = document.createElement('care-scheduler');
  scheduler.lang = given.lang ?? 'en-AU';
  scheduler.style.height = '900px';
  scheduler.date = given.date ?? DATE;
  scheduler.timeZone = 'zone' in given ? (given.zone ?? '') : ZONE;
  scheduler.hourCycle = (given.hourCycle ?? 'h23') as 'h23';
  scheduler.readonly = given.readonly ?? false;
  scheduler.appointments = given.appointments ?? day.appointments;
  scheduler.related = given.related ?? day.related;
  scheduler.providers = 'providers' in given ? given.providers : PROVIDER_ORDER;
  host.append(scheduler);
  await scheduler.updateComplete;
  return scheduler;
}

/** The schedule over a client, inside a provider that has the clinic's clock. */
export async function over(client: CareClient, given: Given = {}): Promise<CareScheduler> {
  const zone = 'zone' in given ? given.zone : ZONE;
  const provider = await fixture<HTMLElement>(
    html`<care-provider
      .client=${client}
      .clock=${{ now: () => NOW, zone }}
      .timeZone=${zone}
      .permissions=${given.permissions}
    ></care-provider>`,
  );
  const scheduler = document.createElement('care-scheduler');
  scheduler.lang = given.lang ?? 'en-AU';
  scheduler.style.cssText = 'height:900px;width:1280px';
  scheduler.date = given.date ?? DATE;
  scheduler.hourCycle = 'h23';
  scheduler.refreshEvery = 0;
  scheduler.providers = 'providers' in given ? given.providers : PROVIDER_ORDER;
  provider.append(scheduler);
  await scheduler.updateComplete;
  return scheduler;
}

export const shadow = (scheduler: CareScheduler): ShadowRoot => scheduler.shadowRoot!;
export const part = (scheduler: CareScheduler, name: string): HTMLElement | null =>
  shadow(scheduler).querySelector<HTMLElement>(`[part~="${name}"]`);
export const boxes = (scheduler: CareScheduler): HTMLElement[] => [
  ...shadow(scheduler).querySelectorAll<HTMLElement>('[part~="appointment"]'),
];
/** The box whose text holds this. */
export const box = (scheduler: CareScheduler, text: string): HTMLElement => {
  const found = boxes(scheduler).find((each) => each.textContent?.includes(text));
  if (!found) throw new Error(`no box with ${text}`);
  return found;
};
export const drawn = (scheduler: CareScheduler): Promise<unknown> => until(() => boxes(scheduler).length > 0);
export const words = (element: Element | null | undefined): string => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
export const button = (scheduler: CareScheduler, text: string): HTMLButtonElement => {
  const found = [...shadow(scheduler).querySelectorAll<HTMLButtonElement>('button')].find(
    (each) => words(each) === text || each.getAttribute('aria-label') === text,
  );
  if (!found) throw new Error(`no button ${text}`);
  return found;
};
/** The column that a box is in. */
export const columnOf = (element: Element): string => element.closest('[data-column]')?.getAttribute('data-column') ?? '';
/** What was last said politely, and what interrupted. */
export const said = (scheduler: CareScheduler): string => words(shadow(scheduler).querySelector('[aria-live="polite"][role="status"].vh'));
export const alerted = (scheduler: CareScheduler): string => words(shadow(scheduler).querySelector('[aria-live="assertive"]'));
export const focused = (scheduler: CareScheduler): Element | null => shadow(scheduler).activeElement;

export function key(scheduler: CareScheduler, name: string, more: KeyboardEventInit = {}): void {
  (shadow(scheduler).activeElement ?? scheduler).dispatchEvent(
    new KeyboardEvent('keydown', { key: name, bubbles: true, composed: true, cancelable: true, ...more }),
  );
}

/** A promise and what settles it. */
export function later<T = void>(): { promise: Promise<T>; give: (value: T) => void; fail: (error: unknown) => void } {
  let give!: (value: T) => void;
  let fail!: (error: unknown) => void;
  const promise = new Promise<T>((resolve, reject) => {
    give = resolve;
    fail = reject;
  });
  return { promise, give, fail };
}
