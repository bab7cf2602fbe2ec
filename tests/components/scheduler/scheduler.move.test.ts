import { expect } from 'chai';
import { sendKeys } from '@web/test-runner-commands';
import { CareError, type CareErrorKind } from '../../../src/models/errors.js';
import type { Appointment } from '../../../src/models/fhir/index.js';
import type { CareScheduler } from '../../../src/components/scheduler/index.js';
import { clinicClient } from '../../../stories/scheduler/clinic-client.js';
import { clinicDay } from '../../../stories/scheduler/clinic-day.js';
import { accessible, cleanup, until } from '../../support/fixture.js';
import { alerted, box, boxes, button, columnOf, drawn, focused, later, over, part, plain, said, shadow, words } from './support.js';

const NOOR = 'Noor El-Masri';
const press = async (scheduler: CareScheduler, ...keys: string[]): Promise<void> => {
  for (const key of keys) {
    await sendKeys({ press: key });
    await scheduler.updateComplete;
  }
};
/** Noor from 15:30 to 15:00, by keyboard. */
const moveEarlier = async (scheduler: CareScheduler): Promise<void> => {
  box(scheduler, NOOR).focus();
  await press(scheduler, 'm', 'ArrowUp', 'ArrowUp', 'Enter');
};
const timeOf = (scheduler: CareScheduler, name: string): string => words(box(scheduler, name).querySelector('.ev-t')).slice(0, 5);
const dialog = (scheduler: CareScheduler): HTMLDialogElement | undefined =>
  [...shadow(scheduler).querySelectorAll('dialog')].find(({ open }) => open);

describe('<care-scheduler> saving moves', () => {
  afterEach(cleanup);

  it('is pending until the server has answered, and then where it was put', async () => {
    const gate = later();
    const { client, backend, writes } = await clinicClient({ write: () => gate.promise });
    const scheduler = await over(client);
    await drawn(scheduler);
    const moved: string[] = [];
    scheduler.addEventListener('care-appointment-moved', (event) => moved.push(event.detail.appointment.start ?? ''));
    await moveEarlier(scheduler);
    await until(() => box(scheduler, NOOR).getAttribute('part')?.includes('pending'));
    expect(timeOf(scheduler, NOOR)).to.equal('15:00');
    expect(box(scheduler, NOOR).getAttribute('aria-busy')).to.equal('true');
    expect(box(scheduler, NOOR).getAttribute('aria-description')).to.contain('being saved');
    expect(moved).to.deep.equal([]);
    gate.give();
    await until(() => moved.length > 0);
    expect(moved).to.deep.equal(['2026-11-23T15:00:00+11:00']);
    await until(() => !box(scheduler, NOOR).getAttribute('part')?.includes('pending'));
    await until(() => said(scheduler) === `${NOOR} moved to 15:00–15:45, Ben Nakamura.`);
    expect((await backend.read('Appointment', 'a26')).start).to.equal('2026-11-23T15:00:00+11:00');
    expect(writes).to.have.length(1);
    expect('ifMatch' in writes[0]! && writes[0].ifMatch).to.equal('1');
  });

  for (const [kind, words_] of [
    ['offline', 'The server did not answer'],
    ['forbidden', 'Your role does not allow this'],
    ['locked', 'It is being edited elsewhere'],
    ['validation', 'The server did not accept the content'],
    ['server', 'The server had a fault'],
  ] as [CareErrorKind, string][]) {
    it(`${kind}: puts it back and says why beside it`, async () => {
      const { client } = await clinicClient({
        write: () => {
          throw new CareError(kind, 'Scripted.');
        },
      });
      const scheduler = await over(client);
      await drawn(scheduler);
      await moveEarlier(scheduler);
      const card = await until(() => part(scheduler, 'failure'));
      expect(words(card)).to.contain(`${NOOR} was not moved.`).and.to.contain(words_).and.to.contain('It is back at 15:30.');
      expect(timeOf(scheduler, NOOR)).to.equal('15:30');
      await until(() => alerted(scheduler).includes('was not moved'));
      await until(() => focused(scheduler) === box(scheduler, NOOR));
      button(scheduler, 'Dismiss').click();
      await until(() => !part(scheduler, 'failure'));
    });
  }

  it('can be tried again from where it failed', async () => {
    let fails = true;
    const { client, backend } = await clinicClient({
      write: () => {
        if (fails) throw new CareError('offline', 'Scripted.');
      },
    });
    const scheduler = await over(client);
    await drawn(scheduler);
    await moveEarlier(scheduler);
    await until(() => part(scheduler, 'failure'));
    fails = false;
    button(scheduler, 'Try again').click();
    await until(() => timeOf(scheduler, NOOR) === '15:00' && !box(scheduler, NOOR).getAttribute('part')?.includes('pending'));
    expect((await backend.read('Appointment', 'a26')).start).to.equal('2026-11-23T15:00:00+11:00');
  });

  it('one that was deleted elsewhere is told and goes', async () => {
    const { client } = await clinicClient({
      write: async ([operation], backend) => {
        if (operation?.method === 'update')
          await backend.write([{ method: 'delete', type: 'Appointment', id: 'a26' }], { atomic: 'preferred' });
      },
    });
    const scheduler = await over(client);
    await drawn(scheduler);
    await moveEarlier(scheduler);
    await until(() => part(scheduler, 'failure') || dialog(scheduler));
    if (dialog(scheduler)) {
      expect(words(dialog(scheduler))).to.contain('It was deleted.');
      button(scheduler, 'Use theirs').click();
    }
    await until(() => !boxes(scheduler).some((each) => each.textContent?.includes(NOOR)));
  });

  it('without a client moves what it was given, tells the host, and keeps nothing', async () => {
    const scheduler = await plain();
    const moved: Appointment[] = [];
    scheduler.addEventListener('care-appointment-moved', (event) => moved.push(event.detail.appointment));
    await moveEarlier(scheduler);
    await until(() => timeOf(scheduler, NOOR) === '15:00');
    expect(moved.map(({ id, start }) => [id, start])).to.deep.equal([['a26', '2026-11-23T15:00:00+11:00']]);
    scheduler.appointments = [...clinicDay().appointments];
    await scheduler.updateComplete;
    expect(timeOf(scheduler, NOOR)).to.equal('15:30');
  });

  it('leaves the work to a host that prevents the move', async () => {
    const { client, writes } = await clinicClient();
    const scheduler = await over(client);
    await drawn(scheduler);
    scheduler.addEventListener('care-appointment-move', (event) => event.preventDefault());
    await moveEarlier(scheduler);
    expect(timeOf(scheduler, NOOR)).to.equal('15:30');
    expect(writes).to.deep.equal([]);
  });

  describe('Move to…', () => {
    const open = async (scheduler: CareScheduler): Promise<HTMLDialogElement> => {
      box(scheduler, NOOR).click();
      await until(() => part(scheduler, 'details')?.matches(':popover-open'));
      button(scheduler, 'Move to…').click();
      return until(() => dialog(scheduler));
    };
    const set = async (scheduler: CareScheduler, id: string, value: string): Promise<void> => {
      const field = shadow(scheduler).querySelector<HTMLInputElement>(`#${id}`)!;
      field.value = value;
      field.dispatchEvent(new Event(field.localName === 'select' ? 'change' : 'input', { bubbles: true }));
      await scheduler.updateComplete;
    };

    it('moves by fields, with the same checks', async () => {
      const { client, backend } = await clinicClient();
      const scheduler = await over(client);
      await drawn(scheduler);
      const asked = await open(scheduler);
      await accessible(scheduler);
      await set(scheduler, 'move-time', '13:30');
      expect(words(asked)).to.contain('Overlaps Malik Johnson by 45 min');
      await set(scheduler, 'move-provider', 'Practitioner/wojcik');
      await set(scheduler, 'move-time', '14:15');
      expect(words(asked)).to.contain('Tomasz Wójcik is free until 15:15');
      shadow(scheduler).querySelector<HTMLButtonElement>('[data-move="save"]')!.click();
      await until(() => columnOf(box(scheduler, NOOR)) === 'Practitioner/wojcik');
      await until(() => !box(scheduler, NOOR).getAttribute('part')?.includes('pending'));
      const stored = await backend.read('Appointment', 'a26');
      expect(stored.participant.map(({ actor }) => actor?.reference)).to.deep.equal([
        'Patient/p26',
        'Practitioner/wojcik',
        'Location/room2',
      ]);
    });

    it('to another day says that nothing was checked there, and shows the way to it', async () => {
      const { client } = await clinicClient();
      const scheduler = await over(client);
      await drawn(scheduler);
      const asked = await open(scheduler);
      await set(scheduler, 'move-date', '2026-11-25');
      expect(words(asked)).to.contain('Not checked: the bookings of Wed 25 Nov are not loaded');
      shadow(scheduler).querySelector<HTMLButtonElement>('[data-move="save"]')!.click();
      await until(() => !boxes(scheduler).some((each) => each.textContent?.includes(NOOR)));
      await until(() => words(part(scheduler, 'notice')).includes(`${NOOR} moved to Wed 25 Nov, 15:30.`));
      button(scheduler, 'Show Wed 25 Nov').click();
      await until(() => boxes(scheduler).some((each) => each.textContent?.includes(NOOR)));
      expect(scheduler.date).to.equal('2026-11-25');
    });

    it('says what is wrong with a field after an attempt, and saves nothing', async () => {
      const { client, writes } = await clinicClient();
      const scheduler = await over(client);
      await drawn(scheduler);
      const asked = await open(scheduler);
      await set(scheduler, 'move-time', '');
      expect(words(asked)).to.not.contain('Write a time');
      shadow(scheduler).querySelector<HTMLButtonElement>('[data-move="save"]')!.click();
      await until(() => words(asked).includes('Write a time, such as 14:15.'));
      expect(shadow(scheduler).querySelector('#move-time')!.getAttribute('aria-invalid')).to.equal('true');
      expect(writes).to.deep.equal([]);
    });

    it('tells of an hour that clocks skip', async () => {
      const scheduler = await plain();
      const asked = await open(scheduler);
      await set(scheduler, 'move-date', '2027-10-03');
      await set(scheduler, 'move-time', '02:30');
      expect(words(asked)).to.contain('Clocks skip this time on that day. It would be 03:30.');
    });
  });

  it('is refused with the reason where the user may not, or the server cannot', async () => {
    const { client } = await clinicClient();
    const denied = await over(client, {
      permissions: {
        may: (action, type) =>
          action === 'update' && type === 'Appointment'
            ? { allowed: false, reason: 'Only the front desk moves appointments.' }
            : { allowed: true },
      },
    });
    await drawn(denied);
    box(denied, NOOR).focus();
    await press(denied, 'm');
    await until(() => alerted(denied) === 'Only the front desk moves appointments.');
    box(denied, NOOR).click();
    await until(() => part(denied, 'details')?.matches(':popover-open'));
    expect(button(denied, 'Move to…').getAttribute('aria-disabled')).to.equal('true');
    expect(words(part(denied, 'details'))).to.contain('Only the front desk moves appointments.');
    cleanup();
    const fixed = await clinicClient({ abilities: { update: 'no' } });
    const scheduler = await over(fixed.client);
    await drawn(scheduler);
    await until(() => words(part(scheduler, 'bar')).includes('Read only'));
    box(scheduler, NOOR).focus();
    await press(scheduler, 'm');
    await until(() => alerted(scheduler) === 'This server does not let appointments be changed.');
  });
});
