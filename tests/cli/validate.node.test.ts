import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { validateCommand } from '../../src/cli/validate.js';
import { casesDir, skipWithoutCases } from '../support/cases.js';

const PATIENT = '{"resourceType":"Patient","active":true}';

interface Line {
  file: string;
  severity: string;
  path: string;
  message: string;
}

let folder = '';

async function run(...args: string[]): Promise<{ code: number; out: string[]; err: string[] }> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await validateCommand(args, { out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out, err };
}

/** The issues of a run with --json, with the test's folder taken off their files. */
async function lines(...args: string[]): Promise<{ code: number; lines: Line[] }> {
  const { code, out } = await run(...args, '--json');
  return {
    code,
    lines: out.map((line) => JSON.parse(line) as Line).map((line) => ({ ...line, file: line.file.replace(`${folder}/`, '') })),
  };
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carelet-validate-'));
  for (const path of ['good', 'bad/deep', 'bad/node_modules', 'empty', 'warned']) await mkdir(join(folder, path), { recursive: true });
  const files: Record<string, string | Uint8Array> = {
    'good/patient.json': `\ufeff${PATIENT}`,
    'good/many.ndjson': `${PATIENT}\r\n\n${PATIENT}\n`,
    'good/notes.txt': 'not looked at',
    'bad/broken.json': '{"resourceType":"Patient",}',
    'bad/deep/bundle.JSON':
      '{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","birthDate":"1970-02-30"}}]}',
    'bad/lines.ndjson': `${PATIENT}\n{"resourceType":"Basic"}\n`,
    'bad/latin1.json': Uint8Array.from([
      ...Buffer.from('{"resourceType":"Patient","name":[{"family":"M'),
      0xfc,
      ...Buffer.from('ller"}]}'),
    ]),
    'bad/unknown.json': '{"resourceType":"Patient","nickname":"x"}',
    'bad/node_modules/package.json': '{}',
    'warned/qr.json': '{"resourceType":"QuestionnaireResponse","status":"completed","questionnaire":"Questionnaire/1"}',
    'warned/evidence.json': '{"resourceType":"Evidence"}',
  };
  for (const [path, text] of Object.entries(files)) await writeFile(join(folder, path), text);
});

after(() => rm(folder, { recursive: true }));

describe('carelet validate', () => {
  it('ends with 0 and a count where all is well', async () => {
    const { code, out, err } = await run(join(folder, 'good'));
    assert.deepEqual([code, out, err], [0, ['2 files, 3 resources or bundles: 0 errors, 0 warnings'], []]);
  });

  it('says nothing but the issues with --json', async () => {
    assert.deepEqual(await lines(join(folder, 'good')), { code: 0, lines: [] });
  });

  it('ends with 1 and tells file, severity, path and message of each issue', async () => {
    const { code, lines: found } = await lines(join(folder, 'bad'));
    assert.equal(code, 1);
    assert.deepEqual(found, [
      {
        file: 'bad/broken.json',
        severity: 'fatal',
        path: '',
        message: 'Not JSON: a property name in double quotes was expected here (line 1, column 27)',
      },
      {
        file: 'bad/deep/bundle.JSON',
        severity: 'error',
        path: 'Bundle.entry[0].resource.birthDate',
        message: 'is not a day of the calendar',
      },
      { file: 'bad/latin1.json', severity: 'fatal', path: '', message: 'Not JSON: the file is not UTF-8 text' },
      { file: 'bad/lines.ndjson:2', severity: 'error', path: 'Basic.code', message: 'is required' },
      { file: 'bad/unknown.json', severity: 'error', path: 'Patient.nickname', message: 'is not an element of Patient' },
    ]);
  });

  it('writes sentences without --json', async () => {
    const { out } = await run(join(folder, 'bad/unknown.json'));
    assert.equal(out[0], `${join(folder, 'bad/unknown.json')}: error: Patient.nickname is not an element of Patient`);
  });

  it('ends with 0 where there are warnings and notes only', async () => {
    const { code, lines: found } = await lines(join(folder, 'warned'));
    assert.deepEqual([code, found.map((line) => line.severity)], [0, ['information', 'warning']]);
  });

  it('ends with 2 where nothing could be read, and says why', async () => {
    for (const [args, reason] of [
      [[join(folder, 'nowhere')], /no such file/],
      [[join(folder, 'empty')], /nothing to read/],
      [[], /which files/],
      [['--strict', folder], /no option --strict/],
    ] as const) {
      const { code, out, err } = await run(...args);
      assert.equal(code, 2);
      assert.deepEqual(out, []);
      assert.match(err.join('\n'), reason);
    }
  });

  it('ends with 1 where one of several paths could not be read', async () => {
    const { code, err } = await run(join(folder, 'good'), join(folder, 'nowhere'));
    assert.equal(code, 1);
    assert.match(err.join(), /nowhere: there is no such file/);
  });

  it('knows more types than a page does', async () => {
    await writeFile(join(folder, 'measure.json'), '{"resourceType":"Measure"}');
    assert.deepEqual((await lines(join(folder, 'measure.json'))).lines[0]?.path, 'Measure.status');
  });

  it('finds the record that mixes versions of FHIR', { skip: skipWithoutCases }, async () => {
    const { code, lines: found } = await lines(join(casesDir() ?? '', 'patients/misc'));
    assert.equal(code, 1);
    assert.ok(found.some((line) => line.path === 'Bundle.entry[2].resource.clinicalStatus' && line.severity === 'error'));
  });
});
