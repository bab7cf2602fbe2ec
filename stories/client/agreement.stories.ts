/** What the client does under the widgets: two of them on one page say the same, and signing out leaves nothing. */
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { CareClient } from '../../src/client/index.js';
import type { Patient } from '../../src/models/fhir/index.js';
import { clinicClient } from '../scheduler/clinic-client.js';
import { clock, ZONE } from '../support/practice.js';

const meta: Meta = { title: 'Client/Widgets agree', parameters: { layout: 'padded' } };
export default meta;
type Story = StoryObj;

/** Two clients of one store, as two tabs of one session have them, and a patient who is booked today. */
async function desk() {
  const { client, backend } = await clinicClient();
  const booked = await client.search('Appointment', { status: 'booked', _include: 'Appointment:patient', _count: 50 }).all();
  const person = booked.included.find((one): one is Patient => one.resourceType === 'Patient' && one.name?.[0]?.family !== undefined)!;
  return {
    front: new CareClient({ backend }),
    chart: new CareClient({ backend }),
    patient: `Patient/${person.id}`,
    family: person.name![0]!.family!,
  };
}
type Desk = Awaited<ReturnType<typeof desk>>;

const banner = (canvas: HTMLElement): string =>
  canvas.querySelector('care-chart-viewer')?.shadowRoot?.querySelector('.banner')?.textContent?.replace(/\s+/g, ' ') ?? '';

/**
 * The front desk corrects a name; the chart, over a client of its own on the same store, shows it without being told to look.
 */
export const NameCorrected: Story = {
  loaders: [async () => ({ desk: await desk() })],
  render: (_args, { loaded }) => {
    const { front, chart, patient } = loaded['desk'] as Desk;
    const correct = async (): Promise<void> => {
      const record = await front.read('Patient', patient.split('/')[1]!);
      await front.update({ ...record, name: [{ use: 'official', family: 'Corrected', given: ['Once'] }] });
    };
    return html`<p><button type="button" @click=${correct}>Correct the name at the front desk</button></p>
      <care-provider .client=${chart} .clock=${clock} time-zone=${ZONE}
        ><care-chart-viewer .patient=${patient}></care-chart-viewer
      ></care-provider>`;
  },
  play: async ({ canvasElement, loaded }) => {
    const { family } = loaded['desk'] as Desk;
    await waitFor(() => expect(banner(canvasElement)).toContain(family), { timeout: 5000 });
    await userEvent.click(within(canvasElement).getByRole('button', { name: /Correct the name/ }));
    await waitFor(() => expect(banner(canvasElement)).toContain('Corrected'), { timeout: 5000 });
  },
};

/** After signing out nothing of the patient stands on the page, and it says why. */
export const SignedOut: Story = {
  loaders: [async () => ({ desk: await desk() })],
  render: (_args, { loaded }) => {
    const { chart, patient } = loaded['desk'] as Desk;
    return html`<p><button type="button" @click=${() => chart.signOut()}>Sign out</button></p>
      <care-provider .client=${chart} .clock=${clock} time-zone=${ZONE}
        ><care-chart-viewer .patient=${patient}></care-chart-viewer
      ></care-provider>`;
  },
  play: async ({ canvasElement, loaded }) => {
    const { family } = loaded['desk'] as Desk;
    await waitFor(() => expect(banner(canvasElement)).toContain(family), { timeout: 5000 });
    await userEvent.click(within(canvasElement).getByRole('button', { name: 'Sign out' }));
    await waitFor(() => expect(canvasElement.querySelector('care-chart-viewer')?.shadowRoot?.textContent).not.toContain(family), { timeout: 5000 }); // prettier-ignore
  },
};
