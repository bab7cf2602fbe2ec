import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect, waitFor } from 'storybook/test';
import { stage } from '../foundations/stage.js';
import { clock, practiceClient, ZONE } from '../support/practice.js';

const meta: Meta = { title: 'Widgets/Provider', component: 'care-provider', parameters: { layout: 'fullscreen' } };
export default meta;

const fault = (canvas: HTMLElement): Element | null => canvas.querySelector('care-provider')!.shadowRoot!.querySelector('[part~="fault"]');
const mark = (canvas: HTMLElement): Element | null => canvas.querySelector('care-provider')!.shadowRoot!.querySelector('[part~="mark"]');

/** Told nothing: an empty store in this page, and a mark that nothing can cover. */
export const Demo: StoryObj = {
  render: () => stage(html`<care-provider><care-patient-search label="Patient"></care-patient-search></care-provider>`),
  play: ({ canvasElement }) => waitFor(() => expect(mark(canvasElement)?.textContent?.trim()).toBe('Demo: nothing is kept')),
};

/** A client of yours. On a server of yours nothing is marked; these records live in this page. */
export const WithClient: StoryObj = {
  loaders: [async () => ({ client: await practiceClient() })],
  render: (_args, { loaded }) =>
    stage(
      html`<care-provider .client=${loaded['client']} .clock=${clock} time-zone=${ZONE} user="Practitioner/1" user-name="Dr Amara Okafor">
        <care-patient-search label="Patient"></care-patient-search>
      </care-provider>`,
    ),
};

/** A base URL that is none is said where the records would be. Nothing is thrown, and nothing falls back to a demo. */
export const BadAddress: StoryObj = {
  render: () =>
    stage(html`<care-provider base-url="fhir.example.org:443"><care-patient-search label="Patient"></care-patient-search></care-provider>`),
  play: ({ canvasElement }) => waitFor(() => expect(fault(canvasElement)).not.toBeNull()),
};

export const BadAddressDark: StoryObj = { ...BadAddress, globals: { theme: 'dark' } };

export const Arabic: StoryObj = {
  render: () => stage(html`<care-provider locale="ar"><care-patient-search label="المريض"></care-patient-search></care-provider>`),
  play: ({ canvasElement }) => waitFor(() => expect(mark(canvasElement)?.textContent).toContain('عرض تجريبي')),
};

/** What is inside follows: Spanish words, and dates as they are written in Mexico. */
export const Spanish: StoryObj = {
  render: () => stage(html`<care-provider locale="es-MX"><care-patient-search label="Paciente"></care-patient-search></care-provider>`),
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(mark(canvasElement)?.textContent).toContain('no se guarda nada'));
    const input = () => canvasElement.querySelector('care-patient-search')!.shadowRoot!.querySelector('input');
    await waitFor(() => expect(input()?.placeholder).toBe('Nombre, fecha de nacimiento o número'));
  },
};
