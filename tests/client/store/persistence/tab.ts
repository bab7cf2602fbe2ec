/** Tabs over one database: embedded backends that share it as pages of one browser would. */
import { EmbeddedBackend, type EmbeddedBackendOptions, type PersistenceOptions } from '../../../../src/client/backends/embedded/index.js';

let made = 0;
/** A database name that no other test uses. */
export const freshName = (): string => `test-${Date.now().toString(36)}-${++made}`;

export const fresh = async (extractable = false): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, extractable, ['encrypt', 'decrypt']);

export const openTab = async (persistence: PersistenceOptions, options: EmbeddedBackendOptions = {}): Promise<EmbeddedBackend> => {
  const tab = new EmbeddedBackend({ baseUrl: 'http://tab.invalid/fhir', ...options, persistence });
  await tab.open();
  return tab;
};

export interface Answer {
  status: number;
  body: { id?: string; meta?: { versionId?: string }; [member: string]: unknown };
  text: string;
}

/** One request. `ifMatch` is a bare version. */
export async function ask(tab: EmbeddedBackend, method: string, path: string, body?: object, ifMatch?: string): Promise<Answer> {
  const response = await tab.fetch(path, {
    method,
    headers: { 'Content-Type': 'application/fhir+json', ...(ifMatch === undefined ? {} : { 'If-Match': `W/"${ifMatch}"` }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, text, body: text === '' ? {} : (JSON.parse(text) as Answer['body']) };
}

export const patient = (family: string, id?: string): object => ({
  resourceType: 'Patient',
  ...(id === undefined ? {} : { id }),
  name: [{ family }],
});

/** Families of the patients that a search finds, sorted. */
export async function families(tab: EmbeddedBackend, query = ''): Promise<string[]> {
  const { body } = await ask(tab, 'GET', `Patient?_count=1000&${query}`);
  const entries = (body['entry'] ?? []) as { resource: { resourceType: string; name?: { family: string }[] } }[];
  return entries.flatMap(({ resource }) => (resource.resourceType === 'Patient' ? (resource.name?.[0]?.family ?? []) : [])).sort();
}

/** The database itself, as an attacker or a defect would reach it. */
export async function raw<T>(database: string, work: (opened: IDBDatabase) => Promise<T> | T): Promise<T> {
  const opened = await done(indexedDB.open(database));
  try {
    return await work(opened);
  } finally {
    opened.close();
  }
}

export const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error as DOMException);
  });

/** Waits until something holds; fails after two seconds. */
export async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('It never came to hold');
}
