import { ContextProvider } from '@lit/context';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { expect, userEvent, waitFor } from 'storybook/test';
import type { CareClient } from '../../src/client/index.js';
import { clockContext, type Clock, type Permissions } from '../../src/components/base/index.js';
import type { CareScheduler } from '../../src/components/scheduler/index.js';
import { CareError, type CareErrorKind } from '../../src/models/errors.js';
import type { Appointment, Resource } from '../../src/models/fhir/index.js';
import type { ScheduleView } from '../../src/models/scheduling/index.js';
import { clock as practiceClock, practiceClient, TODAY, ZONE as PRACTICE_ZONE } from '../support/practice.js';
import { clinicClient, type ClinicOptions } from './clinic-client.js';
import { clinicDay, DATE, NOW, PROVIDER_ORDER, ZONE } from './clinic-day.js';
import { hospitalDay } from './hospital-day.js';

const meta: Meta = {
  title: 'Widgets/Scheduler',
  component: 'care-scheduler',
  parameters: { layout: 'fullscreen' },
};
export default meta;
type Story = StoryObj;

const clock: Clock = { now: () => NOW, zone: ZONE };

interface Given {
  appointments?: readonly Appointment[];
  related?: readonly Resource[];
  providers?: readonly string[] | undefined;
  date?: string;
  clock?: Clock;
  lang?: string;
  readonly?: boolean;
  permissions?: Permissions;
  view?: ScheduleView;
  columns?: 'provider';
  width?: string;
  theme?: 'light' | 'dark';
  density?: 'compact';
}

/** Sizes and clock are set by script: a strict CSP has no style attributes. */
const framed =
  ({ width = '100%', clock: told = clock }: Given, giveClock: boolean) =>
  (element: Element | undefined): void => {
    if (!(element instanceof HTMLElement) || element.dataset['framed'] === '') return;
    element.dataset['framed'] = '';
    element.style.blockSize = '860px';
    element.style.inlineSize = width;
    if (giveClock) new ContextProvider(element, { context: clockContext, initialValue: told });
  };
const filling = (element: Element | undefined): void => {
  if (element instanceof HTMLElement) element.style.blockSize = '100%';
};

function schedule(given: Given, giveClock: boolean): TemplateResult {
  const { lang = 'en-AU', theme, density, date = DATE, readonly = false } = given;
  return html`<div
    lang=${lang}
    dir=${lang === 'ar' ? 'rtl' : 'ltr'}
    data-care-theme=${theme ?? ''}
    data-care-density=${density ?? ''}
    ${ref(framed(given, giveClock))}
  >
    <care-scheduler
      ${ref(filling)}
      date=${date}
      view=${given.view ?? 'day'}
      columns=${given.columns ?? ''}
      hour-cycle="h23"
      refresh-every="0"
      ?readonly=${readonly}
      .appointments=${given.appointments}
      .related=${given.related}
      .providers=${'providers' in given ? given.providers : PROVIDER_ORDER}
    ></care-scheduler>
  </div>`;
}

/** On plain data, with no client. */
const plain = (given: Given = {}): TemplateResult => schedule({ ...clinicDay(), ...given }, true);

/** Over a client that answers as told. */
function asked(options: ClinicOptions, given: Given = {}): Pick<Story, 'loaders' | 'render'> {
  return {
    loaders: [async () => ({ client: (await clinicClient(options)).client })],
    render: (_, { loaded }) =>
      html`<care-provider
        .client=${loaded['client'] as CareClient}
        .clock=${given.clock ?? clock}
        time-zone=${given.clock?.zone ?? ZONE}
        .permissions=${given.permissions}
        >${schedule(given, false)}</care-provider
      >`,
  };
}

const refuse =
  (kind: CareErrorKind): NonNullable<ClinicOptions['search']> =>
  (type) => {
    if (type === 'Appointment') throw new CareError(kind, 'This is scripted.');
  };

const shadow = (canvas: HTMLElement): ShadowRoot => canvas.querySelector<CareScheduler>('care-scheduler')!.shadowRoot!;
const box = (canvas: HTMLElement, text: string): HTMLElement =>
  [...shadow(canvas).querySelectorAll<HTMLElement>('[part~="appointment"]')].find((each) => each.textContent?.includes(text))!;
const see = (canvas: HTMLElement, selector: string): Promise<void> =>
  waitFor(() => expect(shadow(canvas).querySelector(selector)).not.toBeNull(), { timeout: 5000 });
const drawn = (canvas: HTMLElement): Promise<void> => see(canvas, '[part~="appointment"]');
const keys = async (canvas: HTMLElement, text: string, sequence: string): Promise<void> => {
  await drawn(canvas);
  box(canvas, text).focus();
  await userEvent.keyboard(sequence);
};

/** A Monday morning at a practice of psychologists, physiotherapists and a dietitian: every status, and one clash. */
export const PsychologyPractice: Story = {
  render: () => plain(),
  play: async ({ canvasElement }) => {
    await drawn(canvasElement);
    await expect(shadow(canvasElement).querySelector('[part~="counts"]')?.textContent).toContain('27 booked');
  },
};

/** An appointment in the hand: where it would land, what would follow, and the keys. */
export const Moving: Story = {
  render: () => plain(),
  play: async ({ canvasElement }) => {
    await keys(canvasElement, 'Noor El-Masri', 'm{ArrowUp>5/}{ArrowLeft>3/}');
    await see(canvasElement, '[part="move-card"]');
  },
};

/** A place that is taken is told before anything is dropped there. */
export const MovingOntoAnother: Story = {
  render: () => plain(),
  play: async ({ canvasElement }) => {
    await keys(canvasElement, 'Noor El-Masri', 'm{ArrowUp>3/}');
    await waitFor(() => expect(shadow(canvasElement).querySelector('[part="move-card"]')?.textContent).toContain('Overlaps'));
  },
};

/** The practice's Monday and some of it again until Friday. */
function clinicWeek(): { appointments: readonly Appointment[] } {
  const { appointments } = clinicDay();
  const later = (each: Appointment, days: number): Appointment => ({
    ...each,
    id: `${each.id}-${days}`,
    status: 'booked',
    start: new Date(Date.parse(each.start!) + days * 86_400_000).toISOString(),
    end: new Date(Date.parse(each.end!) + days * 86_400_000).toISOString(),
  });
  const again = [1, 2, 3, 4].flatMap((day) => appointments.filter((_, i) => (i * 7 + day * 3) % 5 < 3).map((each) => later(each, day)));
  return { appointments: [...appointments, ...again] };
}
const inView = (view: ScheduleView, part: string, more: Given = {}): Story => ({
  render: () => plain({ ...clinicWeek(), view, ...more }),
  play: async ({ canvasElement }) => see(canvasElement, `[part~="${part}"]`),
});

/** A column for each day. */
export const Week: Story = inView('week', 'appointment');
/** Each provider on each day, under the day. */
export const WeekByProvider: Story = inView('week', 'appointment', { columns: 'provider' });
export const WorkWeek: Story = inView('work-week', 'appointment');
export const Month: Story = inView('month', 'month');
/** Every action of the grid in tables, without a grid and without dragging. */
export const List: Story = inView('agenda', 'agenda');
export const WeekNarrow: Story = inView('week', 'appointment', { width: '320px' });
export const ListNarrow: Story = inView('agenda', 'agenda', { width: '320px' });
export const WeekArabicDark: Story = inView('week', 'appointment', { lang: 'ar', theme: 'dark' });

/** "Move to…": the same power without dragging and without the grid. */
export const MoveByFields: Story = {
  render: () => plain(),
  play: async ({ canvasElement }) => {
    await drawn(canvasElement);
    box(canvasElement, 'Noor El-Masri').click();
    await see(canvasElement, '#details:popover-open .btn[type="button"]:not([aria-label])');
    [...shadow(canvasElement).querySelectorAll<HTMLElement>('#details button')]
      .find((each) => each.textContent?.includes('Move to'))!
      .click();
    await see(canvasElement, 'dialog[open]');
  },
};

/** Who it is: enough to be sure. */
export const Details: Story = {
  render: () => plain(),
  play: async ({ canvasElement }) => {
    await drawn(canvasElement);
    box(canvasElement, 'Rosa Delgado').click();
    await see(canvasElement, '#details:popover-open');
  },
};

/** A move that is on its way: dashed until the server has answered. */
export const Pending: Story = {
  ...asked({ write: () => new Promise(() => undefined) }),
  play: async ({ canvasElement }) => {
    await keys(canvasElement, 'Noor El-Masri', 'm{ArrowUp>2/}{Enter}');
    await see(canvasElement, '[part~="pending"][aria-busy="true"]');
  },
};

/** A move that the server refused: back in its place, and why. */
export const NotMoved: Story = {
  ...asked({
    write: () => {
      throw new CareError('locked', 'This is scripted.');
    },
  }),
  play: async ({ canvasElement }) => {
    await keys(canvasElement, 'Noor El-Masri', 'm{ArrowUp>2/}{Enter}');
    await see(canvasElement, '[part="failure"]');
  },
};

/** Somebody else moved it meanwhile: theirs, mine, or another time. */
export const Conflict: Story = {
  ...asked({
    write: async ([operation], backend) => {
      if (operation?.method !== 'update' || operation.ifMatch !== '1') return;
      const theirs = (await backend.read('Appointment', operation.resource.id ?? '')) as Appointment;
      if (theirs.meta?.versionId === '1') {
        await backend.write(
          [
            {
              method: 'update',
              resource: { ...theirs, start: '2026-11-23T16:00:00+11:00', end: '2026-11-23T16:45:00+11:00' } as Appointment,
            },
          ],
          { atomic: 'preferred' },
        );
      }
    },
  }),
  play: async ({ canvasElement }) => {
    await keys(canvasElement, 'Noor El-Masri', 'm{ArrowUp>2/}{Enter}');
    await see(canvasElement, 'dialog[open] [name="conflict"]');
  },
};

/** Twelve clinicians, three hundred appointments. */
export const ManyColumns: Story = {
  render: () => plain({ ...hospitalDay(), providers: undefined }),
  play: ({ canvasElement }) => drawn(canvasElement),
};

/** The synthetic practice on the embedded server. */
export const Practice: Story = {
  loaders: [async () => ({ client: await practiceClient() })],
  render: (_, { loaded }) =>
    html`<care-provider .client=${loaded['client'] as CareClient} .clock=${practiceClock} time-zone=${PRACTICE_ZONE}
      >${schedule({ date: TODAY, providers: undefined }, false)}</care-provider
    >`,
  play: ({ canvasElement }) => see(canvasElement, 'h2'),
};

/** Still asking. */
export const Loading: Story = {
  ...asked({ search: (type) => (type === 'Appointment' ? new Promise(() => undefined) : undefined) }),
  play: ({ canvasElement }) => see(canvasElement, '.bones-grid i'),
};

/** Asked and answered: none. The nearest booked day is one press away. */
export const Empty: Story = {
  ...asked({}, { date: '2026-11-25' }),
  play: ({ canvasElement }) => see(canvasElement, '[part="empty"] button'),
};

/** Rows were withheld: counts are "at least", and no gap is called free. */
export const Partial: Story = {
  ...asked({
    page: (page, type) =>
      type === 'Appointment'
        ? { ...page, complete: false, warnings: [{ code: 'undecided-patient', count: 3, message: '3 rows were withheld.' }] }
        : page,
  }),
  play: ({ canvasElement }) => see(canvasElement, '[part="partial"]'),
};

/** Nothing could be read: it does not look like a free day. */
export const Failed: Story = {
  ...asked({ search: refuse('server') }),
  play: ({ canvasElement }) => see(canvasElement, '[data-state="failed"]'),
};

/** This user may not see it. */
export const Forbidden: Story = {
  ...asked({ search: refuse('forbidden') }),
  play: ({ canvasElement }) => see(canvasElement, '[data-state="no-access"]'),
};

let isOffline = false;
/** No answer any more: the copy stays, with its time. */
export const Offline: Story = {
  ...asked({
    search: () => {
      if (isOffline) throw new CareError('offline', 'This is scripted.');
    },
  }),
  play: async ({ canvasElement }) => {
    isOffline = false;
    await drawn(canvasElement);
    isOffline = true;
    await canvasElement.querySelector<CareScheduler>('care-scheduler')!.refresh();
    await see(canvasElement, '[part="offline"]');
    isOffline = false;
  },
};

/** A server that does not let appointments be changed. */
export const ReadOnlyServer: Story = {
  ...asked({ abilities: { update: 'no' } }),
  play: async ({ canvasElement }) => {
    await drawn(canvasElement);
    await waitFor(() => expect(shadow(canvasElement).querySelector('.bar')?.textContent).toContain('Read only'));
  },
};

/** A user who may look and not move. */
export const NotAllowed: Story = {
  ...asked(
    {},
    {
      permissions: {
        may: (action) => (action === 'update' ? { allowed: false, reason: 'Only the front desk moves appointments.' } : { allowed: true }),
      },
    },
  ),
  play: async ({ canvasElement }) => {
    await drawn(canvasElement);
    box(canvasElement, 'Noor El-Masri').click();
    await waitFor(() => expect(shadow(canvasElement).querySelector('#why-fixed')?.textContent).toContain('front desk'));
  },
};

/** Nobody said where the clinic is: it is asked for, and never guessed. */
export const AskZone: Story = {
  ...asked({}, { clock: { now: () => NOW, zone: undefined } }),
  render: (_, { loaded }) =>
    html`<care-provider .client=${loaded['client'] as CareClient} .clock=${{ now: () => NOW, zone: undefined }}
      >${schedule({}, false)}</care-provider
    >`,
  play: ({ canvasElement }) => see(canvasElement, '[part="ask-zone"] select'),
};

/** The day on which clocks go forward in Sydney: an hour is missing, and is said to be. */
export const ClocksGoForward: Story = {
  render: () => {
    const night = (id: string, start: string, end: string): Appointment => ({ ...clinicDay().appointments[3]!, id, start, end });
    const appointments = [
      night('n1', '2026-10-04T00:30:00+10:00', '2026-10-04T01:30:00+10:00'),
      night('n2', '2026-10-04T01:45:00+10:00', '2026-10-04T03:30:00+11:00'),
      night('n3', '2026-10-04T04:00:00+11:00', '2026-10-04T05:00:00+11:00'),
    ];
    return plain({
      date: '2026-10-04',
      appointments,
      clock: { now: () => new Date('2026-10-04T03:10:00+11:00'), zone: ZONE },
      providers: ['Practitioner/okafor', 'Practitioner/wojcik'],
    });
  },
  play: ({ canvasElement }) => see(canvasElement, '.change'),
};

/** The clinic is in Perth, whoever looks at it: both clocks are shown. */
export const TwoZones: Story = {
  render: () => plain({ clock: { now: () => NOW, zone: 'Australia/Perth' } }),
  play: ({ canvasElement }) => drawn(canvasElement),
};

/** Appointments that have no place on the grid are listed with the reason. */
export const WithoutAPlace: Story = {
  render: () => {
    const { appointments, related } = clinicDay();
    const endless: Appointment = { ...appointments[0]!, id: 'endless' };
    delete endless.end;
    const floating: Appointment = { ...appointments[1]!, id: 'floating', start: `${DATE}T10:00:00`, end: `${DATE}T10:50:00` };
    const alone: Appointment = {
      ...appointments[11]!,
      id: 'alone',
      participant: [{ actor: { reference: 'Patient/p2' }, status: 'accepted' }],
    };
    return plain({ appointments: [...appointments, endless, floating, alone], related });
  },
  play: ({ canvasElement }) => see(canvasElement, '[part="apart"] li'),
};

/** Mirrored: columns, edges and arrows, but not clocks. */
export const Arabic: Story = {
  render: () => plain({ lang: 'ar' }),
  play: async ({ canvasElement }) => {
    await drawn(canvasElement);
    await waitFor(() => expect(shadow(canvasElement).querySelector('.bar button')?.textContent).toContain('اليوم'));
  },
};

/** Words of Spanish, dates and numbers of Mexico. */
export const Spanish: Story = {
  render: () => plain({ lang: 'es-MX' }),
  play: async ({ canvasElement }) => {
    await drawn(canvasElement);
    await waitFor(() => expect(shadow(canvasElement).querySelector('.bar button')?.textContent).toContain('Hoy'));
    await expect(shadow(canvasElement).textContent).toContain('Sin confirmar');
  },
};

export const Dark: Story = { render: () => plain({ theme: 'dark' }), play: ({ canvasElement }) => drawn(canvasElement) };
export const Compact: Story = { render: () => plain({ density: 'compact' }), play: ({ canvasElement }) => drawn(canvasElement) };
export const ReadOnly: Story = { render: () => plain({ readonly: true }), play: ({ canvasElement }) => drawn(canvasElement) };

/** One provider at a time, with a switcher for a thumb; a move has its buttons below. */
export const Phone: Story = {
  render: () => plain({ width: '390px' }),
  play: async ({ canvasElement }) => {
    await drawn(canvasElement);
    await keys(canvasElement, 'Oskar Lindqvist', 'm{ArrowDown}');
    await see(canvasElement, '[part="tray"]');
  },
};

export const SmallestScreen: Story = { render: () => plain({ width: '320px' }), play: ({ canvasElement }) => drawn(canvasElement) };
