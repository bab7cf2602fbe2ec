import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { clock, practiceClient, TODAY, ZONE } from '../support/practice.js';
import { welcomeStyles } from './welcome.styles.js';

const meta: Meta = { title: 'Welcome', tags: ['!autodocs'] };
export default meta;

/** What carelet is, in one page: the day at work, and the grammar that every widget speaks. */
export const Welcome: StoryObj = {
  loaders: [async () => ({ client: await practiceClient() })],
  render: (_args, { loaded }) => {
    const sheet = welcomeStyles.styleSheet!;
    if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet);
    return html`
      <main class="welcome">
        <div class="brand"><b aria-hidden="true">c</b>carelet</div>
        <h1>Care and the office, on one thread.</h1>
        <p class="lead">
          Web components from which a practice's whole day is built: on any FHIR server, in any framework, by mouse or by keyboard alone.
          Calm until something matters. Honest when something is missing.
        </p>
        <div class="frame">
          <care-provider .client=${loaded['client']} .clock=${clock} time-zone=${ZONE}>
            <care-scheduler .date=${TODAY}></care-scheduler>
          </care-provider>
        </div>
        <h2>One grammar of lines</h2>
        <ul class="grid">
          <li>
            <div class="sample solid"></div>
            <strong>Solid</strong>Known and settled.
          </li>
          <li>
            <div class="sample dashed"></div>
            <strong>Dashed</strong>Not certain: not confirmed, held, not asked, not run, missing, maybe old.
          </li>
          <li>
            <div class="sample hatched"></div>
            <strong>Hatched</strong>Not available: off hours, a lost slot, data that did not load.
          </li>
          <li>
            <div class="sample framed"></div>
            <strong>Framed</strong>Happening now, or needs a person.
          </li>
        </ul>
        <h2>What it holds to</h2>
        <ul class="grid">
          <li><strong>Quiet until it matters</strong>Neutral surfaces and one accent. Saturated colour means: look here.</li>
          <li><strong>Never only colour</strong>Every meaning has a word, and a shape, letter or pattern. Greyscale is safe.</li>
          <li><strong>“Could not load” never reads as “none”</strong>Only a complete, checked, empty answer may say none.</li>
          <li><strong>Explain before, not after</strong>Rules and consequences stand beside the field while it can still change.</li>
          <li><strong>The record is the interface</strong>Data is text first: selectable, aligned, with unit, date and source.</li>
          <li><strong>For everyone</strong>Keys do all that a pointer does; dark, high contrast, right to left, 320 px wide.</li>
        </ul>
      </main>
    `;
  },
};
