import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { frame } from './frame.js';

const meta: Meta = { title: 'Foundations/Type', tags: ['!autodocs'], parameters: { layout: 'fullscreen' } };
export default meta;

const SCALE = [
  ['3xl', '28/36', 'Tell us about yourself', 'Title of a page for patients'],
  ['2xl', '22/28', 'Monday 23 November', 'Title of a page'],
  ['xl', '18/24', 'QUISPE FLORES, Mariana', 'Patient name, dialog title. A family name is the only thing in capitals'],
  ['lg', '16/24', 'How often in the last two weeks have you felt down?', 'Text and inputs for patients; under 16 px a phone zooms in'],
  ['md', '14/20', 'Lithium carbonate 250 mg, 3 tablets at night', 'Body, controls, panel titles'],
  ['sm', '13/20', 'Tomasz and Room 2 are free until 15:15', 'Dense tables, appointments, side panels'],
  ['xs', '12/16', 'Phoned to S. Marsh 11:02', 'Who and when, column heads, tags, hints'],
  ['2xs', '11/16', '08:00', 'Axis ticks and key caps: never more than three words'],
] as const;

/** The reader's own system face, three weights, sizes in rem. */
export const Scale: StoryObj = {
  render: () =>
    frame(
      html`<main class="page">
        <h1>Type</h1>
        <p class="lead">
          The reader's own system face, so nothing is downloaded and nothing shifts. Three weights. Sizes in rem: whoever enlarges text in
          the browser gets larger text here.
        </p>
        <h2>Scale</h2>
        ${SCALE.map(
          ([size, lines, sample, use]) =>
            html`<div class="spec">
              <code>text-${size} ${lines}</code>
              <p class="t-${size}">${sample}</p>
              <p>${use}</p>
            </div>`,
        )}
        <h2>Figures</h2>
        <p class="lead">Digits of one width wherever they stand under each other; proportional in sentences.</p>
        <div class="panel">
          <div class="tbl-scroll" tabindex="0" role="region" aria-label="Results">
            <table class="tbl">
              <thead>
                <tr>
                  <th scope="col">Test</th>
                  <th scope="col" class="num">20 Aug</th>
                  <th scope="col" class="num">19 Nov</th>
                  <th scope="col" class="num">Usual range</th>
                </tr>
              </thead>
              <tbody>
                <tr>
                  <th scope="row">Lithium <span class="subtle xs">mmol/L</span></th>
                  <td class="num">0.9</td>
                  <td class="num strong">1.2</td>
                  <td class="num muted">0.6–1.0</td>
                </tr>
                <tr>
                  <th scope="row">Sodium <span class="subtle xs">mmol/L</span></th>
                  <td class="num">136</td>
                  <td class="num strong">131</td>
                  <td class="num muted">135–145</td>
                </tr>
                <tr>
                  <th scope="row">Creatinine <span class="subtle xs">µmol/L</span></th>
                  <td class="num">96</td>
                  <td class="num strong">118</td>
                  <td class="num muted">45–90</td>
                </tr>
              </tbody>
            </table>
          </div>
        </div>
        <h2>Names keep their direction</h2>
        <p class="lead">Each stands in a <code>bdi</code>, and is never shortened where it identifies.</p>
        <ul class="stack t-lg">
          ${['ليلى حسن', 'Fatima Zahra Benali', 'שירה כהן', 'Þórdís Ægisdóttir', 'Siobhán Ní Ghallchóir', 'Tui Aperahama'].map((name) => html`<li><bdi class="strong">${name}</bdi> <span class="muted">34 y</span></li>`)}
        </ul>
      </main>`,
    ),
};
