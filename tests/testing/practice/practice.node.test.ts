import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { parseResource, stringify } from '../../../src/models/fhir/index.js';
import type { Resource } from '../../../src/models/fhir/index.js';
import { createPractice, MOST_PATIENTS, type PracticeOptions } from '../../../src/testing/practice/index.js';
import { entriesOfType, referencesIn } from './support.js';

const OPTIONS: PracticeOptions = { seed: 'a', patients: 30, now: '2026-11-24T11:20:00+11:00', zone: 'Australia/Sydney' };
const textOf = (options: Partial<PracticeOptions> = {}): string =>
  [...createPractice({ ...OPTIONS, ...options })].map((resource) => stringify(resource)).join('\n');

describe('determinism', () => {
  test('the same five inputs give the same text, and each of them matters', () => {
    const text = textOf();
    assert.equal(textOf(), text);
    for (const change of [
      { seed: 'b' },
      { patients: 31 },
      { now: '2026-11-25T11:20:00+11:00' },
      { zone: 'Australia/Perth' },
      { country: 'US' as const },
    ])
      assert.notEqual(textOf(change), text, JSON.stringify(change));
  });

  test('now may be given as text, Date or milliseconds', () => {
    const epoch = Date.parse(String(OPTIONS.now));
    assert.equal(textOf({ now: new Date(epoch), patients: 2 }), textOf({ patients: 2 }));
    assert.equal(textOf({ now: epoch, patients: 2 }), textOf({ patients: 2 }));
  });

  test('no clock is read and no chance is asked', () => {
    const [now, random, RealDate] = [Date.now, Math.random, Date];
    const expected = textOf({ patients: 5 });
    const forbidden = (): never => {
      throw new Error('the clock was read, or chance asked');
    };
    // `new Date()` without arguments reads the clock too.
    class NoClock extends RealDate {
      constructor(...parts: unknown[]) {
        if (parts.length === 0) forbidden();
        super(...(parts as [number]));
      }
    }
    NoClock.now = forbidden;
    Math.random = forbidden;
    globalThis.Date = NoClock as DateConstructor;
    try {
      assert.equal(textOf({ patients: 5 }), expected);
    } finally {
      globalThis.Date = RealDate;
      Date.now = now;
      Math.random = random;
    }
  });

  test('a patient of a larger practice is the same person, and can be asked for alone', () => {
    const practice = createPractice({ ...OPTIONS, patients: 200 });
    const alone = [...practice.record(150)].map((resource) => stringify(resource));
    const all = new Set([...practice].map((resource) => stringify(resource)));
    assert.ok(alone.length > 5);
    for (const text of alone) assert.ok(all.has(text), text.slice(0, 80));
  });

  test('a hundred thousand patients are made one by one', () => {
    const resources = createPractice({ ...OPTIONS, patients: MOST_PATIENTS })[Symbol.iterator]();
    let patients = 0;
    for (let i = 0; i < 60_000 && patients < 3; i++) if (resources.next().value?.resourceType === 'Patient') patients++;
    assert.equal(patients, 3);
  });

  test('inputs that cannot be are refused', () => {
    assert.throws(() => createPractice({ ...OPTIONS, zone: 'Nowhere/Land' }), RangeError);
    assert.throws(() => createPractice({ ...OPTIONS, patients: 0 }), RangeError);
    assert.throws(() => createPractice({ ...OPTIONS, patients: MOST_PATIENTS + 1 }), RangeError);
    assert.throws(() => createPractice({ ...OPTIONS, now: '2026-11-24T11:20:00' }), RangeError, 'a time without an offset is no instant');
    assert.throws(() => createPractice({ ...OPTIONS, now: NaN }), RangeError);
  });
});

for (const { name, options } of [
  { name: 'thirty in Sydney', options: OPTIONS },
  {
    name: 'ninety in New York',
    options: { ...OPTIONS, seed: 7, patients: 90, zone: 'America/New_York', now: '2026-03-09T14:05:00-04:00' },
  },
]) {
  describe(name, () => {
    let resources: Resource[] = [];
    before(() => {
      resources = createPractice(options).toArray();
    });

    test('every resource is valid, with no element that R4 does not know', async () => {
      for (const resource of resources) {
        const result = await parseResource(resource, { unknown: 'error' });
        assert.ok(result.ok, `${resource.resourceType}/${resource.id}: ${JSON.stringify(result.issues[0])}`);
      }
    });

    test('ids are unique, and every reference leads to a resource of the practice', () => {
      const ids = new Set(resources.map(({ resourceType, id }) => `${resourceType}/${id}`));
      assert.equal(ids.size, resources.length);
      for (const resource of resources)
        for (const reference of referencesIn(resource))
          assert.ok(ids.has(reference), `${resource.resourceType}/${resource.id} → ${reference}`);
    });

    test('ids are short enough for any server', () => {
      for (const { id } of resources) assert.match(id ?? '', /^[A-Za-z0-9.-]{1,64}$/);
    });

    test('what the issue lists is there', () => {
      const types = new Set(resources.map(({ resourceType }) => resourceType));
      for (const type of 'Organization Location HealthcareService Practitioner PractitionerRole Schedule Slot Patient RelatedPerson Appointment Encounter Composition DocumentReference Condition AllergyIntolerance MedicationRequest MedicationStatement Immunization DiagnosticReport Observation Coverage ServiceRequest ChargeItem Claim ClaimResponse Task Communication QuestionnaireResponse Flag CareTeam Provenance Consent'.split(
        ' ',
      ))
        assert.ok((types as ReadonlySet<string>).has(type), type);
      const statuses = new Set(entriesOfType(resources, 'Appointment').map(({ status }) => status));
      for (const status of 'proposed pending booked arrived checked-in fulfilled noshow cancelled waitlist entered-in-error'.split(' '))
        assert.ok(statuses.has(status as never), status);
    });

    test('nobody is older than the practice knows, and nothing in a record lies in the future but plans', () => {
      const now = Date.parse(String(options.now));
      for (const encounter of entriesOfType(resources, 'Encounter')) {
        assert.ok(Date.parse(encounter.period?.start ?? '') <= now, encounter.id);
        assert.ok(encounter.period?.end === undefined || Date.parse(encounter.period.end) <= now, encounter.id);
        assert.ok(encounter.period?.end === undefined || encounter.period.end > (encounter.period.start ?? ''), encounter.id);
      }
      for (const observation of entriesOfType(resources, 'Observation'))
        assert.ok(Date.parse(observation.effectiveDateTime ?? '') <= now + 300_000, observation.id);
      for (const note of entriesOfType(resources, 'Composition')) assert.ok(Date.parse(note.date ?? '') <= now, note.id);
      for (const charge of entriesOfType(resources, 'ChargeItem')) assert.ok(Date.parse(charge.enteredDate ?? '') <= now, charge.id);
    });
  });
}

test('decimals keep the places their test is reported with', () => {
  const text = textOf();
  assert.match(text, /"value":\d+\.0,"unit":"(?:kg|mmol\/L)"/);
});
