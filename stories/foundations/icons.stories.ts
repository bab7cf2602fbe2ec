import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { icon, type IconName } from '../../src/components/ui/icon.js';
import { icons } from '../../src/components/ui/icons.data.js';
import { frame } from './frame.js';

const meta: Meta = { title: 'Foundations/Icons', tags: ['!autodocs'], parameters: { layout: 'fullscreen' } };
export default meta;

const MEANINGS: readonly (readonly [IconName, string])[] = [
  ['cloud-off', 'Did not load'],
  ['wifi-off', 'Offline'],
  ['lock', 'No access, or read only'],
  ['history', 'A copy that may be old'],
  ['help-circle', 'Not known, not asked'],
  ['git-compare', 'Two people changed it'],
  ['circle-dashed', 'Not confirmed'],
  ['alert-triangle', 'Look, you may go on'],
  ['alert-circle', 'Stops you'],
];

/** One icon, one meaning, always beside a word. */
export const All: StoryObj = {
  render: () =>
    frame(
      html`<main class="page">
        <h1>Icons</h1>
        <p class="lead">
          Tabler Icons, for their medical range. Only those in use are inlined, as paths in the colour of their text. One icon, one meaning,
          always beside a word.
        </p>
        <h2>What a state looks like</h2>
        <ul class="meanings">
          ${MEANINGS.map(([name, means]) => html`<li>${icon(name, 'md')}<span>${means}</span></li>`)}
        </ul>
        <h2>All of them</h2>
        <ul class="icons">
          ${(Object.keys(icons) as IconName[]).map((name) => html`<li>${icon(name, 'lg')}<code>${name}</code></li>`)}
        </ul>
        <h2>Sizes</h2>
        <div class="line">
          ${(['xs', 'sm', 'md', 'lg'] as const).map((size) => html`<span class="line">${icon('stethoscope', size)}<code>${size}</code></span>`)}
        </div>
      </main>`,
    ),
};

/** Arrows turn with the text; clocks, play and ticks do not. */
export const RightToLeft: StoryObj = {
  render: () =>
    frame(
      html`<main class="page" dir="rtl">
        <div class="line">
          ${(['chevron-left', 'chevron-right', 'arrow-right', 'clock', 'player-play', 'check'] as const).map((name) => icon(name, 'lg'))}
        </div>
      </main>`,
      { lang: 'ar' },
    ),
};
