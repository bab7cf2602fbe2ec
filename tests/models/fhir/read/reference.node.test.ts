import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  createResolver,
  parseCanonical,
  parseReference,
  referenceId,
  referenceText,
  referenceType,
  sameReference,
} from '../../../../src/models/fhir/read/index.js';

test('every form of reference is told apart', () => {
  assert.deepEqual(parseReference({ reference: 'Patient/p1' }), { kind: 'relative', type: 'Patient', id: 'p1', version: undefined });
  assert.deepEqual(parseReference('Patient/p1/_history/2'), { kind: 'relative', type: 'Patient', id: 'p1', version: '2' });
  assert.deepEqual(parseReference('https://x.org/fhir/Patient/p1/_history/2'), {
    kind: 'absolute',
    url: 'https://x.org/fhir/Patient/p1/_history/2',
    base: 'https://x.org/fhir',
    type: 'Patient',
    id: 'p1',
    version: '2',
  });
  assert.deepEqual(parseReference('https://x.org/some/page'), {
    kind: 'absolute',
    url: 'https://x.org/some/page',
    base: undefined,
    type: undefined,
    id: undefined,
    version: undefined,
  });
  assert.deepEqual(parseReference('#med'), { kind: 'contained', id: 'med' });
  assert.deepEqual(parseReference('#'), { kind: 'contained', id: '' });
  assert.deepEqual(parseReference('urn:uuid:C757873D-EC9A-4326-A141-556F43239520'), {
    kind: 'urn',
    urn: 'urn:uuid:C757873D-EC9A-4326-A141-556F43239520',
    scheme: 'uuid',
    value: 'c757873d-ec9a-4326-a141-556f43239520',
  });
  assert.deepEqual(parseReference('urn:oid:1.2.3'), { kind: 'urn', urn: 'urn:oid:1.2.3', scheme: 'oid', value: '1.2.3' });
  assert.equal(parseReference('urn:staff-1112')?.kind, 'urn');
  assert.deepEqual(parseReference('http://x.org/ValueSet/a|4.0.1'), {
    kind: 'canonical',
    url: 'http://x.org/ValueSet/a',
    version: '4.0.1',
    fragment: undefined,
  });
  assert.deepEqual(parseReference('Patient?identifier=sys|12'), { kind: 'conditional', type: 'Patient', query: 'identifier=sys|12' });
  assert.deepEqual(parseReference({ identifier: { system: 'urn:x', value: '7' }, type: 'Practitioner' }), {
    kind: 'identifier',
    identifier: { system: 'urn:x', value: '7' },
    type: 'Practitioner',
  });
  assert.deepEqual(parseReference({ display: 'Dr Who' }), { kind: 'display', display: 'Dr Who' });
  assert.equal(parseReference('DDCCPatientChinese')?.kind, 'other');
  assert.equal(parseReference('/Patient/p1')?.kind, 'relative');
  for (const nothing of [undefined, null, {}, '', { reference: ' ' }, { reference: {} }] as never[])
    assert.equal(parseReference(nothing), undefined);
});

test('type, id and words', () => {
  assert.equal(referenceType({ reference: 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520', type: 'Patient' }), 'Patient');
  assert.equal(referenceType('Observation/1'), 'Observation');
  assert.equal(referenceId('https://x.org/fhir/Patient/p1'), 'p1');
  assert.equal(referenceId('#p1'), undefined);
  assert.equal(referenceText({ display: 'Ann', identifier: { value: '1' } }), 'Ann');
  assert.deepEqual(parseCanonical('http://x.org/Questionnaire/q|1#item'), {
    url: 'http://x.org/Questionnaire/q',
    version: '1',
    fragment: 'item',
  });
});

test('the same record: versions apart, absolute and relative under one base, urns in any case', () => {
  const base = 'https://x.org/fhir/';
  assert.equal(sameReference('Patient/1', 'Patient/1/_history/3'), true);
  assert.equal(sameReference('https://x.org/fhir/Patient/1', { reference: 'Patient/1' }, { base }), true);
  assert.equal(sameReference('https://x.org/fhir/Patient/1', 'Patient/1'), false, 'without the base nobody knows');
  assert.equal(sameReference('https://other.org/fhir/Patient/1', 'Patient/1', { base }), false);
  assert.equal(sameReference('urn:uuid:C757873D-ec9a-4326-a141-556f43239520', 'urn:uuid:c757873d-EC9A-4326-a141-556f43239520'), true);
  assert.equal(sameReference('Patient/1', 'Group/1'), false);
  assert.equal(sameReference('#a', '#a'), false, 'in two resources #a is two records');
  assert.equal(sameReference('#a', '#a', { sameContainer: true }), true);
  assert.equal(sameReference({ identifier: { system: 's', value: '1' } }, { identifier: { system: 's', value: '1' } }), true);
  assert.equal(sameReference({ identifier: { value: '1' } }, { identifier: { value: '1' } }), false);
  assert.equal(sameReference({ display: 'Ann Smith' }, { display: 'Ann Smith' }), false);
  assert.equal(sameReference('p1', 'p1'), false, 'a bare id has no type');
});

test('references in a bundle resolve by fullUrl, by the base of their own entry, by urn', () => {
  const patient = { resourceType: 'Patient', id: '1' };
  const other = { resourceType: 'Patient', id: '1', name: 'elsewhere' };
  const mother = { resourceType: 'Patient', id: '2' };
  const [here, there] = [{ resourceType: 'Observation', id: 'o' }, { resourceType: 'Observation', id: 'o2' }]; // prettier-ignore
  const bundle = {
    resourceType: 'Bundle',
    entry: [
      { fullUrl: 'https://a.org/fhir/Patient/1', resource: patient },
      { fullUrl: 'https://b.org/fhir/Patient/1', resource: other },
      { fullUrl: 'urn:uuid:05efabf0-4be2-4561-91ce-51548425acb9', resource: mother },
      { fullUrl: 'https://a.org/fhir/Observation/o', resource: here },
      { fullUrl: 'https://b.org/fhir/Observation/o2', resource: there },
    ],
  };
  const { resolve } = createResolver(bundle);
  assert.equal(resolve('https://b.org/fhir/Patient/1'), other);
  assert.equal(resolve({ reference: 'Patient/1' }, here), patient);
  assert.equal(resolve({ reference: 'Patient/1' }, there), other);
  assert.equal(resolve('Patient/1'), undefined, 'two records could be meant');
  assert.equal(resolve('urn:uuid:05EFABF0-4be2-4561-91ce-51548425acb9'), mother);
  assert.equal(resolve('Patient/2', here), mother, 'no base leads there, but only one has this type and id');
  assert.equal(resolve('Patient/3', here), undefined);
});

test('contained resources resolve within their own resource only, and # is that resource', () => {
  const held = { resourceType: 'Medication', id: 'med' };
  const request = { resourceType: 'MedicationRequest', id: 'r', contained: [held] };
  const { resolve } = createResolver([request]);
  assert.equal(resolve('#med', request), held);
  assert.equal(resolve('#med', { resourceType: 'MedicationRequest' }), undefined);
  assert.equal(resolve('#', request), request);
  assert.equal(resolve('#med'), undefined);
});

test('a version asked for is the version given', () => {
  const [v1, v2] = [1, 2].map((versionId) => ({ resourceType: 'Patient', id: '1', meta: { versionId: String(versionId) } }));
  const { resolve } = createResolver({ entry: [v1, v2].map((resource) => ({ fullUrl: 'https://a.org/Patient/1', resource })) });
  assert.equal(resolve('https://a.org/Patient/1/_history/2'), v2);
  assert.equal(resolve('https://a.org/Patient/1'), undefined, 'which of the two is not said');
});

test('a list of resources under a base resolves both forms', () => {
  const patient = { resourceType: 'Patient', id: '1' };
  const { resolve } = createResolver([patient], 'https://a.org/fhir');
  assert.equal(resolve('Patient/1'), patient);
  assert.equal(resolve('https://a.org/fhir/Patient/1'), patient);
  assert.equal(resolve('https://b.org/fhir/Patient/1'), undefined);
});

test('sameness is symmetric and holds for what names one record', () => {
  const reference = fc.oneof(
    fc.constantFrom('Patient/1', 'Patient/1/_history/2', 'https://a.org/fhir/Patient/1', 'urn:oid:1.2', '#a', 'x', 'http://a.org/x|1'),
    fc.webUrl(),
  );
  fc.assert(
    fc.property(reference, reference, fc.constantFrom(undefined, 'https://a.org/fhir'), (a, b, base) => {
      assert.equal(sameReference(a, b, { base }), sameReference(b, a, { base }));
      const kind = parseReference(a)?.kind;
      assert.equal(sameReference(a, a), kind !== 'contained' && kind !== 'other');
    }),
  );
});
