/** The clinic's time zone as its records say it: the timezone extension on Location or Schedule. */
import type { Resource } from '../fhir/index.js';
import { extensionValue, isZone, textOf } from '../fhir/read/index.js';

/** HL7's extension, a code of the IANA database. */
const TIMEZONE = 'http://hl7.org/fhir/StructureDefinition/timezone';

/** The zones said by these Schedules and Locations, each once, the most frequent first. More than one: somebody has to choose. */
export function zonesIn(resources: readonly Resource[]): string[] {
  const counts = new Map<string, number>();
  for (const resource of resources) {
    if (resource.resourceType !== 'Location' && resource.resourceType !== 'Schedule') continue;
    const zone = textOf(extensionValue(resource, TIMEZONE));
    if (isZone(zone)) counts.set(zone, (counts.get(zone) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([zone]) => zone);
}
