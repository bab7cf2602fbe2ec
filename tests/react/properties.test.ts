import { expect } from 'chai';
import '../../src/define.js';
import manifest from '../../custom-elements.json' with { type: 'json' };
import { fixture } from '../support/fixture.js';
import { html } from 'lit';

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

/** A property that is no longer given becomes undefined by @lit/react and Svelte, null by React itself, '' or 0 by Vue where it was text or a number. */
describe('properties that a framework takes back', () => {
  for (const { tag, names } of elements)
    for (const value of [undefined, null, 'empty'] as const)
      it(`<${tag}> draws when each is ${String(value)}`, async () => {
        const host = await fixture<HTMLElement>(html`<div></div>`);
        for (const name of names) {
          const element = document.createElement(tag) as unknown as HTMLElement &
            Record<string, unknown> & { updateComplete: Promise<unknown> };
          host.append(element);
          await element.updateComplete;
          element[name] = value === 'empty' ? EMPTY[typeof element[name]] : value;
          await element.updateComplete.catch((error: unknown) => {
            throw new Error(`${name}: ${String(error)}`, { cause: error });
          });
          element.remove();
        }
        expect(names).not.to.deep.equal([]);
      });
});
