import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';

const built = existsSync('dist/index.js');
const USE = `import { CareClient, isCareError, type SearchPage } from 'carelet/client';
import { createEmbeddedBackend } from 'carelet/client/embedded';
import { parseResource, stringify, type Patient } from 'carelet/models/fhir';
import { createPractice } from 'carelet/testing';
import 'carelet/define';
import 'carelet/define/scheduler';
import { CareScheduler } from 'carelet/components/scheduler';

const backend = createEmbeddedBackend();
const client = new CareClient({ backend });
export const read = async (): Promise<Patient> => client.read('Patient', '1');
export const text: string = stringify({ resourceType: 'Patient' } satisfies Patient);
export const parsed = parseResource(text, { type: 'Patient', unknown: 'error' });
export const element: HTMLElement | null = document.querySelector('care-scheduler');
export const typed: CareScheduler | null = document.querySelector('care-scheduler');
export { createPractice, isCareError, type SearchPage };
// @ts-expect-error a type that FHIR does not have
export const wrong = client.read('Patent', '1');
`;

/** The packed tarball, unpacked beside links to its dependencies, as a project of somebody else's would have it. */
describe('the packed package in a project of its own', { skip: built ? false : 'dist/ is not built: npm run build' }, () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'carelet-consumer-'));
    const packed = JSON.parse(
      execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { encoding: 'utf8' }),
    ) as { filename: string }[];
    const home = join(folder, 'node_modules', 'carelet');
    mkdirSync(home, { recursive: true });
    execFileSync('tar', ['xzf', join(folder, packed[0]!.filename), '-C', home, '--strip-components=1']);
    for (const name of readdirSync('node_modules')) {
      if (name !== 'carelet' && !name.startsWith('.')) symlinkSync(resolve('node_modules', name), join(folder, 'node_modules', name));
    }
    writeFileSync(join(folder, 'package.json'), '{"type":"module","private":true}');
    writeFileSync(join(folder, 'use.ts'), USE);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [name, options] of Object.entries({
    NodeNext: { module: 'NodeNext', moduleResolution: 'NodeNext' },
    Bundler: { module: 'ESNext', moduleResolution: 'Bundler' },
  })) {
    test(`type-checks with ${name} resolution, its own declarations included`, () => {
      const config = join(folder, `tsconfig.${name}.json`);
      const compilerOptions = {
        target: 'ES2022',
        lib: ['ES2023', 'DOM', 'DOM.Iterable'],
        strict: true,
        noEmit: true,
        skipLibCheck: false,
        types: [],
        exactOptionalPropertyTypes: false,
        ...options,
      };
      writeFileSync(config, JSON.stringify({ compilerOptions, files: ['use.ts'] }));
      const { status, stdout } = spawnSync(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', config], {
        encoding: 'utf8',
      });
      // Third parties' own declarations are theirs to mend; ours must be clean.
      const ours = stdout
        .split('\n')
        .filter((line) => /error TS/.test(line) && (/^use\.ts|node_modules\/carelet\//.test(line) || !/node_modules\//.test(line)));
      assert.deepEqual(ours, [], `tsc exit ${status}`);
    });
  }

  test('the command runs from the tarball', () => {
    const { status, stdout } = spawnSync(process.execPath, [join(folder, 'node_modules', 'carelet', 'bin', 'carelet.mjs'), 'help'], {
      encoding: 'utf8',
      cwd: folder,
    });
    assert.equal(status, 0);
    assert.match(stdout, /carelet serve/);
  });
});
