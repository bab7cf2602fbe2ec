import { ContextProvider } from '@lit/context';
import { expect } from 'chai';
import { html } from 'lit';
import manifest from '../../custom-elements.json' with { type: 'json' };
import { clockContext } from '../../src/components/base/index.js';
import '../../src/define.js';
import { manualClient, open } from '../components/patient-search/support.js';
import { cleanup, fixture, until } from '../support/fixture.js';

interface Member {
  kind: string;
  name: string;
  static?: boolean;
  readonly?: boolean;
}
interface Declaration {
  tagName?: string;
  members?: Member[];
}

const elements = (manifest.modules as { declarations?: Declaration[] }[])
  .flatMap(({ declarations = [] }) => declarations)
  .flatMap(({ tagName, members = [] }) =>
    tagName ? [{ tag: tagName, names: members.filter((m) => m.kind === 'field' && !m.static && !m.readonly).map((m) => m.name) }] : [],
  );

/** What Vue puts for a value that is gone. */
const EMPTY: Record<string, unknown> = { string: '', number: 0, boolean: false };

type Settable = HTMLElement & Record<string, unknown> & { updateComplete: Promise<unknown> };

/** What an element says once it has settled: its words without styles. */
async function said(element: Settable, name: string): Promise<string> {
  if ('status' in element) await until(() => element['status'] !== 'starting');
  for (let turn = 0; turn < 3; turn++) {
    await element.updateComplete.catch((error: unknown) => {
      throw new Error(`${name}: ${String(error)}`, { cause: error });
    });
    await new Promise((resolve) => setTimeout(resolve));
  }
  return [...element.shadowRoot!.children]
    .map((child) => child.textContent)
    .join(' ')
    .replace(/\s+/g, ' ');
}

/** A property that is no longer given becomes undefined by @lit/react and Svelte, null by React itself, '' or 0 by Vue where it was text or a number. */
describe('properties that a framework takes back', () => {
  afterEach(cleanup);

  for (const { tag, names } of elements)
    for (const value of [undefined, null, 'empty'] as const)
      it(`<${tag}> says the same as before when each is ${String(value)}`, async () => {
        const host = await fixture<HTMLElement>(html`<div></div>`);
        new ContextProvider(host, { context: clockContext, initialValue: { now: () => new Date('2026-11-24T00:20:00Z'), zone: 'UTC' } });
        for (const name of names) {
          const element = document.createElement(tag) as unknown as Settable;
          host.append(element);
          const before = await said(element, name);
          element[name] = value === 'empty' ? EMPTY[typeof element[name]] : value;
          expect(await said(element, name), name).to.equal(before);
          element.remove();
        }
        expect(names).not.to.deep.equal([]);
      });

  for (const [tag, list, domain] of [
    ['care-scheduler', 'appointments', 'scheduling'],
    ['care-chart-viewer', 'resources', 'charting'],
  ] as const)
    it(`<${tag}> asks its client again when ${list} is null: that is no empty list`, async () => {
      let asked = 0;
      const refuse = async () => {
        asked++;
        throw new Error('not in this test');
      };
      const element = document.createElement(tag) as unknown as Settable;
      const backend = { kind: 'fake', baseUrl: 'urn:fake' };
      Object.assign(element, {
        [list]: [],
        patient: 'Patient/1',
        timeZone: 'UTC',
        client: { backend, capabilities: () => Promise.reject(new Error('not in this test')), read: refuse, [domain]: refuse },
      });
      await fixture(html`${element}`);
      expect(asked).to.equal(0);
      element[list] = null;
      await until(() => asked > 0);
    });

  it('a limit that is gone is the usual one: 0 would ask for no rows, and read as no patients', async () => {
    const { client, asks } = manualClient();
    const search = await open({ client });
    for (const [text, limit] of Object.entries({ Quispe: 0, Flores: undefined, Mariana: null }) as [string, number][]) {
      search.element.limit = limit;
      await search.type(text);
      await until(() => asks.length > 0);
      expect(asks.splice(0).map(({ params }) => params['_count'])).to.satisfy((counts: unknown[]) => counts.every((count) => count === 20));
    }
  });
});
