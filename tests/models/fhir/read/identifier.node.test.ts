import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkHpii, checkHpio, checkIdentifier, checkIhi, checkMedicare, checkNhsNumber, checkNpi, checkProviderNumber, formatIdentifier, identifierKind, identifierLabel, pickIdentifier } from '../../../../src/models/fhir/read/index.js'; // prettier-ignore
import type { Identifier } from '../../../../src/models/fhir/index.js';

const AU = 'http://ns.electronichealth.net.au/id/';
const V2 = 'http://terminology.hl7.org/CodeSystem/v2-0203';
const now = '2026-11-24T04:00:00Z';
const typed = (code: string, value: string): Identifier => ({ type: { coding: [{ system: V2, code }] }, value });

test('check digits, by published examples of HL7 AU, CMS and the NHS', () => {
  assert.equal(checkIhi('8003608166690503'), 'valid');
  assert.equal(checkIhi('8003 6081 6669 0504'), 'check-digit');
  assert.equal(checkIhi('8003618166690503'), 'shape');
  assert.equal(checkHpii('8003619900015717'), 'valid');
  assert.equal(checkHpio('8003621566684455'), 'valid');
  assert.equal(checkNpi('1234567893'), 'valid');
  assert.equal(checkNpi('1234567890'), 'check-digit');
  assert.equal(checkMedicare('32788511952'), 'valid');
  assert.equal(checkMedicare('3278 85119 5'), 'valid');
  assert.equal(checkMedicare('32788511852'), 'check-digit');
  assert.equal(checkMedicare('12345678901'), 'shape', 'cards begin with 2 to 6');
  assert.equal(checkProviderNumber('2448281B'), 'valid');
  assert.equal(checkProviderNumber('1234561A'), 'check-digit');
  assert.equal(checkProviderNumber('244828IB'), 'shape', 'no location is called I');
  assert.equal(checkNhsNumber('943 476 5919'), 'valid');
  assert.equal(checkNhsNumber('9434765918'), 'check-digit');
});

test('one wrong digit, or two neighbours swapped (but 09), never passes as valid', () => {
  const good = '8003608166690503';
  for (let i = 6; i < 16; i++) {
    const wrong = good.slice(0, i) + String((Number(good[i]) + 1) % 10) + good.slice(i + 1);
    assert.equal(checkIhi(wrong), 'check-digit', wrong);
    const swapped = good.slice(0, i) + (good[i + 1] ?? '') + (good[i] ?? '') + good.slice(i + 2);
    if (swapped.length === 16 && swapped !== good && !['09', '90'].includes(good.slice(i, i + 2)))
      assert.equal(checkIhi(swapped), 'check-digit', swapped);
  }
});

test('kinds by system, else by type; codes that countries share do not decide', () => {
  assert.equal(identifierKind({ system: `${AU}hi/ihi/1.0`, ...typed('NI', '1') }), 'ihi');
  assert.equal(identifierKind(typed('MR', '1')), 'mrn');
  assert.equal(identifierKind(typed('MC', '1')), undefined);
  assert.equal(identifierKind({ system: 'http://hl7.org/fhir/sid/us-npi', value: '1' }), 'npi');
  assert.equal(identifierKind({ system: 'urn:x', value: '1' }), undefined);
  assert.equal(identifierLabel({ system: `${AU}medicare-number`, value: '1' }), 'Medicare');
  assert.equal(identifierLabel({ type: { text: 'Library card' }, value: '1' }), 'Library card');
  assert.equal(identifierLabel({ value: '1', assigner: { display: 'City Hospital' } }), 'City Hospital');
});

test('values read in groups where they have the right length, else as recorded', () => {
  assert.equal(formatIdentifier({ system: `${AU}hi/ihi/1.0`, value: '8003608166690503' }), '8003 6081 6669 0503');
  assert.equal(formatIdentifier({ system: `${AU}medicare-number`, value: '32788511952' }), '3278 85119 5 / 2');
  assert.equal(formatIdentifier({ system: `${AU}medicare-number`, value: '3278851195' }), '3278 85119 5');
  assert.equal(formatIdentifier({ system: `${AU}medicare-number`, value: 'pending' }), 'pending');
  assert.equal(formatIdentifier({ system: 'http://hl7.org/fhir/sid/us-ssn', value: '999-44-5823' }), '999-44-5823');
  assert.equal(formatIdentifier({ system: 'http://hl7.org/fhir/sid/us-ssn', value: '999445823' }), '999-44-5823');
  assert.equal(formatIdentifier({ system: 'urn:local', value: ' 007 ' }), '007');
  assert.equal(checkIdentifier({ system: 'urn:local', value: '1' }), undefined);
});

test('picking: wanted kinds in order, in force before lapsed, old ones last', () => {
  const lapsed: Identifier = { system: `${AU}medicare-number`, value: '1', period: { end: '2020-01' } };
  const current: Identifier = { system: `${AU}medicare-number`, value: '2', use: 'secondary' };
  const mrn = typed('MR', '3');
  const old: Identifier = { ...typed('MR', '4'), use: 'old' };
  assert.equal(pickIdentifier([lapsed, mrn, current], { now, prefer: ['medicare', 'mrn'] }), current);
  assert.equal(pickIdentifier([old, mrn], { now, prefer: ['mrn'] }), mrn);
  assert.equal(pickIdentifier([old], { now, prefer: ['mrn'] }), old);
  assert.equal(pickIdentifier([mrn], { now, prefer: ['ihi'] }), undefined);
  assert.equal(pickIdentifier([{ system: 'urn:x', value: '9' }], { now, prefer: ['urn:x'] })?.value, '9');
  assert.equal(pickIdentifier([{ system: 'urn:x' }], { now }), undefined);
});
