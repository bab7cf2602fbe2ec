import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Appointment, Encounter } from '../../../src/models/fhir/index.js';
import { appointmentStatus, fixedReason, HOLD_EXPIRES, takesTime } from '../../../src/models/scheduling/status.js';
import { appointment, at, encounter, participant } from './records.js';

const NOW = at('11:20');
const stateOf = (more: Partial<Appointment>, encounters: Encounter[] = []) => {
  const status = appointmentStatus(appointment('a', '11:00', '11:30', more), encounters, NOW);
  return typeof status === 'string' ? status : status.state;
};
const answered = (...answers: ('accepted' | 'declined' | 'tentative' | 'needs-action' | undefined)[]) => ({
  participant: [...answers.map((answer, i) => participant(`Patient/p${i}`, answer)), participant('Practitioner/okafor')],
});

test('the status words of the look, each from what R4 says', () => {
  assert.equal(stateOf({ status: 'proposed' }), 'requested');
  assert.equal(stateOf({ status: 'pending' }), 'requested');
  assert.equal(stateOf(answered('needs-action')), 'not-confirmed');
  assert.equal(stateOf(answered('accepted')), 'confirmed');
  assert.equal(stateOf(answered('tentative')), 'not-confirmed');
  assert.equal(stateOf(answered('declined')), 'declined');
  assert.equal(stateOf({ status: 'arrived' }), 'waiting');
  assert.equal(stateOf({ status: 'checked-in' }), 'waiting');
  assert.equal(stateOf({ status: 'fulfilled' }), 'completed');
  assert.equal(stateOf({ status: 'noshow' }), 'did-not-arrive');
  assert.equal(stateOf({ status: 'cancelled' }), 'cancelled');
  assert.equal(stateOf({ status: 'waitlist' }), 'waitlist');
  assert.equal(stateOf({ status: 'entered-in-error' }), 'entered-in-error');
});

test('what nobody recorded is never shown as confirmed', () => {
  const unanswered: Appointment['participant'] = [{ actor: { reference: 'Patient/p1' } }, participant('Practitioner/okafor')];
  assert.equal(stateOf({ participant: unanswered }), 'not-confirmed');
  assert.equal(stateOf({ status: undefined } as never), 'unknown');
  assert.equal(stateOf({ status: 'noted' } as never), 'unknown');
  assert.equal(stateOf(answered('accepted', 'needs-action')), 'not-confirmed');
});

test('it is the patient’s answer that confirms; a meeting without one is as sure as its people', () => {
  assert.equal(stateOf({ participant: [participant('Patient/p1'), participant('Practitioner/okafor', 'needs-action')] }), 'confirmed');
  assert.equal(stateOf({ participant: [participant('Practitioner/okafor', 'needs-action')] }), 'not-confirmed');
});

test('the encounter says how far it has come, and since when', () => {
  assert.equal(stateOf({}, [encounter('a', 'in-progress')]), 'in-session');
  assert.equal(stateOf({ status: 'arrived' }, [encounter('a', 'finished')]), 'completed');
  assert.equal(stateOf({}, [encounter('a', 'planned')]), 'confirmed');
  assert.equal(stateOf({}, [encounter('a', 'cancelled')]), 'confirmed');
  assert.equal(stateOf({}, [encounter('a', 'arrived'), encounter('a', 'in-progress')]), 'in-session');
  const waiting = appointmentStatus(appointment('a', '11:00', '11:30'), [encounter('a', 'arrived', '2026-11-23T11:12:00+11:00')], NOW);
  assert.deepEqual(waiting, { state: 'waiting', since: at('11:12'), heldUntil: undefined });
});

test('an encounter does not bring back what was cancelled or missed', () => {
  assert.equal(stateOf({ status: 'cancelled' }, [encounter('a', 'in-progress')]), 'cancelled');
  assert.equal(stateOf({ status: 'noshow' }, [encounter('a', 'arrived')]), 'did-not-arrive');
});

test('a hold holds until its moment, and is nothing from then on', () => {
  const held = (until: string) => ({ status: 'pending' as const, extension: [{ url: HOLD_EXPIRES, valueInstant: until }] });
  assert.equal(stateOf(held('2026-11-23T12:00:00+11:00')), 'held');
  assert.equal(stateOf(held('2026-11-23T11:20:00+11:00')), 'expired-hold');
});

test('which states take time, and which may be moved', () => {
  assert.equal(takesTime('cancelled'), false);
  assert.equal(takesTime('did-not-arrive'), false);
  assert.equal(takesTime('requested'), false);
  assert.equal(takesTime('unknown'), true, 'unknown is never shown as free');
  assert.equal(fixedReason('confirmed'), undefined);
  assert.equal(fixedReason('waiting'), undefined);
  for (const state of ['completed', 'in-session', 'cancelled', 'did-not-arrive', 'held'] as const) assert.equal(fixedReason(state), state);
});
