// deps: client
// The SMART client without a launch, with its defaults.
import FHIR from 'fhirclient';

const JSON_BODY = { 'Content-Type': 'application/fhir+json' };

export default {
  open: (baseUrl) => Object.assign(FHIR.client(baseUrl), { baseUrl }),
  read: (client, type, id) => client.request(`${type}/${id}`),
  readWithin: (client, type, id, ms) => client.request({ url: `${type}/${id}`, signal: AbortSignal.timeout(ms) }),
  create: (client, resource) => client.create(resource),
  createOnce: (client, resource, query) => client.create(resource, { headers: { ...JSON_BODY, 'If-None-Exist': query } }),
  update: (client, resource) => client.update(resource),
  transaction: (client, bundle) =>
    client.request({ url: client.baseUrl, method: 'POST', headers: JSON_BODY, body: JSON.stringify(bundle) }),
  searchAll: (client, type, params) => client.request(`${type}?${new URLSearchParams(params)}`, { pageLimit: 0, flat: true }),
};
