import { html } from 'lit';
import '../../../src/define/chart-viewer.js';
import '../../../src/define/provider.js';
import type { CareChartViewer } from '../../../src/components/chart-viewer/index.js';
import type { CareClient } from '../../../src/client/index.js';
import type { Clock } from '../../../src/components/base/index.js';
import type { Bundle, Resource } from '../../../src/models/fhir/index.js';
import { fixture, until } from '../../support/fixture.js';

export const clock: Clock = { now: () => new Date('2026-11-23T11:20:00+11:00'), zone: 'Australia/Sydney' };

/** The viewer on plain records. */
export async function plain(resources: readonly object[] | object, patient = ''): Promise<CareChartViewer> {
  const viewer = await fixture<CareChartViewer>(
    html`<care-chart-viewer lang="en-AU" .resources=${resources as readonly Resource[] | Bundle} .patient=${patient}></care-chart-viewer>`,
  );
  await viewer.updateComplete;
  return viewer;
}

/** The viewer over a client. */
export async function over(client: CareClient, patient = 'Patient/quispe'): Promise<CareChartViewer> {
  return fixture<CareChartViewer>(html`<care-chart-viewer lang="en-AU" .client=${client} .patient=${patient}></care-chart-viewer>`);
}

export const part = (viewer: CareChartViewer, selector: string): HTMLElement | null =>
  viewer.shadowRoot!.querySelector<HTMLElement>(selector);
export const all = (viewer: CareChartViewer, selector: string): HTMLElement[] => [
  ...viewer.shadowRoot!.querySelectorAll<HTMLElement>(selector),
];

/** Words as they are read: white space collapsed. */
export const words = (element: Element | null): string => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();

export const stateOf = (viewer: CareChartViewer, section: string): string | null =>
  part(viewer, `#${section}`)?.getAttribute('data-state') ?? null;
export const inState = (viewer: CareChartViewer, section: string, state: string): Promise<unknown> =>
  until(() => stateOf(viewer, section) === state);

/** Titles of the rows of a section that are not folded away. */
export const titles = (viewer: CareChartViewer, section: string): string[] =>
  all(viewer, `#${section} .entry-n`).map((one) => words(one.querySelector('.name, .narrative')));

/** A promise and what settles it. */
export function later<T>(): { promise: Promise<T>; give: (value: T) => void } {
  let give!: (value: T) => void;
  const promise = new Promise<T>((resolve) => (give = resolve));
  return { promise, give };
}
