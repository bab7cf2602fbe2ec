/** What each scenario does in the page, with any adapter. An act gives what came of it as facts that can be judged. */
const rows = (count) => Array.from({ length: count }, (_, index) => index);

export const acts = {
  read: ({ adapter, client }) => adapter.read(client, 'Patient', 'p1'),

  readWithin: ({ adapter, client }, ms) => adapter.readWithin(client, 'Patient', 'p1', ms),

  create: ({ adapter, client }) => adapter.create(client, { resourceType: 'Patient', name: [{ family: 'Bench' }] }),

  createOnce: ({ adapter, client }) =>
    adapter.createOnce(
      client,
      { resourceType: 'Patient', identifier: [{ system: 'urn:bench', value: 'once' }] },
      'identifier=urn:bench|once',
    ),

  createInvalid: ({ adapter, client }) => adapter.create(client, { resourceType: 'Patient', gender: 'Secretvalue' }),

  /** Reads, changes, saves: somebody else, or the server, does something in between. */
  edit: async ({ adapter, client }) => {
    const patient = await adapter.read(client, 'Patient', 'p1');
    return adapter.update(client, { ...patient, birthDate: '1980-05-03' });
  },

  readTogether: async ({ adapter, client }) => (await Promise.all(rows(5).map(() => adapter.read(client, 'Patient', 'p1')))).length,

  readTwice: async ({ adapter, client }) => {
    await adapter.read(client, 'Patient', 'p1');
    await new Promise((resolve) => setTimeout(resolve, 300));
    return (await adapter.read(client, 'Patient', 'p1')).gender ?? null;
  },

  transaction: async ({ adapter, client }) => {
    const entry = rows(100).map((index) => ({
      fullUrl: `urn:uuid:00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      request: { method: 'POST', url: 'Basic' },
      resource: { resourceType: 'Basic', code: { text: `${index} ${'x'.repeat(1000)}` } },
    }));
    await adapter.transaction(client, { resourceType: 'Bundle', type: 'transaction', entry });
    return undefined;
  },

  searchAll: async ({ adapter, client }) => (await adapter.searchAll(client, 'Basic', { _count: '20', _sort: '_id' })).length,
};

/** What can be told of an error: never the error itself, which does not survive the way out of the page. */
const errorFacts = (error) => ({
  name: String(error?.name ?? typeof error),
  kind: typeof error?.kind === 'string' ? error.kind : undefined,
  message: String(error?.message ?? error),
  retryable: error?.retryable,
  versions: ['base', 'mine', 'theirs'].filter((side) => error?.[side] !== undefined),
  places:
    (error?.issues ?? error?.outcome?.issue ?? error?.response?.data?.issue ?? []).flatMap?.(
      (issue) => issue?.path ?? issue?.expression ?? [],
    ) ?? [],
});

export async function run(adapter, act, baseUrl, argument) {
  const client = await adapter.open(baseUrl);
  const start = performance.now();
  try {
    const value = await acts[act]({ adapter, client }, argument);
    return { ms: performance.now() - start, value: JSON.stringify(value) };
  } catch (error) {
    return { ms: performance.now() - start, error: errorFacts(error) };
  }
}
