import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Appointment } from '../../../src/models/fhir/index.js';
import { rankWaitlist } from '../../../src/models/scheduling/index.js';
import { at, clinic, CONSULT, NOW, SINGH, slots, ZONE } from './clinic.js';

const waits = (id: string, patient: string, priority: number): Appointment => ({
  resourceType: 'Appointment',
  id,
  status: 'waitlist',
  priority,
  created: '2026-11-01',
  participant: [{ actor: { reference: patient }, status: 'needs-action' }],
});

const freed = { start: at('10:00'), service: CONSULT, providers: [SINGH] };

test('a freed time is offered to the first, who declines, and then taken by the next', async () => {
  const of = await clinic([...slots(), waits('w1', 'Patient/p1', 2), waits('w2', 'Patient/p2', 5)]);
  const desk = of.over();
  const { entries, complete } = await desk.waitlist();
  assert.equal(complete, true);
  const time = { start: freed.start, end: freed.start + 1_800_000, providers: [SINGH], service: undefined, zone: ZONE };
  const { matches } = rankWaitlist(entries, time, { now: NOW });
  assert.deepEqual(matches.map(({ entry }) => entry.id), ['w1', 'w2']); // prettier-ignore

  const first = await desk.offer(matches[0]!.entry, freed, { minutes: 30 });
  assert.ok(first.state === 'offered');
  assert.equal(first.responses[0]?.participantStatus, 'needs-action');
  assert.equal((await of.slot('s2')).status, 'busy-tentative');
  assert.equal((await desk.offer(matches[1]!.entry, freed)).state, 'refused', 'it is held for another');
  await desk.declineOffer(first.hold);
  assert.equal((await of.slot('s2')).status, 'free');

  const second = await desk.offer(matches[1]!.entry, freed);
  assert.ok(second.state === 'offered');
  const result = await desk.acceptOffer(second.hold);
  assert.ok(result.state === 'booked');
  assert.deepEqual(result.warnings, []);
  assert.deepEqual(result.appointment.participant.find(({ actor }) => actor?.reference === 'Patient/p2')?.status, 'accepted');
  const responses = (await of.client().search('AppointmentResponse', {}).all()).items.map(({ participantStatus }) => participantStatus);
  assert.deepEqual(responses.sort(), ['accepted', 'declined']);
  const status = new Map((await of.appointments()).map(({ id, status: is }) => [id, is]));
  assert.deepEqual([status.get('w1'), status.get('w2')], ['waitlist', 'cancelled']);
});
