import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { icon } from '../../src/components/ui/icon.js';
import { section, type SectionContent } from '../../src/components/ui/section.js';
import { frame, type FrameOptions } from '../foundations/frame.js';

const meta: Meta = { title: 'Primitives/Section states', tags: ['!autodocs'], parameters: { layout: 'fullscreen' } };
export default meta;

const rows = (second: TemplateResult | string = ''): TemplateResult =>
  html`<ul class="rows">
    <li><span class="strong">Penicillin</span><span class="sub">anaphylaxis · 2011</span></li>
    <li><span class="strong">Latex</span><span class="sub">contact rash · 2019</span>${second}</li>
  </ul>`;
const retry = html`<button class="btn btn-sm" type="button">${icon('refresh', 'xs')}Try again</button>`;

interface Shown {
  name: string;
  why: string;
  content: Omit<SectionContent, 'title'>;
}
const STATES: readonly Shown[] = [
  { name: 'Ready', why: 'Complete and current', content: { state: 'ready', count: 2, meta: 'Reviewed 10 Nov', body: rows() } },
  {
    name: 'Loading',
    why: 'Final shape, no count, no words',
    content: { state: 'loading', loading: { skeleton: true, slow: false, label: 'Loading allergies', slowLabel: 'Still loading' } },
  },
  {
    name: 'Empty',
    why: 'Asked and answered: none',
    content: { state: 'empty', line: 'No known allergies', detail: 'Confirmed with the patient 10 Nov 2026 by Dr Sana Marsh.' },
  },
  {
    name: 'Not asked',
    why: 'Nobody has asked yet',
    content: {
      state: 'not-asked',
      tag: 'Not asked',
      line: 'Not asked yet',
      detail: 'There is no record that anyone asked.',
      actions: html`<button class="btn btn-sm" type="button">Record allergies</button>`,
    },
  },
  {
    name: 'Partial',
    why: 'Some sources answered',
    content: {
      state: 'partial',
      tag: 'Incomplete',
      count: 1,
      body: html`<ul class="rows">
        <li><span class="strong">Penicillin</span><span class="sub">anaphylaxis · 2011</span></li>
      </ul>`,
      line: 'Hospital record did not load',
      detail: 'Other allergies may exist. Last full copy 2 Nov 2026.',
      actions: retry,
    },
  },
  {
    name: 'Failed',
    why: 'Nothing could be read',
    content: {
      state: 'failed',
      tag: 'Did not load',
      line: 'Allergies could not load',
      detail: 'The record service timed out at 11:16. Do not assume there are none.',
      actions: retry,
    },
  },
  {
    name: 'Stale',
    why: 'Complete, but old',
    content: {
      state: 'stale',
      tag: 'As of 2 Nov, 14:10',
      count: 2,
      body: rows(),
      foot: html`${icon('refresh', 'xs')}Updating. Signing waits for a fresh copy.`,
    },
  },
  {
    name: 'No access',
    why: 'You may not see it',
    content: {
      state: 'no-access',
      tag: 'No access',
      line: 'Your role cannot open this section',
      detail: 'Opening it for care is recorded, and the patient can see who did.',
      actions: html`<button class="btn btn-sm" type="button">Ask for access</button>`,
    },
  },
  {
    name: 'Offline',
    why: 'Kept on this device',
    content: {
      state: 'offline',
      line: 'Offline since 11:16.',
      detail: '1 change waits here.',
      count: 2,
      meta: 'Copy from 11:14',
      body: rows(html`<span><span class="tag">${icon('wifi-off', 'xs')}Not sent</span></span>`),
    },
  },
  {
    name: 'Read only',
    why: 'Signed, or not yours to edit',
    content: { state: 'read-only', tag: 'Read only', count: 2, body: rows(), foot: 'Signed by Dr Sana Marsh, 10 Nov 2026.' },
  },
  {
    name: 'Not saved',
    why: 'You changed something',
    content: {
      state: 'unsaved',
      tag: '1 not saved',
      count: 2,
      body: html`<div class="note edited">
        <label class="w-full"><span class="lbl">Reaction to latex</span><input class="in" value="Contact rash, hands" /></label
        ><span class="hint">Was: contact rash</span>
      </div>`,
      foot: html`<button class="btn btn-sm btn-quiet" type="button">Undo</button
        ><button class="btn btn-sm btn-primary" type="button">Save</button>`,
    },
  },
  {
    name: 'Conflict',
    why: 'Two people changed it',
    content: {
      state: 'conflict',
      tag: 'Choose one',
      count: 2,
      body: html`<fieldset class="note">
        <legend class="note-t">Tui Aperahama saved this at 11:31, while you were editing.</legend>
        <label class="choice"
          ><input type="radio" name="which" checked /><span>Yours<b>Contact rash, hands</b></span></label
        >
        <label class="choice"
          ><input type="radio" name="which" /><span>Theirs<b>Contact rash, face</b></span></label
        >
      </fieldset>`,
      foot: html`<button class="btn btn-sm btn-primary" type="button">Keep yours</button>`,
    },
  },
];

const board = (options: FrameOptions = {}): TemplateResult =>
  frame(
    html`<main class="page">
      <h1>One section, twelve states</h1>
      <p class="lead">
        The same allergy section every time. A count appears only when the list is complete. Only <b>Empty</b> may say none.
      </p>
      <div class="board spaced">
        ${STATES.map(
          ({ name, why, content }) =>
            html`<article>
              <h2>${name}</h2>
              <p class="why">${why}</p>
              ${section({ title: 'Allergies', icon: 'shield-exclamation', ...content })}
            </article>`,
        )}
      </div>
    </main>`,
    options,
  );

/** Every section of every widget speaks so. */
export const TwelveStates: StoryObj = { render: () => board() };
export const Dark: StoryObj = { render: () => board({ theme: 'dark' }) };
export const MoreContrast: StoryObj = { render: () => board({ contrast: 'more' }) };
export const Compact: StoryObj = { render: () => board({ density: 'compact' }) };
