import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CareIssue } from '../../../src/models/errors.js';
import { parseResource, stringify, type ParseOptions } from '../../../src/models/fhir/index.js';
import { MORE_STRUCTURE_LOADERS } from '../../../src/models/fhir/generated/more-loaders.js';
import { caseFiles, skipWithoutCases, type CaseFile } from '../../support/cases.js';

const STRICT: ParseOptions = { unknown: 'error', more: MORE_STRUCTURE_LOADERS };

const resourcesIn = (folder: string): CaseFile[] => caseFiles(folder).filter(({ text }) => /^\s*\{[^]*"resourceType"\s*:/.test(text));

/** Every number literal outside strings, in order. */
const numbers = (text: string): string[] => text.replace(/"(?:[^"\\]|\\.)*"/gs, '""').match(/-?\d[\d.eE+-]*/g) ?? [];

const errors = (issues: readonly CareIssue[]): string[] =>
  issues.filter((issue) => issue.severity === 'error' || issue.severity === 'fatal').map((issue) => `${issue.path} ${issue.message}`);

/** Folders of resources that HL7's own validator has nothing against but missing profiles and code systems. */
const VALID = [
  ...[
    'r4-spec',
    'r4-spec-bundles',
    'au-base',
    'au-core-charts',
    'au-core-ig',
    'au-core-patients',
    'au-patient-summary',
    'ips',
    'rtl-hebrew',
    'scripts-ddcc',
    'synthea-r4',
    'us-core',
  ].map((name) => `patients/${name}`),
  ...['carin-bb', 'cms-bfd-idr', 'codes', 'davinci-pas', 'r4-spec'].map((name) => `claims/${name}`),
  'medications/r4-spec',
  ...['davinci-dtr', 'gravity-sdoh', 'mental-health', 'phr-scored', 'sdc-json', 'sdc-now', 'us-core', 'who-anc'].map(
    (name) => `questionnaires/${name}`,
  ),
];

describe('valid resources of the cases', { skip: skipWithoutCases }, () => {
  for (const folder of VALID)
    it(`${folder}: all are accepted, and come out to the character of each number`, async () => {
      const files = resourcesIn(folder);
      assert.ok(files.length > 0, 'no files');
      for (const { name, text } of files) {
        const result = await parseResource(text, STRICT);
        assert.ok(result.ok, `${name}: ${errors(result.issues).join('; ')}`);
        assert.deepEqual(numbers(stringify(result.value)), numbers(text), name);
        assert.deepEqual(JSON.parse(stringify(result.value)), JSON.parse(text), name);
      }
    });
});

/** What is wrong with these folders, by how most of their files are refused: text for numbers, STU3 shapes, lists that are empty … */
const INVALID: [name: string, path: RegExp, message: RegExp][] = [
  [
    'patients/misc/patient-1032702.fhir-bundle.json',
    /^Bundle\.entry\[1]\.resource\.dosageInstruction\[0]\.doseQuantity$/,
    /not an element of Dosage/,
  ],
  ['patients/au-ps-ig/Bundle-aups-basicsummary.json', /strength\.numerator\.value$/, /without quotes/],
  ['claims/cms-bfd-v2/eobReadHha.json', /^ExplanationOfBenefit\.created$/, /must be a date/],
  ['medications/nhs-bundles/chris-packet-example-1.json', /\.value$/, /without quotes/],
  ['questionnaires/refero/hooks____tests______data____stepview__q.json', /^Questionnaire\.item/, /que-6/],
  ['questionnaires/android-sdc/resource_data_bundle.json', /^Bundle\.type$/, /is required/],
  ['questionnaires/smart-forms-aucore/AuCoreEncounter.json', /\.required$/, /true or false/],
];

describe('invalid resources of the cases', { skip: skipWithoutCases }, () => {
  for (const [name, path, message] of INVALID)
    it(`${name} is refused for what is wrong`, async () => {
      const [file] = caseFiles(name.slice(0, name.lastIndexOf('/')), name.slice(name.lastIndexOf('/') + 1));
      const { ok, issues } = await parseResource(file?.text, STRICT);
      assert.equal(ok, false);
      assert.ok(
        issues.some((issue) => issue.severity === 'error' && path.test(issue.path) && message.test(issue.message)),
        errors(issues).join('\n'),
      );
    });
});

interface Outcome {
  issue?: { severity: string; expression?: string[]; details?: { text?: string }; diagnostics?: string }[];
}

/** Verdicts of HL7's validator that need what is not here: profiles, terminology, other files, where an extension may stand. */
const BEYOND: Record<string, string> = {
  capstmt: 'compares with the definition of a search parameter',
  'maiden-name-extension': 'the extension may not stand there',
  'sp-diff-type': 'compares with the search parameter that it derives from',
  'target-ref-profile-empty': 'unknown extensions, and the display of a code',
};

describe("HL7's verdicts", { skip: skipWithoutCases }, () => {
  const files = caseFiles('fhir-bad-and-fhirpath/validator').filter(({ name }) => !name.endsWith('EXPECTED.json'));
  const verdicts = new Map(
    caseFiles('fhir-bad-and-fhirpath/validator', 'EXPECTED.json').map(({ name, text }) => [
      name.slice(0, name.lastIndexOf('/')),
      JSON.parse(text) as Outcome,
    ]),
  );
  for (const { name, text } of files) {
    const folder = name.slice(0, name.lastIndexOf('/'));
    const title = folder.split('/')[2]?.trim() ?? '';
    // Two files say by their name what the outcome beside them leaves out.
    const expected =
      /-id-bad-/.test(name) ||
      (verdicts.get(folder)?.issue ?? []).some((issue) => issue.severity === 'error' || issue.severity === 'fatal');
    it(`${title} is ${expected ? 'refused' : 'accepted'}`, { skip: expected ? (BEYOND[title] ?? false) : false }, async () => {
      const result = await parseResource(text, STRICT);
      assert.equal(!result.ok, expected, errors(result.issues).join('; '));
    });
  }
});

/** Odd files that are refused: where, and for what. The others are at odds with a profile, a code system or FHIRPath, and accepted. */
const ODD: Record<string, [path: RegExp, message: RegExp]> = {
  'bundle-bad-empty': [/^Bundle\.entry\[0]\.fullUrl$/, /must not be empty/],
  'cdshooks-response-empty-bad': [/^resourceType$/, /is required/],
  'contained-canonical-bad-2': [/^ValueSet\.compose\.include\[0]$/, /absolute system/],
  'group-choice-bad1': [/^Group\.characteristic\[0]\.value$/, /./],
  'group-choice-bad3': [/^Group\.characteristic\[0]\.valueBoolean$/, /true or false/],
  'list-contained-bad-2': [/^List\.subject\.reference$/, /ref-1/],
  'list-empty1': [/^List\.entry\[0]$/, /must have a value/],
  'list-xhtml-attribute': [/^List\.text\.div$/, /event handler/],
  'list-xhtml-correct2': [/^List\.fhir_comments$/, /not an element/],
  'list-xhtml-syntax': [/^List\.text\.div$/, /well-formed/],
  'list-xhtml-wrongns2': [/^List\.text\.div$/, /namespace/],
  'mcode-pat-bad': [/^$/, /Not JSON/],
  'observation-xver-bad2': [/^Observation\.category$/, /must be a list/],
  'pat-security-bad-xhtml': [/^Patient\.text\.div$/, /<script>/],
  'patient-duplicate': [/^$/, /same property twice/],
  'profile-slicing-coding-bad': [/^Observation\.interpretation$/, /must be a list/],
  'shc-bad-1': [/^Bundle\.entry\[1]\.resource\.status$/, /must be one of/],
  'vs-canonical-bad-2': [/^ValueSet\.compose\.include\[0]$/, /absolute system/],
  'vs-canonical-urn-bad': [/^ValueSet\.compose\.include\[0]$/, /absolute system/],
};

describe('odd resources', { skip: skipWithoutCases }, () => {
  for (const { name, text } of caseFiles('fhir-bad-and-fhirpath/odd')) {
    const title = name.replace(/.*\/|\.json$/g, '');
    it(`${title} is ${ODD[title] ? 'refused at its place' : 'read'}`, async () => {
      const result = await parseResource(text, STRICT);
      const expected = ODD[title];
      assert.equal(result.ok, expected === undefined, errors(result.issues).join('; '));
      if (expected)
        assert.ok(
          result.issues.some((issue) => expected[0].test(issue.path) && expected[1].test(issue.message)),
          errors(result.issues).join('\n'),
        );
    });
  }
});
