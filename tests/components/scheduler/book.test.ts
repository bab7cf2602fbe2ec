import { expect } from 'chai';
import type { AppointmentCreateDetail, CareScheduler } from '../../../src/components/scheduler/index.js';
import { accessible, cleanup, until } from '../../support/fixture.js';
import { alerted, box, focused, key, part, plain, shadow, words } from './support.js';

const asked = (scheduler: CareScheduler): AppointmentCreateDetail[] => {
  const details: AppointmentCreateDetail[] = [];
  scheduler.addEventListener('care-appointment-create', (event) => details.push(event.detail));
  return details;
};
const clickAt = (list: Element, minutes: number): void => {
  const { left, top, width } = list.getBoundingClientRect();
  list.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, clientX: left + width / 2, clientY: top + minutes * 1.2 }));
};
const column = (scheduler: CareScheduler, name: string): Element => shadow(scheduler).querySelector(`[data-column="${name}"]`)!;

describe('<care-scheduler> empty time', () => {
  afterEach(cleanup);

  it('a click on it says when, to the step below, and with whom', async () => {
    const scheduler = await plain();
    const details = asked(scheduler);
    clickAt(column(scheduler, 'Practitioner/haddad'), 5 * 60 + 20);
    expect(details).to.deep.equal([
      {
        start: '2026-11-23T02:15:00.000Z',
        end: '2026-11-23T02:45:00.000Z',
        column: 'Practitioner/haddad',
        provider: 'Practitioner/haddad',
      },
    ]);
  });

  it('a click on an appointment opens it and proposes nothing', async () => {
    const scheduler = await plain();
    const details = asked(scheduler);
    box(scheduler, 'Noor').click();
    await until(() => part(scheduler, 'details')?.matches(':popover-open'));
    expect(details).to.deep.equal([]);
  });

  it('one cursor goes by time and column, and Enter proposes where it is', async () => {
    const scheduler = await plain();
    const details = asked(scheduler);
    expect(shadow(scheduler).querySelectorAll('[part~="book"]')).to.have.length(1);
    part(scheduler, 'book')!.focus();
    expect(words(part(scheduler, 'book'))).to.equal('Book at 11:30, Dr Amara Okafor');
    const node = part(scheduler, 'book');
    for (const name of ['ArrowDown', 'ArrowRight']) {
      key(scheduler, name);
      await scheduler.updateComplete;
    }
    expect(words(part(scheduler, 'book'))).to.equal('Book at 11:45, Tomasz Wójcik');
    expect(part(scheduler, 'book')).to.equal(node);
    expect(focused(scheduler)).to.equal(node);
    part(scheduler, 'book')!.click();
    expect(details.map(({ start, provider }) => [start, provider])).to.deep.equal([['2026-11-23T00:45:00.000Z', 'Practitioner/wojcik']]);
    await accessible(scheduler);
  });

  it('B on an appointment goes to the time after it', async () => {
    const scheduler = await plain();
    box(scheduler, 'Noor').focus();
    key(scheduler, 'b');
    await until(() => focused(scheduler) === part(scheduler, 'book'));
    expect(words(part(scheduler, 'book'))).to.equal('Book at 16:15, Ben Nakamura');
  });

  it('in a week the cursor goes to other days, and a click says the day', async () => {
    const scheduler = await plain();
    scheduler.view = 'week';
    await scheduler.updateComplete;
    const details = asked(scheduler);
    part(scheduler, 'book')!.focus();
    key(scheduler, 'ArrowRight');
    await scheduler.updateComplete;
    expect(words(part(scheduler, 'book'))).to.equal('Book at 11:30, Tue 24 Nov');
    clickAt(column(scheduler, 'everybody#2026-11-26'), 60);
    expect(details).to.deep.equal([
      { start: '2026-11-25T22:00:00.000Z', end: '2026-11-25T22:30:00.000Z', column: 'everybody#2026-11-26', provider: undefined },
    ]);
  });

  it('has no cursor where nothing may be booked, and a click says why', async () => {
    const scheduler = await plain({ readonly: true });
    const details = asked(scheduler);
    expect(part(scheduler, 'book')).to.equal(null);
    clickAt(column(scheduler, 'Practitioner/haddad'), 320);
    await until(() => alerted(scheduler) === 'This schedule is read only.');
    expect(details).to.deep.equal([]);
  });
});
