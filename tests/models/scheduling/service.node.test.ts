import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { assignSlots, COLOUR_SLOTS, serviceOf } from '../../../src/models/scheduling/service.js';
import { appointment } from './records.js';

test('the service is what was booked, not the style of booking', () => {
  const style = { appointmentType: { coding: [{ code: 'FOLLOWUP', display: 'Follow-up' }] } };
  assert.equal(
    serviceOf(
      appointment('a', '09:00', '09:30', { serviceType: [{ coding: [{ system: 's', code: '1', display: 'Physiotherapy' }] }], ...style }),
    )?.label,
    'Physiotherapy',
  );
  assert.equal(serviceOf(appointment('a', '09:00', '09:30', { specialty: [{ text: 'Dermatology' }], ...style }))?.label, 'Dermatology');
  assert.equal(serviceOf(appointment('a', '09:00', '09:30', style))?.label, 'Follow-up');
  assert.equal(serviceOf(appointment('a', '09:00', '09:30', { description: 'Discussion of results' }))?.label, 'Discussion of results');
  assert.equal(serviceOf(appointment('a', '09:00', '09:30')), undefined);
});

test('the same code is the same service, whatever its display', () => {
  const of = (display: string) =>
    serviceOf(appointment('a', '09:00', '09:30', { serviceType: [{ coding: [{ system: 's', code: '1', display }] }] }))?.key;
  assert.equal(of('Physio'), of('Physiotherapy'));
});

test('up to nine services have nine slots, and the order they come in does not matter', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: COLOUR_SLOTS }), (keys) => {
      const slots = assignSlots(keys);
      assert.equal(new Set(slots.values()).size, keys.length);
      assert.deepEqual(assignSlots([...keys].reverse()), slots);
      for (const slot of slots.values()) assert.ok(slot >= 1 && slot <= COLOUR_SLOTS);
    }),
  );
});

test('a service keeps its colour when others come and go', () => {
  const first = assignSlots(['physio', 'dietetics', 'therapy']);
  const later = assignSlots(['assessment', 'therapy', 'group'], first);
  assert.equal(later.get('therapy'), first.get('therapy'));
  assert.equal(later.get('physio'), first.get('physio'));
  assert.equal(new Set(later.values()).size, 5);
});

test('past nine, slots are shared and none is left out', () => {
  const slots = assignSlots(Array.from({ length: 30 }, (_, i) => `service ${i}`));
  assert.equal(slots.size, 30);
  assert.equal(new Set(slots.values()).size, COLOUR_SLOTS);
});
