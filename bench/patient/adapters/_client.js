import { MedplumClient } from '@medplum/core';
import schema from './_schema.json';
// A Medplum client whose server is an in-page function over the same data (no network, no mock repository).
export function clientFor(data, log) {
  const bundle = (list) => ({
    resourceType: 'Bundle',
    type: 'searchset',
    total: list.length,
    entry: list.map((resource) => ({ fullUrl: `urn:${resource.id}`, resource })),
  });
  const all = {
    Patient: [data.patient],
    Condition: data.Condition,
    MedicationRequest: data.MedicationRequest,
    AllergyIntolerance: data.AllergyIntolerance,
    Observation: data.Observation,
  };
  const answer = (method, url) => {
    const u = new URL(url, 'http://127.0.0.1:9/fhir/R4/');
    const parts = u.pathname.replace(/^\/fhir\/R4\/?/, '').split('/');
    log?.push(`${method} ${u.pathname}${u.search}`);
    if (parts[2] === '_history') {
      const x = all[parts[0]]?.find((y) => y.id === parts[1]);
      return { ...bundle(x ? [x] : []), type: 'history' };
    }
    if (parts[1]) return all[parts[0]]?.find((y) => y.id === parts[1]) ?? { resourceType: 'OperationOutcome' };
    let list = all[parts[0]] ?? [];
    const code = u.searchParams.get('code');
    if (code && parts[0] === 'Observation') list = list.filter((o) => code.includes(o.code.coding[0].code));
    const cat = u.searchParams.get('category');
    if (cat && parts[0] === 'Observation') list = list.filter((o) => cat.includes(o.category[0].coding[0].code));
    // _count is ignored on purpose: PatientSummary asks for 100 of each type and never pages, so it would
    // show half of this patient; here it is given all, to draw what the others draw.
    return bundle(list);
  };
  return new MedplumClient({
    baseUrl: 'http://127.0.0.1:9/',
    cacheTime: 0,
    fetch: async (url, init = {}) => {
      let body;
      if ((init.method ?? 'GET') === 'POST' && /fhir\/R4\/?$/.test(url))
        body = {
          resourceType: 'Bundle',
          type: 'batch-response',
          entry: JSON.parse(init.body).entry.map((e) => ({
            response: { status: '200' },
            resource: answer(e.request.method, e.request.url),
          })),
        };
      else if (/\$graphql$/.test(url))
        body = { data: { StructureDefinitionList: schema.filter((x) => init.body.includes(x.name)), SearchParameterList: [] } };
      else body = answer(init.method ?? 'GET', String(url));
      return new Response(JSON.stringify(body), { status: 200, headers: { 'content-type': 'application/fhir+json' } });
    },
  });
}
