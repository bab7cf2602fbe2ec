/** Whatever JSON is imported or sent: the embedded backend answers with a FHIR status, never with an error of its own (5xx). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createEmbeddedBackend } from '../../../src/client/backends/embedded/index.js';
import { isCareError } from '../../../src/models/errors.js';

// An object with a `toString` of its own makes String() throw; one in a coding's code makes a lookup throw.
const LEAVES: readonly unknown[] = ['a', '#x', 'Patient/1', 'urn:uuid:x', '2020', '__proto__', '', 1, true, null, [], { toString: 1, valueOf: 2 }, { coding: [{ code: { toString: 1 } }] }]; // prettier-ignore
const KEYS = ['id', 'reference', 'resourceType', 'contained', 'meta', 'code', 'coding', 'value', 'unit', 'extension', 'url', 'name', 'given', 'toString', 'start', 'end', 'system', 'text', 'div', '_id', 'concept', 'property', 'valueCode', 'include', 'filter', 'op', 'part', 'valueString']; // prettier-ignore
const TYPES = ['Patient', 'Observation', 'Appointment', 'ValueSet', 'CodeSystem', 'Parameters', 'Encounter', 'Bundle'];
const MEMBERS = ['url', 'contained', 'meta', 'name', 'code', 'text', 'entry', 'parameter', 'subject', 'concept', 'compose', 'status', 'start', 'participant', 'class', 'identifier', 'link']; // prettier-ignore
const QUERIES = ['Patient?name=a', 'Observation?code=a&_sort=date', 'Appointment?date=ge2020', 'Patient/a/$everything', 'ValueSet/$expand?url=a', 'CodeSystem/$validate-code?url=a&code=a', 'Patient?_has:Observation:patient:code=a', '_history', 'Encounter?_include=*', 'metadata']; // prettier-ignore
const WRITES = ['Patient/a', 'Observation/b', 'Patient', '', 'ValueSet/$expand', 'Patient/$validate', 'Patient/a/$everything', 'CodeSystem/$validate-code']; // prettier-ignore

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(...LEAVES),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie('value'), { maxKeys: 5 }),
  ),
}));
const record = fc.record(
  {
    resourceType: fc.constantFrom(...TYPES),
    id: fc.constantFrom('a', 'b'),
    ...Object.fromEntries(MEMBERS.map((member) => [member, value])),
  },
  { requiredKeys: ['resourceType'] },
);
const write = fc.record({
  method: fc.constantFrom('PUT', 'POST', 'PATCH'),
  path: fc.constantFrom(...WRITES),
  body: fc.oneof(record, value),
});

describe('hostile records at the embedded backend', () => {
  it('are imported, searched and sent without a failure of its own', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 4 }), fc.array(write, { maxLength: 3 }), async (records, writes) => {
        const backend = createEmbeddedBackend();
        await backend.importAll(records).catch((error: unknown) => assert.ok(isCareError(error), String(error)));
        const ask = async (path: string, init?: RequestInit): Promise<void> => {
          const { status } = await backend.handle(new Request(`${backend.baseUrl}/${path}`, init));
          assert.ok(status < 500 || status === 501, `${init?.method ?? 'GET'} ${path}: ${status}`);
        };
        for (const query of QUERIES) await ask(query);
        const headers = { 'Content-Type': 'application/fhir+json' };
        for (const { method, path, body } of writes) await ask(path, { method, headers, body: JSON.stringify(body) });
      }),
      { numRuns: 400 },
    );
  });

  it('keep a code system whose properties are no codes usable', async () => {
    const odd = { toString: 1 };
    const properties = [{ code: odd, valueCode: 'x' }, { code: 'parent', valueCoding: { code: odd } }, { code: 'child', valueCoding: { code: odd } }]; // prettier-ignore
    const backend = createEmbeddedBackend();
    await backend.importAll([
      { resourceType: 'CodeSystem', id: 'c', url: 'urn:c', content: 'complete', status: 'active', concept: [{ code: 'one', property: properties }] },
      { resourceType: 'ValueSet', id: 'v', url: 'urn:v', status: 'active', compose: { include: [{ system: 'urn:c', filter: [{ property: 'parent', op: '=', value: 'x' }] }] } },
      { resourceType: 'ValueSet', id: 'w', url: 'urn:w', status: 'active', compose: { include: [{ system: 'urn:c' }] } },
    ]); // prettier-ignore
    const expand = async (url: string): Promise<unknown> => {
      const answer = await backend.handle(new Request(`${backend.baseUrl}/ValueSet/$expand?url=${url}`));
      assert.equal(answer.status, 200);
      return ((await answer.json()) as { expansion: { total?: number } }).expansion.total;
    };
    assert.deepEqual([await expand('urn:v'), await expand('urn:w')], [0, 1]);
  });
});
