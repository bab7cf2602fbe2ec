// What hangs together: visits and encounters, charges and claims, doses and their words, results and their ranges.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkIdentifier, codeIn, formatName, chooseName, pronouns, referenceId } from '../../../src/models/fhir/index.js';
import { createPractice } from '../../../src/testing/practice/index.js';
import { cents, entriesOfType, groupBy } from './support.js';

for (const country of ['AU', 'US'] as const) {
  describe(country, () => {
    const now = '2026-11-24T11:20:00+11:00';
    const resources = createPractice({ seed: 'coherence', patients: 60, now, zone: 'Australia/Sydney', country }).toArray();
    const of = <T extends Parameters<typeof entriesOfType>[1]>(type: T) => entriesOfType(resources, type);
    const encounterOf = new Map(of('Encounter').map((encounter) => [referenceId(encounter.appointment?.[0]), encounter]));

    test('fulfilled is finished, in session is in progress, and what did not take place has no encounter', () => {
      for (const appointment of of('Appointment')) {
        const encounter = encounterOf.get(appointment.id);
        const isSession = appointment.participant.every(({ actor }) => !actor?.reference?.startsWith('Patient/'));
        if (isSession) continue;
        if (appointment.status === 'fulfilled') assert.equal(encounter?.status, 'finished', appointment.id);
        else if (encounter)
          assert.ok(
            (appointment.status === 'arrived' && encounter.status === 'in-progress') ||
              (appointment.status === 'checked-in' && encounter.status === 'arrived'),
            appointment.id,
          );
        if (['noshow', 'cancelled', 'booked', 'pending', 'entered-in-error'].includes(appointment.status ?? ''))
          assert.equal(encounter, undefined, appointment.id);
        assert.equal(appointment.cancelationReason !== undefined, appointment.status === 'cancelled', appointment.id);
      }
    });

    test('an encounter is of the patient of its appointment, and so are note and charge', () => {
      const patientOf = new Map(
        of('Appointment').map((appointment) => [
          appointment.id,
          appointment.participant.find(({ actor }) => actor?.reference?.startsWith('Patient/'))?.actor?.reference,
        ]),
      );
      for (const [id, encounter] of encounterOf) assert.equal(encounter.subject?.reference, patientOf.get(id));
      const subject = new Map(of('Encounter').map(({ id, subject: of_ }) => [`Encounter/${id}`, of_?.reference]));
      for (const note of of('Composition')) assert.equal(note.subject?.reference, subject.get(note.encounter?.reference ?? ''));
      for (const charge of of('ChargeItem')) assert.equal(charge.subject.reference, subject.get(charge.context?.reference ?? ''));
    });

    test('each billed charge is on one claim, at its price; totals are the sum of the lines, in cents', () => {
      const charges = new Map(of('ChargeItem').map((charge) => [charge.context?.reference, charge]));
      const claimed = new Map<string, number>();
      for (const claim of of('Claim')) {
        let sum = 0;
        for (const item of claim.item ?? []) {
          const encounter = item.encounter?.[0]?.reference ?? '';
          const charge = charges.get(encounter);
          claimed.set(encounter, (claimed.get(encounter) ?? 0) + 1);
          assert.equal(charge?.status, 'billed', encounter);
          assert.equal(cents(item.net?.value), cents(charge?.priceOverride?.value));
          assert.deepEqual(item.productOrService, charge?.code);
          sum += cents(item.net?.value);
        }
        assert.equal(cents(claim.total?.value), sum);
        assert.equal(claim.total?.currency, country === 'AU' ? 'AUD' : 'USD');
      }
      for (const charge of charges.values())
        assert.equal(claimed.get(charge.context?.reference ?? '') ?? 0, charge.status === 'billed' ? 1 : 0, charge.id);
      assert.ok(claimed.size > 50);
    });

    test('an answer pays what its lines pay, never more than was asked', () => {
      const claims = new Map(of('Claim').map((claim) => [`Claim/${claim.id}`, claim]));
      let denied = 0;
      for (const response of of('ClaimResponse')) {
        const claim = claims.get(response.request?.reference ?? '');
        assert.equal(response.patient.reference, claim?.patient.reference);
        const lines = (response.item ?? []).map(({ adjudication }) =>
          Object.fromEntries(adjudication.map(({ category, amount }) => [category.coding?.[0]?.code, cents(amount?.value)])),
        );
        const sum = (code: string): number => lines.reduce((total, line) => total + (line[code] ?? 0), 0);
        assert.equal(sum('submitted'), cents(claim?.total?.value));
        for (const line of lines)
          assert.ok(
            line['benefit'] === (line['eligible'] ?? 0) - (line['copay'] ?? 0) && (line['eligible'] ?? 0) <= (line['submitted'] ?? 0),
          );
        if (response.payment) assert.equal(cents(response.payment.amount.value), sum('benefit'));
        else denied += sum('benefit') === 0 ? 1 : NaN;
        for (const { category, amount } of response.total ?? []) assert.equal(cents(amount.value), sum(category.coding?.[0]?.code ?? ''));
      }
      assert.ok(denied > 0, 'some are denied');
    });

    test('flags of results are those of their ranges, and one is critical', () => {
      const flags = new Map<string, number>();
      for (const { id, status, valueQuantity, referenceRange, interpretation, dataAbsentReason } of of('Observation')) {
        if (!referenceRange) continue;
        if (valueQuantity?.value === undefined) {
          assert.ok(status === 'registered' || dataAbsentReason, id);
          continue;
        }
        const flag = codeIn(interpretation?.[0], 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation') ?? '';
        flags.set(flag, (flags.get(flag) ?? 0) + 1);
        const [low, high] = [referenceRange[0]?.low?.value ?? -Infinity, referenceRange[0]?.high?.value ?? Infinity];
        const outside = valueQuantity.value < low ? 'L' : valueQuantity.value > high ? 'H' : 'N';
        assert.equal(flag.slice(0, 1), outside, id);
      }
      for (const flag of ['N', 'H', 'L', 'HH']) assert.ok((flags.get(flag) ?? 0) > 0, flag);
    });

    test('abnormal runs: some test of somebody is high or low at three collections in a row', () => {
      const series = groupBy(
        of('Observation').filter(({ referenceRange, interpretation }) => referenceRange && interpretation),
        ({ subject, code }) => `${subject?.reference} ${code.text}`,
      );
      const longest = [...series.values()].map((list) => {
        let [run, best] = [0, 0];
        for (const { interpretation } of list.toSorted((a, b) => (a.effectiveDateTime ?? '').localeCompare(b.effectiveDateTime ?? '')))
          best = Math.max(best, (run = interpretation?.[0]?.coding?.[0]?.code === 'N' ? 0 : run + 1));
        return best;
      });
      assert.ok(Math.max(...longest) >= 3);
    });

    test('doses are structured and in words; identifiers have right check digits', () => {
      for (const request of of('MedicationRequest')) {
        const [dose] = request.dosageInstruction ?? [];
        assert.ok(dose?.text && dose.timing?.repeat && dose.doseAndRate?.[0], request.id);
      }
      for (const patient of of('Patient'))
        for (const identifier of patient.identifier ?? [])
          assert.ok([undefined, 'valid'].includes(checkIdentifier(identifier)), JSON.stringify(identifier));
      for (const practitioner of of('Practitioner'))
        for (const identifier of practitioner.identifier ?? []) assert.equal(checkIdentifier(identifier), 'valid');
      for (const role of of('PractitionerRole'))
        for (const identifier of role.identifier ?? []) assert.equal(checkIdentifier(identifier), 'valid');
    });

    test('people of every kind', () => {
      const patients = of('Patient');
      const has = (what: string, found: (patient: (typeof patients)[number]) => boolean): void => assert.ok(patients.some(found), what);
      has('Arabic script', ({ name }) => /\p{Script=Arabic}/u.test(name?.[0]?.family ?? ''));
      has('Hebrew script', ({ name }) => /\p{Script=Hebrew}/u.test(name?.[0]?.family ?? ''));
      has('birth year only', ({ birthDate }) => birthDate?.length === 4);
      has('birth month only', ({ birthDate }) => birthDate?.length === 7);
      has('newborn', ({ birthDate }) => Date.parse(now) - Date.parse(birthDate ?? '') < 14 * 86_400_000);
      has('a hundred years', ({ birthDate }) => Number(birthDate?.slice(0, 4)) <= 1926);
      has('no telephone', ({ telecom }) => telecom === undefined);
      has('dead, with a date', ({ deceasedDateTime }) => deceasedDateTime !== undefined);
      has('dead, without one', ({ deceasedBoolean }) => deceasedBoolean === true);
      has('inactive', ({ active }) => active === false);
      has('interpreter', ({ extension }) => extension?.some(({ url }) => url?.endsWith('interpreterRequired')) ?? false);
      has('they/them', (patient) => pronouns(patient, now)?.text === 'they/them');
      has('masked', ({ address }) => address?.[0]?.extension !== undefined);
      for (const use of ['usual', 'maiden'] as const) has(use, ({ name }) => name?.some((each) => each.use === use) ?? false);
      for (const patient of patients) assert.ok(formatName(chooseName(patient.name, { now })), patient.id);
    });

    test('the dead are not booked, and nobody is seen before birth', () => {
      const patients = new Map(of('Patient').map((patient) => [`Patient/${patient.id}`, patient]));
      for (const appointment of of('Appointment')) {
        const patient = patients.get(
          appointment.participant.find(({ actor }) => actor?.reference?.startsWith('Patient/'))?.actor?.reference ?? '',
        );
        if (!patient || !appointment.start) continue;
        if (patient.deceasedDateTime) assert.ok(appointment.start.slice(0, 10) <= patient.deceasedDateTime, appointment.id);
        if (patient.deceasedBoolean || patient.active === false) assert.ok(Date.parse(appointment.start) < Date.parse(now), appointment.id);
        assert.ok(appointment.start.slice(0, 10) >= (patient.birthDate ?? ''), appointment.id);
      }
    });

    test('both countries’ cover is there, and those who pay by themselves', () => {
      const payors = new Set(of('Coverage').flatMap(({ payor }) => payor.map(({ reference }) => reference ?? '')));
      assert.ok(payors.has('Organization/payer-medicare-au') || country === 'US');
      assert.ok(
        [...payors].some((reference) => /payer-(?:blue-heron|summit-ridge|medicare-us|pine-mutual)/.test(reference)),
        'US',
      );
      assert.ok(
        [...payors].some((reference) => /payer-(?:medicare-au|banksia|veterans|ironbark)/.test(reference)),
        'AU',
      );
      assert.ok(
        [...payors].some((reference) => reference.startsWith('Patient/')),
        'self',
      );
    });
  });
}
