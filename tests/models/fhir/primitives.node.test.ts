import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseResource } from '../../../src/models/fhir/index.js';
import { caseFiles, skipWithoutCases } from '../../support/cases.js';

/** A resource around the text of one value, and where that value then stands. */
const AROUND: Record<string, { wrap: (literal: string) => string; path: string }> = {
  base64_binary: { wrap: (v) => `{"resourceType":"Binary","contentType":"text/plain","data":${v}}`, path: 'Binary.data' },
  boolean: { wrap: (v) => `{"resourceType":"Patient","active":${v}}`, path: 'Patient.active' },
  canonical: {
    wrap: (v) => `{"resourceType":"QuestionnaireResponse","status":"completed","questionnaire":${v}}`,
    path: 'QuestionnaireResponse.questionnaire',
  },
  code: { wrap: (v) => `{"resourceType":"Patient","language":${v}}`, path: 'Patient.language' },
  date: { wrap: (v) => `{"resourceType":"Patient","birthDate":${v}}`, path: 'Patient.birthDate' },
  date_time: { wrap: (v) => `{"resourceType":"Patient","deceasedDateTime":${v}}`, path: 'Patient.deceasedDateTime' },
  decimal: {
    wrap: (v) => `{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueQuantity":{"value":${v}}}`,
    path: 'Observation.valueQuantity.value',
  },
  id: { wrap: (v) => `{"resourceType":"Patient","id":${v}}`, path: 'Patient.id' },
  instant: { wrap: (v) => `{"resourceType":"Patient","meta":{"lastUpdated":${v}}}`, path: 'Patient.meta.lastUpdated' },
  integer: { wrap: (v) => `{"resourceType":"Patient","multipleBirthInteger":${v}}`, path: 'Patient.multipleBirthInteger' },
  markdown: { wrap: (v) => `{"resourceType":"Questionnaire","status":"draft","description":${v}}`, path: 'Questionnaire.description' },
  oid: { wrap: (v) => extension('valueOid', v), path: 'Basic.extension[0].valueOid' },
  positive_int: { wrap: (v) => `{"resourceType":"Patient","telecom":[{"rank":${v}}]}`, path: 'Patient.telecom[0].rank' },
  reference: { wrap: (v) => `{"resourceType":"Patient","managingOrganization":${v}}`, path: 'Patient.managingOrganization' },
  string: { wrap: (v) => `{"resourceType":"Patient","name":[{"given":["A",${v}]}]}`, path: 'Patient.name[0].given[1]' },
  time: { wrap: (v) => extension('valueTime', v), path: 'Basic.extension[0].valueTime' },
  unsigned_int: { wrap: (v) => extension('valueUnsignedInt', v), path: 'Basic.extension[0].valueUnsignedInt' },
  uri: { wrap: (v) => `{"resourceType":"Patient","implicitRules":${v}}`, path: 'Patient.implicitRules' },
  url: { wrap: (v) => extension('valueUrl', v), path: 'Basic.extension[0].valueUrl' },
  uuid: { wrap: (v) => extension('valueUuid', v), path: 'Basic.extension[0].valueUuid' },
  xhtml: { wrap: (v) => `{"resourceType":"Patient","text":{"status":"generated","div":${v}}}`, path: 'Patient.text.div' },
};

function extension(property: string, literal: string): string {
  return `{"resourceType":"Basic","code":{"text":"x"},"extension":[{"url":"http://example.org/x","${property}":${literal}}]}`;
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

async function refuses(type: string, literal: string): Promise<void> {
  const { wrap, path } = AROUND[type] as (typeof AROUND)[string];
  const result = await parseResource(wrap(literal));
  assert.equal(result.ok, false, `${type} ${literal} was accepted`);
  const errors = result.issues.filter((issue) => issue.severity === 'error' || issue.severity === 'fatal');
  if (isJson(literal))
    assert.ok(
      errors.every((issue) => issue.path === path),
      `${type} ${literal}: ${errors.map((issue) => issue.path).join()}`,
    );
  else assert.match(errors[0]?.message ?? '', /^Not JSON/);
}

describe('invalid primitives of the cases', { skip: skipWithoutCases }, () => {
  const files = caseFiles('fhir-bad-and-fhirpath/primitives', '.invalid.ndjson');
  it('finds them', () => assert.ok(files.length > 15));
  for (const { name, text } of files) {
    const type = /(\w+)\.invalid/.exec(name)?.[1] ?? '';
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    it(`${type}: refuses ${lines.length} values at their place`, async () => {
      for (const line of lines) await refuses(type, line);
    });
  }
});

describe('primitives', () => {
  const invalid: Record<string, string[]> = {
    base64_binary: ['""', '"AAA"', '"A=AA"', '"AAA-"', '"%%%%"'],
    boolean: ['0', 'null', '[true]', '{}'],
    canonical: ['"a b"', '""'],
    code: ['"a  b"', '"a\\tb "', '"\\n"'],
    date: [
      '"2021-02-29"',
      '"1900-02-29"',
      '"2021-04-31"',
      '"2021-13-01"',
      '"2021-00"',
      '"21-01-01"',
      '"0000"',
      '"2021-1-1"',
      '"2021-01-01T00:00:00Z"',
      '"2021-01-01 "',
    ],
    date_time: [
      '"2021-01-01T10:00Z"',
      '"2021-01-01T24:00:00Z"',
      '"2021-02-30T10:00:00Z"',
      '"2021-01-01T10:00:00+14:01"',
      '"2021-01-01 10:00:00Z"',
      '"2021-01T10:00:00Z"',
    ],
    decimal: ['"1.0"', 'true', '{}'],
    id: ['"a_b"', '""', `"${'a'.repeat(65)}"`, '"é"'],
    instant: ['"2021-01-01T10:00:00"', '"2021-02-30T10:00:00Z"', '"2021-01-01T10:00Z"', '1609459200'],
    integer: ['1.0', '1e3', '1.5', '2147483648', '-2147483649', '12345678901234567890', '1E0'],
    oid: ['"urn:oid:3.1"', '"1.2.3"', '"urn:oid:1.02"'],
    positive_int: ['0', '-0', '1.0', '1e1'],
    string: ['"\\ud800"', '"a\\udc00b"', '""', 'null', '{}'],
    time: ['"24:00:00"', '"1:00:00"', '"12:00:00Z"', '"12:60:00"'],
    unsigned_int: ['-0', '-1', '0.0', '4294967296'],
    uri: ['"http://a b"', '""', '"a\\n"'],
    uuid: ['"urn:uuid:C757873D-EC9A-4326-A141-556F43239520"', '"c757873d-ec9a-4326-a141-556f43239520"'],
    xhtml: [
      '"text"',
      '"<div>x</div>"',
      '"<p xmlns=\\"http://www.w3.org/1999/xhtml\\">x</p>"',
      ...[
        '<p>x',
        '<p><b>x</p></b>',
        '<br>x',
        '<script>x()</script>',
        '<p onclick="x()">x</p>',
        '<a href="javascript:x()">x</a>',
        '<a href=" java&#x73;cript:x()">x</a>',
        '&nbsp;',
        'a & b',
        '<p class=x>x</p>',
        '<p a="1" a="2">x</p>',
        '<iframe src="x">x</iframe>',
        '<form>x</form>',
        '  ',
        '<!-- -->',
        '</div><div>x',
        '<p data-x="1">x</p>',
      ].map((inner) => JSON.stringify(`<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>`)),
    ],
  };
  for (const [type, literals] of Object.entries(invalid))
    it(`${type}: refuses what R4 does`, async () => {
      for (const literal of literals) await refuses(type, literal);
    });

  const valid: Record<string, string[]> = {
    base64_binary: ['"AAAA"', '"AA=="', '"AAA="', '"AAAA\\nBBBB"'],
    boolean: ['true', 'false'],
    canonical: ['"http://x/y|1"', '"#a"', '"urn:oid:1.2"'],
    code: ['"a"', '"a b"'],
    date: ['"2020"', '"2020-02"', '"2020-02-29"', '"2000-02-29"', '"0001-01-01"'],
    date_time: ['"2020"', '"2020-02-29"', '"2020-02-29T23:59:60Z"', '"2020-02-29T00:00:00.000001+14:00"', '"2020-02-29T00:00:00-13:59"'],
    decimal: ['0', '-0', '1.00', '1e3', '1E-20', '12345678901234567890.0123456789', '0.1'],
    id: ['"a.B-9"', `"${'a'.repeat(64)}"`],
    instant: ['"2020-02-29T00:00:00Z"', '"2020-02-29T00:00:00.1+05:30"'],
    integer: ['0', '-0', '-1', '2147483647', '-2147483648'],
    markdown: ['"# a\\n* b"'],
    oid: ['"urn:oid:1.2.3"', '"urn:oid:2.16.840.1"'],
    positive_int: ['1', '2147483647'],
    string: ['"x"', '"\\ud83d\\ude00"', '" "', '"א"'],
    time: ['"00:00:00"', '"23:59:60"', '"12:00:00.5"'],
    unsigned_int: ['0', '2147483647'],
    uri: ['"http://x"', '"urn:uuid:c757873d-ec9a-4326-a141-556f43239520"', '"x"'],
    uuid: ['"urn:uuid:c757873d-ec9a-4326-a141-556f43239520"'],
    xhtml: [
      '<p>x &amp; &#160; &#xA0;</p>',
      '<img src="#a" alt=""/>',
      "<table><tr><td colspan='2'>x</td></tr></table><br/>",
      '<!-- c -->x',
      '<a href="https://x?a=1&amp;b=2" title="&quot;">x</a>',
    ].map((inner) => JSON.stringify(`<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>`)),
  };
  for (const [type, literals] of Object.entries(valid))
    it(`${type}: accepts what R4 does`, async () => {
      for (const literal of literals) {
        const result = await parseResource((AROUND[type] as (typeof AROUND)[string]).wrap(literal), { unknown: 'error' });
        assert.deepEqual({ literal, issues: result.issues, ok: result.ok }, { literal, issues: [], ok: true });
      }
    });

  it('accepts narrative with a prefix, and refuses a scheme hidden by an entity in any attribute that links', async () => {
    const prefixed = '<h:div xmlns:h="http://www.w3.org/1999/xhtml"><h:p>x</h:p></h:div>';
    const text = (div: string): unknown => ({ resourceType: 'Patient', text: { status: 'generated', div } });
    assert.equal((await parseResource(text(prefixed))).ok, true);
    assert.equal((await parseResource(text(prefixed.replace('xhtml"', 'other"')))).ok, false);
    assert.equal((await parseResource(text('<div xmlns="http://www.w3.org/1999/xhtml"><img src="vb&#115;cript:x"/></div>'))).ok, false);
  });

  it('repeats no name that a record could have put into its narrative', async () => {
    const div = '<div xmlns="http://www.w3.org/1999/xhtml"><Zaphod>x</Zaphod></div>';
    const { issues } = await parseResource({ resourceType: 'Patient', text: { status: 'generated', div } });
    assert.deepEqual(
      issues.map((issue) => issue.message),
      ['has an element that narrative does not allow'],
    );
  });
});
