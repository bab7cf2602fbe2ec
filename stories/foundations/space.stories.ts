import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { cssProperties } from '../../src/components/base/css-properties.js';
import { icon } from '../../src/components/ui/icon.js';
import { section } from '../../src/components/ui/section.js';
import { frame, part, type FrameOptions } from './frame.js';

const meta: Meta = { title: 'Foundations/Space, shape, density', tags: ['!autodocs'], parameters: { layout: 'fullscreen' } };
export default meta;

const STEPS = ['half', '1', '2', '3', '4', '5', '6', '8', '10', '12'] as const;
const RADII = [
  ['xs', 'Flags and rules'],
  ['sm', 'Inputs, appointments'],
  ['md', 'Buttons, cards'],
  ['lg', 'Panels, popovers'],
  ['full', 'Chips, avatars'],
] as const;

/** A grid of 4 px; lines before shadows. */
export const SpaceAndShape: StoryObj = {
  render: () =>
    frame(
      html`<main class="page">
        <h1>Space and shape</h1>
        <p class="lead">A grid of four pixels. More rows by removing boxes, never by shrinking type or touching text to a line.</p>
        <h2>Space</h2>
        <div class="bars">
          ${STEPS.map((step) => html`<code>space-${step}</code><span class="xs muted">${step === 'half' ? 2 : Number(step) * 4} px</span><span class="bar" ${cssProperties({ '--s': `var(--care-space-${step})` })}></span>`)}
        </div>
        <h2>Radii</h2>
        <div class="shapes">
          ${RADII.map(
            ([size, use]) =>
              html`<div class="shape">
                <i class="r-${size}"></i><span><code>radius-${size}</code><br />${use}</span>
              </div>`,
          )}
        </div>
        <h2>Elevation</h2>
        <p class="lead">In dark each step is also a lighter surface.</p>
        <div class="shapes">
          ${['Panel: a line', 'Button, banner', 'Menu', 'Popover, dialog'].map(
            (use, i) =>
              html`<div class="shape">
                <i class="r-lg e-${i}"></i><span><code>${i === 0 ? 'border' : `shadow-${i}`}</code><br />${use}</span>
              </div>`,
          )}
        </div>
        <h2>Focus</h2>
        <p class="lead">A hue that nothing else uses, outside a gap, never clipped.</p>
        <div class="line"><button class="btn focus-demo" type="button">Move to 14:15</button></div>
      </main>`,
    ),
};

const sample = (): TemplateResult => html`
  <div class="stack">
    <div class="line w-full">
      <button class="btn btn-primary" type="button">${icon('calendar-event')}Book</button>
      <button class="btn" type="button">Today</button>
      <span class="seg"
        ><button type="button" aria-pressed="true">Day</button><button type="button" aria-pressed="false">List</button></span
      >
    </div>
    <label class="w-full"><span class="lbl">Reason</span><input class="in" value="Review of lithium" /></label>
    <div class="w-full">
      ${section({
        state: 'ready',
        title: 'Problems',
        icon: 'stethoscope',
        count: 2,
        body: html`<ul class="rows">
          <li><span class="strong">Bipolar II disorder</span><span class="sub">since 2024 · Dr Sana Marsh</span></li>
          <li><span class="strong">Hypertension</span><span class="sub">since June 2026</span></li>
        </ul>`,
      })}
    </div>
  </div>
`;
const density = (name: string, why: string, options: FrameOptions): TemplateResult =>
  html`<div>
    <h2>${name}</h2>
    <p class="why">${why}</p>
    ${part(html`${sample()}`, options)}
  </div>`;

/** Density never hides data and never changes the size of type. */
export const Density: StoryObj = {
  render: () =>
    frame(
      html`<main class="page">
        <h1>Density</h1>
        <p class="lead">
          Controls and rows grow and shrink; type and data stay. A finger gets bigger targets whatever the density, and no target is under
          24 by 24.
        </p>
        <div class="board">
          ${density('Comfortable', 'Control 32, row 40', { density: 'comfortable' })}
          ${density('Compact', 'Control 28, row 28', { density: 'compact' })}
          ${density('Patient', 'Control 44, row 44', { audience: 'patient' })}
        </div>
      </main>`,
    ),
};

/** One page in four themes; a vendor changes one accent. */
export const Themes: StoryObj = {
  render: () =>
    frame(
      html`<main class="page">
        <h1>Themes</h1>
        <p class="lead">
          <code>data-care-theme</code> and <code>data-care-contrast</code> on any element. Without them the page's own colour scheme and the
          reader's preference decide.
        </p>
        <div class="pair">
          ${part(
            html`
              <h3>Light</h3>
              ${sample()}
            `,
            { theme: 'light' },
          )}
          ${part(
            html`
              <h3>Dark</h3>
              ${sample()}
            `,
            { theme: 'dark' },
          )}
          ${part(
            html`
              <h3>Light, more contrast</h3>
              ${sample()}
            `,
            { theme: 'light', contrast: 'more' },
          )}
          ${part(
            html`
              <h3>Dark, more contrast</h3>
              ${sample()}
            `,
            { theme: 'dark', contrast: 'more' },
          )}
        </div>
      </main>`,
    ),
};
