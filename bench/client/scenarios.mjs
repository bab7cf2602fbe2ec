/**
 * What happens to the clients, and how each end is judged. `faults` says what becomes of a request (`count`: the n-th of its method in
 * this run); `judge` gives the end in words, and whether it is one that a clinic can live with.
 */
const PATIENT = { resourceType: 'Patient', id: 'p1', name: [{ family: 'Bench' }] };
const PAGE = '<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1><p>upstream 10.0.0.7</p></body></html>';

const good = (end) => ({ good: true, end });
const bad = (end) => ({ good: false, end });
/** An error in the words of its class, or of its kind where it has one. */
const named = ({ name, kind }) => (kind ? `${name} ${kind}` : name);
const failed = ({ error }) => bad(`fails: ${named(error)}`);
const hasPage = ({ message }) => /<html|<h1|10\.0\.0\.7/i.test(message);
const rowsOf = async (backend, type, params = {}) => {
  let rows = [];
  for await (const page of backend.search(type, params)) rows = [...rows, ...page.items];
  return rows;
};

export const scenarios = [
  {
    id: 'busy',
    title: '503 twice, then an answer',
    act: 'read',
    faults: ({ count }) => (count <= 2 ? { status: 503 } : undefined),
    judge: ({ result }) => (result.error ? failed(result) : good('ok')),
  },
  {
    id: 'limited',
    title: '429 with Retry-After: 1, then an answer',
    act: 'read',
    faults: ({ count }) => (count === 1 ? { status: 429, headers: { 'Retry-After': '1' } } : undefined),
    judge: ({ result, log }) => {
      if (result.error) return failed(result);
      const wait = log.at(-1).at - log[0].at;
      return wait < 990 ? bad('ok, but asks again too soon') : good('ok, waits as asked');
    },
  },
  {
    id: 'gateway',
    title: '502 with a proxy’s page, for good',
    act: 'read',
    faults: () => ({ status: 502, headers: { 'Content-Type': 'text/html' }, body: PAGE }),
    judge: ({ result: { error } }) => {
      if (!error) return bad('takes the page for an answer');
      return hasPage(error) ? bad(`${named(error)}, the page in its message`) : good(named(error));
    },
  },
  {
    id: 'refused',
    title: '422 with an OperationOutcome',
    act: 'createInvalid',
    faults: () => undefined,
    judge: ({ result: { error } }) => {
      if (!error) return bad('takes it for stored');
      const where = error.places.some((place) => /gender/.test(place)) ? 'says where' : 'does not say where';
      const told = /Secretvalue/.test(error.message) ? ', quotes the record' : '';
      return (where === 'says where' && !told ? good : bad)(`${named(error)}, ${where}${told}`);
    },
  },
  {
    id: 'stale',
    title: 'somebody else saves between read and save',
    act: 'edit',
    faults: ({ method, count }, backend) =>
      method === 'GET' && count === 1
        ? { then: () => backend.write([{ method: 'update', resource: { ...PATIENT, gender: 'female' } }], { atomic: 'required' }) }
        : undefined,
    judge: async ({ result, backend }) => {
      const now = await backend.read('Patient', 'p1');
      if (now.gender !== 'female') return bad('lost update');
      if (!result.error) return good('ok, both kept');
      return result.error.versions.length === 3
        ? good(`${named(result.error)}, with all three versions`)
        : bad(`${named(result.error)}, without the versions`);
    },
  },
  {
    id: 'slow',
    title: 'no answer for 4 s, the caller waits 1 s',
    act: 'readWithin',
    argument: 1000,
    faults: () => ({ wait: 4000 }),
    judge: ({ result }) => {
      if (!result.error) return bad('waits for it');
      return result.ms < 2000 ? good(`gives up: ${named(result.error)}`) : bad(`gives up late: ${named(result.error)}`);
    },
  },
  {
    id: 'lost-create',
    title: 'a create is made, its answer is lost',
    act: 'create',
    faults: ({ method, count }) => (method === 'POST' && count === 1 ? { drop: 'after' } : undefined),
    judge: async ({ result, backend }) => {
      const made = (await rowsOf(backend, 'Patient', { family: 'Bench' })).length - 1;
      if (made !== 1) return bad(`made ${made} times`);
      if (!result.error) return good('ok');
      const says = /not known|unknown/i.test(result.error.message);
      return (says ? good : bad)(`${named(result.error)}, ${says ? 'says that it is not known' : 'says that it failed'}`);
    },
  },
  {
    id: 'lost-create-once',
    title: 'the same with If-None-Exist',
    act: 'createOnce',
    faults: ({ method, count }) => (method === 'POST' && count === 1 ? { drop: 'after' } : undefined),
    judge: async ({ result, backend }) => {
      const made = (await rowsOf(backend, 'Patient', { identifier: 'urn:bench|once' })).length;
      if (made !== 1) return bad(`made ${made} times`);
      return result.error ? failed(result) : good('ok, once');
    },
  },
  {
    id: 'lost-update',
    title: 'an update is made, its answer is lost',
    act: 'edit',
    faults: ({ method, count }) => (method === 'PUT' && count === 1 ? { drop: 'after' } : undefined),
    judge: async ({ result, backend }) => {
      const now = await backend.read('Patient', 'p1');
      if (now.birthDate === undefined) return bad('not saved');
      if (result.error) return bad(`saved, but tells of ${named(result.error)}`);
      return now.meta.versionId === '2' ? good('ok, saved once') : bad(`saved ${Number(now.meta.versionId) - 1} times`);
    },
  },
  {
    id: 'together',
    title: '5 reads of one record at once',
    act: 'readTogether',
    faults: () => ({ wait: 50 }),
    judge: ({ result, log }) => {
      if (result.error) return failed(result);
      const asked = log.filter(({ method, path }) => method === 'GET' && path.includes('/Patient/')).length;
      return (asked === 1 ? good : bad)(`ok, asked ${asked === 1 ? 'once' : `${asked} times`}`);
    },
  },
  {
    id: 'reread',
    title: 'a second read, after somebody else saved',
    act: 'readTwice',
    faults: ({ method, count }, backend) =>
      method === 'GET' && count === 1
        ? {
            then: () =>
              void setTimeout(
                () => backend.write([{ method: 'update', resource: { ...PATIENT, gender: 'female' } }], { atomic: 'required' }),
                20,
              ),
          }
        : undefined,
    judge: ({ result }) => {
      if (result.error) return failed(result);
      return result.value === '"female"' ? good('ok, as it is now') : bad('shows it as it was');
    },
  },
  {
    id: 'transaction',
    title: 'a transaction of 100 kB',
    act: 'transaction',
    faults: () => undefined,
    judge: async ({ result, backend }) => {
      const made = (await rowsOf(backend, 'Basic', { code: undefined })).length;
      if (result.error) return failed(result);
      return made === 100 ? good('ok') : bad(`${made} of 100 stored`);
    },
  },
  {
    id: 'paging',
    title: '45 rows in pages of 20, the second page fails once',
    act: 'searchAll',
    records: Array.from({ length: 45 }, (_, index) => ({
      resourceType: 'Basic',
      id: `b${String(index).padStart(2, '0')}`,
      code: { text: 'x' },
    })),
    faults: ({ count }) => (count === 2 ? { status: 503 } : undefined),
    judge: ({ result }) => {
      if (result.error) return failed(result);
      return result.value === '45' ? good('ok, all 45') : bad(`${result.value} of 45, and says nothing`);
    },
  },
];

export const recordsOf = ({ records = [] }) => [PATIENT, ...records];
