import { expect } from 'chai';
import type { Appointment } from '../../../src/models/fhir/index.js';
import { clinicDay } from '../../../stories/scheduler/clinic-day.js';
import { accessible, cleanup, until } from '../../support/fixture.js';
import { box, boxes, button, columnOf, DATE, part, plain, shadow, words } from './support.js';

describe('<care-scheduler> on plain data', () => {
  afterEach(cleanup);

  it('has a column for each provider, in the order asked for, with role and initials', async () => {
    const scheduler = await plain();
    const heads = [...shadow(scheduler).querySelectorAll('[part~="provider"]')].map((head) => words(head));
    expect(heads).to.deep.equal([
      'AO Dr Amara Okafor Clinical psychologist',
      'TW Tomasz Wójcik Physiotherapist',
      'PR Priya Raman Dietitian',
      'LH Dr Leila Haddad Psychologist · video',
      'BN Ben Nakamura Physiotherapist',
    ]);
    expect(boxes(scheduler)).to.have.length(clinicDay().appointments.length);
  });

  it('says date and counts', async () => {
    const scheduler = await plain();
    expect(words(shadow(scheduler).querySelector('h2'))).to.equal('Mon 23 Nov 2026');
    expect(words(part(scheduler, 'counts'))).to.equal('27 booked · 1 clash · 4 not confirmed');
  });

  it('draws each status by its word and class, and its part says it', async () => {
    const scheduler = await plain();
    const state = (name: string): string =>
      `${words(box(scheduler, name).querySelector('b'))}|${box(scheduler, name).getAttribute('part')}`;
    expect(state('Wiremu Parata')).to.equal('Completed|appointment completed fulfilled');
    expect(state('Siobhan Gallagher')).to.equal('Not confirmed|appointment not-confirmed booked');
    expect(state('Oskar Lindqvist')).to.equal('Confirmed|appointment confirmed booked');
    expect(state('Diego Fuentes')).to.match(/^Waiting 8 min/);
    expect(state('Sunita Gurung')).to.match(/^5 mins? over\|appointment in-session arrived$/);
    expect(state('Joan Whitford')).to.equal('Did not arrive|appointment did-not-arrive noshow');
    expect(state('Matteo Bianchi')).to.equal('Cancelled|appointment cancelled');
    expect(state('Elin Sørensen')).to.equal('Held until 12:00|appointment held pending');
  });

  it('says each box in full to those who do not see it', async () => {
    const scheduler = await plain();
    const rest = box(scheduler, 'Rosa Delgado').getAttribute('aria-description')!.replaceAll('\u00a0', ' ');
    expect(words(box(scheduler, 'Rosa Delgado'))).to.equal('13:00 Rosa Delgado First visit');
    for (const text of ['49 y', 'Confirmed', '13:00 to 13:45', 'overlaps one appointment by 15 min']) expect(rest).to.contain(text);
  });

  it('puts those that overlap side by side, in frames, with one tag', async () => {
    const scheduler = await plain();
    const [a, b] = [box(scheduler, 'Rosa Delgado'), box(scheduler, 'Ewan MacLeod')].map((each) => each.getBoundingClientRect());
    expect(a!.right).to.be.at.most(b!.left + 1);
    expect(box(scheduler, 'Rosa Delgado').getAttribute('part')).to.contain('clash');
    expect([...shadow(scheduler).querySelectorAll('.clash-tag')].map((tag) => words(tag))).to.deep.equal(['Overlap']);
  });

  it('places boxes by time: an hour is four slots, and half past is half way', async () => {
    const scheduler = await plain();
    const top = (name: string): number => box(scheduler, name).closest('li')!.getBoundingClientRect().top;
    expect(top('Luca Romano') - top('Grace Adeyemi')).to.be.closeTo(36, 0.5);
    expect(top('Thomas Achterberg') - top('Wiremu Parata')).to.be.closeTo(36, 0.5);
  });

  it('uses six elements for a box at most', async () => {
    const scheduler = await plain();
    for (const each of boxes(scheduler)) expect(each.closest('li')!.querySelectorAll('*').length + 1, words(each)).to.be.at.most(6);
  });

  it('shows less in narrower columns: two lines, then the name alone, with everything else in the description', async () => {
    const many = Array.from({ length: 12 }, (_, i) => `Practitioner/x${i}`);
    const scheduler = await plain({ providers: ['Practitioner/wojcik', ...many] });
    const two = box(scheduler, 'Callum Reid');
    expect(two.querySelector('b')).to.equal(null);
    scheduler.style.setProperty('--care-scheduler-column-min', '3rem');
    scheduler.providers = ['Practitioner/wojcik', ...many, ...many.map((each) => `${each}y`)];
    const one = await until(() => boxes(scheduler).find((each) => words(each) === 'Callum Reid'));
    expect(one.childElementCount).to.equal(0);
    expect(one.getAttribute('aria-description')).to.contain('Confirmed').and.to.contain('13:15 to 14:00').and.to.contain('Physiotherapy');
  });

  it('shows the day’s breaks and hours in words too', async () => {
    const scheduler = await plain();
    const column = shadow(scheduler).querySelector('[data-column="Practitioner/okafor"]')!;
    expect([...column.querySelectorAll('.off')].map((each) => words(each))).to.deep.equal([
      'Not working 08:00–09:00',
      'Not working 17:00–18:00',
    ]);
    expect(words(column.querySelector('.pause'))).to.equal('Break 12:00–12:45');
  });

  it('lists what has no place on the grid, with the reason, and counts what is not shown', async () => {
    const { appointments } = clinicDay();
    const endless: Appointment = { ...appointments[0]!, id: 'endless' };
    delete endless.end;
    const wrong: Appointment = { ...appointments[1]!, id: 'wrong', status: 'entered-in-error' };
    const scheduler = await plain({ appointments: [...appointments, endless, wrong] });
    expect(words(part(scheduler, 'apart')))
      .to.contain('1 appointment has no place on the grid')
      .and.to.contain('Wiremu Parata')
      .and.to.contain('No end and no duration')
      .and.to.contain('1 entered in error is not shown');
  });

  it('keeps appointments without a provider in a column of their own', async () => {
    const alone: Appointment = {
      ...clinicDay().appointments[0]!,
      id: 'alone',
      participant: [{ actor: { display: 'Walk-in', type: 'Patient' }, status: 'accepted' }],
    };
    const scheduler = await plain({ appointments: [alone], providers: undefined });
    expect(columnOf(box(scheduler, 'Walk-in'))).to.equal('unassigned');
    expect(words(shadow(scheduler).querySelector('[data-head="unassigned"]'))).to.contain('No provider');
  });

  it('opens an appointment: the event first, then who it is', async () => {
    const scheduler = await plain();
    const opened: unknown[] = [];
    scheduler.addEventListener('care-appointment-open', (event) => opened.push(event.detail));
    box(scheduler, 'Noor El-Masri').click();
    await until(() => part(scheduler, 'details')?.matches(':popover-open'));
    const text = words(part(scheduler, 'details'));
    for (const fact of ['Noor El-Masri', '19 Sept 1989 (37', 'HS-4026', '15:30–16:15', 'Ben Nakamura', 'Room 2', 'Shoulder, follow-up'])
      expect(text.replace('September', 'Sept')).to.contain(fact);
    expect(opened).to.have.length(1);
    expect((opened[0] as { patient: string }).patient).to.equal('Patient/p26');
    await accessible(scheduler);
  });

  it('leaves the details to a host that prevents the event', async () => {
    const scheduler = await plain();
    scheduler.addEventListener('care-appointment-open', (event) => event.preventDefault());
    box(scheduler, 'Noor El-Masri').click();
    await scheduler.updateComplete;
    expect(part(scheduler, 'details')?.matches(':popover-open')).to.equal(false);
  });

  it('goes to other days by its buttons, and tells the host; a change by the host is not told', async () => {
    const scheduler = await plain();
    const dates: string[] = [];
    scheduler.addEventListener('care-date-change', (event) => dates.push(event.detail.date));
    button(scheduler, 'Next day').click();
    await scheduler.updateComplete;
    expect(scheduler.date).to.equal('2026-11-24');
    button(scheduler, 'Previous day').click();
    scheduler.date = '2026-11-30';
    await scheduler.updateComplete;
    expect(dates).to.deep.equal(['2026-11-24', DATE]);
  });

  it('shows one provider at a time on a phone, with a switcher of 44 px', async () => {
    const scheduler = await plain({ width: '390px' });
    expect(shadow(scheduler).querySelectorAll('[data-column]')).to.have.length(1);
    const switcher = part(scheduler, 'switcher')!;
    for (const control of switcher.querySelectorAll('.btn')) expect(control.getBoundingClientRect().height).to.be.at.least(44);
    button(scheduler, 'Next provider, Tomasz Wójcik').click();
    await scheduler.updateComplete;
    expect(boxes(scheduler).some((each) => each.textContent?.includes('Callum Reid'))).to.equal(true);
    expect(scheduler.scrollWidth).to.be.at.most(390);
  });

  it('fits 320 px without scrolling sideways', async () => {
    const scheduler = await plain({ width: '320px' });
    expect(scheduler.scrollWidth).to.be.at.most(320);
    expect(shadow(scheduler).querySelector('.scroll')!.scrollWidth).to.be.at.most(320);
  });

  it('is in Arabic, mirrored', async () => {
    const scheduler = await plain({ lang: 'ar' });
    await until(() => words(shadow(scheduler).querySelector('.bar button')) === 'اليوم');
    await scheduler.updateComplete;
    const [first, second] = [...shadow(scheduler).querySelectorAll('[part~="provider"]')].map((head) => head.getBoundingClientRect());
    expect(first!.left).to.be.greaterThan(second!.left);
    expect(words(box(scheduler, 'Wiremu Parata').querySelector('b'))).to.equal('مكتمل');
    await accessible(scheduler);
  });

  it('has nothing that axe objects to', async () => {
    await accessible(await plain());
    await accessible(await plain({ width: '390px' }));
  });

  it('has lists of buttons and no grid, and one of them in the tab order', async () => {
    const scheduler = await plain();
    expect(shadow(scheduler).querySelector('[role="grid"], [role="application"]')).to.equal(null);
    const lists = [...shadow(scheduler).querySelectorAll('[data-column]')];
    expect(lists.map((list) => list.getAttribute('aria-label'))[1]).to.equal('Tomasz Wójcik, 8 appointments');
    expect(boxes(scheduler).filter((each) => each.tabIndex === 0)).to.have.length(1);
  });

  it('warns once of a date that is none, and shows today', async () => {
    const warnings: string[] = [];
    const { warn } = console;
    console.warn = (text: string) => warnings.push(text);
    try {
      const scheduler = await plain({ date: '23.11.2026' });
      expect(warnings.filter((text) => text.includes('YYYY-MM-DD'))).to.have.length(1);
      expect(warnings.join()).to.not.contain('23.11');
      expect(shadow(scheduler).querySelector('h2')).to.not.equal(null);
    } finally {
      console.warn = warn;
    }
  });

  it('shows all day above the hours', async () => {
    const whole: Appointment = {
      ...clinicDay().appointments[3]!,
      id: 'whole',
      start: '2026-11-23T00:00:00+11:00',
      end: '2026-11-24T00:00:00+11:00',
    };
    const scheduler = await plain({ appointments: [whole, ...clinicDay().appointments.slice(0, 3)] });
    expect(box(scheduler, 'Oskar').closest('.all-day')).to.not.equal(null);
  });
});
