/** Slots and the appointment that fills them, written as one where the server can, else one after the other and undone on failure. */
import { CareError, isCareError } from '../../models/errors.js';
import type { Appointment, Reference, Resource, Slot } from '../../models/fhir/index.js';
import type { SearchWarning, WriteOperation } from '../backend.js';
import { localReference } from '../references.js';
import type { Desk } from './desk.js';

type Update = Extract<WriteOperation, { method: 'update' }>;

/** What sets slots free, those that are busy still; a slot that cannot be read stays as it is, and is warned of. */
export async function releaseOperations(
  desk: Desk,
  references: readonly Reference[],
): Promise<{ operations: WriteOperation[]; warnings: SearchWarning[] }> {
  const operations: WriteOperation[] = [];
  let left = 0;
  for (const { reference } of references) {
    const [type, id] = localReference(reference, desk.client.backend.baseUrl)?.split('/') ?? [];
    try {
      if (type !== 'Slot' || id === undefined) throw new CareError('not-found', 'The slot is not on this server.');
      const slot: Slot = await desk.client.read('Slot', id);
      if (slot.status === 'busy' || slot.status === 'busy-tentative')
        operations.push({ method: 'update', resource: { ...slot, status: 'free' }, base: slot });
    } catch (error) {
      if (isCareError(error, 'aborted', 'auth', 'offline')) throw error;
      left++;
    }
  }
  const message = 'A slot could not be set free; the server still shows it as busy.';
  return { operations, warnings: left === 0 ? [] : [{ code: 'server-outcome', count: left, message }] };
}

/**
 * Makes all the writes; the last is the appointment's. One that is atomic needs no undoing; else slots go first, so that a rival meets
 * them, and are put back where the appointment is refused.
 */
export async function writeTogether(desk: Desk, operations: readonly WriteOperation[], appointment: Appointment): Promise<Appointment> {
  const own = operations.at(-1)!;
  if (operations.length === 1) return saveOne(desk, own);
  const capabilities = await desk.capabilities();
  if (capabilities?.transaction !== 'no') {
    try {
      const { outcomes, atomic } = await desk.client.transaction(operations, { atomic: 'required' });
      const outcome = outcomes.at(-1);
      if (atomic && outcome?.state === 'done')
        return (outcome.resource as Appointment | undefined) ?? (await desk.client.read('Appointment', outcome.id || appointment.id!));
    } catch (error) {
      if (!isCareError(error, 'unsupported')) throw error;
    }
  }
  return inTurn(desk, operations.slice(0, -1) as Update[], own);
}

function saveOne(desk: Desk, operation: WriteOperation): Promise<Appointment> {
  if (operation.method === 'create') return desk.client.create(operation.resource as Appointment);
  const { resource, base } = operation as Update;
  return desk.client.update(resource as Appointment, { base: base as Appointment | undefined });
}

async function inTurn(desk: Desk, slots: readonly Update[], own: WriteOperation): Promise<Appointment> {
  const taken: { written: Resource; before: Resource }[] = [];
  // What is set free waits until the appointment has left it.
  const isTaking = ({ resource }: Update): boolean => (resource as Slot).status !== 'free';
  try {
    for (const { resource, base } of slots.filter(isTaking))
      taken.push({ written: await desk.client.update(resource, { base }), before: base! });
    const saved = await saveOne(desk, own);
    for (const { resource } of slots.filter((one) => !isTaking(one))) await desk.client.update(resource).catch(() => undefined);
    return saved;
  } catch (error) {
    // Nobody knows whether the appointment was made: its slots stay taken, which is the safer mistake.
    if (isCareError(error) && error.outcomeUnknown) throw error;
    if (await putBack(desk, taken)) throw error;
    const kind = isCareError(error) ? error.kind : 'server';
    throw new CareError(kind, 'Nothing was booked, but a slot that had been taken for it could not be set free.', { cause: error });
  }
}

async function putBack(desk: Desk, taken: readonly { written: Resource; before: Resource }[]): Promise<boolean> {
  let isWhole = true;
  for (const { written, before } of taken) {
    try {
      await desk.client.update({ ...before, ...(written.meta ? { meta: written.meta } : {}) } as Resource);
    } catch {
      isWhole = false;
    }
  }
  return isWhole;
}
