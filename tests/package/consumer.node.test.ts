import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { build } from 'esbuild';
// @ts-expect-error a plain script without types
import { installed, packInto } from '../../scripts/pack-into.mjs';

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

/** One element, and nothing else of carelet named: its tag and its events are typed all the same. */
const EVENTS = `import 'carelet/define/patient-search';
const search = document.querySelector('care-patient-search')!;
search.addEventListener('care-patient-select', (event) => console.log(event.detail.patient.id, event.detail.reference.length));
// @ts-expect-error no such detail
document.addEventListener('care-patient-select', (event) => event.detail.referense);
search.limit = 5;
// @ts-expect-error a number
search.limit = '5';
`;
const REACT = `import { createRef } from 'react';
import { CareProvider, CareScheduler, type CareEventMap, type CareSchedulerElement, type CareSchedulerProps } from 'carelet/react';
import type {} from 'carelet/react/jsx';

const ref = createRef<CareSchedulerElement>();
const given: CareSchedulerProps = { appointments: [], step: undefined };
const moved = (event: CareEventMap['care-appointment-moved']) => console.log(event.detail.previous.status);
export const wrappers = (
  <CareProvider baseUrl="https://fhir.example.org/r4" className="app" onCareProviderError={(event) => event.detail.kind satisfies string}>
    <CareScheduler ref={ref} {...given} slot="x" onCareAppointmentMoved={moved} key="one" />
  </CareProvider>
);
export const tags = (
  <care-provider base-url="https://fhir.example.org/r4" oncare-provider-ready={(event) => event.detail.fhirVersion.trim()}>
    <care-scheduler ref={ref} appointments={[]} refresh-every="30" className="day" />
  </care-provider>
);
export const refreshed: Promise<void> | undefined = ref.current?.refresh();
export const wrong = [
  // @ts-expect-error a method is not a prop
  <CareScheduler refresh={() => undefined} />,
  // @ts-expect-error FHIR has no such record
  <CareScheduler appointments={[{ resourceType: 'Meeting' }]} />,
  // @ts-expect-error an element of another kind
  <CareScheduler ref={createRef<HTMLInputElement>()} />,
  // @ts-expect-error an event of another element
  <CareScheduler onCarePatientSelect={() => undefined} />,
  // @ts-expect-error no such detail
  <CareScheduler onCareDateChange={(event) => event.detail.day} />,
  // @ts-expect-error a property that cannot be set
  <care-provider status="ready" />,
];
`;
const VUE = `import type { GlobalComponents } from 'vue';
import type {} from 'carelet/vue';

type Scheduler = InstanceType<GlobalComponents['care-scheduler']>;
export const given: Scheduler['$props'] = { appointments: [], timeZone: 'UTC', class: 'day', key: 1 };
export const emitted = (emit: Scheduler['$emit'], event: HTMLElementEventMap['care-date-change']) => emit('care-date-change', event);
export const refreshed = (element: Scheduler): Promise<void> => element.refresh();
// @ts-expect-error a number
export const wrong: Scheduler['$props'] = { step: 'five' };
// @ts-expect-error an event of another element
export const alsoWrong = (emit: Scheduler['$emit'], event: HTMLElementEventMap['care-patient-select']) => emit('care-patient-select', event);
`;
const FILES: Record<string, string> = { 'use.ts': USE, 'events.ts': EVENTS, 'react.tsx': REACT, 'vue.ts': VUE };

/** The packed tarball, unpacked beside links to its dependencies, as a project of somebody else's would have it. */
describe('the packed package in a project of its own', { skip: built ? false : 'dist/ is not built: npm run build' }, () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'carelet-consumer-'));
    packInto(folder, installed());
    writeFileSync(join(folder, 'package.json'), '{"type":"module","private":true}');
    for (const [file, text] of Object.entries(FILES)) writeFileSync(join(folder, file), text);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [name, options] of Object.entries({
    NodeNext: { module: 'NodeNext', moduleResolution: 'NodeNext' },
    Bundler: { module: 'ESNext', moduleResolution: 'Bundler' },
  })) {
    for (const file of Object.keys(FILES)) {
      test(`${file} type-checks with ${name} resolution, carelet's own declarations included`, () => {
        const config = join(folder, `tsconfig.${name}.${file}.json`);
        const compilerOptions = {
          target: 'ES2022',
          lib: ['ES2023', 'DOM', 'DOM.Iterable'],
          strict: true,
          noEmit: true,
          skipLibCheck: false,
          types: [],
          jsx: 'react-jsx',
          exactOptionalPropertyTypes: file === 'react.tsx',
          ...options,
        };
        writeFileSync(config, JSON.stringify({ compilerOptions, files: [file] }));
        const { status, stdout } = spawnSync(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', config], {
          encoding: 'utf8',
        });
        // Third parties' own declarations are theirs to mend; ours must be clean.
        const ours = stdout
          .split('\n')
          .filter(
            (line) =>
              /error TS/.test(line) && (line.startsWith(file) || /node_modules\/carelet\//.test(line) || !/node_modules\//.test(line)),
          );
        assert.deepEqual(ours, [], `tsc exit ${status}`);
      });
    }
  }

  test('the React wrappers print their bare tags on a server', () => {
    const code = `import { createElement as h } from 'react';
import { renderToString } from 'react-dom/server';
import { CareChartViewer, CarePatientSearch, CareProvider, CareScheduler } from 'carelet/react';
const heard = () => undefined;
const children = [
  h(CareScheduler, { key: 1, appointments: [], date: '2026-11-24', onCareDateChange: heard }),
  h(CarePatientSearch, { key: 2, className: 'find', label: 'Patient' }),
  h(CareChartViewer, { key: 3, slot: 'x', resources: [] }),
];
console.log(renderToString(h(CareProvider, { baseUrl: 'https://fhir.example.org/r4', onCareProviderReady: heard }, children)));`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8', cwd: folder });
    assert.equal(stderr, '');
    assert.equal(
      stdout.trim(),
      '<care-provider><care-scheduler></care-scheduler><care-patient-search class="find"></care-patient-search><care-chart-viewer slot="x"></care-chart-viewer></care-provider>',
    );
  });

  test('a bundle of one wrapper registers its element and holds no other', async () => {
    const bundle = async (names: string) => {
      const { outputFiles } = await build({
        stdin: { contents: `import { ${names} } from 'carelet/react';\nconsole.log(${names});`, resolveDir: folder },
        bundle: true,
        write: false,
        format: 'esm',
        external: ['react', 'lit', 'lit/*', '@lit/*'],
        logLevel: 'error',
      });
      const code = outputFiles[0]!.text;
      return [...code.matchAll(/defineElement\("(care-[\w-]+)"/g)].map((match) => match[1]).sort();
    };
    assert.deepEqual(await bundle('CarePatientSearch'), ['care-patient-search']);
    assert.deepEqual(await bundle('CareScheduler, CareProvider'), ['care-provider', 'care-scheduler']);
  });

  test('the command runs from the tarball', () => {
    const { status, stdout } = spawnSync(process.execPath, [join(folder, 'node_modules', 'carelet', 'bin', 'carelet.mjs'), 'help'], {
      encoding: 'utf8',
      cwd: folder,
    });
    assert.equal(status, 0);
    assert.match(stdout, /carelet serve/);
  });
});
