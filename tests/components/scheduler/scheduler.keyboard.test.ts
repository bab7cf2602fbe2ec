import { expect } from 'chai';
import { sendKeys } from '@web/test-runner-commands';
import type { CareScheduler } from '../../../src/components/scheduler/index.js';
import { clinicDay } from '../../../stories/scheduler/clinic-day.js';
import { cleanup, until } from '../../support/fixture.js';
import { alerted, box, boxes, columnOf, focused, part, plain, said, shadow, words } from './support.js';

const press = async (scheduler: CareScheduler, ...keys: string[]): Promise<void> => {
  for (const key of keys) {
    await sendKeys({ press: key });
    await scheduler.updateComplete;
  }
};
const here = (scheduler: CareScheduler): string => words(focused(scheduler)?.querySelector('bdi'));

describe('<care-scheduler> by keyboard', () => {
  afterEach(cleanup);

  it('goes by time with up and down, and by column with left and right', async () => {
    const scheduler = await plain();
    box(scheduler, 'Diego Fuentes').focus();
    await press(scheduler, 'ArrowDown');
    expect(here(scheduler)).to.equal('Hana Kobayashi');
    await press(scheduler, 'ArrowUp', 'ArrowUp');
    expect(here(scheduler)).to.equal('Parveen Akhtar');
    await press(scheduler, 'ArrowRight');
    expect(here(scheduler)).to.equal('Sunita Gurung');
    await press(scheduler, 'ArrowLeft', 'ArrowLeft');
    expect(here(scheduler)).to.equal('Mei-Ling Zhao');
    await press(scheduler, 'Home');
    expect(here(scheduler)).to.equal('Wiremu Parata');
    await press(scheduler, 'End');
    expect(here(scheduler)).to.equal('Mindfulness skills');
    expect(boxes(scheduler).filter((each) => each.tabIndex === 0)).to.deep.equal([focused(scheduler)]);
  });

  it('goes with the text in Arabic: left is the next column', async () => {
    const scheduler = await plain({ lang: 'ar' });
    box(scheduler, 'Parveen Akhtar').focus();
    await press(scheduler, 'ArrowLeft');
    expect(here(scheduler)).to.equal('Sunita Gurung');
  });

  it('opens with Enter, and Esc gives the focus back', async () => {
    const scheduler = await plain();
    box(scheduler, 'Callum Reid').focus();
    await press(scheduler, 'Enter');
    await until(() => part(scheduler, 'details')?.matches(':popover-open'));
    await press(scheduler, 'Escape');
    await until(() => !part(scheduler, 'details')?.matches(':popover-open'));
    expect(focused(scheduler)).to.equal(box(scheduler, 'Callum Reid'));
  });

  it('opened by a press that did not bring the focus (Safari on a Mac), Esc gives it to the box all the same', async () => {
    const scheduler = await plain();
    box(scheduler, 'Callum Reid').click();
    await until(() => part(scheduler, 'details')?.matches(':popover-open'));
    await press(scheduler, 'Escape');
    await until(() => !part(scheduler, 'details')?.matches(':popover-open'));
    expect(focused(scheduler)).to.equal(box(scheduler, 'Callum Reid'));
  });

  it('moves with M and arrows, says where it would land, and drops with Enter', async () => {
    const scheduler = await plain();
    const moves: { from: unknown; to: unknown }[] = [];
    scheduler.addEventListener('care-appointment-move', (event) => moves.push({ from: event.detail.from, to: event.detail.to }));
    box(scheduler, 'Noor El-Masri').focus();
    await press(scheduler, 'm');
    await until(() => said(scheduler).includes('Moving Noor El-Masri'));
    expect(words(box(scheduler, 'Noor El-Masri'))).to.equal('Noor El-Masri was here, 15:30');
    await press(scheduler, 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft');
    expect(words(part(scheduler, 'move-card')!.querySelector('h3'))).to.equal('Move to 14:15–15:00, Tomasz Wójcik');
    await until(() => said(scheduler).includes('14:15–15:00, Tomasz Wójcik. Tomasz Wójcik is free until 15:15.'));
    expect(focused(scheduler)).to.equal(box(scheduler, 'was here'));
    await press(scheduler, 'Enter');
    await until(() => columnOf(box(scheduler, 'Noor El-Masri')) === 'Practitioner/wojcik');
    expect(moves).to.deep.equal([
      {
        from: { start: '2026-11-23T15:30:00+11:00', end: '2026-11-23T16:15:00+11:00', provider: 'Practitioner/nakamura' },
        to: { start: '2026-11-23T14:15:00+11:00', end: '2026-11-23T15:00:00+11:00', provider: 'Practitioner/wojcik' },
      },
    ]);
    await until(() => focused(scheduler) === box(scheduler, 'Noor El-Masri'));
  });

  it('says what it would overlap, and lets it be dropped all the same', async () => {
    const scheduler = await plain();
    box(scheduler, 'Noor El-Masri').focus();
    await press(scheduler, 'm', 'ArrowUp', 'ArrowUp');
    await until(() => said(scheduler).includes('Overlaps Elin Sørensen by 15 min'));
    expect(words(part(scheduler, 'move-card'))).to.contain('Overlaps Elin Sørensen by 15 min');
  });

  it('puts back with Esc', async () => {
    const scheduler = await plain();
    let moved = 0;
    scheduler.addEventListener('care-appointment-move', () => moved++);
    box(scheduler, 'Noor El-Masri').focus();
    await press(scheduler, 'm', 'ArrowUp', 'Escape');
    expect(part(scheduler, 'move-card')).to.equal(null);
    await until(() => said(scheduler).includes('Noor El-Masri stays at 15:30'));
    expect(moved).to.equal(0);
    expect(focused(scheduler)).to.equal(box(scheduler, 'Noor El-Masri'));
  });

  it('dropped where it was, it is not moved', async () => {
    const scheduler = await plain();
    let moved = 0;
    scheduler.addEventListener('care-appointment-move', () => moved++);
    box(scheduler, 'Noor El-Masri').focus();
    await press(scheduler, 'm', 'ArrowUp', 'ArrowDown', 'Enter');
    expect(moved).to.equal(0);
    expect(part(scheduler, 'move-card')).to.equal(null);
  });

  it('says why one that is completed stays where it is', async () => {
    const scheduler = await plain();
    box(scheduler, 'Wiremu Parata').focus();
    await press(scheduler, 'm');
    await until(() => alerted(scheduler) === 'A completed appointment cannot be moved.');
    expect(part(scheduler, 'move-card')).to.equal(null);
  });

  it('goes to other days with Page Up and Down, and focus goes to the nearest box in time', async () => {
    const today = clinicDay().appointments;
    const tomorrow = today
      .filter(({ status }) => status === 'booked')
      .map((each) => ({ ...each, id: `${each.id}t`, start: each.start!.replace('23T', '24T'), end: each.end!.replace('23T', '24T') }));
    const scheduler = await plain({ appointments: [...today, ...tomorrow] });
    box(scheduler, 'Diego Fuentes').focus();
    await press(scheduler, 'PageDown');
    await until(() => words(shadow(scheduler).querySelector('h2')) === 'Tue 24 Nov 2026');
    await until(() => here(scheduler) === 'Hana Kobayashi');
    await press(scheduler, 'PageUp');
    await until(() => here(scheduler) === 'Hana Kobayashi' && words(shadow(scheduler).querySelector('h2')) === 'Mon 23 Nov 2026');
  });

  it('offers the same by buttons: put back, and move', async () => {
    const scheduler = await plain();
    box(scheduler, 'Noor El-Masri').focus();
    await press(scheduler, 'm', 'ArrowDown');
    // The card is loaded at the first move: before it is there, Tab would go past where it will stand.
    await until(() => shadow(scheduler).querySelector('[data-move]'));
    for (let presses = 0; !focused(scheduler)?.matches('[data-move]'); presses++) {
      expect(presses, 'Tab comes to the card').to.be.lessThan(15);
      await press(scheduler, 'Tab');
    }
    expect(words(focused(scheduler))).to.equal('Put back');
    await press(scheduler, 'Enter');
    expect(part(scheduler, 'move-card')).to.equal(null);
    expect(columnOf(box(scheduler, 'Noor El-Masri'))).to.equal('Practitioner/nakamura');
  });
});
