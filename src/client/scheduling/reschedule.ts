/** Saving a move that somebody has decided on, whatever stands at the new time. */
import { CareError } from '../../models/errors.js';
import type { Appointment } from '../../models/fhir/index.js';
import { cloneJson } from '../../models/fhir/json.js';
import type { SearchWarning } from '../backend.js';
import type { CareClient, SaveOptions } from '../care-client.js';
import { localReference } from '../references.js';

/** @param moved the appointment as it shall be, with the `meta.versionId` that it is based on. */
export async function reschedule(
  client: CareClient,
  moved: Appointment,
  options: SaveOptions<Appointment>,
): Promise<{ appointment: Appointment; warnings: readonly SearchWarning[] }> {
  const { base } = options;
  const appointment = await client.update(moved, options);
  const kept = new Set((moved.slot ?? []).map(({ reference }) => reference));
  const released = (base?.slot ?? []).flatMap(({ reference }) => (reference === undefined || kept.has(reference) ? [] : [reference]));
  const left = await release(client, released);
  const message = 'The old slot could not be set free; the server still shows it as busy.';
  return { appointment, warnings: left === 0 ? [] : [{ code: 'server-outcome', count: left, message }] };
}

/** How many slots could not be freed. The move itself is done by then, so this is not given up half-way. */
async function release(client: CareClient, references: readonly string[]): Promise<number> {
  let left = 0;
  for (const reference of references) {
    const [type, id] = localReference(reference, client.backend.baseUrl)?.split('/') ?? [];
    try {
      if (type !== 'Slot' || id === undefined) throw new CareError('not-found', 'The slot is not on this server.');
      const slot = await client.read('Slot', id);
      if (slot.status === 'busy' || slot.status === 'busy-tentative') {
        const free = cloneJson(slot);
        free.status = 'free';
        await client.update(free);
      }
    } catch {
      left++;
    }
  }
  return left;
}
