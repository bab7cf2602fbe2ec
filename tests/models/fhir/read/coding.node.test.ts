import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  absentReasonAt,
  absentReasonOfConcept,
  codeIn,
  codingText,
  conceptText,
  conceptView,
  hasCode,
  primitiveElement,
  shareCode,
  systemName,
} from '../../../../src/models/fhir/read/index.js';

const SCT = 'http://snomed.info/sct';
const ABSENT = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';

test('text comes first, then the display that a person picked, then any display, then a code', () => {
  const coding = [{ system: SCT, code: '38341003', display: 'Hypertensive disorder' }, { system: 'urn:x', code: 'HT', display: 'High blood pressure', userSelected: true }]; // prettier-ignore
  assert.equal(conceptText({ text: 'BP up', coding }), 'BP up');
  assert.equal(conceptText({ coding }), 'High blood pressure');
  assert.equal(conceptText({ coding: [{ code: 'A' }, { code: 'B', display: 'Bee' }] }), 'Bee');
  assert.equal(conceptText({ coding: [{ system: SCT }, { code: 'A' }] }), 'A');
  assert.equal(conceptText({}), undefined);
  assert.equal(conceptText(undefined), undefined);
});

test('untidy concepts: one coding instead of a list, blanks, numbers, plain text', () => {
  assert.equal(conceptText({ coding: { display: 'One' } } as never), 'One');
  assert.equal(conceptText({ text: ' ', coding: [null, { code: 5 }] } as never), '5');
  assert.equal(conceptText('Asthma' as never), 'Asthma');
  assert.equal(codingText({ code: 'A' }), 'A');
});

test('a translation is used for its language, the nearest one for a region', () => {
  const translation = (lang: string, content: string) => ({ url: 'http://hl7.org/fhir/StructureDefinition/translation', extension: [{ url: 'lang', valueCode: lang }, { url: 'content', valueString: content }] }); // prettier-ignore
  const concept = {
    coding: [{ code: '1', display: 'Asthma', _display: { extension: [translation('he', 'אסתמה'), translation('fr-CA', 'Asthme')] } }],
  };
  assert.equal(conceptText(concept, 'he-IL'), 'אסתמה');
  assert.equal(conceptText(concept, 'fr-FR'), 'Asthme');
  assert.equal(conceptText(concept, 'de'), 'Asthma');
  assert.equal(conceptText(concept), 'Asthma');
});

test('the view keeps every code with its system name', () => {
  const view = conceptView({ coding: [{ system: SCT, code: '1', display: 'One' }, { system: 'urn:local', code: 'x', userSelected: true }] }); // prettier-ignore
  assert.deepEqual(
    view.codes.map(({ systemName: name, code, userSelected }) => [name, code, userSelected]),
    [[undefined, 'x', true], ['SNOMED CT', '1', false]], // prettier-ignore
  );
});

test('system names: well known, national editions, OIDs, HL7 tables, and unknown ones', () => {
  assert.equal(systemName('http://loinc.org'), 'LOINC');
  assert.equal(systemName('http://snomed.info/sct/32506021000036107'), 'SNOMED CT');
  assert.equal(systemName('http://snomed.info/sct|http://snomed.info/sct/731000124108'), 'SNOMED CT');
  assert.equal(systemName('urn:oid:2.16.840.1.113883.6.88'), 'RxNorm');
  assert.equal(systemName('http://terminology.hl7.org/CodeSystem/v2-0203'), 'HL7 v2-0203');
  assert.equal(systemName('http://hl7.org/fhir/v3/NullFlavor'), 'HL7 v3-NullFlavor');
  assert.equal(systemName('https://practice.example/codes'), undefined);
  assert.equal(systemName('toString'), undefined);
});

test('codes are compared with their systems, never by text alone', () => {
  const a = { text: 'Penicillin', coding: [{ system: SCT, code: '764146007' }] };
  assert.equal(codeIn(a, SCT), '764146007');
  assert.equal(hasCode(a, SCT, '1', '764146007'), true);
  assert.equal(hasCode(a, 'http://loinc.org', '764146007'), false);
  assert.equal(shareCode(a, { coding: [{ system: SCT, code: '764146007', display: 'other words' }] }), true);
  assert.equal(shareCode(a, { text: 'Penicillin' }), false);
  assert.equal(shareCode({ coding: [{ code: '1' }] }, { coding: [{ code: '1' }] }), false);
});

test('absent reasons: extension, beside a primitive, in a list, as a code, as a null flavour', () => {
  const masked = { extension: [{ url: ABSENT, valueCode: 'masked' }] };
  assert.equal(absentReasonAt({ _birthDate: masked }, 'birthDate'), 'masked');
  assert.equal(absentReasonAt({ _given: [null, masked] }, 'given'), 'masked');
  assert.equal(absentReasonAt({ identifier: [masked] }, 'identifier'), 'masked');
  assert.equal(absentReasonAt({ birthDate: '1984' }, 'birthDate'), undefined);
  assert.equal(
    absentReasonOfConcept({ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'asked-declined' }] }),
    'asked-declined',
  );
  assert.equal(
    absentReasonOfConcept({ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor', code: 'MSK' }] }),
    'masked',
  );
  assert.equal(absentReasonOfConcept({ coding: [{ system: SCT, code: '1' }] }), undefined);
  assert.deepEqual(primitiveElement({ given: ['A', 'B'], _given: [null, { id: 'x' }] }, 'given', 1), { id: 'x' });
  assert.equal(primitiveElement({ given: ['A'], _given: [null] }, 'given', 0), undefined);
});
