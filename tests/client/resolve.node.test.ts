import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { describe, test } from 'node:test';
import { CareClient } from '../../src/client/care-client.js';
import { createEmbeddedBackend } from '../../src/client/backends/embedded/index.js';
import { ConflictError, isCareError } from '../../src/models/errors.js';
import type { MedicationRequest, Patient } from '../../src/models/fhir/index.js';

const clientOf = (): CareClient => new CareClient({ backend: createEmbeddedBackend() });
async function conflictOf<T>(work: Promise<T>): Promise<ConflictError<T>> {
  const error: unknown = await work.then(
    () => assert.fail('it succeeded'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ConflictError, inspect(error));
  return error as ConflictError<T>;
}

describe('a stale write', () => {
  test('merges by itself where the two do not overlap', async () => {
    const client = clientOf();
    const base = await client.create<Patient>({
      resourceType: 'Patient',
      name: [{ family: 'Doe' }],
      telecom: [{ system: 'phone', value: '1' }],
    });
    await client.update<Patient>({ ...base, maritalStatus: { text: 'Secretword' } });
    const conflict = await conflictOf(client.update<Patient>({ ...base, telecom: [{ system: 'phone', value: '2' }] }));
    const merged = await client.merge(conflict);
    assert.deepEqual(merged.conflicts, []);
    assert.deepEqual(merged.changes.map(({ path, by }) => `${by} ${path}`).toSorted(), [
      'mine Patient.telecom[0]',
      'theirs Patient.maritalStatus',
    ]);
    const saved = await client.resolve(conflict, {});
    assert.deepEqual([saved.maritalStatus?.text, saved.telecom?.[0]?.value, saved.meta?.versionId], ['Secretword', '2', '3']);
  });

  test('asks for what bears on care, and saves nothing while a question is open', async () => {
    const client = clientOf();
    const base = await client.create<MedicationRequest>({
      resourceType: 'MedicationRequest',
      status: 'active',
      intent: 'order',
      subject: { reference: 'Patient/p' },
      medicationCodeableConcept: { text: 'Secretword' },
    });
    await client.update<MedicationRequest>({ ...base, status: 'stopped' });
    const conflict = await conflictOf(client.update<MedicationRequest>({ ...base, dosageInstruction: [{ text: 'two daily' }] }));
    const { conflicts } = await client.merge(conflict);
    assert.deepEqual(conflicts.map(({ path }) => path).toSorted(), ['MedicationRequest.dosageInstruction[0]', 'MedicationRequest.status']);
    for (const choices of [{}, { 'MedicationRequest.status': 'mine' }, () => undefined] as const)
      await assert.rejects(client.resolve(conflict, choices as never), (error) => {
        assert.ok(isCareError(error, 'validation'));
        assert.doesNotMatch(`${error.message} ${JSON.stringify(error)} ${inspect(error)}`, /Secretword|two daily|stopped/);
        return error.issues.length > 0 && error.issues.every(({ path }) => path.startsWith('MedicationRequest.'));
      });
    assert.equal((await client.read('MedicationRequest', base.id!)).meta?.versionId, '2');
    const saved = await client.resolve(conflict, ({ path }) => (path.endsWith('status') ? 'theirs' : 'mine'));
    assert.deepEqual([saved.status, saved.dosageInstruction?.[0]?.text, saved.meta?.versionId], ['stopped', 'two daily', '3']);
  });

  test('of somebody faster once more is a conflict again, on what was merged with', async () => {
    const client = clientOf();
    const base = await client.create<Patient>({ resourceType: 'Patient', name: [{ family: 'Doe' }] });
    const second = await client.update<Patient>({ ...base, birthDate: '1980' });
    const conflict = await conflictOf(client.update<Patient>({ ...base, gender: 'female' }));
    await client.update<Patient>({ ...second, maritalStatus: { text: 'm' } });
    const again = await conflictOf(client.resolve(conflict, {}));
    assert.deepEqual(
      [again.base?.meta?.versionId, again.theirs?.meta?.versionId, again.mine?.birthDate, again.mine?.gender],
      ['2', '3', '1980', 'female'],
    );
    const saved = await client.resolve(again, {});
    assert.deepEqual([saved.birthDate, saved.gender, saved.maritalStatus?.text, saved.meta?.versionId], ['1980', 'female', 'm', '4']);
  });

  test('without all it takes is refused rather than guessed', async () => {
    const client = clientOf();
    const base = await client.create<Patient>({ resourceType: 'Patient', name: [{ family: 'Doe' }] });
    await assert.rejects(
      client.resolve({ base, mine: base }, () => 'mine'),
      (error) => isCareError(error, 'gone'),
    );
    await assert.rejects(
      client.resolve({ base, theirs: base }, () => 'mine'),
      (error) => isCareError(error, 'validation'),
    );
    const { meta, ...versionless } = base;
    assert.ok(meta);
    await assert.rejects(
      client.resolve<Patient>({ mine: base, theirs: versionless }, () => 'mine'),
      (error) => isCareError(error, 'unsupported'),
    );
  });
});
