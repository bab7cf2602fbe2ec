import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, nothing, type TemplateResult } from 'lit';
import { expect, userEvent, waitFor } from 'storybook/test';
import type { CarePatientSearch } from '../../src/components/patient-search/index.js';
import { stage } from '../foundations/stage.js';
import { clock, practiceClient, ZONE } from '../support/practice.js';
import { fakeClient, people, type Answer } from './people.js';

const meta: Meta = { title: 'Widgets/Patient search', component: 'care-patient-search', parameters: { layout: 'fullscreen' } };
export default meta;
type Story = StoryObj;

interface Shown extends Answer {
  label?: string;
  kind?: 'narrow';
  recent?: boolean;
  value?: string;
  required?: boolean;
  client?: unknown;
}
const show = ({ label = 'Patient', kind, recent, value, required, client, ...answer }: Shown = {}): TemplateResult =>
  stage(
    html`<care-provider .client=${client ?? fakeClient(answer)} .clock=${clock} time-zone=${ZONE}>
      <care-patient-search
        label=${label}
        value=${value ?? nothing}
        ?required=${required}
        .recent=${recent ? people.slice(0, 4) : undefined}
      >
        <button slot="empty" class="add" type="button">Add a patient</button>
      </care-patient-search>
    </care-provider>`,
    kind,
  );

const element = (canvas: HTMLElement): CarePatientSearch => canvas.querySelector('care-patient-search')!;
const see = (canvas: HTMLElement, selector: string): Promise<Element> =>
  waitFor(() => {
    const found = element(canvas).shadowRoot!.querySelector(selector);
    if (!found) throw new Error(`no ${selector} yet`);
    return found;
  });
/** Types as a person would, and waits for what is to be seen. */
const typed =
  (text: string, wanted: string) =>
  async ({ canvasElement }: { canvasElement: HTMLElement }): Promise<void> => {
    const input = (await see(canvasElement, 'input')) as HTMLInputElement;
    input.focus();
    await userEvent.type(input, text);
    await see(canvasElement, wanted);
  };

/** The synthetic practice on the embedded server. */
export const Default: Story = {
  loaders: [async () => ({ client: await practiceClient() })],
  render: (_args, { loaded }) => show({ client: loaded['client'] }),
};

/** People who are easily taken for one another: the same name and birth date, one letter's difference, a former name, a record that was merged. */
export const Alike: Story = {
  render: () => show(),
  play: async (context) => {
    await typed('quispe', '.flags .tag')(context);
    await waitFor(() =>
      expect(element(context.canvasElement).shadowRoot!.textContent).toMatch(/2 patients with this name and (birth date|date of birth)/),
    );
  },
};

/** Nothing is active until an arrow is pressed, so Enter never picks what nobody looked at. */
export const ByKeyboard: Story = {
  render: () => show(),
  play: async (context) => {
    await typed('quispe', '[role="option"]')(context);
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    await see(context.canvasElement, '[role="option"][aria-selected="true"]');
  },
};

/** A date that can be read in two ways is asked. */
export const AmbiguousDate: Story = { render: () => show(), play: typed('nakamura 03/04/1984', '.say button') };
export const ImpossibleDate: Story = { render: () => show(), play: typed('aurelia 31/02/1984', '.say.warning') };
export const ByNumber: Story = { render: () => show(), play: typed('2950 70422 8 / 1', '[role="option"] mark') };
export const Loading: Story = { render: () => show({ never: true }), play: typed('quispe', '.bones i') };

/** Said only of a whole answer, with what was searched for. */
export const Empty: Story = { render: () => show(), play: typed('smith 14 Mar 1984', '.note') };
export const MoreExist: Story = {
  render: () => show({ warnings: [{ code: 'page-budget', message: '', count: 0 }] }),
  play: typed('quispe', '.line.more'),
};
export const Partial: Story = {
  render: () => show({ warnings: [{ code: 'server-outcome', message: 'The hospital’s patients were not searched.', count: 1 }] }),
  play: typed('mariana', '.gap'),
};
export const Failed: Story = { render: () => show({ error: 'server' }), play: typed('quispe', '.gap.all') };
export const Offline: Story = { render: () => show({ error: 'offline' }), play: typed('quispe', '.gap.all') };
export const Forbidden: Story = { render: () => show({ error: 'forbidden' }), play: typed('quispe', '.shut') };
export const ServerCannot: Story = {
  render: () => show({ cannot: true }),
  play: ({ canvasElement }) => see(canvasElement, '#refusal').then(() => undefined),
};
export const Recent: Story = {
  render: () => show({ recent: true }),
  play: async ({ canvasElement }) => {
    ((await see(canvasElement, 'input')) as HTMLInputElement).focus();
    await see(canvasElement, '[role="option"]');
  },
};

/** In a form: a name alone is not enough to see a wrong choice. */
export const Chosen: Story = {
  render: () => show({ value: 'Patient/1' }),
  play: ({ canvasElement }) => see(canvasElement, '[part="chosen"]').then(() => undefined),
};
export const Required: Story = {
  render: () => show({ required: true }),
  play: async ({ canvasElement }) => {
    element(canvasElement).reportValidity();
    await see(canvasElement, '#error');
  },
};

/** On plain patients, with no client at all. */
export const PlainPatients: Story = {
  render: () => stage(html`<care-patient-search label="Patient of this list" .patients=${people}></care-patient-search>`),
  play: typed('quispe', '[role="option"]'),
};
export const Arabic: Story = {
  render: () => html`<div lang="ar" dir="rtl">${show({ label: 'المريض' })}</div>`,
  play: typed('ليلى', '.flags .tag'),
};
export const Spanish: Story = {
  render: () => html`<div lang="es">${show({ label: 'Paciente' })}</div>`,
  play: async (context) => {
    await typed('quispe', '.flags .tag')(context);
    await waitFor(() =>
      expect(element(context.canvasElement).shadowRoot!.textContent).toContain('2 pacientes con este nombre y esta fecha de nacimiento'),
    );
  },
};
export const Dark: Story = { globals: { theme: 'dark' }, render: () => show(), play: ByKeyboard.play! };
export const Compact: Story = { globals: { density: 'compact' }, render: () => show(), play: typed('quispe', '[role="option"]') };
export const MoreContrast: Story = {
  render: () => html`<div data-care-contrast="more">${show()}</div>`,
  play: ByKeyboard.play!,
};
export const Narrow: Story = { render: () => show({ kind: 'narrow' }), play: typed('quispe', '[role="option"]') };
