import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConflictError, isCareError } from '../../../src/models/errors.js';
import { extensionValue } from '../../../src/models/fhir/read/index.js';
import { NO_SHOW_REASON } from '../../../src/models/scheduling/index.js';
import { noTransactions } from '../../../src/testing/personalities.js';
import { booked, clinic } from './clinic.js';

for (const [name, personality] of [
  ['in one transaction', undefined],
  ['one after the other', noTransactions()],
] as const)
  test(`a check-in opens the visit, ${name}, and a second one opens none`, async () => {
    const { over, client } = await clinic([booked('a', '10:00')]);
    const care = client(personality);
    const result = await over(personality).setStatus(await care.read('Appointment', 'a'), 'arrived');
    assert.equal(result.state, 'done');
    if (result.state !== 'done') return;
    assert.equal(result.encounters[0]?.status, 'arrived');
    assert.deepEqual(result.encounters[0]?.appointment, [{ reference: 'Appointment/a' }]);
    assert.equal(result.encounters[0]?.subject?.reference, 'Patient/p3');
    assert.deepEqual(result.warnings, []);
    const again = await over(personality).setStatus(result.appointment, 'checked-in');
    assert.equal(again.state, 'done');
    assert.equal((await care.search('Encounter', {}).all()).items.length, 1);
  });

test('a no-show’s reason is in the extension, a cancellation’s in its element', async () => {
  const { here, client } = await clinic([booked('a', '10:00'), booked('b', '11:00')]);
  const care = client();
  const missed = await here().setStatus(await care.read('Appointment', 'a'), 'noshow', { reason: 'Did not call' });
  assert.ok(missed.state === 'done');
  assert.equal(missed.appointment.cancelationReason, undefined);
  assert.deepEqual(extensionValue(missed.appointment, NO_SHOW_REASON), { text: 'Did not call' });
  const cancelled = await here().cancel(await care.read('Appointment', 'b'), { reason: 'Ill' });
  assert.ok(cancelled.state === 'done');
  assert.deepEqual(cancelled.appointment.cancelationReason, { text: 'Ill' });
});

test('a cancelled time that another has cannot be restored', async () => {
  const { here, client } = await clinic([booked('a', '10:00', { status: 'cancelled' }), booked('b', '10:00')]);
  const result = await here().setStatus(await client().read('Appointment', 'a'), 'booked');
  assert.equal(result.state, 'refused');
});

test('transitions are the server’s: what one allows another does not', async () => {
  const { here, over, client } = await clinic([booked('a', '10:00', { status: 'arrived' })]);
  const appointment = await client().read('Appointment', 'a');
  const named = (handler: (request: Request) => Promise<Response>) => async (request: Request) => {
    const response = await handler(request);
    if (!request.url.endsWith('/metadata')) return response;
    return new Response((await response.text()).replace('carelet embedded backend', 'Oracle Health Millennium'), { headers: response.headers }); // prettier-ignore
  };
  const result = await over(named).setStatus(appointment, 'booked');
  assert.deepEqual(result, { state: 'not-allowed', next: ['checked-in', 'fulfilled'] });
  assert.equal((await here().setStatus(appointment, 'noshow')).state, 'done');
});

test('of several the stale one fails, and the others are done', async () => {
  const { here, client } = await clinic([booked('a', '10:00'), booked('b', '11:00'), booked('c', '12:00')]);
  const care = client();
  const [a, b, c] = await Promise.all(['a', 'b', 'c'].map((id) => care.read('Appointment', id)));
  await care.update({ ...b!, comment: 'changed by somebody else' });
  const results = await here().setStatuses([a!, b!, c!].map((appointment) => ({ appointment, to: 'noshow' as const })));
  assert.deepEqual(results.map(({ state }) => state), ['done', 'failed', 'done']); // prettier-ignore
  assert.ok(results[1]?.state === 'failed' && results[1].error instanceof ConflictError && isCareError(results[1].error, 'conflict'));
  assert.equal((await care.read('Appointment', 'b')).status, 'booked');
});
