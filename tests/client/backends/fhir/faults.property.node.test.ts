// Whatever a connection does: a write that was acknowledged is in the store, and none is made twice.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isCareError } from '../../../../src/models/errors.js';
import type { Bundle, Patient } from '../../../../src/models/fhir/index.js';
import type { WriteOperation } from '../../../../src/client/backend.js';
import { createEmbeddedBackend, type EmbeddedBackend } from '../../../../src/client/backends/embedded/index.js';
import { createFhirBackend } from '../../../../src/client/backends/fhir/index.js';
import { faults, flaky, type Fault } from '../../../../src/testing/flaky.js';
import { FakeClock } from '../../fake-clock.js';
import { BASE } from '../../stub-server.js';

const NAMES = [
  'none',
  'none',
  'busy',
  'busyUntil',
  'limited',
  'gateway',
  'gatewayArrived',
  'page',
  'unreachable',
  'lost',
  'broken',
  'delayed',
  'error',
] as const;

/** @param settle when what was delayed arrives after all. */
function faultOf(name: (typeof NAMES)[number], settle: () => Promise<void>): Fault | undefined {
  switch (name) {
    case 'none':
      return undefined;
    case 'busy':
      return faults.busy();
    case 'busyUntil':
      return faults.busy({ retryAfter: 1 });
    case 'limited':
      return faults.limited({ retryAfter: 1 });
    case 'gateway':
      return faults.badGateway();
    case 'gatewayArrived':
      return faults.badGateway({ status: 504, arrived: true });
    case 'page':
      return faults.badGateway({ status: 200 });
    case 'unreachable':
      return faults.unreachable();
    case 'lost':
      return faults.lostAnswer();
    case 'broken':
      return faults.brokenAnswer();
    case 'delayed':
      return faults.delayed(settle());
    case 'error':
      return faults.busy({ status: 500 });
  }
}

const historyOf = async (server: EmbeddedBackend, path: string): Promise<Patient[]> => {
  const bundle = (await (await server.fetch(`${path}/_history?_count=1000`)).json()) as Bundle;
  return (bundle.entry ?? []).flatMap((entry) => (entry.resource ? [entry.resource as Patient] : []));
};
const withMark = (versions: readonly Patient[], mark: string): Patient[] => versions.filter((one) => one.name?.[0]?.text === mark);

type Kind = 'create' | 'identified' | 'conditional' | 'update' | 'patch' | 'transaction' | 'mixed';

function operationsOf(kind: Kind, mark: string, version: string): WriteOperation[] {
  const name = [{ text: mark }];
  const fresh: Patient = { resourceType: 'Patient', name };
  const identifier = [{ system: 'urn:mrn', value: mark }];
  const conditional: WriteOperation = { method: 'create', resource: { ...fresh, identifier }, ifNoneExist: `identifier=urn:mrn|${mark}` };
  const update: WriteOperation = { method: 'update', resource: { resourceType: 'Patient', id: 'p1', name }, ifMatch: version };
  switch (kind) {
    case 'create':
      return [{ method: 'create', resource: fresh }];
    case 'identified':
      return [{ method: 'create', resource: { ...fresh, identifier } }];
    case 'conditional':
      return [conditional];
    case 'update':
      return [update];
    case 'patch':
      return [{ method: 'patch', type: 'Patient', id: 'p1', patch: [{ op: 'replace', path: '/name', value: name }], ifMatch: version }];
    case 'transaction':
      return [conditional, update];
    case 'mixed':
      return [{ method: 'create', resource: fresh }, update];
  }
}

const RUNS = Number(process.env['CARELET_RUNS'] ?? 120);

test(`${RUNS} sequences of faults and writes, with another writer beside: nothing doubled, nothing acknowledged that is not there`, async (t) => {
  const counts = { writes: 0, acknowledged: 0, unknown: 0, refused: 0, sent: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom<Kind>('create', 'identified', 'conditional', 'update', 'patch', 'transaction', 'mixed'), {
        minLength: 1,
        maxLength: 5,
      }),
      fc.array(fc.constantFrom(...NAMES), { maxLength: 30 }),
      fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
      async (kinds, script, rivals) => {
        const server = createEmbeddedBackend({ baseUrl: BASE });
        await server.write([{ method: 'update', resource: { resourceType: 'Patient', id: 'p1', name: [{ text: 'first' }] } }], {
          atomic: 'required',
        });
        const settling: Promise<void>[] = [];
        const settle = (): Promise<void> => {
          const moment = new Promise<void>((resolve) => setTimeout(resolve, 3));
          settling.push(moment);
          return moment;
        };
        let handled = 0;
        const handler = async (request: Request): Promise<Response> => {
          handled++;
          return server.handle(request).finally(() => handled--);
        };
        const fetch = flaky(handler, (_, index) => {
          counts.sent++;
          return faultOf(script[index] ?? 'none', settle);
        });
        const backend = createFhirBackend({ baseUrl: BASE, fetch, retry: new FakeClock().retry });
        const acknowledged: string[] = [];
        for (const [index, kind] of kinds.entries()) {
          const mark = `m${index}`;
          const version = (await server.read('Patient', 'p1')).meta!.versionId!;
          if (rivals[index] && index % 2 === 1) {
            const resource: Patient = { resourceType: 'Patient', id: 'p1', name: [{ text: `rival${index}` }] };
            await server.write([{ method: 'update', resource }], { atomic: 'required' });
          }
          counts.writes++;
          try {
            await backend.write(operationsOf(kind, mark, version), { atomic: 'required' });
            acknowledged.push(mark);
            counts.acknowledged++;
          } catch (error) {
            assert.ok(isCareError(error), String(error));
            counts[error.outcomeUnknown ? 'unknown' : 'refused']++;
            // What is known not to be saved is not there; what is unknown may be.
            if (!error.outcomeUnknown) {
              await Promise.all(settling);
              while (handled > 0) await new Promise((resolve) => setTimeout(resolve, 1));
              assert.equal(withMark(await historyOf(server, 'Patient'), mark).length, 0, `${kind} was said to have failed, and is there`);
            }
          }
        }
        await Promise.all(settling);
        await new Promise((resolve) => setTimeout(resolve, 1));
        while (handled > 0) await new Promise((resolve) => setTimeout(resolve, 1));
        const versions = await historyOf(server, 'Patient');
        for (const [index, kind] of kinds.entries()) {
          const mark = `m${index}`;
          const made = withMark(versions, mark);
          const created = made.filter(({ id }) => id !== 'p1').length;
          const changed = made.length - created;
          assert.ok(created <= 1 && changed <= 1, `${kind} was made ${created} + ${changed} times`);
          if (acknowledged.includes(mark)) {
            const both = kind === 'transaction' || kind === 'mixed';
            assert.equal(made.length, both ? 2 : 1, `${kind} was acknowledged, and is there ${made.length} times`);
          }
        }
      },
    ),
    { numRuns: RUNS },
  );
  t.diagnostic(JSON.stringify(counts));
  assert.ok(counts.acknowledged > counts.writes / 3 && counts.unknown > 0, JSON.stringify(counts));
});
