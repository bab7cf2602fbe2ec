import { expect } from 'chai';
import type { Appointment, Practitioner } from '../../../src/models/fhir/index.js';
import { cleanup, until } from '../../support/fixture.js';
import { boxes, DATE, focused, key, plain, shadow } from './support.js';

const providers: Practitioner[] = Array.from({ length: 40 }, (_, i) => ({
  resourceType: 'Practitioner',
  id: `p${i}`,
  name: [{ text: `Dr ${i}` }],
}));
/** One each hour from 08:00 to 17:00 for 40 providers, in Sydney's summer. */
const many: Appointment[] = providers.flatMap(({ id }) =>
  Array.from({ length: 10 }, (_, hour): Appointment => ({
    resourceType: 'Appointment',
    id: `a-${id}-${hour}`,
    status: 'booked',
    start: `${DATE}T${String(8 + hour).padStart(2, '0')}:00:00+11:00`,
    end: `${DATE}T${String(8 + hour).padStart(2, '0')}:30:00+11:00`,
    participant: [
      { actor: { reference: `Patient/${id}-${hour}`, display: `Pat ${id} ${hour}` }, status: 'accepted' },
      { actor: { reference: `Practitioner/${id}` }, status: 'accepted' },
    ],
  })),
);
const hospital = () => plain({ appointments: many, related: providers, providers });
const scroller = (scheduler: Element): Element => scheduler.shadowRoot!.querySelector('.scroll')!;
const keyed = (scheduler: Element, id: string): HTMLElement | null => scheduler.shadowRoot!.querySelector(`[data-key^="${id}@"]`);

describe('<care-scheduler> draws the part that is seen', () => {
  afterEach(cleanup);

  it('draws the columns on screen and some around them, and a labelled list for each of the others', async () => {
    const scheduler = await hospital();
    expect(boxes(scheduler).length).to.be.within(60, 250);
    expect(shadow(scheduler).querySelectorAll('[data-column]')).to.have.length(40);
    expect(shadow(scheduler).querySelector('[data-column="Practitioner/p39"]')!.getAttribute('aria-label')).to.equal(
      'Dr 39, 10 appointments',
    );
    expect(keyed(scheduler, 'a-p39-3')).to.equal(null);
  });

  it('draws others when they are scrolled to', async () => {
    const scheduler = await hospital();
    scroller(scheduler).scrollLeft = 10_000;
    await until(() => keyed(scheduler, 'a-p39-3'));
    expect(shadow(scheduler).querySelector('[data-head="Practitioner/p39"]')!.textContent).to.contain('Dr 39');
    await until(() => keyed(scheduler, 'a-p5-3') === null);
  });

  it('a box that has the focus keeps its node and the focus however far it is scrolled away', async () => {
    const scheduler = await hospital();
    const box = keyed(scheduler, 'a-p1-2')!;
    box.focus();
    scroller(scheduler).scrollLeft = 10_000;
    await until(() => keyed(scheduler, 'a-p39-3'));
    expect(keyed(scheduler, 'a-p1-2')).to.equal(box);
    expect(focused(scheduler)).to.equal(box);
    key(scheduler, 'ArrowDown');
    await until(() => focused(scheduler) === keyed(scheduler, 'a-p1-3'));
  });

  it('goes by key to columns that are not drawn yet', async () => {
    const scheduler = await hospital();
    keyed(scheduler, 'a-p0-2')!.focus();
    for (let i = 0; i < 39; i++) {
      key(scheduler, 'ArrowRight');
      await scheduler.updateComplete;
    }
    await until(() => focused(scheduler) === keyed(scheduler, 'a-p39-2') && focused(scheduler) !== null);
  });

  it('scrolls to an appointment by its id', async () => {
    const scheduler = await hospital();
    expect(await scheduler.scrollToAppointment('a-p30-9')).to.equal(true);
    const box = keyed(scheduler, 'a-p30-9')!.getBoundingClientRect();
    const screen = scroller(scheduler).getBoundingClientRect();
    expect(box.left).to.be.at.least(screen.left);
    expect(box.right).to.be.at.most(screen.right);
    expect(await scheduler.scrollToAppointment('nobody')).to.equal(false);
  });

  it('another day has boxes of its own, and none of the day before', async () => {
    const scheduler = await hospital();
    scheduler.appointments = [{ ...many[0]!, id: 'other', start: '2026-11-24T09:00:00+11:00', end: '2026-11-24T09:30:00+11:00' }];
    scheduler.date = '2026-11-24';
    await scheduler.updateComplete;
    expect(boxes(scheduler).map(({ dataset }) => dataset['key'])).to.deep.equal(['other@Practitioner/p0']);
  });
});
