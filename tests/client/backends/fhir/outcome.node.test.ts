import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { elementPath, isBreakGlass, issuesOf } from '../../../../src/client/backends/fhir/outcome.js';
import { caseFiles, skipWithoutCases } from '../../../support/cases.js';

describe('element paths', () => {
  const paths: [string, string][] = [
    ['Patient.gender', 'Patient.gender'],
    ['Patient.name[0].family', 'Patient.name[0].family'],
    ['Patient', 'Patient'],
    ['/f:Patient/f:gender', 'Patient.gender'],
    ['/f:Patient/f:name[1]/f:given[2]', 'Patient.name[0].given[1]'],
    ['/Patient/name[1]/family/@value', 'Patient.name[0].family'],
    ['Bundle.entry[3].resource.ofType(Patient).birthDate', 'Patient.birthDate'],
    ['Parameters.parameter[0].resource/*Observation/null*/.status', 'Observation.status'],
    ["Patient.extension.where(url='urn:x').value", "Patient.extension.where(url='urn:x').value"],
    ['http.name:exact', 'http.name:exact'],
    ['Line[1] Col[30]', ''],
    ['Line 3, column 4', ''],
    ['some words about it', ''],
    ['', ''],
    ['/', ''],
  ];
  for (const [given, expected] of paths)
    test(`${given || '(empty)'} is ${expected || 'no path'}`, () => assert.equal(elementPath(given), expected));

  test('any text gives a path without white space, or none', () => {
    fc.assert(fc.property(fc.string(), (text) => /^\S*$/.test(elementPath(text))));
  });
});

describe('issues', () => {
  test('take what there is and do not break on anything', () => {
    const of = (issue: unknown) => issuesOf({ resourceType: 'OperationOutcome', issue: [issue] })[0];
    assert.deepEqual(
      of({ severity: 'warning', code: 'value', expression: ['Patient.name'], details: { text: 'Told' }, diagnostics: 'Trace' }),
      {
        severity: 'warning',
        code: 'value',
        path: 'Patient.name',
        message: 'Told',
      },
    );
    assert.deepEqual(of({ diagnostics: 'Only this', location: ['Line[1] Col[2]', 'Patient.gender'] }), {
      severity: 'error',
      code: 'processing',
      path: 'Patient.gender',
      message: 'Only this',
    });
    assert.equal(of({ details: { coding: [{ display: 'Displayed' }] } })!.message, 'Displayed');
    assert.equal(of({ code: 'exception', diagnostics: '  ' })!.message, 'exception');
    assert.equal(of({ severity: 'catastrophic' })!.severity, 'error');
    assert.equal(of({ diagnostics: 'x'.repeat(5000) })!.message.length, 2000);
    for (const odd of [
      null,
      3,
      'x',
      [],
      { details: null },
      { details: { coding: {} } },
      { details: { coding: [null] } },
      { expression: 'Patient', location: [3] },
    ])
      issuesOf({ resourceType: 'OperationOutcome', issue: [odd] });
    assert.deepEqual(issuesOf({ resourceType: 'OperationOutcome', issue: 'x' }), []);
    assert.deepEqual(issuesOf({ resourceType: 'Patient', issue: [{}] }), []);
  });

  test('anything at all gives issues or none, and never throws', () => {
    fc.assert(
      fc.property(fc.anything(), (anything) => {
        issuesOf({ resourceType: 'OperationOutcome', issue: [anything] });
        isBreakGlass({ resourceType: 'OperationOutcome', issue: [anything] });
        issuesOf(anything);
      }),
    );
  });

  test('the published examples', { skip: skipWithoutCases }, () => {
    const files = caseFiles('fhir-bad-and-fhirpath/operationoutcome');
    assert.ok(files.length > 0);
    for (const { name, text } of files) {
      const body = JSON.parse(text) as { issue: { details: { text: string } }[] };
      const issues = issuesOf(body);
      assert.deepEqual(
        issues.map(({ message }) => message),
        body.issue.map(({ details }) => details.text),
        name,
      );
      assert.equal(isBreakGlass(body), name.includes('break-the-glass'), name);
      if (name.includes('-101.')) assert.equal(issues[0]!.path, 'Patient.gender');
    }
  });
});
