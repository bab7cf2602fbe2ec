/** Where the page's records come from: the synthetic practice, files, or a FHIR server. */
import { CareClient, createFhirBackend } from 'carelet/client';
import { createEmbeddedBackend, type EmbeddedBackend, type ImportResult } from 'carelet/client/embedded';
import { stringify } from 'carelet/models/fhir';

export interface Config {
  patients: number;
  seed: number;
  zone: string;
  /** `from` is the same for files of one folder: they speak of the same records. */
  files: { name: string; url: string; from: string }[];
}

export interface Source {
  client: CareClient;
  /** Absent on a server: files dropped onto the page are not sent anywhere. */
  store: EmbeddedBackend | undefined;
  /** The clinic's zone where it is known. Records from elsewhere do not say it, so the scheduler asks. */
  zone: string | undefined;
  kind: 'practice' | 'files' | 'server';
  /** Host of the server, for the mark that is always visible. */
  host: string | undefined;
  imported: Imported[];
}

export interface Imported {
  name: string;
  result?: ImportResult;
  /** Ids of the patients that came with it. */
  patients: string[];
  error?: string;
}

export async function openSource(config: Config, location: URL): Promise<Source> {
  const wanted = location.searchParams.get('fhir');
  if (wanted !== null) return openServer(wanted);
  const store = createEmbeddedBackend();
  const client = new CareClient({ backend: store });
  if (config.files.length) {
    const imported: Imported[] = [];
    for (const file of config.files) imported.push(await importText(store, file.name, await (await fetch(file.url)).text(), file.from));
    return { client, store, zone: undefined, kind: 'files', host: undefined, imported };
  }
  const { createPractice } = await import('carelet/testing');
  const resources = createPractice({ seed: config.seed, patients: config.patients, now: new Date(), zone: config.zone });
  await store.import([...resources].map((resource) => stringify(resource)).join('\n'));
  return { client, store, zone: config.zone, kind: 'practice', host: undefined, imported: [] };
}

function openServer(address: string): Source {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    throw new Error('The address after ?fhir= is not a URL. Write it whole, such as ?fhir=https://hapi.example.org/fhir');
  }
  if (!/^https?:$/.test(url.protocol)) throw new Error('A FHIR server is reached by http or https.');
  if (url.username || url.password) throw new Error('This page sends no credentials: take the user name and password out of the address.');
  const client = new CareClient({ backend: createFhirBackend({ baseUrl: url.href.replace(/\/+$/, '') }) });
  return { client, store: undefined, zone: undefined, kind: 'server', host: url.host, imported: [] };
}

/** Reads one file into the store; what is wrong with it is told, never thrown. Within one `from`, Patient/1 is the same record. */
export async function importText(store: EmbeddedBackend, name: string, text: string, from: string): Promise<Imported> {
  try {
    const before = new Set(await patientIds(store));
    const result = await store.import({ text, from });
    return { name, result, patients: (await patientIds(store)).filter((id) => !before.has(id)) };
  } catch (error) {
    return { name, patients: [], error: error instanceof Error ? error.message : 'It is not FHIR JSON.' };
  }
}

async function patientIds(store: EmbeddedBackend): Promise<string[]> {
  const page = await new CareClient({ backend: store }).search('Patient', { _elements: 'id', _count: 1000 }).all();
  return page.items.flatMap(({ id }) => (id === undefined ? [] : [id]));
}
