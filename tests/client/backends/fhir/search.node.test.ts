import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isCareError } from '../../../../src/models/errors.js';
import { BASE, capabilityStatement, json, match, outcome, pagesOf, searchset, stub } from '../../stub-server.js';

const patient = (id: string): object => ({ resourceType: 'Patient', id });
const row = (id: string, subject: object = { reference: 'Patient/p1' }): object => ({ resourceType: 'Observation', id, subject });
const codes = (page: { warnings: { code: string; count: number }[] }): string[] =>
  page.warnings.map(({ code, count }) => `${code} ${count}`);

describe('what identifies a person goes out by POST', () => {
  const asked = async (type: string, params: Record<string, string>): Promise<string> => {
    const { backend, paths } = stub(() => searchset([]));
    await pagesOf(backend.search(type as 'Patient', params));
    return paths()[0]!;
  };
  for (const name of [
    'name',
    'family',
    'given:exact',
    'birthdate',
    'identifier',
    'telecom',
    'phone',
    'email',
    'address',
    'address-city',
    'address-postalcode:exact',
    'phonetic',
  ]) {
    test(`Patient by ${name}`, async () => assert.equal(await asked('Patient', { [name]: 'x', _count: '5' }), 'POST Patient/_search'));
  }
  for (const name of [
    'patient.name',
    'subject:Patient.birthdate',
    'subject:identifier',
    '_has:Patient:link:family',
    'patient.identifier',
    '_content',
  ]) {
    test(`Observation by ${name}`, async () => assert.equal(await asked('Observation', { [name]: 'x' }), 'POST Observation/_search'));
  }
  for (const name of ['patient', 'date', 'code', '_id', 'status', 'patient._id', 'general-practitioner']) {
    test(`but not by ${name}`, async () => assert.equal(await asked('Observation', { [name]: 'x' }), `GET Observation?${name}=x`));
  }

  test('the form holds the query, each value of a repeated parameter, and nothing stands in the address', async () => {
    const { backend, seen } = stub(() => searchset([]));
    await pagesOf(
      backend.search('Patient', {
        birthdate: ['ge1980-01-01', 'lt1981-01-01'],
        family: 'Ünal & Söhne',
        _count: 3,
        active: true,
        gender: undefined,
      }),
    );
    assert.equal(seen[0]!.headers.get('Content-Type'), 'application/x-www-form-urlencoded');
    assert.deepEqual(
      [...new URLSearchParams(seen[0]!.body)],
      [
        ['birthdate', 'ge1980-01-01'],
        ['birthdate', 'lt1981-01-01'],
        ['family', 'Ünal & Söhne'],
        ['_count', '3'],
        ['active', 'true'],
      ],
    );
  });

  test('a long query goes out by POST too', async () => {
    const ids = Array.from({ length: 200 }, (_, index) => `id-${index}-abcdef`).join(',');
    assert.equal(await asked('Observation', { _id: ids }), 'POST Observation/_search');
  });

  for (const status of [404, 405, 501]) {
    test(`a server that answers ${status} is asked by GET where the host allows it, and is not asked by POST again`, async () => {
      const { backend, paths } = stub(({ method }) => (method === 'POST' ? new Response(null, { status }) : searchset([])), {
        namesInAddresses: true,
      });
      await pagesOf(backend.search('Patient', { family: 'x' }));
      await pagesOf(backend.search('Patient', { family: 'y' }));
      assert.deepEqual(paths(), ['POST Patient/_search', 'GET Patient?family=x', 'GET Patient?family=y']);
      const { quirks, postSearch } = await backend.describe();
      assert.deepEqual([postSearch, quirks.includes('no-post-search')], ['no', true]);
    });
  }

  for (const status of [404, 405, 415, 501]) {
    test(`where the host does not, ${status} ends it with the reason, and no name stands in an address`, async () => {
      const { backend, paths } = stub(({ method }) => (method === 'POST' ? new Response(null, { status }) : searchset([])));
      for (const family of ['x', 'y'])
        await assert.rejects(pagesOf(backend.search('Patient', { family })), (error) => {
          assert.ok(isCareError(error, 'unsupported'));
          assert.match(error.message, /addresses only.*namesInAddresses/);
          return true;
        });
      await pagesOf(backend.search('Patient', { active: true }));
      // A 404 may be the type's: it is asked without the name.
      const probe = status === 404 ? ['GET Patient?_summary=count'] : [];
      assert.deepEqual(paths(), ['POST Patient/_search', ...probe, 'GET Patient?active=true']);
      const { quirks, notes } = await backend.describe();
      assert.ok(quirks.includes('no-post-search') && notes.some((note) => note.includes('into addresses')));
    });
  }

  test('a long query without a name goes out by GET there all the same', async () => {
    const { backend, paths } = stub(({ method }) => (method === 'POST' ? new Response(null, { status: 405 }) : searchset([])));
    const ids = Array.from({ length: 200 }, (_, index) => `id-${index}-abcdef`).join(',');
    await pagesOf(backend.search('Observation', { _id: ids }));
    assert.deepEqual(
      paths().map((path) => path.slice(0, 24)),
      ['POST Observation/_search', 'GET Observation?_id=id-0'],
    );
  });

  test('a type that is not there at all does not count against POST', async () => {
    const { backend, paths } = stub(({ path }) => (path.startsWith('Nothing') ? new Response(null, { status: 404 }) : searchset([])));
    await assert.rejects(pagesOf(backend.search('Nothing' as 'Patient', { name: 'x' })), (error) => isCareError(error, 'not-found'));
    await pagesOf(backend.search('Patient', { name: 'x' }));
    assert.deepEqual(paths(), ['POST Nothing/_search', 'GET Nothing?_summary=count', 'POST Patient/_search']);
  });

  test('another failure of the POST is not answered with a GET', async () => {
    const { backend, paths } = stub(() => new Response(null, { status: 403 }));
    await assert.rejects(pagesOf(backend.search('Patient', { family: 'x' })), (error) => isCareError(error, 'forbidden'));
    assert.deepEqual(paths(), ['POST Patient/_search']);
  });
});

describe('parameters that a server leaves out', () => {
  const preferred = async (declared: string[] | undefined, params: Record<string, string>): Promise<string | null> => {
    const searchParam = declared?.map((name) => ({ name }));
    const { backend, seen } = stub(({ path }) =>
      path === 'metadata' ? capabilityStatement([], [{ type: 'Patient', ...(searchParam ? { searchParam } : {}) }]) : searchset([]),
    );
    await backend.describe();
    await pagesOf(backend.search('Patient', params));
    return seen[1]!.headers.get('Prefer');
  };

  test('strict handling is asked for exactly where one is not declared', async () => {
    assert.equal(
      await preferred(['gender', 'organization'], { gender: 'male', _count: '3', _sort: 'family', _id: 'x', _include: 'Patient:link' }),
      null,
    );
    assert.equal(await preferred(['gender', 'organization'], { 'gender:not': 'male', 'organization.name': 'x' }), null);
    assert.equal(await preferred(['gender'], { active: 'true' }), 'handling=strict');
    assert.equal(await preferred(['gender'], { '_has:Observation:patient:code': 'x' }), 'handling=strict');
    assert.equal(await preferred(undefined, { gender: 'male' }), 'handling=strict');
  });

  test('before the metadata are known, it is asked for too', async () => {
    const { backend, seen } = stub(() => searchset([]));
    await pagesOf(backend.search('Patient', { gender: 'male' }));
    assert.equal(seen.length, 1);
    assert.equal(seen[0]!.headers.get('Prefer'), 'handling=strict');
  });

  test('a strict refusal names the parameter as unsupported', async () => {
    const { backend } = stub(() =>
      json(outcome({ severity: 'error', code: 'processing', diagnostics: 'Unknown search parameter "shoe-size". Known: name' }), 400),
    );
    await assert.rejects(pagesOf(backend.search('Patient', { 'shoe-size': '45', gender: 'male' })), (error) => {
      assert.ok(isCareError(error, 'unsupported'));
      assert.match(error.message, /cannot search Patient by shoe-size\./);
      return true;
    });
  });

  const self = async (url: string, params: Record<string, string | string[]>, type = 'Observation'): Promise<string[]> => {
    const { backend } = stub(() => searchset([], [{ relation: 'self', url }]));
    const [page] = await pagesOf(backend.search(type as 'Observation', params));
    assert.equal(page!.complete, page!.warnings.length === 0);
    return page!.warnings.map(({ code, message }) => `${code}: ${message}`);
  };

  test('the self link shows it', async () => {
    assert.deepEqual(await self(`${BASE}/Observation?code=x`, { code: 'x', patient: 'p1' }), [
      'ignored-parameter: The server left out: patient.',
    ]);
    assert.deepEqual(await self(`${BASE}/Observation`, { code: 'x' }), ['ignored-parameter: The server left out: code.']);
    assert.deepEqual(await self(`${BASE}/Observation?date=ge2026`, { date: ['ge2026', 'lt2027'] }), [
      'ignored-parameter: The server left out: date.',
    ]);
  });

  test('and what is only written otherwise is not left out', async () => {
    assert.deepEqual(
      await self(`${BASE}/Observation?_count=20&subject%3APatient=p1&code=x&_offset=0`, {
        'subject:Patient': 'p1',
        code: 'x',
        _sort: 'date',
      }),
      [],
    );
    assert.deepEqual(await self('/r4/Observation?patient=Patient%2Fp1', { patient: 'p1' }), []);
  });

  test('a self link without the form of a POST tells nothing', async () => {
    assert.deepEqual(await self(`${BASE}/Patient/_search`, { family: 'x' }, 'Patient'), []);
    assert.deepEqual(await self(`${BASE}/Patient?_count=20`, { family: 'x' }, 'Patient'), [
      'ignored-parameter: The server left out: family.',
    ]);
  });
});

describe('pages', () => {
  const paged = (links: Record<string, string | undefined>) =>
    stub(({ path }) =>
      searchset([match(patient(`at-${path}`))], links[path] === undefined ? [] : [{ relation: 'next', url: links[path] }]),
    );

  test('next links are followed as given', async () => {
    const { backend, paths } = paged({
      'Patient?gender=male': `${BASE}?_getpages=1&_offset=20`,
      [`${BASE}?_getpages=1&_offset=20`]: `${BASE}/Patient?page=3&x=%7C`,
    });
    const pages = await pagesOf(backend.search('Patient', { gender: 'male' }));
    assert.deepEqual(paths(), ['GET Patient?gender=male', `GET ${BASE}?_getpages=1&_offset=20`, 'GET Patient?page=3&x=%7C']);
    assert.ok(pages.every(({ complete }) => complete));
  });

  test('relative links hang on the base; a mere query on the page it came from; a server behind TLS may say http', async () => {
    const { backend, paths } = paged({
      'Patient?gender=male': 'Patient?page=2',
      'Patient?page=2': '?page=3',
      'Patient?page=3': 'http://fhir.example.org/r4/Patient?page=4',
    });
    await pagesOf(backend.search('Patient', { gender: 'male' }));
    assert.deepEqual(paths().slice(1), ['GET Patient?page=2', 'GET Patient?page=3', 'GET Patient?page=4']);
  });

  for (const url of [
    'https://evil.example.org/r4/Patient?page=2',
    'https://fhir.example.org.evil.org/r4/Patient',
    'https://fhir.example.org:8443/r4/Patient',
    'https://user:pass@fhir.example.org/r4/Patient',
    'https://fhir.example.org/other-tenant/Patient?page=2',
    'https://fhir.example.org/r4/../other/Patient',
    'https://fhir.example.org/r4/%2e%2e/other/Patient',
    'https://fhir.example.org/r4evil/Patient',
    '//evil.example.org/r4/Patient',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'http://[broken',
  ]) {
    test(`a next link to ${url} is not followed, and the page says so`, async () => {
      const { backend, paths } = paged({ 'Patient?gender=male': url });
      const pages = await pagesOf(backend.search('Patient', { gender: 'male' }));
      assert.equal(paths().length, 1);
      assert.equal(pages.length, 1);
      assert.equal(pages[0]!.items.length, 1);
      assert.deepEqual([pages[0]!.complete, codes(pages[0]!)], [false, ['refused-link 1']]);
    });
  }

  test('pages in a circle end, and the last says so', async () => {
    const { backend, paths } = paged({
      'Patient?gender=male': 'Patient?page=2',
      'Patient?page=2': 'Patient?page=3',
      'Patient?page=3': 'Patient?page=2',
    });
    const pages = await pagesOf(backend.search('Patient', { gender: 'male' }));
    assert.equal(paths().length, 3);
    assert.deepEqual(codes(pages.at(-1)!), ['refused-link 1']);
  });

  test('the budget ends an endless server', async () => {
    let number = 0;
    const { backend, seen } = stub(() =>
      searchset([match(patient(`p${++number}`))], [{ relation: 'next', url: `${BASE}/Patient?page=${number}` }]),
    );
    const pages = await pagesOf(backend.search('Patient', {}));
    assert.equal(seen.length, 50);
    assert.deepEqual(pages.map(({ complete }) => complete).indexOf(false), 49);
    assert.deepEqual(codes(pages.at(-1)!), ['page-budget 1']);
  });

  test('a row that comes again on a later page is there once; what came along stays on each', async () => {
    const include = { resource: { resourceType: 'Practitioner', id: 'd' }, search: { mode: 'include' } };
    const { backend } = stub(({ path }) =>
      path.includes('page')
        ? searchset([match(patient('b')), match(patient('c')), include])
        : searchset([match(patient('a')), match(patient('b')), include, include], [{ relation: 'next', url: 'Patient?page=2' }]),
    );
    const pages = await pagesOf(backend.search('Patient', {}));
    assert.deepEqual(
      pages.map(({ items }) => items.map(({ id }) => id)),
      [['a', 'b'], ['c']],
    );
    assert.deepEqual(
      pages.map(({ included }) => included.length),
      [1, 1],
    );
  });

  test('a search that expired on the server ends with an error', async () => {
    const { backend } = stub(({ path }) =>
      path.includes('page') ? new Response(null, { status: 410 }) : searchset([], [{ relation: 'next', url: 'Patient?page=2' }]),
    );
    await assert.rejects(pagesOf(backend.search('Patient', {})), (error) => isCareError(error, 'gone'));
  });
});

describe('entries', () => {
  const page = async (body: object, options = {}) =>
    (await pagesOf(stub(() => body).backend.search('Observation', { code: 'x' }, options)))[0]!;

  test('are matches, includes and outcomes by their mode, and by type without one', async () => {
    const found = await page(
      searchset([
        match(row('1')),
        { resource: row('2') },
        { resource: patient('p1'), search: { mode: 'include' } },
        { resource: { resourceType: 'Practitioner', id: 'd' } },
        { resource: row('3'), search: { mode: 'include' } },
      ]),
    );
    assert.deepEqual(
      found.items.map(({ id }) => id),
      ['1', '2'],
    );
    assert.deepEqual(
      found.included.map(({ id }) => id),
      ['p1', 'd', '3'],
    );
    assert.equal(found.complete, true);
  });

  test('that are no resource, or matches of another type, are withheld and counted', async () => {
    const found = await page(
      searchset([
        match(row('1')),
        match(patient('p1')),
        {},
        { resource: null },
        { resource: 'x' },
        { resource: { id: '1' } },
        'x' as unknown as object,
      ]),
    );
    assert.deepEqual(
      found.items.map(({ id }) => id),
      ['1'],
    );
    assert.deepEqual([found.complete, codes(found)], [false, ['invalid-entry 6']]);
  });

  test('an OperationOutcome that says that something is reduced makes the page partial', async () => {
    const warned = { resource: outcome({ severity: 'warning', code: 'not-supported' }), search: { mode: 'outcome' } };
    assert.deepEqual(codes(await page(searchset([match(row('1')), warned]))), ['server-outcome 1']);
    const suppressed = { resource: outcome({ severity: 'information', code: 'suppressed' }) };
    assert.equal((await page(searchset([suppressed]))).complete, false);
    const remark = match(outcome({ severity: 'information', code: 'informational', diagnostics: 'took 3 ms' }));
    assert.deepEqual([(await page(searchset([remark]))).complete, (await page(searchset([remark]))).items], [true, []]);
  });

  test('odd bundles do not break it', async () => {
    for (const odd of [
      { resourceType: 'Bundle' },
      { resourceType: 'Bundle', entry: null },
      { resourceType: 'Bundle', entry: {}, link: 'x', total: '3' },
    ]) {
      const found = await page(odd);
      assert.deepEqual([found.items, found.total], [[], undefined]);
    }
    assert.equal((await page(searchset([], [], { total: 0 }))).total, 0);
  });

  test('an answer that is no Bundle is malformed', async () => {
    for (const body of [
      outcome({ severity: 'error', code: 'exception' }),
      patient('p1'),
      [],
      'null' as unknown as object,
      '3' as unknown as object,
    ]) {
      await assert.rejects(page(body), (error) => isCareError(error, 'malformed'));
    }
  });

  test('rows of other patients are withheld page by page', async () => {
    const found = await page(
      searchset([match(row('1')), match(row('2', { reference: 'Patient/p2' })), match(row('3', { display: 'somebody' }))]),
      { patient: 'Patient/p1' },
    );
    assert.deepEqual(
      found.items.map(({ id }) => id),
      ['1'],
    );
    assert.deepEqual([found.complete, codes(found).toSorted()], [false, ['other-patient 1', 'undecided-patient 1']]);
  });
});
