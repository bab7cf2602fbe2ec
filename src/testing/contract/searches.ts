/** Cases of search: every kind of parameter that the widgets use, sorting, totals, includes and pages. */
import type { Appointment, Encounter, Observation, Patient, Practitioner } from '../../models/fhir/index.js';
import { dayRange, escapeValue, instantBound } from '../../models/fhir/search-values.js';
import { check, equal, failsAs } from './assert.js';
import { scenario, type ContractCase, type Run } from './case.js';

type Made<T> = T & { id: string };

const person = (run: Run, family: string, given: string, rest: Partial<Patient> = {}): Promise<Made<Patient>> =>
  run.create({ resourceType: 'Patient', name: [{ family, given: [given] }], ...rest });

const booking = (run: Run, start: string, patient: string, rest: Partial<Appointment> = {}): Promise<Made<Appointment>> =>
  run.create({
    resourceType: 'Appointment',
    status: 'booked',
    start,
    end: new Date(Date.parse(start) + 1_800_000).toISOString(),
    participant: [{ actor: { reference: `Patient/${patient}` }, status: 'accepted' }],
    ...rest,
  });

const weight = (run: Run, patient: string, value: number, unit = 'kg', when = '2026-03-01'): Promise<Made<Observation>> =>
  run.create({
    resourceType: 'Observation',
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }], text: 'Body weight' },
    subject: { reference: `Patient/${patient}` },
    effectiveDateTime: when,
    valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
  });

const sorted = (...rows: { id: string }[]): string[] => rows.map((row) => row.id).toSorted();

export const searchCases: ContractCase[] = [
  scenario('a search that matches nothing is one empty, complete page', async (run) => {
    const page = await run.find('Patient');
    equal([page.items, page.included, page.complete, page.warnings], [[], [], true, []], 'page');
  }),
  scenario('by _id, one and several', async (run) => {
    const [a, b] = [await person(run, 'A', 'A'), await person(run, 'B', 'B')];
    await person(run, 'C', 'C');
    equal(await run.ids('Patient', { _id: a.id }), [a.id], 'one');
    equal(await run.ids('Patient', { _id: `${a.id},${b.id}` }), sorted(a, b), 'two');
  }),
  scenario('a string matches the start of the value, whatever its case', async (run) => {
    const found = await person(run, 'Okonkwo', 'Ngozi');
    await person(run, 'Nokonk', 'Ada');
    equal(await run.ids('Patient', { family: 'oKON' }), [found.id], 'family');
    equal(await run.ids('Patient', { name: 'ngo' }), [found.id], 'any part of the name');
  }),
  scenario('a string matches with and without accents', async (run) => {
    const found = await person(run, 'Müller-Dvořák', 'José');
    equal(await run.ids('Patient', { family: 'muller' }), [found.id], 'without');
    equal(await run.ids('Patient', { given: 'josé' }), [found.id], 'with');
  }),
  scenario('a string :exact matches the whole value in its case', async (run) => {
    const found = await person(run, 'Exact', 'Ada');
    await person(run, 'Exactly', 'Ada');
    equal(await run.ids('Patient', { 'family:exact': 'Exact' }), [found.id], 'exact');
    equal(await run.ids('Patient', { 'family:exact': 'exact' }), [], 'other case');
  }),
  scenario('a string :contains matches inside, or is said to be unsupported', async (run) => {
    const found = await person(run, 'Fitzgerald', 'Ada');
    await person(run, 'Gerard', 'Ada');
    const ids = await run.ids('Patient', { 'family:contains': 'zger' }).catch(async (error: unknown) => {
      await failsAs(Promise.reject(error), 'unsupported');
      return [found.id];
    });
    equal(ids, [found.id], 'contains');
  }),
  scenario('a token matches by code, by system and code, and by system alone', async (run) => {
    const [a, b] = [
      await run.create({
        resourceType: 'Observation',
        status: 'final',
        code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
      }),
      await run.create({
        resourceType: 'Observation',
        status: 'final',
        code: { coding: [{ system: 'urn:carelet:other', code: '8867-4' }] },
      }),
    ];
    equal(await run.ids('Observation', { code: '8867-4' }), sorted(a, b), 'code');
    equal(await run.ids('Observation', { code: 'http://loinc.org|8867-4' }), [a.id], 'system and code');
    equal(await run.ids('Observation', { code: 'urn:carelet:other|' }), [b.id], 'system');
  }),
  scenario('a comma is or, the same parameter twice is and', async (run) => {
    const [a, b] = [await person(run, 'Or', 'Ada', { gender: 'male' }), await person(run, 'Or', 'Bea', { gender: 'female' })];
    await person(run, 'Or', 'Kim', { gender: 'other' });
    equal(await run.ids('Patient', { gender: 'male,female' }), sorted(a, b), 'or');
    equal(await run.ids('Patient', { name: ['or', 'bea'] }), [b.id], 'and');
  }),
  scenario('an escaped comma is part of the value', async (run) => {
    const found = await person(run, 'Smith, Jr', 'Ada');
    await person(run, 'Smith', 'Bea');
    equal(await run.ids('Patient', { 'family:exact': escapeValue('Smith, Jr') }), [found.id], 'rows');
  }),
  scenario('a token :not matches the others, also those without', async (run) => {
    await person(run, 'Not', 'A', { gender: 'male' });
    const [b, c] = [await person(run, 'Not', 'B', { gender: 'female' }), await person(run, 'Not', 'C')];
    equal(await run.ids('Patient', { 'gender:not': 'male' }), sorted(b, c), 'rows');
  }),
  scenario(':missing finds those with and without', async (run) => {
    const [a, b] = [await person(run, 'M', 'A', { birthDate: '1990-01-01' }), await person(run, 'M', 'B')];
    equal(await run.ids('Patient', { 'birthdate:missing': true }), [b.id], 'without');
    equal(await run.ids('Patient', { 'birthdate:missing': 'false' }), [a.id], 'with');
  }),
  scenario('a date matches by day, month and year, and by bounds', async (run) => {
    const [a, b, c] = [
      await person(run, 'D', 'A', { birthDate: '1980-02-28' }),
      await person(run, 'D', 'B', { birthDate: '1980-02-29' }),
      await person(run, 'D', 'C', { birthDate: '1980-03-01' }),
    ];
    equal(await run.ids('Patient', { birthdate: '1980-02-29' }), [b.id], 'day');
    equal(await run.ids('Patient', { birthdate: '1980-02' }), sorted(a, b), 'month');
    equal(await run.ids('Patient', { birthdate: '1980' }), sorted(a, b, c), 'year');
    equal(await run.ids('Patient', { birthdate: ['ge1980-02-29', 'lt1980-03-01'] }), [b.id], 'bounds');
    equal(await run.ids('Patient', { birthdate: 'gt1980-02-29' }), [c.id], 'after');
  }),
  scenario('a day in Sydney holds its mornings and not the next', async (run) => {
    const patient = await person(run, 'Day', 'A');
    const early = await booking(run, '2026-03-09T22:30:00Z', patient.id); // 09:30 on the 10th in Sydney
    const late = await booking(run, '2026-03-10T23:30:00+11:00', patient.id);
    const next = await booking(run, '2026-03-10T13:30:00Z', patient.id); // 00:30 on the 11th
    await booking(run, '2026-03-09T12:30:00Z', patient.id); // 23:30 on the 9th
    equal(await run.ids('Appointment', { date: dayRange('2026-03-10', 'Australia/Sydney') }), sorted(early, late), 'day');
    equal(await run.ids('Appointment', { date: instantBound('ge', '2026-03-10T23:30:00+11:00') }), sorted(late, next), 'bound');
  }),
  scenario('a reference matches with and without its type', async (run) => {
    const [a, b] = [await person(run, 'R', 'A'), await person(run, 'R', 'B')];
    const found = await weight(run, a.id, 70);
    await weight(run, b.id, 80);
    for (const subject of [`Patient/${a.id}`, a.id]) equal(await run.ids('Observation', { patient: subject }), [found.id], subject);
    equal(await run.ids('Observation', { 'subject:Patient': a.id }), [found.id], 'by modifier');
    equal((await run.ids('Observation', { patient: `${a.id},${b.id}` })).length, 2, 'either');
  }),
  scenario('a chain matches by what a reference points at', async (run) => {
    const [a, b] = [await person(run, 'Chained', 'A'), await person(run, 'Other', 'B')];
    const found = await weight(run, a.id, 70);
    await weight(run, b.id, 80);
    equal(await run.ids('Observation', { 'patient.family': 'chained' }), [found.id], 'patient.family');
    equal(await run.ids('Observation', { 'subject:Patient.identifier': run.mark, 'subject:Patient.given': 'A' }), [found.id], 'typed');
  }),
  scenario('_has matches by what points here', async (run) => {
    const [a, b] = [await person(run, 'H', 'A'), await person(run, 'H', 'B')];
    await weight(run, a.id, 70);
    await run.create({
      resourceType: 'Observation',
      status: 'final',
      code: { coding: [{ code: 'other' }] },
      subject: { reference: `Patient/${b.id}` },
    });
    equal(await run.ids('Patient', { '_has:Observation:patient:code': '29463-7' }), [a.id], 'rows');
  }),
  scenario('a quantity matches by value and by bounds', async (run) => {
    const a = await person(run, 'Q', 'A');
    const [light, heavy] = [await weight(run, a.id, 70.5), await weight(run, a.id, 90)];
    equal(await run.ids('Observation', { 'value-quantity': 'gt80' }), [heavy.id], 'gt');
    equal(await run.ids('Observation', { 'value-quantity': '70.5|http://unitsofmeasure.org|kg' }), [light.id], 'with unit');
  }),
  scenario(
    'a quantity in another unit does not match',
    async (run) => {
      const a = await person(run, 'Q', 'A');
      const found = await weight(run, a.id, 150, '[lb_av]');
      await weight(run, a.id, 150, 'kg');
      equal(await run.ids('Observation', { 'value-quantity': '150|http://unitsofmeasure.org|[lb_av]' }), [found.id], 'rows');
    },
    'quantity-unit-ignored',
  ),
  scenario(
    'a composite matches both of its parts in one place',
    async (run) => {
      const a = await person(run, 'K', 'A');
      const found = await weight(run, a.id, 90);
      await weight(run, a.id, 60);
      equal(await run.ids('Observation', { 'code-value-quantity': 'http://loinc.org|29463-7$gt80' }), [found.id], 'rows');
    },
    'composite-missing',
  ),
  scenario('_lastUpdated finds what changed since', async (run) => {
    const a = await person(run, 'L', 'A');
    const since = new Date(Date.parse(a.meta!.lastUpdated!) - 1000);
    equal(await run.ids('Patient', { _lastUpdated: instantBound('ge', since) }), [a.id], 'since');
    equal(await run.ids('Patient', { _lastUpdated: instantBound('lt', since) }), [], 'before');
  }),
  scenario('_sort goes by each key in turn, up and down', async (run) => {
    const [a, b, c] = [
      await person(run, 'Sort-B', 'A', { birthDate: '1970-01-01' }),
      await person(run, 'Sort-A', 'B', { birthDate: '1980-01-01' }),
      await person(run, 'Sort-A', 'C', { birthDate: '1990-01-01' }),
    ];
    const order = async (_sort: string): Promise<(string | undefined)[]> =>
      (await run.find('Patient', { _sort })).items.map((row) => row.id);
    equal(await order('family,-birthdate'), [c.id, b.id, a.id], 'family,-birthdate');
    equal(await order('-family,birthdate'), [a.id, b.id, c.id], '-family,birthdate');
    equal(await order('birthdate'), [a.id, b.id, c.id], 'birthdate');
  }),
  scenario('_total=accurate gives the number of matches', async (run) => {
    for (const given of ['A', 'B', 'C']) await person(run, 'T', given);
    equal((await run.find('Patient', { _total: 'accurate', _count: 2 })).total, 3, 'total');
  }),
  scenario('an unknown parameter is refused, or the page says that it was left out', async (run) => {
    await person(run, 'U', 'A');
    let page;
    try {
      page = await run.find('Patient', { 'no-such-parameter': 'x' });
    } catch (error) {
      await failsAs(Promise.reject(error), 'unsupported', 'validation');
      return;
    }
    check(!page.complete, 'a complete page');
    check(
      page.warnings.some(({ code }) => code === 'ignored-parameter' || code === 'server-outcome'),
      'no warning',
    );
  }),
];

/** A practitioner, a patient, and an encounter of theirs. */
async function visit(run: Run): Promise<{ practitioner: Made<Practitioner>; patient: Made<Patient>; encounter: Made<Encounter> }> {
  const practitioner = await run.create({ resourceType: 'Practitioner', name: [{ family: 'Rao' }] });
  const patient = await person(run, 'Visit', 'A', { generalPractitioner: [{ reference: `Practitioner/${practitioner.id}` }] });
  const encounter = await run.create({
    resourceType: 'Encounter',
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    subject: { reference: `Patient/${patient.id}` },
    participant: [{ individual: { reference: `Practitioner/${practitioner.id}` } }],
    period: { start: '2026-03-01T09:00:00Z', end: '2026-03-01T09:30:00Z' },
  });
  return { practitioner, patient, encounter };
}

const keys = (rows: readonly { resourceType: string; id?: string }[]): string[] =>
  rows.map((row) => `${row.resourceType}/${row.id}`).toSorted();

export const includeCases: ContractCase[] = [
  scenario('_include brings what rows point at, apart from the matches', async (run) => {
    const { practitioner, patient, encounter } = await visit(run);
    const page = await run.find('Encounter', { _include: ['Encounter:subject', 'Encounter:participant'] });
    equal(keys(page.items), [`Encounter/${encounter.id}`], 'items');
    equal(keys(page.included), [`Patient/${patient.id}`, `Practitioner/${practitioner.id}`], 'included');
  }),
  scenario('_include:iterate goes on from what came along', async (run) => {
    const { practitioner, patient, encounter } = await visit(run);
    const page = await run.find('Encounter', {
      _id: encounter.id,
      _include: 'Encounter:subject',
      '_include:iterate': 'Patient:general-practitioner',
    });
    equal(keys(page.included), [`Patient/${patient.id}`, `Practitioner/${practitioner.id}`], 'included');
  }),
  scenario('_revinclude brings what points at the rows', async (run) => {
    const { patient, encounter } = await visit(run);
    const measured = await weight(run, patient.id, 70);
    const page = await run.find('Patient', { _revinclude: ['Observation:subject', 'Encounter:subject'] });
    equal(keys(page.items), [`Patient/${patient.id}`], 'items');
    equal(keys(page.included), [`Encounter/${encounter.id}`, `Observation/${measured.id}`], 'included');
  }),
];

export const pagingCases: ContractCase[] = [
  scenario('pages give each row once, in order', async (run) => {
    for (let index = 0; index < 7; index++) await person(run, `Page-${index}`, 'A');
    const pages: string[][] = [];
    for await (const page of run.backend.search('Patient', { identifier: run.mark, _sort: 'family', _count: 3 })) {
      check(page.complete, 'a page that is not complete');
      pages.push(page.items.map((row) => row.name?.[0]?.family ?? ''));
    }
    equal(
      pages.flat(),
      [0, 1, 2, 3, 4, 5, 6].map((index) => `Page-${index}`),
      'families',
    );
    check(pages.length >= 3 && pages.every((page) => page.length <= 3), `pages of ${pages.map((page) => page.length).join(', ')}`);
  }),
  scenario('a search by a person, which goes out by POST, has pages too', async (run) => {
    for (let index = 0; index < 5; index++) await person(run, `Posted-${index}`, 'A');
    const page = await run.find('Patient', { family: 'posted', _count: 2 });
    equal(page.items.length, 5, 'rows');
    check(page.complete, 'not complete');
  }),
  scenario('after the page budget the last page is not complete', async (run) => {
    for (let index = 0; index < 5; index++) await person(run, `Budget-${index}`, 'A');
    const page = await run.find('Patient', { _count: 2 }, { maxPages: 2 });
    equal(page.items.length, 4, 'rows');
    equal([page.complete, page.warnings.map(({ code }) => code)], [false, ['page-budget']], 'completeness');
  }),
];
