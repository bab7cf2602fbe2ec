// What the client does where a server lacks a part of FHIR: each fall-back, or the plain reason why there is none, over personalities.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createEmbeddedBackend } from '../../../../src/client/backends/embedded/index.js';
import { createFhirBackend, type FhirBackendOptions } from '../../../../src/client/backends/fhir/index.js';
import type { Backend, SearchOptions, SearchPage, SearchParams, WriteOperation, WriteResult } from '../../../../src/client/backend.js';
import { CareClient } from '../../../../src/client/care-client.js';
import { temporaryId } from '../../../../src/client/temporary-id.js';
import { ConflictError, isCareError, type CareError } from '../../../../src/models/errors.js';
import { literalOf, parseJson } from '../../../../src/models/fhir/json.js';
import type { Observation, Patient, Resource, ResourceType } from '../../../../src/models/fhir/index.js';
import {
  combine,
  epicLike,
  ignores,
  noChains,
  noConditions,
  noIncludes,
  noModifier,
  noTransactions,
  noVersions,
  patchesOnly,
  readOnly,
  type Personality,
} from '../../../../src/testing/personalities.js';

const NIL = 'urn:carelet:test|nobody';

/** A server with two patients who share a practitioner, each with an appointment and an observation, met through a personality. */
async function met(personality: Personality, options: Partial<FhirBackendOptions> = {}) {
  const rows = ['p1', 'p2'].flatMap((id, at) => [
    {
      resourceType: 'Patient',
      id,
      active: true,
      gender: 'female',
      identifier: [{ system: 'urn:carelet:test', value: id }],
      name: [{ family: `Family-${id}` }],
    },
    {
      resourceType: 'Appointment',
      id: `a-${id}`,
      status: 'booked',
      start: `2026-11-2${4 + at}T09:00:00Z`,
      end: `2026-11-2${4 + at}T09:30:00Z`,
      participant: [`Patient/${id}`, 'Practitioner/okafor'].map((reference) => ({ actor: { reference }, status: 'accepted' })),
    },
    {
      resourceType: 'Observation',
      id: `o-${id}`,
      status: 'final',
      code: { text: 'x' },
      subject: { reference: `Patient/${id}` },
      effectiveDateTime: `2026-11-2${4 + at}`,
    },
    {
      resourceType: 'Encounter',
      id: `e-${id}`,
      status: 'finished',
      class: { code: 'AMB' },
      subject: { reference: `Patient/${id}` },
      appointment: [{ reference: `Appointment/a-${id}` }],
    },
  ]);
  rows.push({ resourceType: 'Practitioner', id: 'okafor' } as never);
  const server = createEmbeddedBackend({
    data: { resourceType: 'Bundle', type: 'collection', entry: rows.map((resource) => ({ resource })) } as never,
  });
  const asked: string[] = [];
  const handler = personality(server.handle);
  const fetch = async (request: Request): Promise<Response> => {
    asked.push(`${request.method} ${request.url.slice(server.baseUrl.length + 1)}`);
    return handler(request);
  };
  const backend = createFhirBackend({ baseUrl: server.baseUrl, fetch, batch: false, ...options });
  return { server, backend, asked, care: new CareClient({ backend }) };
}

async function find(backend: Backend, type: ResourceType, params: SearchParams, options: SearchOptions = {}): Promise<SearchPage> {
  const whole: SearchPage = { items: [], included: [], total: undefined, complete: true, warnings: [] };
  for await (const page of backend.search(type, params, options)) {
    whole.items.push(...page.items);
    whole.included.push(...page.included);
    whole.warnings.push(...page.warnings);
    whole.complete &&= page.complete;
  }
  return whole;
}
const keys = (rows: readonly Resource[]): string[] => rows.map(({ resourceType, id }) => `${resourceType}/${id}`).toSorted();
const codes = (page: SearchPage): string[] => page.warnings.map(({ code }) => code);
const failure = async (work: Promise<unknown>): Promise<CareError> => {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(isCareError(error), String(error));
  return error;
};
const write = (backend: Backend, ...operations: WriteOperation[]): Promise<WriteResult> =>
  backend.write(operations, { atomic: 'required' });
const states = ({ outcomes }: WriteResult): string[] => outcomes.map(({ state }) => state);

describe('a server that ignores dates', () => {
  const day = { date: ['ge2026-11-24T00:00:00Z', 'lt2026-11-25T00:00:00Z'] };
  for (const honest of [true, false]) {
    test(`${honest ? 'and shows it' : 'in silence'} puts no other day on the screen`, async () => {
      const { backend } = await met(ignores(['date'], { honest }));
      const page = await find(backend, 'Appointment', day);
      assert.deepEqual(keys(page.items), ['Appointment/a-p1']);
      assert.equal(page.complete, false);
      assert.deepEqual(codes(page), [...(honest ? ['ignored-parameter'] : []), 'outside-range']);
    });
  }

  test('one that heeds them is believed', async () => {
    const { backend } = await met((handler) => handler);
    const page = await find(backend, 'Observation', { date: '2026-11-24' });
    assert.deepEqual([keys(page.items), page.complete, page.warnings], [['Observation/o-p1'], true, []]);
  });
});

describe('what belongs to rows', () => {
  const params = { _include: ['Appointment:actor'], _revinclude: 'Encounter:appointment' };
  const along = ['Encounter/e-p1', 'Encounter/e-p2', 'Patient/p1', 'Patient/p2', 'Practitioner/okafor'];
  const lacking: Record<string, Personality> = {
    'is not declared': noIncludes({ said: true }),
    'is refused': noIncludes(),
    'is left out, which the self link shows': noIncludes({ ignored: true }),
  };
  for (const [what, personality] of Object.entries(lacking)) {
    test(`${what}: is read by searches of its own, and remembered`, async () => {
      const { backend, asked } = await met(personality);
      await backend.describe();
      asked.length = 0;
      for (const _again of [1, 2]) {
        const page = await find(backend, 'Appointment', params);
        assert.deepEqual([keys(page.items), page.complete, page.warnings], [['Appointment/a-p1', 'Appointment/a-p2'], true, []]);
        assert.deepEqual(keys(page.included), along);
      }
      const searches = asked.filter((one) => /^GET Appointment(?:\?|$)/.test(one));
      assert.equal(searches.at(-1)!.includes('clude='), false, 'the second search asks for nothing that is known to be missing');
      assert.ok(
        asked.some((one) => one === 'GET Patient?_id=p1%2Cp2&_count=40'),
        asked.join('\n'),
      );
      const { quirks, notes } = await backend.describe();
      assert.deepEqual([quirks.includes('no-include'), notes.some((note) => note.includes('requests of its own'))], [true, true]);
    });
  }

  test('is left out in silence: is seen by nothing that came along', async () => {
    const { backend } = await met(noIncludes({ ignored: true, lying: true }));
    const page = await find(backend, 'Appointment', { _include: 'Appointment:patient' });
    assert.deepEqual([keys(page.included), page.complete], [['Patient/p1', 'Patient/p2'], true]);
  });

  test('comes along where the server brings it, without a request more', async () => {
    const { backend, asked } = await met((handler) => handler);
    const page = await find(backend, 'Appointment', params);
    assert.deepEqual([keys(page.included), asked.length], [along, 1]);
  });

  test('that is not there is not asked for again and again', async () => {
    const { server, backend, asked } = await met(noIncludes({ ignored: true, lying: true }));
    await server.handle(new Request(`${server.baseUrl}/Practitioner/okafor`, { method: 'DELETE' }));
    const page = await find(backend, 'Appointment', { _id: 'a-p1', _include: 'Appointment:practitioner' });
    assert.deepEqual([page.included, page.complete, asked.length], [[], true, 2]);
  });

  test('of another patient does not come along with the rows of one', async () => {
    const { backend } = await met(combine(noIncludes(), ignores(['patient'], { honest: false })));
    const page = await find(backend, 'Appointment', { patient: 'p1', ...params }, { patient: 'Patient/p1' });
    assert.deepEqual(keys(page.items), ['Appointment/a-p1']);
    assert.deepEqual(keys(page.included), ['Encounter/e-p1', 'Patient/p1', 'Practitioner/okafor']);
  });

  test('that cannot be read is told, and the rows are as complete as they are', async () => {
    const noPatients: Personality = (handler) => async (request) =>
      request.url.includes('/Patient?') ? new Response(null, { status: 403 }) : handler(request);
    const { backend } = await met(combine(noIncludes(), noPatients));
    const page = await find(backend, 'Appointment', params);
    assert.deepEqual([page.items.length, page.complete, codes(page)], [2, true, ['server-outcome']]);
    assert.deepEqual(
      keys(page.included),
      along.filter((key) => !key.startsWith('Patient')),
    );
  });

  test('and what belongs to that (:iterate)', async () => {
    const { backend } = await met(noIncludes());
    const page = await find(backend, 'Encounter', {
      _id: 'e-p1',
      _include: 'Encounter:appointment',
      '_include:iterate': 'Appointment:patient',
    });
    assert.deepEqual(keys(page.included), ['Appointment/a-p1', 'Patient/p1']);
  });
});

describe('a search that the server cannot make', () => {
  for (const [name, params] of Object.entries({
    'a chain': { 'patient.gender': 'female' },
    _has: { '_has:Observation:patient:code': 'x' },
  }))
    test(`${name} is refused with the reason, once and for all`, async () => {
      const { backend, asked } = await met(noChains());
      const type = name === '_has' ? 'Patient' : 'Observation';
      for (const _again of [1, 2]) {
        const error = await failure(find(backend, type, params));
        assert.deepEqual(
          [error.kind, error.message.split(' (')[0]],
          ['unsupported', `The server cannot search ${type} by ${Object.keys(params)[0]}.`],
        );
      }
      assert.equal(asked.length, 1);
      assert.ok((await backend.describe()).notes.some((note) => note.includes('by what is in other records')));
      assert.equal((await find(backend, type, {})).items.length, 2);
    });

  test('a modifier too', async () => {
    const { backend, asked } = await met(noModifier('contains'));
    for (const _again of [1, 2]) {
      const error = await failure(find(backend, 'Patient', { 'name:contains': 'mily' }));
      assert.deepEqual([error.kind, error.message.split(' (')[0]], ['unsupported', 'The server cannot search Patient by name:contains.']);
    }
    assert.deepEqual(asked, ['POST Patient/_search', 'POST Patient/_search']); // the second one to see whether it was the form
    assert.equal((await find(backend, 'Patient', { name: 'family' })).items.length, 2);
    assert.equal((await backend.describe()).postSearch, 'yes');
  });

  test('but a value that it refuses is no reason to stop asking', async () => {
    const { backend, asked } = await met((handler) => async (request) => {
      const form = await request.clone().text();
      const issue = [{ severity: 'error', code: 'invalid', diagnostics: 'Invalid value of gender' }];
      if (!`${request.url}${form}`.includes('gender=bad')) return handler(request);
      return new Response(JSON.stringify({ resourceType: 'OperationOutcome', issue }), {
        status: 400,
        headers: { 'Content-Type': 'application/fhir+json' },
      });
    });
    await failure(find(backend, 'Patient', { gender: 'bad' }));
    assert.equal((await find(backend, 'Patient', { gender: 'female' })).items.length, 2);
    assert.equal(asked.length, 2);
  });
});

describe('a patch', () => {
  const patch = [{ op: 'replace' as const, path: '/gender', value: 'male' }];
  const parameters = {
    resourceType: 'Parameters',
    parameter: [
      {
        name: 'operation',
        part: [
          { name: 'type', valueCode: 'replace' },
          { name: 'path', valueString: 'Patient.gender' },
          { name: 'value', valueCode: 'male' },
        ],
      },
    ],
  } as unknown as Resource;

  for (const said of [true, false])
    for (const [form, body] of [
      ['json', patch],
      ['fhirpath', parameters],
    ] as const)
      test(`(${form}) is saved as the whole record where there is none${said ? ', as declared' : ''}`, async () => {
        const { server, backend, asked } = await met(patchesOnly(undefined, { said }));
        const before = await backend.read('Patient', 'p1');
        const operation = { method: 'patch', type: 'Patient', id: 'p1', patch: body, ifMatch: before.meta!.versionId! } as const;
        const result = await write(backend, operation);
        assert.deepEqual(states(result), ['done']);
        assert.equal((await server.read('Patient', 'p1')).gender, 'male');
        assert.equal(asked.filter((one) => one.startsWith('PATCH')).length, said ? 0 : 1);
        const stale = await failure(write(backend, operation));
        assert.equal(stale.kind, 'conflict');
        assert.equal(asked.filter((one) => one.startsWith('PATCH')).length, said ? 0 : 1, 'remembered');
        const { notes, type } = await backend.describe();
        assert.deepEqual([type('Patient').patch, notes.some((note) => note.includes('saved as the whole record'))], ['no', true]);
      });

  test('keeps the digits of numbers that it does not touch', async () => {
    const { server, backend } = await met(patchesOnly());
    const text = '{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueQuantity":{"value":1.00}}';
    const { outcomes } = await write(backend, { method: 'create', resource: parseJson(text) as Observation });
    const id = outcomes[0]!.state === 'done' ? outcomes[0]!.id : '';
    await write(backend, { method: 'patch', type: 'Observation', id, patch: [{ op: 'add', path: '/note', value: [{ text: 'n' }] }] });
    const stored = await server.read('Observation', id);
    assert.deepEqual([literalOf(stored.valueQuantity!, 'value'), stored.note?.[0]?.text], ['1.00', 'n']);
  });

  test('without a version begins again when somebody was faster; one with a version does not', async () => {
    let races = 1;
    const rival: Personality = (handler) => async (request) => {
      if (request.method === 'PUT' && races-- > 0) {
        const current = (await (await handler(new Request(request.url))).json()) as Patient;
        await handler(
          new Request(request.url, {
            method: 'PUT',
            body: JSON.stringify({ ...current, birthDate: '1980-01-01' }),
            headers: { 'Content-Type': 'application/fhir+json' },
          }),
        );
      }
      return handler(request);
    };
    const { server, backend } = await met(combine(patchesOnly(), rival));
    await write(backend, { method: 'patch', type: 'Patient', id: 'p1', patch });
    const both = await server.read('Patient', 'p1');
    assert.deepEqual([both.gender, both.birthDate], ['male', '1980-01-01']);
    races = 1;
    const error = await failure(write(backend, { method: 'patch', type: 'Patient', id: 'p2', patch, ifMatch: '1' }));
    assert.equal(error.kind, 'conflict');
    assert.equal((await server.read('Patient', 'p2')).gender, 'female');
  });

  test('that does not apply changes nothing; nor one of the id', async () => {
    const { server, backend } = await met(patchesOnly());
    for (const bad of [
      { op: 'test', path: '/gender', value: 'other' },
      { op: 'remove', path: '/nothing/3' },
      { op: 'replace', path: '/id', value: 'p9' },
    ] as const)
      assert.equal((await failure(write(backend, { method: 'patch', type: 'Patient', id: 'p1', patch: [bad] }))).kind, 'validation');
    assert.equal((await server.read('Patient', 'p1')).meta?.versionId, '1');
  });

  test('is refused where nothing can be saved either', async () => {
    const { backend } = await met(readOnly);
    assert.equal((await failure(write(backend, { method: 'patch', type: 'Patient', id: 'p1', patch }))).kind, 'unsupported');
    assert.ok(!(await backend.describe()).quirks.includes('no-patch'));
  });

  test('inside a transaction becomes the record too', async () => {
    const { server, backend } = await met(patchesOnly(undefined, { said: true }));
    const result = await write(
      backend,
      { method: 'patch', type: 'Patient', id: 'p1', patch, ifMatch: '1' },
      { method: 'create', resource: { resourceType: 'Patient', active: false } },
    );
    assert.deepEqual([result.atomic, states(result)], [true, ['done', 'done']]);
    assert.equal((await server.read('Patient', 'p1')).gender, 'male');
  });
});

test('a transaction that takes no patch in it gets the record, and is remembered to', async () => {
  const noPatchInside: Personality = (handler) => async (request) => {
    const inside = request.method === 'POST' && (await request.clone().text()).includes('"method":"PATCH"');
    return inside ? new Response(null, { status: 501 }) : handler(request);
  };
  const { server, backend, asked } = await met(noPatchInside);
  const two = (gender: string): WriteOperation[] => [
    { method: 'patch', type: 'Patient', id: 'p1', patch: [{ op: 'replace', path: '/gender', value: gender }] },
    { method: 'create', resource: { resourceType: 'Observation', status: 'final', code: { text: 'z' } } },
  ];
  for (const gender of ['male', 'other']) {
    const result = await write(backend, ...two(gender));
    assert.deepEqual([result.atomic, states(result), (await server.read('Patient', 'p1')).gender], [true, ['done', 'done'], gender]);
  }
  assert.equal(asked.filter((one) => one === 'POST ').length, 3, asked.join());
  assert.equal((await find(server, 'Observation', {})).items.length, 4);
  assert.ok((await backend.describe()).quirks.includes('no-patch-in-transaction'));
});

describe('a condition', () => {
  const create = (value: string): WriteOperation => ({
    method: 'create',
    resource: { resourceType: 'Patient', identifier: [{ system: 'urn:carelet:test', value }] },
    ifNoneExist: `identifier=urn:carelet:test|${value}`,
  });
  for (const silent of [false, true])
    test(`of a create is asked before it${silent ? '' : ', as declared'}, and what that leaves open is said`, async () => {
      const { server, backend, asked } = await met(noConditions({ silent }));
      const [existing] = (await write(backend, create('p1'))).outcomes;
      assert.ok(existing?.state === 'done');
      assert.deepEqual([existing.id, existing.status, existing.versionId], ['p1', 200, '1']);
      const [made] = (await write(backend, create('new'))).outcomes;
      assert.ok(made?.state === 'done' && made.status === 201);
      const [again] = (await write(backend, create('new'))).outcomes;
      assert.equal(again?.state === 'done' && again.id, made.id);
      assert.equal((await find(server, 'Patient', {})).items.length, 3);
      assert.ok(
        asked.every((one) => !one.includes('urn')),
        'identifiers stand in no address',
      );
      const { notes, type } = await backend.describe();
      assert.deepEqual([type('Patient').conditionalCreate, notes.some((note) => note.includes('can create it twice'))], ['no', true]);
    });

  test('that several match, or that the server does not answer in full, creates nothing', async () => {
    const { server, backend } = await met(noConditions());
    const several = { ...create('p1'), ifNoneExist: 'gender=female' } as WriteOperation;
    assert.equal((await failure(write(backend, several))).kind, 'precondition');
    const ignorant = await met(combine(noConditions(), ignores(['identifier'])));
    const [only] = [{ ...create('new'), ifNoneExist: 'identifier=urn:carelet:test|new&_id=p1' } as WriteOperation];
    assert.equal((await failure(write(ignorant.backend, only))).kind, 'unsupported');
    for (const one of [server, ignorant.server]) assert.equal((await find(one, 'Patient', {})).items.length, 2);
  });

  test('of an update, a patch and a delete finds the record first', async () => {
    const { server, backend } = await met(noConditions());
    const resource: Patient = { resourceType: 'Patient', gender: 'other', identifier: [{ system: 'urn:carelet:test', value: 'p1' }] };
    await write(backend, { method: 'update', resource, criteria: 'identifier=urn:carelet:test|p1' });
    assert.equal((await server.read('Patient', 'p1')).gender, 'other');
    await write(backend, {
      method: 'patch',
      type: 'Patient',
      criteria: 'identifier=urn:carelet:test|p1',
      patch: [{ op: 'remove', path: '/gender' }],
    });
    assert.equal((await server.read('Patient', 'p1')).gender, undefined);
    await write(backend, { method: 'delete', type: 'Observation', criteria: '_id=o-p1' });
    assert.deepEqual(keys((await find(server, 'Observation', {})).items), ['Observation/o-p2']);
    await write(backend, { method: 'update', resource: { resourceType: 'Patient', active: true }, criteria: `identifier=${NIL}` });
    assert.equal((await find(server, 'Patient', {})).items.length, 3);
  });

  test('inside a transaction is settled before it, and what refers to the record finds it', async () => {
    const { server, backend } = await met(noConditions());
    const fullUrl = temporaryId();
    const result = await write(backend, { ...create('p1'), fullUrl } as WriteOperation, {
      method: 'create',
      resource: { resourceType: 'Observation', status: 'final', code: { text: 'y' }, subject: { reference: fullUrl } },
    });
    assert.deepEqual([result.atomic, states(result)], [true, ['done', 'done']]);
    const child = result.outcomes[1]!.state === 'done' ? result.outcomes[1]!.id : '';
    assert.equal((await server.read('Observation', child)).subject?.reference, 'Patient/p1');
  });
});

describe('without earlier versions', () => {
  test('a conflict is told without what both began from, and they are not asked for again', async () => {
    const { care, asked } = await met(noVersions());
    const mine = await care.read('Patient', 'p1');
    await care.update({ ...mine, gender: 'male' });
    for (const _again of [1, 2]) {
      const error = await failure(care.update({ ...mine, gender: 'other' }));
      assert.ok(error instanceof ConflictError);
      assert.deepEqual([error.base, (error.theirs as Patient).gender], [undefined, 'male']);
    }
    assert.equal(asked.filter((one) => one.includes('_history')).length, 1);
    const { notes, type } = await care.capabilities();
    assert.deepEqual(
      [type('Patient').vread, type('Observation').vread, notes.some((note) => note.includes('began from'))],
      ['no', 'yes', true],
    );
  });

  test('a version that is not there is no reason to believe so', async () => {
    const { backend } = await met(noVersions({ status: 404 }));
    await failure(backend.read('Patient', 'p1', { versionId: '7' }));
    assert.equal((await backend.describe()).type('Patient').vread, 'yes');
  });
});

test('on a server like Epic what can be read is whole, and what cannot be written is said before it is tried', async () => {
  const { care, asked } = await met(epicLike);
  const capabilities = await care.capabilities();
  assert.deepEqual(
    [
      capabilities.transaction,
      capabilities.batch,
      capabilities.type('Appointment').update,
      capabilities.type('Slot').search,
      capabilities.type('Patient').create,
    ],
    ['no', 'no', 'no', 'no', 'yes'],
  );
  const scheduling = await care.scheduling();
  const day = await scheduling.day({ date: '2026-11-24', zone: 'UTC' });
  assert.deepEqual([day.appointments.length, day.complete], [1, true]);
  const note = (id: string): WriteOperation => ({ method: 'update', resource: { resourceType: 'Patient', id, active: false } });
  const sent = asked.length;
  const error = await failure(care.transaction([note('p1'), note('p2')]));
  assert.deepEqual([error.kind, asked.slice(sent).filter((one) => !one.startsWith('GET'))], ['unsupported', []]);
  const { outcomes, atomic } = await care.transaction([note('p1'), note('p2')], { atomic: 'preferred' });
  assert.deepEqual([atomic, outcomes.map(({ state }) => state)], [false, ['done', 'done']]);
});

test('facts are those of one client: another one asks for itself', async () => {
  const { server } = await met(noTransactions({ silent: true }));
  const handler = noTransactions({ silent: true })(server.handle);
  const [one, other] = [0, 1].map(() => createFhirBackend({ baseUrl: server.baseUrl, fetch: handler }));
  const two: WriteOperation[] = [0, 1].map(() => ({ method: 'create', resource: { resourceType: 'Patient' } }));
  await one!.write(two, { atomic: 'preferred' });
  assert.deepEqual([(await one!.describe()).transaction, (await other!.describe()).transaction], ['no', 'unknown']);
});
