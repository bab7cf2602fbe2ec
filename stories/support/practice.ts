/** One synthetic practice for all stories: made once, on a fixed day, so that pictures and tests stay the same. */
import { CareClient } from '../../src/client/index.js';
import { createEmbeddedBackend, type EmbeddedBackend } from '../../src/client/backends/embedded/index.js';
import type { Clock } from '../../src/components/base/index.js';
import { createPractice } from '../../src/testing/practice/index.js';

/** Monday 23 November 2026, 11:20 in Sydney: the morning of the look's pictures. */
export const NOW = new Date('2026-11-23T11:20:00+11:00');
export const ZONE = 'Australia/Sydney';
export const TODAY = '2026-11-23';
export const clock: Clock = { now: () => NOW, zone: ZONE };

let store: Promise<EmbeddedBackend> | undefined;

async function open(): Promise<EmbeddedBackend> {
  const backend = createEmbeddedBackend({ now: () => NOW });
  await backend.import([...createPractice({ seed: 1, patients: 30, now: NOW, zone: ZONE })], { validate: false });
  return backend;
}

/** A client of its own over the shared records: what one story writes, the next one sees, as on one server. */
export async function practiceClient(): Promise<CareClient> {
  return new CareClient({ backend: await (store ??= open()) });
}
