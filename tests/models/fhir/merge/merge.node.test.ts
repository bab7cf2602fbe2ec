import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseJson, stringify } from '../../../../src/models/fhir/json.js';
import { MORE_STRUCTURE_LOADERS } from '../../../../src/models/fhir/generated/more-loaders.js';
import { merge, type MergeResult, type MergeSide as Side } from '../../../../src/models/fhir/merge/index.js';
import { CHOICES, elementOf } from '../../../../src/models/fhir/merge/elements.js';
import { ADMINISTRATIVE } from '../../../../src/models/fhir/merge/administrative.js';
import type { Structure } from '../../../../src/models/fhir/schema/structure.js';
import { STRUCTURE_LOADERS } from '../../../../src/models/fhir/generated/loaders.js';

type Tree = Record<string, unknown>;
const patient = (more: object = {}): Tree => ({
  resourceType: 'Patient',
  id: 'p1',
  meta: { versionId: '1' },
  name: [{ family: 'Doe', given: ['Ann', 'Q'] }],
  telecom: [
    { system: 'phone', use: 'home', value: '1' },
    { system: 'email', value: 'a@example.org' },
  ],
  birthDate: '1980-05-03',
  ...more,
});
const theirsMeta = { meta: { versionId: '2', lastUpdated: '2026-11-24T09:00:00Z' } };
const asked = (result: MergeResult): string[] => result.conflicts.map(({ path, kind }) => `${kind} ${path}`);
const said = (result: MergeResult): string[] => result.changes.map(({ path, kind, by }) => `${by} ${kind} ${path}`).toSorted();

describe('demographics', () => {
  test('that do not overlap merge silently, and are reported', () => {
    const result = merge({
      base: patient(),
      mine: patient({
        maritalStatus: { text: 'married' },
        telecom: [{ system: 'phone', use: 'home', value: '2' }, (patient()['telecom'] as Tree[])[1]],
      }),
      theirs: patient({
        ...theirsMeta,
        birthDate: '1980-05-04',
        telecom: [...(patient()['telecom'] as Tree[]), { system: 'phone', use: 'work', value: '9' }],
      }),
    });
    assert.deepEqual(asked(result), []);
    assert.deepEqual(said(result), [
      'mine changed Patient.maritalStatus',
      'mine changed Patient.telecom[0]',
      'theirs added Patient.telecom[2]',
      'theirs changed Patient.birthDate',
    ]);
    assert.deepEqual(
      result.merged,
      patient({
        ...theirsMeta,
        birthDate: '1980-05-04',
        maritalStatus: { text: 'married' },
        telecom: [
          { system: 'phone', use: 'home', value: '2' },
          { system: 'email', value: 'a@example.org' },
          { system: 'phone', use: 'work', value: '9' },
        ],
      }),
    );
  });

  test('that both changed ask, and theirs stands until somebody chooses', () => {
    const versions = {
      base: patient(),
      mine: patient({ name: [{ family: 'Smith', given: ['Ann', 'Q'] }] }),
      theirs: patient({ ...theirsMeta, name: [{ family: 'Smythe', given: ['Anne', 'Q'] }] }),
    };
    const result = merge<Tree>(versions);
    assert.deepEqual(asked(result), ['changed Patient.name[0].family']);
    const [conflict] = result.conflicts;
    assert.deepEqual(
      [conflict!.base, conflict!.mine, conflict!.theirs, conflict!.standing, conflict!.clinical],
      ['Doe', 'Smith', 'Smythe', 'theirs', false],
    );
    assert.deepEqual(said(result), ['theirs changed Patient.name[0].given[0]']);
    assert.deepEqual(result.merged['name'], [{ family: 'Smythe', given: ['Anne', 'Q'] }]);
    const chosen = merge<Tree>(versions, {
      choices: { 'Patient.name[0].family': 'mine', 'Patient.other': 'base', toString: 'mine' } as Record<string, Side>,
    });
    assert.deepEqual(chosen.merged['name'], [{ family: 'Smith', given: ['Anne', 'Q'] }]);
  });

  test('of one statement are not put together from two', () => {
    const address = (more: object): Tree => patient({ address: [{ use: 'home', line: ['1 A St'], city: 'X', ...more }] });
    const result = merge({ base: address({}), mine: address({ line: ['2 B St'] }), theirs: address({ city: 'Y' }) });
    assert.deepEqual(asked(result), ['changed Patient.address[0]']);
  });

  test('removed by one and changed by the other ask; removed and added alike do not', () => {
    const gone = merge({
      base: patient(),
      mine: patient({ telecom: [(patient()['telecom'] as Tree[])[1]] }),
      theirs: patient({ telecom: [{ system: 'phone', use: 'home', value: '7' }, (patient()['telecom'] as Tree[])[1]] }),
    });
    assert.deepEqual(asked(gone), ['removed Patient.telecom[0]']);
    const one = { telecom: [...(patient()['telecom'] as Tree[]), { system: 'sms', value: '3' }] };
    const alike = merge({ base: patient(), mine: patient(one), theirs: patient(one) });
    assert.deepEqual([asked(alike), said(alike)], [[], ['both changed Patient.telecom']]);
  });

  test('keep the extensions of primitives with them, in lists by position', () => {
    const extension = [{ url: 'urn:x', valueString: 'about' }];
    const result = merge<Tree>({
      base: patient({ _birthDate: { extension } }),
      mine: patient({
        birthDate: '1981',
        _birthDate: undefined,
        name: [{ family: 'Doe', given: ['Ann', 'Q'], _given: [null, { extension }] }],
      }),
      theirs: patient({ _birthDate: { extension }, name: [{ family: 'Doe', given: ['New', 'Ann', 'Q'] }] }),
    });
    assert.deepEqual(asked(result), []);
    assert.deepEqual([result.merged['birthDate'], result.merged['_birthDate']], ['1981', undefined]);
    assert.deepEqual(result.merged['name'], [{ family: 'Doe', given: ['New', 'Ann', 'Q'], _given: [null, null, { extension }] }]);
    const both = merge({ base: patient(), mine: patient({ _birthDate: { extension } }), theirs: patient({ birthDate: '1979' }) });
    assert.deepEqual(asked(both), ['changed Patient.birthDate']);
    assert.deepEqual(both.conflicts[0]!.properties.mine, { birthDate: '1980-05-03', _birthDate: { extension } });
  });

  test('in another order: one order is taken, two ask', () => {
    const names = (...uses: string[]): Tree => patient({ name: uses.map((use) => ({ use, family: use })) });
    const one = merge<Tree>({ base: names('a', 'b', 'c'), mine: names('a', 'b', 'c', 'm'), theirs: names('c', 'a', 'b') });
    assert.deepEqual(
      (one.merged['name'] as Tree[]).map(({ use }) => use),
      ['c', 'm', 'a', 'b'],
    );
    assert.deepEqual([asked(one), said(one)], [[], ['mine added Patient.name[3]', 'theirs order Patient.name']]);
    const two = merge<Tree>({ base: names('a', 'b', 'c'), mine: names('b', 'a', 'c'), theirs: names('c', 'b', 'a') });
    assert.deepEqual(asked(two), ['order Patient.name']);
  });
});

describe('clinical elements', () => {
  const request = (more: object = {}): Tree => ({
    resourceType: 'MedicationRequest',
    id: 'm1',
    meta: { versionId: '1' },
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: { coding: [{ system: 's', code: '1' }] },
    dosageInstruction: [{ text: 'one daily', timing: { repeat: { frequency: 1 } }, doseAndRate: [{ doseQuantity: { value: 1 } }] }],
    ...more,
  });
  const dosage = (text: string, value: number): object => ({ dosageInstruction: [{ text, doseAndRate: [{ doseQuantity: { value } }] }] });

  test('that only theirs changed ask all the same', () => {
    const result = merge<Tree>({
      base: request(),
      mine: request({ groupIdentifier: { value: 'g' } }),
      theirs: request({ ...theirsMeta, status: 'stopped' }),
    });
    assert.deepEqual(asked(result), ['changed MedicationRequest.status']);
    assert.deepEqual([result.conflicts[0]!.clinical, result.conflicts[0]!.mine, result.conflicts[0]!.theirs], [true, 'active', 'stopped']);
    assert.deepEqual([result.merged['status'], result.conflicts[0]!.standing], ['stopped', 'theirs']);
    assert.deepEqual(said(result), ['mine changed MedicationRequest.groupIdentifier']);
  });

  test('that each changed another of ask both', () => {
    const versions = { base: request(), mine: request(dosage('two daily', 2)), theirs: request({ status: 'on-hold' }) };
    const result = merge<Tree>(versions);
    assert.deepEqual(asked(result).toSorted(), ['changed MedicationRequest.dosageInstruction[0]', 'changed MedicationRequest.status']);
    assert.deepEqual(result.changes, []);
    const chosen = merge<Tree>(versions, {
      choices: { 'MedicationRequest.dosageInstruction[0]': 'theirs', 'MedicationRequest.status': 'mine' },
    });
    assert.deepEqual(chosen.merged, request());
  });

  test('that mine alone changed ask as soon as theirs changed anything, and mine stands until it is answered', () => {
    const result = merge<Tree>({
      base: request(),
      mine: request({ status: 'completed' }),
      theirs: request({ ...theirsMeta, insurance: [{ reference: 'Coverage/1' }] }),
    });
    assert.deepEqual(asked(result), ['changed MedicationRequest.status']);
    assert.equal(result.merged['status'], 'completed');
    assert.deepEqual(said(result), ['theirs added MedicationRequest.insurance[0]']);
    const unchanged = merge<Tree>({ base: request(), mine: request({ status: 'completed' }), theirs: request(theirsMeta) });
    assert.deepEqual(asked(unchanged), [], 'saved anew with nothing changed');
  });

  test('are whole: a dosage is nobody’s mixture', () => {
    const base = request();
    const mine = parseJson(stringify(base).replace('"value":1', '"value":1.50')) as Tree;
    const theirs = parseJson(stringify(base).replace('"frequency":1', '"frequency":2')) as Tree;
    const result = merge<Tree>({ base, mine, theirs });
    assert.deepEqual(asked(result), ['changed MedicationRequest.dosageInstruction[0]']);
    const chosen = merge({ base, mine, theirs }, { choices: () => 'mine' });
    assert.match(stringify(chosen.merged), /"value":1\.50\}/);
    assert.match(stringify(result.conflicts[0]!.properties.mine), /1\.50/);
  });

  test('are whole also where their parts could be told apart', () => {
    const dispense = (numberOfRepeatsAllowed: number, quantity: number): Tree =>
      request({ dispenseRequest: { numberOfRepeatsAllowed, quantity: { value: quantity } } });
    const result = merge<Tree>({ base: dispense(1, 30), mine: dispense(2, 30), theirs: dispense(1, 90) });
    assert.deepEqual(asked(result), ['changed MedicationRequest.dispenseRequest']);
  });

  test('of several types are one choice', () => {
    const observation = (value: object): Tree => ({ resourceType: 'Observation', id: 'o', status: 'final', ...value });
    const result = merge<Tree>({
      base: observation({ valueQuantity: parseJson('{"value":1.0}') }),
      mine: observation({ valueQuantity: parseJson('{"value":1.00}') }),
      theirs: observation({ valueString: 'haemolysed' }),
    });
    assert.deepEqual(asked(result), ['changed Observation.value']);
    assert.equal(stringify(result.conflicts[0]!.properties.mine), '{"valueQuantity":{"value":1.00}}');
    assert.deepEqual([result.merged['valueQuantity'], result.merged['valueString']], [undefined, 'haemolysed']);
  });

  test('of types that nobody has thought of, and whatever has an extension of unknown meaning', () => {
    const basic = (more: object): Tree => ({ resourceType: 'Basic', id: 'b', ...more });
    assert.deepEqual(
      asked(merge({ base: basic({}), mine: basic({}), theirs: basic({ identifier: [{ value: '1' }], created: '2026' }) })).toSorted(),
      ['added Basic.identifier[0]', 'changed Basic.created'],
    );
    const modifier = merge({
      base: patient(),
      mine: patient({ gender: 'female' }),
      theirs: patient({ modifierExtension: [{ url: 'urn:not' }], extension: [{ url: 'u' }] }),
    });
    assert.deepEqual(asked(modifier).toSorted(), ['added Patient.extension[0]', 'added Patient.modifierExtension[0]']);
  });
});

describe('versions that are not all there', () => {
  test('without a base all that differs asks', () => {
    const result = merge({ mine: patient({ gender: 'female' }), theirs: patient({ birthDate: '1981' }) });
    assert.deepEqual(asked(result).toSorted(), ['changed Patient.birthDate', 'changed Patient.gender']);
    assert.deepEqual(result.merged, patient({ birthDate: '1981' }));
    const other = merge({ base: { ...patient(), id: 'else' }, mine: patient({ gender: 'female' }), theirs: patient() });
    assert.deepEqual(asked(other), ['changed Patient.gender']);
  });

  test('deleted, no save, or another record: the whole record asks', () => {
    assert.deepEqual(asked(merge({ base: patient(), mine: patient() })), ['record Patient']);
    assert.deepEqual(asked(merge({ base: patient(), theirs: patient() })), ['record Patient']);
    const other = merge<Tree>({ mine: patient(), theirs: { ...patient(), id: 'p2' } }, { choices: { Patient: 'mine' } });
    assert.deepEqual([asked(other), other.merged['id']], [['record Patient'], 'p1']);
    assert.equal(merge({}).merged, undefined);
  });
});

describe('the narrative', () => {
  const text = (status: string, div = 'd'): object => ({ text: { status, div } });
  test('generated from one version is dropped over data of two', () => {
    const result = merge<Tree>({
      base: patient(text('generated')),
      mine: patient({ ...text('generated'), gender: 'female' }),
      theirs: patient({ ...text('generated', 'theirs'), birthDate: '1981' }),
    });
    assert.deepEqual([result.narrative, result.merged['text']], ['dropped', undefined]);
    const one = merge<Tree>({
      base: patient(text('generated')),
      mine: patient(text('generated')),
      theirs: patient({ ...text('generated', 'theirs'), birthDate: '1981' }),
    });
    assert.deepEqual([one.narrative, one.merged['text']], ['theirs', { status: 'generated', div: 'theirs' }]);
  });
  test('that somebody wrote is kept, and asks when both wrote', () => {
    const mine = patient({ ...text('additional', 'mine'), gender: 'female' });
    const kept = merge<Tree>({ base: patient(text('additional')), mine, theirs: patient({ ...text('additional'), birthDate: '1981' }) });
    assert.deepEqual([kept.narrative, (kept.merged['text'] as Tree)['div']], ['mine', 'mine']);
    const both = merge({ base: patient(text('additional')), mine, theirs: patient(text('additional', 'theirs')) });
    assert.deepEqual(asked(both), ['changed Patient.text']);
  });
});

describe('meta', () => {
  test('has the version of theirs, and the tags of both; a security label asks', () => {
    const meta = (more: object): Tree => patient({ meta: more });
    const result = merge<Tree>({
      base: meta({ versionId: '1', tag: [{ system: 's', code: 'a' }] }),
      mine: meta({
        versionId: '1',
        tag: [
          { system: 's', code: 'a' },
          { system: 's', code: 'm' },
        ],
      }),
      theirs: meta({ versionId: '3', lastUpdated: 'later', tag: [{ system: 's', code: 't' }], security: [{ code: 'R' }] }),
    });
    assert.deepEqual(asked(result), ['added Patient.meta.security[0]']);
    assert.deepEqual(result.merged['meta'], {
      versionId: '3',
      lastUpdated: 'later',
      tag: [
        { system: 's', code: 't' },
        { system: 's', code: 'm' },
      ],
      security: [{ code: 'R' }],
    });
  });
});

describe('tables', () => {
  const structures = async (): Promise<Structure[]> => {
    const loaders = new Set([
      ...Object.values(STRUCTURE_LOADERS),
      ...Object.values(MORE_STRUCTURE_LOADERS),
      () => import('../../../../src/models/fhir/generated/structures/datatypes.js'),
    ]);
    const modules = await Promise.all([...loaders].map((load) => load() as Promise<Record<string, unknown>>));
    return modules.flatMap((module) => Object.values(module) as Structure[]).filter((one) => typeof one?.text === 'string');
  };

  test('choices are those of R4', async () => {
    const found = new Set((await structures()).flatMap(({ text }) => [...text.matchAll(/(?:^|\s)(\w+)[!*]*~/gm)].map(([, name]) => name!)));
    assert.ok(found.size > 30, String(found.size));
    assert.deepEqual(
      [...found].filter((name) => !CHOICES.has(name)),
      [],
    );
    assert.deepEqual(['_valueDateTime', 'onsetAge', 'birthDate', 'reasonCode', 'value'].map(elementOf), [
      'value',
      'onset',
      'birthDate',
      'reasonCode',
      'value',
    ]);
  });

  test('administrative elements are elements of their types', async () => {
    const texts = new Map((await structures()).map(({ type, text }) => [type, text]));
    assert.ok(ADMINISTRATIVE.size > 15);
    for (const [type, names] of ADMINISTRATIVE)
      for (const name of names) assert.match(texts.get(type) ?? '', new RegExp(`(^|\\s)${name}[^\\w]`, 'm'), `${type}.${name}`);
  });
});
