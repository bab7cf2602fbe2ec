/** Records of the server that trials of reading can be made with. They stay in memory: nothing of them goes into a report. */
import { recordsOf, recordOf, textOf, type Loose } from '../../models/fhir/read/loose.js';
import { subjectReferences } from '../patient-paths.js';
import { localReference } from '../references.js';
import { ok, rowsOf, versionIn, type Probe } from './probe.js';
import type { Sample } from './trials.js';

/** Types whose records say whose they are, the likeliest first; then those that are nobody's. */
const TYPES = ['Appointment', 'Observation', 'Encounter', 'Condition', 'Patient', 'Practitioner', 'Organization'];

export function sampleOf(resource: Loose, baseUrl: string): Sample | undefined {
  const [type, id] = [textOf(resource['resourceType']), textOf(resource['id'])];
  if (type === undefined || id === undefined) return undefined;
  const patient = subjectReferences({ ...resource, resourceType: type })
    .map((reference) => localReference(reference, baseUrl))
    .find((local) => local?.startsWith('Patient/'));
  return { type, id, versionId: versionIn(resource), resource, patient: type === 'Patient' ? id : patient?.slice('Patient/'.length) };
}

export class Samples {
  readonly #all: Sample[] = [];

  /** Asks for two records of each type; a server that refuses, or has none, leaves a gap. */
  static async of(probe: Probe, searchable: (type: string) => boolean): Promise<Samples> {
    const samples = new Samples();
    for (const type of TYPES.filter(searchable)) {
      const reply = await probe.ask(`${type}?_count=2`);
      if (ok(reply)) for (const row of rowsOf(reply.body, type)) samples.add(sampleOf(row, probe.options.baseUrl));
    }
    return samples;
  }

  /** Later ones go first: those of the check itself are known best. */
  add(sample: Sample | undefined): void {
    if (sample) this.#all.unshift(sample);
  }

  /** Any, or one of a type. */
  any(type?: string): Sample | undefined {
    return this.#all.find((sample) => type === undefined || sample.type === type);
  }

  /** One about a patient, of a type that an include or a chain can start from. */
  get linked(): Sample | undefined {
    return this.#all.find(
      ({ type, patient }) => patient !== undefined && ['Observation', 'Encounter', 'Condition', 'Appointment'].includes(type),
    );
  }

  get patient(): string | undefined {
    return this.any('Patient')?.id ?? this.#all.find(({ patient }) => patient !== undefined)?.patient;
  }
}

/** Whether a search bundle holds one record, as a match or along. */
export const holds = (bundle: Loose | undefined, type: string, id: string): boolean =>
  recordsOf(bundle?.['entry']).some((entry) => {
    const resource = recordOf(entry['resource']);
    return resource?.['resourceType'] === type && resource['id'] === id;
  });
