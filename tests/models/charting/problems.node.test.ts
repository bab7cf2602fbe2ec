import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { countCurrent, countShown, problemsView } from '../../../src/models/charting/index.js';
import { coded, condition, problemItem, reading, snomed, titles, visitDiagnosis } from './support.js';

const only = (record: object) => problemsView([record], reading()).groups[0]!.rows[0]!;

describe('problems', () => {
  it('groups by clinical status, newest first, and puts an unreadable status under unknown', () => {
    const view = problemsView(
      [
        condition('Old', { onsetDateTime: '2001' }),
        condition('New', { onsetDateTime: '2020-05' }),
        condition('Back', {}, 'recurrence'),
        condition('Gone', {}, 'resolved'),
        condition('Quiet', {}, 'remission'),
        condition('Odd', { clinicalStatus: coded('http://example.org', 'active') }),
        condition('Missing', { clinicalStatus: undefined }),
      ],
      reading(),
    );
    assert.deepEqual(titles(view), { active: ['New', 'Old', 'Back'], unknown: ['Odd', 'Missing'], inactive: ['Gone', 'Quiet'] });
    assert.deepEqual(
      view.groups.find(({ name }) => name === 'unknown')!.rows.map(({ cautions }) => cautions.map(({ code }) => code)),
      [['status-unknown'], ['status-missing']],
    );
  });

  it('keeps apart what is not, or not known to be, a problem, and counts it nowhere else', () => {
    const view = problemsView(
      ['unconfirmed', 'provisional', 'differential', 'refuted', 'entered-in-error'].map((ver) => condition(ver, {}, 'active', ver)),
      reading(),
    );
    assert.deepEqual(titles(view), {
      uncertain: ['unconfirmed', 'provisional', 'differential'],
      refuted: ['refuted'],
      error: ['entered-in-error'],
    });
    assert.equal(countCurrent(view), 0);
    assert.equal(countShown(view), 5);
  });

  it('takes an unknown verification for a caution, not for confirmed', () => {
    const row = only(condition('x', { verificationStatus: { text: 'perhaps' } }));
    assert.equal(row.verification, undefined);
    assert.deepEqual(row.cautions, [{ code: 'verification-unknown', written: 'perhaps' }]);
  });

  it('folds visit diagnoses under the problem they repeat, and loses none', () => {
    const code = snomed('195967001', 'Asthma');
    const visits = [1, 2, 3].map((n) => condition(`v${n}`, { code, category: visitDiagnosis, onsetDateTime: `201${n}` }));
    const view = problemsView([...visits, condition('list', { code, category: problemItem, onsetDateTime: '2005' })], reading());
    const [row] = view.groups[0]!.rows;
    assert.equal(view.groups[0]!.rows.length, 1);
    assert.equal(row!.reference, 'Condition/list');
    assert.deepEqual(
      row!.also.map(({ reference }) => reference),
      ['Condition/v3', 'Condition/v2', 'Condition/v1'],
    );
    assert.equal(countShown(view), 4);
  });

  it('folds only what is surely the same, in the same state, at the same place, and may be taken at its word', () => {
    const code = snomed('195967001', 'Asthma');
    const diagnosis = (id: string, own: object, status?: string) => condition(id, { code, category: visitDiagnosis, ...own }, status);
    const masked = coded('http://terminology.hl7.org/CodeSystem/data-absent-reason', 'masked');
    const view = problemsView(
      [
        condition('list', { code, category: problemItem }),
        diagnosis('resolved', {}, 'resolved'),
        diagnosis('site', { bodySite: [snomed('1', 'Left ear')] }),
        diagnosis('modified', { modifierExtension: [{ url: 'http://example.org/not', valueBoolean: true }] }),
        diagnosis('text', { code: { text: 'Asthma' } }),
        diagnosis('masked1', { code: masked }),
        diagnosis('masked2', { code: masked }),
        condition('list2', { code, category: problemItem }),
      ],
      reading(),
    );
    assert.equal(
      view.groups.flatMap(({ rows }) => rows).every(({ also }) => also.length === 0),
      true,
    );
  });

  it('gives a diagnosis without a clinical status that of the problem it repeats', () => {
    const code = snomed('195967001', 'Asthma');
    const view = problemsView(
      [condition('list', { code, category: problemItem }), condition('v', { code, category: visitDiagnosis, clinicalStatus: undefined })],
      reading(),
    );
    assert.deepEqual(
      view.groups.map(({ name, rows }) => [name, rows[0]!.also.length]),
      [['active', 1]],
    );
  });

  it('reads every type of onset and abatement', () => {
    const kinds = [
      [{ onsetDateTime: '2014' }, { kind: 'date', text: '2014' }],
      [{ onsetDateTime: '2014-02-30' }, { kind: 'date', text: '2014-02-30' }],
      [{ onsetAge: { value: 17, unit: 'year', code: 'a', system: 'http://unitsofmeasure.org' } }, { kind: 'age', text: '17 years' }],
      [{ onsetRange: { low: { value: 3, unit: 'a' }, high: { value: 5, unit: 'a' } } }, { kind: 'range' }],
      [{ onsetString: 'childhood' }, { kind: 'words', text: 'childhood' }],
      [{ onsetPeriod: { start: '2010', end: '2012' } }, { kind: 'period' }],
      [
        { _onsetDateTime: { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }] } },
        { kind: 'absent', reason: 'masked' },
      ],
    ] as const;
    for (const [own, expected] of kinds) {
      const { onset } = only(condition('x', own));
      for (const [key, value] of Object.entries(expected))
        assert.equal((onset as unknown as Record<string, unknown>)[key], value, JSON.stringify(own));
    }
  });

  it('points out a problem that is marked as going on although an end is recorded', () => {
    assert.deepEqual(only(condition('x', { abatementDateTime: '2020' })).cautions, [{ code: 'ended' }]);
    assert.deepEqual(only(condition('x', { abatementDateTime: '2030' })).cautions, []);
    assert.deepEqual(only(condition('x', { abatementBoolean: false })).cautions, []);
  });

  it('reads STU3 shapes and says so', () => {
    const view = problemsView(
      [condition('x', { clinicalStatus: 'active', verificationStatus: 'confirmed', assertedDate: '2007-12-14' })],
      reading(),
    );
    assert.deepEqual(titles(view), { active: ['x'] });
    assert.deepEqual(view.groups[0]!.rows[0]!.cautions, [{ code: 'other-version' }]);
    assert.equal(view.groups[0]!.rows[0]!.recorded?.kind, 'date');
  });

  it('does not take a reason for absence for a name', () => {
    const row = only(condition('x', { code: coded('http://terminology.hl7.org/CodeSystem/data-absent-reason', 'masked') }));
    assert.deepEqual(row.title, { text: undefined, from: 'record', absent: 'masked' });
  });

  it('shows the words of a narrative where nothing else is there, and says so', () => {
    const row = only(
      condition('x', {
        code: undefined,
        text: { status: 'generated', div: '<div><p>Heart <b>failure</b> &amp; oedema</p><script>alert(1)</script></div>' },
      }),
    );
    assert.equal(row.title.text, 'Heart failure & oedema');
    assert.deepEqual(row.cautions, [{ code: 'narrative-only' }]);
  });

  it('takes "no current problems" for a statement, and says when the list contradicts it', () => {
    const none = condition('none', { code: snomed('160245001', 'No current problems or disability'), recordedDate: '2020-12-21' });
    const alone = problemsView([none], reading());
    assert.deepEqual([alone.groups.length, alone.statements.length, alone.contradiction], [0, 1, false]);
    assert.equal(problemsView([none, condition('Asthma')], reading()).contradiction, true);
    const withdrawn = problemsView([condition('none', { code: snomed('160245001') }, 'active', 'entered-in-error')], reading());
    assert.deepEqual([withdrawn.statements.length, withdrawn.groups[0]!.name], [0, 'error']);
  });
});
