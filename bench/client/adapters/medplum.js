// deps: client
// MedplumClient without a login, with its defaults: in a page it takes reads of the last minute from its cache.
import { MedplumClient } from '@medplum/core';

export default {
  open: (baseUrl) => new MedplumClient({ baseUrl: new URL('/', baseUrl).href, fhirUrlPath: new URL(baseUrl).pathname.slice(1) }),
  read: (client, type, id) => client.readResource(type, id),
  readWithin: (client, type, id, ms) => client.readResource(type, id, { signal: AbortSignal.timeout(ms) }),
  create: (client, resource) => client.createResource(resource),
  createOnce: (client, resource, query) => client.createResourceIfNoneExist(resource, query),
  update: (client, resource) => client.updateResource(resource),
  transaction: (client, bundle) => client.executeBatch(bundle),
  searchAll: async (client, type, params) => {
    const rows = [];
    for await (const page of client.searchResourcePages(type, params)) rows.push(...page);
    return rows;
  },
};
