import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { expect, waitFor } from 'storybook/test';
import type { CareChartViewer } from '../../src/components/chart-viewer/index.js';
import type { Permissions } from '../../src/components/base/index.js';
import type { Resource } from '../../src/models/fhir/index.js';
import { clock, practiceClient, ZONE } from '../support/practice.js';
import {
  conditions,
  encounters,
  flag,
  hebrew,
  hostile,
  latex,
  medications,
  noKnownAllergy,
  patient,
  penicillin,
  record,
  reported,
} from './records.js';
import { rows, scriptedClient, type Script } from './scripted-backend.js';

const meta: Meta = {
  title: 'Widgets/Chart viewer',
  component: 'care-chart-viewer',
  parameters: { layout: 'fullscreen' },
};
export default meta;
type Story = StoryObj;

/** A client that the viewer has no need of: without one the provider opens its demo store, and says so on the page. */
const idle = scriptedClient({}).client;
const plain = (resources: readonly Resource[]): TemplateResult =>
  html`<care-provider .client=${idle} .clock=${clock} time-zone=${ZONE}
    ><care-chart-viewer .resources=${resources}></care-chart-viewer
  ></care-provider>`;

const whole: NonNullable<Script['answers']> = {
  Flag: rows(flag),
  AllergyIntolerance: rows(penicillin, latex),
  Condition: rows(...conditions),
  MedicationRequest: rows(...medications),
  MedicationStatement: rows(...reported),
  Encounter: rows(...encounters),
  Observation: { total: 132 },
  Immunization: { total: 12 },
};
const asked = (script: Script, id = 'quispe'): TemplateResult => {
  const { client } = scriptedClient({ patient: () => patient, ...script, answers: { ...whole, ...script.answers } });
  return html`<care-provider .client=${client} .clock=${clock} time-zone=${ZONE}
    ><care-chart-viewer .patient=${`Patient/${id}`}></care-chart-viewer
  ></care-provider>`;
};

const viewer = (canvas: HTMLElement): CareChartViewer => canvas.querySelector('care-chart-viewer')!;
const shadow = (canvas: HTMLElement): ShadowRoot => viewer(canvas).shadowRoot!;
/** Waits until a section is drawn in a state. */
const inState = (canvas: HTMLElement, section: string, state: string): Promise<void> =>
  waitFor(() => expect(shadow(canvas).querySelector(`#${section}`)?.getAttribute('data-state')).toBe(state), { timeout: 4000 });

/** A rich record, read over a client. */
export const Ready: Story = {
  render: () => asked({}),
  play: async ({ canvasElement }) => {
    await inState(canvasElement, 'problems', 'ready');
    await inState(canvasElement, 'inventory', 'ready');
  },
};

/** The same from plain data, with no client. */
export const PlainData: Story = {
  render: () => plain(record),
  play: ({ canvasElement }) => inState(canvasElement, 'medications', 'ready'),
};

/** A patient of the synthetic practice, on the embedded server. */
export const Practice: Story = {
  loaders: [
    async () => {
      const client = await practiceClient();
      const first = await client.search('AllergyIntolerance', { criticality: 'high', _count: 1 }).first();
      return { client, patient: first?.patient.reference ?? 'Patient/none' };
    },
  ],
  render: (_args, { loaded }) =>
    html`<care-provider .client=${loaded['client']} .clock=${clock} time-zone=${ZONE}
      ><care-chart-viewer .patient=${loaded['patient']}></care-chart-viewer
    ></care-provider>`,
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(shadow(canvasElement).querySelectorAll('.entry').length).toBeGreaterThan(3), { timeout: 10_000 });
  },
};

/** No answer yet: after 300 ms the shape of the rows to come, after 5 s "Still loading". Never a count, never "none". */
export const Loading: Story = {
  render: () => {
    const never = () => new Promise<never>(() => {});
    return asked({
      answers: {
        Flag: never,
        AllergyIntolerance: never,
        Condition: never,
        MedicationRequest: never,
        MedicationStatement: never,
        Encounter: never,
      },
    });
  },
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(shadow(canvasElement).querySelectorAll('#allergies .bones i').length).toBeGreaterThan(0), { timeout: 3000 });
  },
};

/** Nobody recorded anything. That is not "no known allergies". */
export const NothingRecorded: Story = {
  render: () => plain([patient]),
  play: ({ canvasElement }) => inState(canvasElement, 'allergies', 'not-asked'),
};

/** Somebody asked, and said when. */
export const NoKnownAllergies: Story = {
  render: () => plain([patient, noKnownAllergy as Resource]),
  play: ({ canvasElement }) => inState(canvasElement, 'allergies', 'empty'),
};

/** "No known allergies" beside an allergy. */
export const Contradiction: Story = {
  render: () => plain([patient, noKnownAllergy, penicillin] as Resource[]),
  play: ({ canvasElement }) => inState(canvasElement, 'allergies', 'ready'),
};

/** A document says why its lists are empty. */
export const NoInformation: Story = {
  render: () => {
    const reason = {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/list-empty-reason', code: 'unavailable' }],
      text: 'No information available',
    };
    const section = ['48765-2', '11450-4', '10160-0'].map((code) => ({
      code: { coding: [{ system: 'http://loinc.org', code }] },
      emptyReason: reason,
    }));
    const summary = {
      resourceType: 'Composition',
      id: 'c1',
      status: 'final',
      subject: { reference: 'Patient/quispe' },
      date: '2025-01-08',
      title: 'Patient summary',
      author: [{ display: 'Harbour Street Clinic' }],
      section,
    };
    return plain([patient, summary as unknown as Resource]);
  },
  play: ({ canvasElement }) => inState(canvasElement, 'problems', 'not-asked'),
};

/** Rows of another patient came back, and one of two sources of medicines failed. */
export const Partial: Story = {
  render: () =>
    asked({
      answers: {
        AllergyIntolerance: {
          items: [penicillin as Resource],
          complete: false,
          warnings: [{ code: 'other-patient', message: '', count: 2 }],
        },
        MedicationStatement: 'server',
      },
    }),
  play: async ({ canvasElement }) => {
    await inState(canvasElement, 'allergies', 'partial');
    await inState(canvasElement, 'medications', 'partial');
  },
};

/** The allergies failed; everything else is there. */
export const FailedSection: Story = {
  render: () => asked({ answers: { AllergyIntolerance: 'offline', Flag: 'server' } }),
  play: async ({ canvasElement }) => {
    await inState(canvasElement, 'allergies', 'failed');
    await inState(canvasElement, 'problems', 'ready');
  },
};

/** What this user may not see, what opens for a reason, and what the server does not keep. */
export const Forbidden: Story = {
  render: () => asked({ answers: { AllergyIntolerance: 'forbidden', Condition: 'break-glass' }, types: { Encounter: { search: 'no' } } }),
  play: async ({ canvasElement }) => {
    await inState(canvasElement, 'allergies', 'no-access');
    await inState(canvasElement, 'problems', 'no-access');
    await inState(canvasElement, 'encounters', 'not-asked');
  },
};

const restricted: Permissions = {
  may: (_action, type) =>
    type === 'Encounter' ? { allowed: false, reason: 'Your role is reception: visits are for clinicians.' } : { allowed: true },
};

/** The host's own permissions, with its own reason: nothing is asked of the server. */
export const ForbiddenByHost: Story = {
  render: () => {
    const { client } = scriptedClient({ patient: () => patient, answers: whole });
    return html`<care-provider .client=${client} .clock=${clock} .permissions=${restricted} time-zone=${ZONE}
      ><care-chart-viewer patient="Patient/quispe"></care-chart-viewer
    ></care-provider>`;
  },
  play: ({ canvasElement }) => inState(canvasElement, 'encounters', 'no-access'),
};

/** Without the identity nothing of the record is shown. */
export const RestrictedPatient: Story = {
  render: () => asked({ patient: () => 'break-glass' }),
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(shadow(canvasElement).querySelector('.banner .note-t')).not.toBeNull());
    await expect(shadow(canvasElement).querySelectorAll('.entry').length).toBe(0);
  },
};

export const Deceased: Story = { render: () => plain([{ ...patient, deceasedDateTime: '2024-05-03' }, ...record.slice(1)] as Resource[]) };

/** The record was merged into another one. */
export const Merged: Story = {
  render: () => {
    const merged = { ...patient, active: false, link: [{ type: 'replaced-by', other: { reference: 'Patient/quispe-2' } }] };
    return html`<care-provider .client=${idle} .clock=${clock} time-zone=${ZONE}
      ><care-chart-viewer linked .resources=${[merged, ...record.slice(1)] as Resource[]}></care-chart-viewer
    ></care-provider>`;
  },
};

/** An entry with a modifier that is not known, one of an older FHIR version, one without a name, one that is only text. */
export const Cautions: Story = {
  render: () =>
    plain([
      patient,
      { ...penicillin, modifierExtension: [{ url: 'http://example.org/negated', valueBoolean: true }] },
      { ...(conditions[0] as object), clinicalStatus: 'active', verificationStatus: 'confirmed' },
      {
        ...(conditions[1] as object),
        code: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'masked' }] },
      },
      {
        ...(conditions[2] as object),
        code: undefined,
        text: { status: 'generated', div: '<div>Essential hypertension, treated since June</div>' },
      },
      { ...(medications[0] as object), medicationCodeableConcept: undefined, medicationReference: { reference: '#gone' } },
    ] as unknown as Resource[]),
};

/** Markup, scripts and direction overrides in a record are text like any other. */
export const HostileText: Story = {
  render: () => plain(hostile),
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(shadow(canvasElement).querySelectorAll('.entry').length).toBeGreaterThan(3));
    await expect(shadow(canvasElement).querySelectorAll('script, img').length).toBe(0);
  },
};

/** Everything of one visit and one allergy, down to the original. */
export const Details: Story = {
  render: () => plain(record),
  play: async ({ canvasElement }) => {
    const root = shadow(canvasElement);
    await waitFor(() => expect(root.querySelector('#allergies .more > summary')).not.toBeNull());
    root.querySelector<HTMLElement>('#allergies .more > summary')!.click();
    await waitFor(() => expect(root.querySelector('#allergies .orig > summary')).not.toBeNull());
    root.querySelector<HTMLElement>('#allergies .orig > summary')!.click();
    await waitFor(() => expect(root.querySelector('#allergies .original')?.textContent).toContain('"penicillin"'));
  },
};

/** Sixty visits and forty problems. */
export const Many: Story = {
  render: () => {
    const visits = Array.from({ length: 60 }, (_, i) => ({
      ...(encounters[1] as object),
      id: `v${i}`,
      period: { start: `${2026 - Math.floor(i / 4)}-0${(i % 4) * 2 + 1}-11` },
    }));
    const problems = Array.from({ length: 40 }, (_, i) => ({
      ...(conditions[0] as object),
      id: `c${i}`,
      code: { text: `Problem ${i + 1}` },
    }));
    return plain([...record, ...visits, ...problems] as Resource[]);
  },
};

export const Arabic: Story = { render: () => html`<div lang="ar" dir="rtl">${plain(record)}</div>` };
/** The words around the record are Spanish; what the record says stays as it was written. */
export const Spanish: Story = {
  render: () => html`<div lang="es">${plain(record)}</div>`,
  play: ({ canvasElement }) =>
    waitFor(() => {
      const text = canvasElement.querySelector('care-chart-viewer')!.shadowRoot!.textContent;
      for (const words of ['Alergias', 'Medicamentos', 'Nacimiento']) expect(text).toContain(words);
    }),
};
export const HebrewRecord: Story = {
  name: 'Hebrew record, Arabic reader',
  render: () => html`<div lang="ar" dir="rtl">${plain(hebrew)}</div>`,
};
export const HebrewRecordEnglish: Story = { name: 'Hebrew record, English reader', render: () => plain(hebrew) };
export const Dark: Story = { globals: { theme: 'dark' }, render: () => plain(record) };
export const Compact: Story = { globals: { density: 'compact' }, render: () => plain(record) };

const narrow = (pixels: number): TemplateResult => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`.narrow-${pixels} { inline-size: ${pixels}px }`);
  if (!document.adoptedStyleSheets.some((one) => one.cssRules[0]?.cssText.startsWith(`.narrow-${pixels} `)))
    document.adoptedStyleSheets.push(sheet);
  return html`<div class=${`narrow-${pixels}`}>${plain(record)}</div>`;
};
export const Phone: Story = { name: '320 px', render: () => narrow(320) };
export const Tablet: Story = { name: '800 px', render: () => narrow(800) };
