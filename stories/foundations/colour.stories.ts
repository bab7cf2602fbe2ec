import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { cssProperties } from '../../src/components/base/css-properties.js';
import { icon } from '../../src/components/ui/icon.js';
import { SEVERITIES, SEVERITY_ICONS, type Severity } from '../../src/components/ui/severity.js';
import { frame, part, type FrameOptions } from './frame.js';

const meta: Meta = { title: 'Foundations/Colour', tags: ['!autodocs'], parameters: { layout: 'fullscreen' } };
export default meta;

const SURFACES = [
  ['canvas', 'Behind panels'],
  ['surface', 'Panels'],
  ['surface-sunken', 'Off hours, no access'],
  ['surface-raised', 'A lifted item'],
  ['surface-overlay', 'Menus, dialogs'],
  ['surface-hover', 'Under the pointer'],
  ['surface-selected', 'Chosen'],
] as const;
const TEXTS = [
  ['text', 'Data'],
  ['text-muted', 'Who, where, when'],
  ['text-subtle', 'Units and axes'],
  ['accent-text', 'Links and actions'],
] as const;
const EXAMPLES: Readonly<Record<Severity, readonly [means: string, example: string]>> = {
  info: ['Worth knowing', 'Speaks Spanish, interpreter booked'],
  success: ['Done, passed', 'Referral covers this visit'],
  warning: ['Look, you may go on', 'Asked for Ben. Ring before you move'],
  danger: ['Stops you, or harm is likely', 'Penicillin: anaphylaxis, severe'],
  critical: ['Act now', 'Potassium 6.4 mmol/L, not acknowledged'],
};
const PEOPLE = [
  'Wiremu Parata',
  'Grace Adeyemi',
  'Luca Romano',
  'Priya Raman',
  'Noor El-Masri',
  'Hana Kobayashi',
  'Oskar Lindqvist',
  'Diego Fuentes',
  'Ngozi Umeh',
];

const surfaces = (): TemplateResult =>
  html`<ul class="steps">
    ${SURFACES.map(([name, use]) => html`<li class="step" ${cssProperties({ '--c': `var(--care-${name})` })}><b>${name}</b><span class="muted">${use}</span></li>`)}
  </ul>`;
const texts = (): TemplateResult =>
  html`${TEXTS.map(([name, use]) => html`<p ${cssProperties({ '--c': `var(--care-${name})` })}><span class="ink">${use}</span> <code>${name}</code></p>`)}`;
const severity = (): TemplateResult =>
  html`<ul class="ladder">
    ${SEVERITIES.map((role) => {
      const [means, example] = EXAMPLES[role];
      return html`<li class="rung ${role} ${role === 'success' || role === 'info' ? 'plain' : ''}">
        ${icon(SEVERITY_ICONS[role])}<b class="rt">${role}</b><span>${example}</span>
        <span class="tag ${role} ${role === 'danger' || role === 'critical' ? 'solid' : ''}">${means}</span>
      </li>`;
    })}
  </ul>`;
const appointments = (): TemplateResult =>
  html`<div class="appts">
    ${PEOPLE.map((person, i) => html`<div class="appt" ${cssProperties({ '--c': `var(--care-appt-${i + 1})` })}>09:${15 + i * 5} · slot ${i + 1}<b>${person}</b>Individual therapy</div>`)}
  </div>`;

const roles = (name: string, options: FrameOptions): TemplateResult =>
  part(
    html`
      <h3>${name}</h3>
      ${surfaces()}
      <h3>Severity: each step adds weight</h3>
      ${severity()}
      <h3>Nine hues for providers or services, none of them red</h3>
      ${appointments()}
    `,
    options,
  );

/** Roles, never hues: a component says what a colour means, and a theme says what it looks like. */
export const Roles: StoryObj = {
  render: () =>
    frame(
      html`<main class="page">
        <h1>Colour</h1>
        <p class="lead">
          Neutral surfaces, one accent. Saturated colour means: look here. Light and dark share one line of code, so any subtree can be
          either. Every pair of text and ground is measured by a test, 7:1 under more contrast.
        </p>
        <h2>Light and dark</h2>
        <div class="pair">${roles('Light', { theme: 'light' })}${roles('Dark', { theme: 'dark' })}</div>
        <h2>More contrast</h2>
        <p class="lead">Tints go, lines come.</p>
        <div class="pair">
          ${roles('Light, more contrast', { theme: 'light', contrast: 'more' })}${roles('Dark, more contrast', { theme: 'dark', contrast: 'more' })}
        </div>
      </main>`,
    ),
};

/** A picture without colour must still be safe: words, shapes and weight carry the order. */
export const Greyscale: StoryObj = {
  render: () =>
    frame(
      html`<main class="page">
        <h1>Without colour</h1>
        <p class="lead">The same severities in grey. The order survives: outline, soft, edge, solid, octagon.</p>
        <div class="pair">
          ${part(html`<div class="grey">${severity()}</div>`, { theme: 'light' })}${part(html`<div class="grey">${severity()}</div>`, { theme: 'dark' })}
        </div>
      </main>`,
    ),
};

/** What is written on what. */
export const Text: StoryObj = {
  render: () =>
    frame(
      html`<main class="page">
        <h1>Text</h1>
        <p class="lead">Data at full strength, what surrounds it muted, units subtle. Nothing that says something is lighter than that.</p>
        <div class="pair">${(['light', 'dark'] as const).map((theme) => part(html`<div class="stack">${texts()}</div>`, { theme }))}</div>
      </main>`,
    ),
};
