import { expect } from 'chai';
import type { Appointment } from '../../../src/models/fhir/index.js';
import type { CareScheduler } from '../../../src/components/scheduler/index.js';
import { clinicDay } from '../../../stories/scheduler/clinic-day.js';
import { accessible, cleanup, until } from '../../support/fixture.js';
import { box, boxes, button, columnOf, focused, key, part, plain, shadow, words, type Given } from './support.js';

const DAY = 86_400_000;
const later = (each: Appointment, days: number): Appointment => ({
  ...each,
  id: `${each.id}-${days}`,
  start: new Date(Date.parse(each.start!) + days * DAY).toISOString(),
  end: new Date(Date.parse(each.end!) + days * DAY).toISOString(),
});
/** Monday's clinic, three of it again on Wednesday and one on Sunday; another the week after. */
const appointments = (): Appointment[] => {
  const all = [...clinicDay().appointments];
  const find = (id: string): Appointment => all.find((each) => each.id === id)!;
  return [...all, later(find('a26'), 2), later(find('a25'), 2), later(find('a24'), 2), later(find('a26'), 6), later(find('a26'), 7)];
};
const seen = async (view: CareScheduler['view'], given: Given = {}, columns: CareScheduler['columns'] = ''): Promise<CareScheduler> => {
  const scheduler = await plain({ appointments: appointments(), ...given });
  Object.assign(scheduler, { view, columns });
  await scheduler.updateComplete;
  // Lists and months are fetched when they are first chosen.
  await until(() => shadow(scheduler).querySelector('.agenda, .month, .sheet'));
  return scheduler;
};
const dates = (scheduler: CareScheduler): string[] => [
  ...new Set([...shadow(scheduler).querySelectorAll<HTMLElement>('[data-column]')].map((column) => column.dataset['column']!.slice(-10))),
];
const title = (scheduler: CareScheduler): string => words(shadow(scheduler).querySelector('h2'));

describe('<care-scheduler> in weeks, months and lists', () => {
  afterEach(cleanup);

  it('a week has a column for each day, from the day on which weeks begin where the language is spoken', async () => {
    const australian = await seen('week');
    expect(dates(australian)).to.deep.equal(['23', '24', '25', '26', '27', '28', '29'].map((day) => `2026-11-${day}`));
    expect(title(australian)).to.match(/^23\s?–\s?29 Nov 2026$/);
    expect(dates(await seen('week', { lang: 'en-US' }))[0]).to.equal('2026-11-22');
    expect(dates(await seen('week', { lang: 'ar-EG' }))[0]).to.equal('2026-11-21');
  });

  it('a week shows what is in it, once each, and nothing of the week after', async () => {
    const scheduler = await seen('week');
    await until(() => boxes(scheduler).length === clinicDay().appointments.length + 4);
    expect(words(part(scheduler, 'counts'))).to.contain('31 booked');
    expect(columnOf(shadow(scheduler).querySelector('[data-key^="a26-2@"]')!)).to.equal('everybody#2026-11-25');
    expect(shadow(scheduler).querySelector('[data-key^="a26-2@"]')!.getAttribute('aria-description')).to.contain('with Ben Nakamura');
  });

  it('two providers at one time do not clash in a column of everybody', async () => {
    const scheduler = await seen('week');
    expect(words(part(scheduler, 'counts'))).to.contain('1 clash');
  });

  it('a work week leaves out the weekend of the region', async () => {
    expect(dates(await seen('work-week'))).to.deep.equal(['23', '24', '25', '26', '27'].map((day) => `2026-11-${day}`));
    // Egypt's weekend is Friday and Saturday.
    expect(dates(await seen('work-week', { lang: 'ar-EG' }))[0]).to.equal('2026-11-22');
  });

  it('a week by provider has each provider on each day, under the day', async () => {
    const scheduler = await seen('week', {}, 'provider');
    expect(shadow(scheduler).querySelectorAll('[data-column]')).to.have.length(35);
    expect([...shadow(scheduler).querySelectorAll('.day-head')].map((head) => words(head))[2]).to.equal('Wed 25');
    expect(shadow(scheduler).querySelector('[data-column="Practitioner/nakamura#2026-11-25"]')!.getAttribute('aria-label')).to.match(
      /^Ben Nakamura, Wed 25 Nov, \d appointments?$/,
    );
  });

  it('goes by weeks, and a day’s name opens that day', async () => {
    const scheduler = await seen('week');
    const views: string[] = [];
    scheduler.addEventListener('care-view-change', (event) => views.push(event.detail.view));
    button(scheduler, 'Next week').click();
    await scheduler.updateComplete;
    expect(dates(scheduler)[0]).to.equal('2026-11-30');
    expect(boxes(scheduler)).to.have.length(1);
    shadow(scheduler).querySelector<HTMLElement>('[aria-description="Open Wednesday 2 December 2026"]')!.click();
    await scheduler.updateComplete;
    expect([scheduler.view, scheduler.date]).to.deep.equal(['day', '2026-12-02']);
    expect(views).to.deep.equal(['day']);
  });

  it('the bar changes the view and says which it is', async () => {
    const scheduler = await plain();
    button(scheduler, 'List').click();
    await scheduler.updateComplete;
    expect(scheduler.view).to.equal('agenda');
    expect(button(scheduler, 'List').getAttribute('aria-pressed')).to.equal('true');
    await until(() => part(scheduler, 'agenda'));
  });

  it('moves to another day by key: the same time on that day’s clocks', async () => {
    const scheduler = await seen('week');
    const moved: (string | undefined)[] = [];
    scheduler.addEventListener('care-appointment-moved', (event) => moved.push(event.detail.appointment.start));
    box(scheduler, 'Noor').focus();
    key(scheduler, 'm');
    await scheduler.updateComplete;
    key(scheduler, 'ArrowRight');
    key(scheduler, 'ArrowUp');
    await scheduler.updateComplete;
    await until(() => words(part(scheduler, 'move-card')).includes('15:15'));
    key(scheduler, 'Enter');
    await until(() => moved.length === 1);
    expect(Date.parse(moved[0]!)).to.equal(Date.parse('2026-11-24T15:15:00+11:00'));
    await until(() => columnOf(focused(scheduler) ?? scheduler) === 'everybody#2026-11-24');
  });

  it('a week in which clocks change keeps its hours on one line, and marks the hour that is skipped', async () => {
    const early = (day: string, hour: string, offset: string): Appointment => ({
      ...clinicDay().appointments[0]!,
      id: `n${day}`,
      start: `2026-10-${day}T${hour}:00:00${offset}`,
      end: `2026-10-${day}T${hour}:30:00${offset}`,
    });
    // Sydney's clocks go from 02:00 to 03:00 on Sunday 4 October 2026.
    const given = [early('03', '01', '+10:00'), early('03', '04', '+10:00'), early('04', '04', '+11:00')];
    const scheduler = await seen('week', { appointments: given, date: '2026-10-01' });
    await until(() => boxes(scheduler).length === 3);
    const top = (id: string): number => shadow(scheduler).querySelector(`[data-key^="${id}@"]`)!.getBoundingClientRect().top;
    expect(top('n04')).to.be.closeTo(
      shadow(scheduler).querySelectorAll('[data-key^="n03@"]')[1]?.getBoundingClientRect().top ?? top('n04'),
      1,
    );
    const column = shadow(scheduler).querySelector('[data-column="everybody#2026-10-04"]')!;
    expect(words(column.querySelector('.clocks'))).to.match(/^Clocks go forward 1\shr?$/);
  });

  it('a month shows whole weeks, three of a day, and the way to the others', async () => {
    const scheduler = await seen('month');
    expect(title(scheduler)).to.equal('November 2026');
    expect(dates(scheduler)).to.have.length(42);
    const monday = shadow(scheduler).querySelector('[data-column="everybody#2026-11-23"]')!;
    // The fourth is the one in the tab order: the next from now on.
    expect(monday.querySelectorAll('[part~="appointment"]')).to.have.length(4);
    button(scheduler, `${clinicDay().appointments.length - 4} more`).click();
    await scheduler.updateComplete;
    expect([scheduler.view, scheduler.date]).to.deep.equal(['day', '2026-11-23']);
  });

  it('the list has every appointment of seven days in tables, with the actions of the grid', async () => {
    const scheduler = await seen('agenda');
    expect(shadow(scheduler).querySelectorAll('.agenda-day')).to.have.length(7);
    const rows = [...shadow(scheduler).querySelectorAll('tbody tr')];
    expect(rows).to.have.length(clinicDay().appointments.length + 4);
    expect(words(rows.find((row) => row.textContent?.includes('Noor')))).to.match(
      /^15:30–16:15 Noor El-Masri Physiotherapy Ben Nakamura Room 2 Confirmed Open Move…$/,
    );
    button(scheduler, 'Open Noor El-Masri, 15:30').click();
    await until(() => part(scheduler, 'details')?.matches(':popover-open'));
    button(scheduler, 'Move Noor El-Masri, 15:30').click();
    await until(() => [...shadow(scheduler).querySelectorAll('dialog')].some(({ open }) => open));
    expect(button(scheduler, 'Move Wiremu Parata, 09:00').disabled).to.equal(true);
  });

  it('M in a list or a month asks where to', async () => {
    const scheduler = await seen('month');
    shadow(scheduler).querySelector<HTMLElement>('[data-key^="a26-2@"]')!.focus();
    key(scheduler, 'm');
    await until(() => [...shadow(scheduler).querySelectorAll('dialog')].some(({ open }) => open));
  });

  it('on a phone a week shows one day at a time, and nothing scrolls sideways', async () => {
    const scheduler = await seen('week', { width: '320px' });
    await scheduler.updateComplete;
    expect(shadow(scheduler).querySelectorAll('[data-column]')).to.have.length(1);
    expect(words(part(scheduler, 'switcher'))).to.contain('Mon 23 Nov');
    expect(shadow(scheduler).querySelector('.scroll')!.scrollWidth).to.be.at.most(320);
    for (const view of ['month', 'agenda'] as const) {
      scheduler.view = view;
      await scheduler.updateComplete;
      expect(scheduler.scrollWidth, view).to.be.at.most(320);
      const inner = await until(() => shadow(scheduler).querySelector(`.${view}`));
      expect(inner.scrollWidth, view).to.be.at.most(320);
    }
  });

  it('has nothing that axe objects to in any view', async () => {
    for (const view of ['week', 'month', 'agenda'] as const) await accessible(await seen(view));
    await accessible(await seen('week', {}, 'provider'));
  });
});
