// deps: client
// As its README uses it, with its defaults.
import { Client } from 'fhir-kit-client';

export default {
  open: (baseUrl) => new Client({ baseUrl }),
  read: (client, resourceType, id) => client.read({ resourceType, id }),
  readWithin: (client, resourceType, id, ms) => client.read({ resourceType, id, options: { signal: AbortSignal.timeout(ms) } }),
  create: (client, body) => client.create({ resourceType: body.resourceType, body }),
  createOnce: (client, body, query) =>
    client.create({ resourceType: body.resourceType, body, options: { headers: { 'If-None-Exist': query } } }),
  update: (client, body) => client.update({ resourceType: body.resourceType, id: body.id, body }),
  transaction: (client, body) => client.transaction({ body }),
  searchAll: async (client, resourceType, searchParams) => {
    const rows = [];
    for (let bundle = await client.search({ resourceType, searchParams }); bundle; bundle = await client.nextPage({ bundle }))
      rows.push(...bundle.entry.map(({ resource }) => resource));
    return rows;
  },
};
