// The hazards of a schedule (docs/hazards.md): each test fails without its guard.
import { expect } from 'chai';
import { sendKeys } from '@web/test-runner-commands';
import type { Appointment, Patient } from '../../../src/models/fhir/index.js';
import type { CareScheduler } from '../../../src/components/scheduler/index.js';
import { clinicClient } from '../../../stories/scheduler/clinic-client.js';
import { clinicDay } from '../../../stories/scheduler/clinic-day.js';
import { accessible, cleanup, until } from '../../support/fixture.js';
import { box, boxes, button, columnOf, drawn, later, over, part, plain, shadow, words } from './support.js';

const NOOR = 'Noor El-Masri';
const press = async (scheduler: CareScheduler, ...keys: string[]): Promise<void> => {
  for (const key of keys) {
    await sendKeys({ press: key });
    await scheduler.updateComplete;
  }
};
const moveEarlier = async (scheduler: CareScheduler): Promise<void> => {
  box(scheduler, NOOR).focus();
  await press(scheduler, 'm', 'ArrowUp', 'ArrowUp', 'Enter');
};
const timeOf = (scheduler: CareScheduler, name: string): string => words(box(scheduler, name).querySelector('.ev-t')).slice(0, 5);
const dialog = (scheduler: CareScheduler): HTMLDialogElement | undefined =>
  [...shadow(scheduler).querySelectorAll('dialog')].find(({ open }) => open);

describe('hazards of <care-scheduler>', () => {
  afterEach(cleanup);

  it('wrong time zone: times are the clinic’s, whatever the zone of this browser', async () => {
    const utc = clinicDay().appointments.map((each): Appointment => ({
      ...each,
      start: new Date(each.start!).toISOString(),
      end: new Date(each.end!).toISOString(),
    }));
    const scheduler = await plain({ appointments: utc });
    expect(timeOf(scheduler, 'Grace Adeyemi')).to.equal('08:00');
    expect(boxes(scheduler)).to.have.length(utc.length);
    const perth = await plain({ appointments: utc, zone: 'Australia/Perth' });
    // Three hours before what is on screen: drawn once the browser has time.
    await until(() => boxes(perth).length === utc.length);
    expect(timeOf(perth, 'Grace Adeyemi')).to.equal('05:00');
  });

  it('wrong time zone: a move writes the instant that was shown', async () => {
    const utc = clinicDay().appointments.map((each): Appointment => ({
      ...each,
      start: new Date(each.start!).toISOString(),
      end: new Date(each.end!).toISOString(),
    }));
    const scheduler = await plain({ appointments: utc });
    const moved: (string | undefined)[] = [];
    scheduler.addEventListener('care-appointment-moved', (event) => moved.push(event.detail.appointment.start));
    await moveEarlier(scheduler);
    expect(moved).to.deep.equal(['2026-11-23T04:00:00.000Z']);
  });

  const rival = async (): Promise<{ scheduler: CareScheduler; stored: () => Promise<Appointment> }> => {
    const { client, backend } = await clinicClient();
    const scheduler = await over(client);
    await drawn(scheduler);
    const theirs = await backend.read('Appointment', 'a26');
    await backend.write(
      [
        {
          method: 'update',
          resource: { ...theirs, start: '2026-11-23T16:00:00+11:00', end: '2026-11-23T16:45:00+11:00', comment: 'Theirs' },
        },
      ],
      { atomic: 'preferred' },
    );
    await moveEarlier(scheduler);
    await until(() => dialog(scheduler));
    return { scheduler, stored: () => backend.read('Appointment', 'a26') };
  };
  const choose = async (scheduler: CareScheduler, value: string): Promise<void> => {
    const radio = dialog(scheduler)!.querySelector<HTMLInputElement>(`input[value="${value}"]`)!;
    radio.click();
    await scheduler.updateComplete;
    dialog(scheduler)!.querySelector<HTMLButtonElement>('[data-conflict="done"]')!.click();
  };

  it('lost update: somebody else’s change is shown beside mine, and nothing is overwritten', async () => {
    const { scheduler, stored } = await rival();
    const text = words(dialog(scheduler));
    expect(text)
      .to.contain('Somebody else changed this appointment')
      .and.to.contain('Theirs Mon 23 Nov, 16:00–16:45, Ben Nakamura. Confirmed')
      .and.to.contain('Yours Mon 23 Nov, 15:00–15:45, Ben Nakamura');
    expect((await stored()).start).to.equal('2026-11-23T16:00:00+11:00');
    await accessible(scheduler);
    await choose(scheduler, 'theirs');
    await until(() => timeOf(scheduler, NOOR) === '16:00');
    expect((await stored()).start).to.equal('2026-11-23T16:00:00+11:00');
  });

  it('lost update: moving anyway keeps what they changed besides', async () => {
    const { scheduler, stored } = await rival();
    await choose(scheduler, 'mine');
    await until(() => timeOf(scheduler, NOOR) === '15:00' && !box(scheduler, NOOR).getAttribute('part')?.includes('pending'));
    const now = await stored();
    expect(now.start).to.equal('2026-11-23T15:00:00+11:00');
    expect(now.comment).to.equal('Theirs');
  });

  it('lost update: closing the question keeps theirs; another time starts from theirs', async () => {
    const { scheduler, stored } = await rival();
    await sendKeys({ press: 'Escape' });
    await until(() => timeOf(scheduler, NOOR) === '16:00');
    expect((await stored()).start).to.equal('2026-11-23T16:00:00+11:00');
    cleanup();
    const second = await rival();
    await choose(second.scheduler, 'another');
    await until(() => dialog(second.scheduler)?.querySelector('#move-time'));
    expect(timeOf(second.scheduler, NOOR)).to.equal('16:00');
    dialog(second.scheduler)!.querySelector<HTMLInputElement>('#move-time')!.value = '14:45';
    dialog(second.scheduler)!
      .querySelector('#move-time')!
      .dispatchEvent(new Event('input', { bubbles: true }));
    await second.scheduler.updateComplete;
    dialog(second.scheduler)!.querySelector<HTMLButtonElement>('[data-move="save"]')!.click();
    await until(() => timeOf(second.scheduler, NOOR) === '14:45' && !box(second.scheduler, NOOR).getAttribute('part')?.includes('pending'));
    expect((await second.stored()).comment).to.equal('Theirs');
  });

  it('lost update: what they cancelled cannot be moved on', async () => {
    const { client, backend } = await clinicClient();
    const scheduler = await over(client);
    await drawn(scheduler);
    const theirs = await backend.read('Appointment', 'a26');
    await backend.write([{ method: 'update', resource: { ...theirs, status: 'cancelled' } }], { atomic: 'preferred' });
    await moveEarlier(scheduler);
    await until(() => dialog(scheduler));
    expect(dialog(scheduler)!.querySelector<HTMLInputElement>('input[value="mine"]')!.disabled).to.equal(true);
    expect(words(dialog(scheduler))).to.contain('A cancelled appointment cannot be moved.');
  });

  it('stale day: a late answer for one day is never shown under another', async () => {
    const gates = new Map<string, ReturnType<typeof later<void>>>();
    const { client } = await clinicClient({
      search: (type, params) => {
        const [from] = (type === 'Appointment' && Array.isArray(params['date']) ? params['date'] : []) as string[];
        if (from === undefined) return undefined;
        const gate = later();
        gates.set(from.slice(2, 12), gate);
        return gate.promise;
      },
    });
    const scheduler = await over(client);
    await until(() => gates.has('2026-11-23'));
    button(scheduler, 'Next day').click();
    await until(() => gates.has('2026-11-24'));
    gates.get('2026-11-23')!.give();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(boxes(scheduler)).to.deep.equal([]);
    expect(words(shadow(scheduler).querySelector('h2'))).to.equal('Tue 24 Nov 2026');
    gates.get('2026-11-24')!.give();
    await until(() => part(scheduler, 'empty'));
  });

  it('stale day: going back before the answer still shows the day that is asked for', async () => {
    const { client } = await clinicClient();
    const scheduler = await over(client);
    await drawn(scheduler);
    button(scheduler, 'Next day').click();
    button(scheduler, 'Previous day').click();
    await drawn(scheduler);
    expect(words(shadow(scheduler).querySelector('h2'))).to.equal('Mon 23 Nov 2026');
    expect(words(part(scheduler, 'counts'))).to.contain('27 booked');
  });

  it('wrong patient: a box carries the name of the patient that its appointment names, and the details make sure', async () => {
    const { appointments, related } = clinicDay();
    const namesake: Patient = { resourceType: 'Patient', id: 'p260', name: [{ text: NOOR }], birthDate: '1950-01-01' };
    const other: Appointment = {
      ...appointments[26]!,
      id: 'other',
      start: '2026-11-23T09:00:00+11:00',
      end: '2026-11-23T09:30:00+11:00',
      participant: [
        { actor: { reference: 'Patient/p260', display: 'Somebody else' }, status: 'accepted' },
        { actor: { reference: 'Practitioner/nakamura' }, status: 'accepted' },
      ],
    };
    const elsewhere: Appointment = {
      ...other,
      id: 'elsewhere',
      start: '2026-11-23T09:30:00+11:00',
      end: '2026-11-23T10:00:00+11:00',
      participant: [
        { actor: { reference: 'https://other.example/fhir/Patient/p26', display: 'Kiri Walker' }, status: 'accepted' },
        { actor: { reference: 'Practitioner/nakamura' }, status: 'accepted' },
      ],
    };
    const scheduler = await plain({ appointments: [...appointments, other, elsewhere], related: [...related, namesake] });
    expect(boxes(scheduler).filter((each) => each.textContent?.includes(NOOR))).to.have.length(2);
    expect(words(box(scheduler, 'Kiri Walker'))).to.not.contain(NOOR);
    box(scheduler, 'Kiri Walker').click();
    await until(() => part(scheduler, 'details')?.matches(':popover-open'));
    expect(words(part(scheduler, 'details')))
      .to.contain('The patient’s record could not be read.')
      .and.to.not.contain('1989');
  });

  it('wrong patient: the details follow the appointment, and close when it is gone', async () => {
    const { appointments } = clinicDay();
    const scheduler = await plain({ appointments });
    box(scheduler, NOOR).click();
    await until(() => part(scheduler, 'details')?.matches(':popover-open'));
    scheduler.appointments = appointments.filter(({ id }) => id !== 'a26');
    await scheduler.updateComplete;
    expect(words(part(scheduler, 'details'))).to.not.contain(NOOR);
  });

  it('double booking is shown: frame, tag, words, and a count', async () => {
    const { appointments } = clinicDay();
    const twice: Appointment = { ...appointments[25]!, id: 'twice' };
    const scheduler = await plain({ appointments: [...appointments, twice] });
    const both = boxes(scheduler).filter((each) => each.textContent?.includes('Malik Johnson'));
    expect(both).to.have.length(2);
    for (const each of both) {
      expect(each.getAttribute('part')).to.contain('clash');
      expect(each.getAttribute('aria-description')).to.contain('overlaps one appointment');
    }
    expect(words(part(scheduler, 'counts'))).to.contain('2 clashes');
  });

  it('move during refresh: an answer that comes meanwhile does not move what is in the hand, and its version is not overwritten', async () => {
    const { client, backend } = await clinicClient();
    const scheduler = await over(client);
    await drawn(scheduler);
    box(scheduler, NOOR).focus();
    await press(scheduler, 'm', 'ArrowUp');
    const theirs = await backend.read('Appointment', 'a26');
    await backend.write(
      [{ method: 'update', resource: { ...theirs, start: '2026-11-23T13:00:00+11:00', end: '2026-11-23T13:30:00+11:00' } }],
      { atomic: 'preferred' },
    );
    await scheduler.refresh();
    await scheduler.updateComplete;
    expect(words(part(scheduler, 'move-card')!.querySelector('h3'))).to.equal('Move to 15:15–16:00, Ben Nakamura');
    expect(words(box(scheduler, NOOR))).to.contain('was here, 15:30');
    await press(scheduler, 'Enter');
    await until(() => dialog(scheduler));
    expect((await backend.read('Appointment', 'a26')).start).to.equal('2026-11-23T13:00:00+11:00');
  });

  it('move during refresh: put back, it shows what has come meanwhile', async () => {
    const { client, backend } = await clinicClient();
    const scheduler = await over(client);
    await drawn(scheduler);
    box(scheduler, NOOR).focus();
    await press(scheduler, 'm');
    const theirs = await backend.read('Appointment', 'a26');
    await backend.write(
      [{ method: 'update', resource: { ...theirs, start: '2026-11-23T13:00:00+11:00', end: '2026-11-23T13:30:00+11:00' } }],
      { atomic: 'preferred' },
    );
    await scheduler.refresh();
    await press(scheduler, 'Escape');
    await until(() => timeOf(scheduler, NOOR) === '13:00');
  });

  it('a gap on a day that is not whole is not called free', async () => {
    const { client } = await clinicClient({ page: (page, type) => (type === 'Appointment' ? { ...page, complete: false } : page) });
    const scheduler = await over(client);
    await drawn(scheduler);
    box(scheduler, NOOR).focus();
    await press(scheduler, 'm', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft');
    const card = words(part(scheduler, 'move-card'));
    expect(card).to.contain('Not checked for overlaps: the day did not load whole').and.to.not.contain('is free');
    expect(columnOf(box(scheduler, NOOR))).to.equal('Practitioner/nakamura');
  });
});
