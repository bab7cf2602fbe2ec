import { expect } from 'chai';
import { CareError } from '../../../src/models/errors.js';
import type { Resource } from '../../../src/models/fhir/index.js';
import { clinicClient } from '../../../stories/scheduler/clinic-client.js';
import { clinicDay } from '../../../stories/scheduler/clinic-day.js';
import { accessible, cleanup, until } from '../../support/fixture.js';
import { box, boxes, button, DATE, drawn, later, over, part, plain, said, shadow, words, ZONE } from './support.js';

const refuse = (type: string, kind: ConstructorParameters<typeof CareError>[0]) => (asked: string) => {
  if (asked === type) throw new CareError(kind, 'Scripted.');
};

describe('<care-scheduler> in its states', () => {
  afterEach(cleanup);

  it('loading: nothing at first, then the shape of columns, and no count', async () => {
    const gate = later();
    const { client } = await clinicClient({ search: (type) => (type === 'Appointment' ? gate.promise : undefined) });
    const scheduler = await over(client);
    expect(shadow(scheduler).querySelector('.bones-grid i')).to.equal(null);
    await until(() => shadow(scheduler).querySelector('.bones-grid i'));
    expect(part(scheduler, 'counts')).to.equal(null);
    expect(words(shadow(scheduler).querySelector('div[aria-busy="true"]'))).to.contain('Loading the schedule for Monday 23 November 2026');
    await accessible(scheduler);
    gate.give();
    await drawn(scheduler);
    expect(words(part(scheduler, 'counts'))).to.equal('27 booked · 1 clash · 4 not confirmed');
  });

  it('empty: says so, by when it was asked, and leads to the nearest booked day', async () => {
    const { client } = await clinicClient();
    const scheduler = await over(client, { date: '2026-11-25' });
    const note = await until(() => part(scheduler, 'empty'));
    expect(words(note)).to.contain('Nothing booked on Wed 25 Nov').and.to.contain('there are none');
    const way = await until(() =>
      [...shadow(scheduler).querySelectorAll('button')].find((each) => words(each) === 'Last booked day: Mon 23 Nov'),
    );
    await accessible(scheduler);
    const dates: string[] = [];
    scheduler.addEventListener('care-date-change', (event) => dates.push(event.detail.date));
    way.click();
    await drawn(scheduler);
    expect(dates).to.deep.equal([DATE]);
    expect(part(scheduler, 'empty')).to.equal(null);
  });

  it('partial: counts are at least, rows are there, and a gap is not called free', async () => {
    const { client } = await clinicClient({
      page: (page, type) =>
        type === 'Appointment' ? { ...page, complete: false, warnings: [{ code: 'undecided-patient', count: 3, message: 'x' }] } : page,
    });
    const scheduler = await over(client);
    await drawn(scheduler);
    expect(words(part(scheduler, 'counts'))).to.equal('27+ booked · 1+ clashes · 4+ not confirmed');
    expect(words(part(scheduler, 'partial')))
      .to.contain('Some appointments may be missing')
      .and.to.contain('Do not assume that a gap is free.')
      .and.to.contain('3 rows were withheld.');
    await accessible(scheduler);
  });

  it('partial and nothing there is not empty', async () => {
    const { client } = await clinicClient({ page: (page, type) => (type === 'Appointment' ? { ...page, complete: false } : page) });
    const scheduler = await over(client, { date: '2026-11-25' });
    await until(() => part(scheduler, 'partial'));
    expect(part(scheduler, 'empty')).to.equal(null);
    expect(shadow(scheduler).textContent).to.not.contain('Nothing booked');
  });

  it('failed: says what failed, does not look like an empty day, and can be tried again', async () => {
    let fails = true;
    const { client } = await clinicClient({
      search: (type) => {
        if (fails && type === 'Appointment') throw new CareError('server', 'Scripted.');
      },
    });
    const scheduler = await over(client);
    const section = await until(() => shadow(scheduler).querySelector('[data-state="failed"]'));
    expect(words(section)).to.contain('The schedule for Mon 23 Nov could not load').and.to.contain('Do not assume that the day is free.');
    expect(part(scheduler, 'counts')).to.equal(null);
    await accessible(scheduler);
    fails = false;
    button(scheduler, 'Try again').click();
    await drawn(scheduler);
  });

  it('forbidden: a closed section, without a try', async () => {
    const { client } = await clinicClient({ search: refuse('Appointment', 'forbidden') });
    const scheduler = await over(client);
    const section = await until(() => shadow(scheduler).querySelector('[data-state="no-access"]'));
    expect(words(section)).to.contain('Your role cannot open this schedule');
    expect(section!.querySelector('button')).to.equal(null);
    await accessible(scheduler);
  });

  it('offline after an answer: the copy stays, with its time', async () => {
    let isOffline = false;
    const { client } = await clinicClient({
      search: () => {
        if (isOffline) throw new CareError('offline', 'Scripted.');
      },
    });
    const scheduler = await over(client);
    await drawn(scheduler);
    isOffline = true;
    await scheduler.refresh();
    await scheduler.updateComplete;
    expect(words(part(scheduler, 'offline'))).to.equal('Offline. This copy is from 11:20.');
    expect(boxes(scheduler).length).to.be.greaterThan(20);
    expect(words(part(scheduler, 'bar'))).to.contain('As of 11:20');
    await accessible(scheduler);
  });

  it('a fault after an answer: the copy stays and says how old it is', async () => {
    let fails = false;
    const { client } = await clinicClient({
      search: () => {
        if (fails) throw new CareError('server', 'Scripted.');
      },
    });
    const scheduler = await over(client);
    await drawn(scheduler);
    fails = true;
    await scheduler.refresh();
    await scheduler.updateComplete;
    expect(part(scheduler, 'offline')).to.equal(null);
    expect(words(shadow(scheduler).querySelector('.notices'))).to.contain('The server had a fault.');
    expect(boxes(scheduler).length).to.be.greaterThan(20);
  });

  it('hours that did not load are told, and nobody is called off duty', async () => {
    const { client } = await clinicClient({ search: refuse('PractitionerRole', 'forbidden') });
    const scheduler = await over(client);
    await drawn(scheduler);
    await until(() => shadow(scheduler).textContent?.includes('Working hours did not load'));
    expect(shadow(scheduler).querySelector('.off')).to.equal(null);
  });

  it('asks for the zone where nobody says it, chooses nothing by itself, and asks for no day before', async () => {
    const { client, searches } = await clinicClient();
    const scheduler = await over(client, { zone: undefined });
    const form = await until(() => part(scheduler, 'ask-zone')?.querySelector('form'));
    const select = form.querySelector('select')!;
    expect(select.value).to.equal('');
    expect(searches.some(({ type }) => type === 'Appointment')).to.equal(false);
    await accessible(scheduler);
    form.requestSubmit();
    await until(() => words(form).includes('Choose a time zone first.'));
    const chosen: string[] = [];
    scheduler.addEventListener('care-time-zone-change', (event) => chosen.push(event.detail.timeZone));
    select.value = ZONE;
    form.requestSubmit();
    await drawn(scheduler);
    expect(chosen).to.deep.equal([ZONE]);
    expect(words(box(scheduler, 'Grace Adeyemi'))).to.contain('08:00');
  });

  it('takes the zone that the records name with one voice; of two, it asks', async () => {
    const { appointments, related } = clinicDay();
    const place = (id: string, zone: string): Resource =>
      ({
        resourceType: 'Location',
        id,
        extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/timezone', valueCode: zone }],
      }) as Resource;
    const one = await clinicClient({ records: [...related, ...appointments, place('l1', ZONE)] });
    const scheduler = await over(one.client, { zone: undefined });
    await drawn(scheduler);
    cleanup();
    const two = await clinicClient({ records: [...related, ...appointments, place('l1', ZONE), place('l2', 'Australia/Perth')] });
    const asking = await over(two.client, { zone: undefined });
    const form = await until(() => part(asking, 'ask-zone'));
    expect(words(form)).to.contain('The records name more than one zone.');
    expect([...form.querySelectorAll('optgroup')][0]!.textContent)
      .to.contain('Perth')
      .and.to.contain('Sydney');
  });

  it('tells both zones where the viewer’s clock is another', async () => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone === 'Asia/Tokyo' ? 'America/Lima' : 'Asia/Tokyo';
    const scheduler = await plain({ zone, date: DATE, providers: undefined });
    expect(words(part(scheduler, 'zones')))
      .to.contain(`Times in ${zone.split('/')[1]}`)
      .and.to.match(/Your clock, .*, is .* (ahead|behind)\./);
    expect(shadow(scheduler).querySelector('.hours .yours')).to.not.equal(null);
  });

  it('a refresh tells what others changed, politely', async () => {
    const { client, backend } = await clinicClient();
    const scheduler = await over(client);
    await drawn(scheduler);
    const theirs = await backend.read('Appointment', 'a25');
    await backend.write(
      [{ method: 'update', resource: { ...theirs, start: '2026-11-23T14:00:00+11:00', end: '2026-11-23T14:30:00+11:00' } }],
      { atomic: 'preferred' },
    );
    await scheduler.refresh();
    await until(() => said(scheduler) === '1 appointment changed.');
    expect(words(box(scheduler, 'Malik Johnson'))).to.contain('14:00');
  });
});
