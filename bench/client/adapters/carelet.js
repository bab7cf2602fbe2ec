// CareClient with its defaults.
import { CareClient } from '../../../src/client/index.ts';

export default {
  open: (baseUrl) => new CareClient({ baseUrl }),
  read: (client, type, id) => client.read(type, id),
  readWithin: (client, type, id, timeout) => client.read(type, id, { timeout }),
  create: (client, resource) => client.create(resource),
  createOnce: (client, resource, ifNoneExist) => client.create(resource, { ifNoneExist }),
  update: (client, resource) => client.update(resource),
  transaction: (client, bundle) =>
    client.transaction(bundle.entry.map(({ fullUrl, resource }) => ({ method: 'create', fullUrl, resource }))),
  searchAll: async (client, type, params) => {
    const page = await client.search(type, params).all();
    if (!page.complete) throw new Error('the result is not complete');
    return page.items;
  },
};
