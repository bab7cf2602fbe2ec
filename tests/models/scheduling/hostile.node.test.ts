/** Whatever JSON stands in the records of a day: no view throws, and each appointment is on the day, apart, left out, or elsewhere. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import type { Appointment, Resource } from '../../../src/models/fhir/index.js';
import { readTemplate, readWaitlistEntry, selectOccurrences } from '../../../src/models/scheduling/index.js';
import { day, SYDNEY } from './records.js';

const LEAVES: readonly unknown[] = ['Patient/p1', 'Practitioner/okafor', '#a', '2026-11-24T09:00:00+11:00', '2026-11-24', 'booked', 'pending', 'waitlist', 'accepted', '09:00:00', 'tue', '', '__proto__', null, true, 0, -1, 30, 1e300, [], { toString: 1, valueOf: 2 }]; // prettier-ignore
const KEYS = ['actor', 'status', 'reference', 'display', 'identifier', 'value', 'system', 'coding', 'code', 'text', 'name', 'family', 'given', 'start', 'end', 'daysOfWeek', 'availableStartTime', 'availableEndTime', 'during', 'description', 'url', 'valueDateTime', 'valueCode', 'extension', 'type', 'required', 'toString']; // prettier-ignore
const FIELDS = ['id', 'status', 'start', 'end', 'minutesDuration', 'participant', 'serviceType', 'specialty', 'description', 'extension', 'identifier', 'requestedPeriod', 'priority', 'created', 'practitioner', 'active', 'period', 'availableTime', 'notAvailable', 'name', 'schedule', 'actor', 'appointment', 'statusHistory', 'class', 'contained']; // prettier-ignore
const TYPES = ['Appointment', 'Patient', 'Practitioner', 'PractitionerRole', 'Encounter', 'Location', 'Slot'];

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(...LEAVES),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie('value'), { maxKeys: 5 }),
  ),
}));
const record = fc
  .tuple(fc.constantFrom(...TYPES), fc.dictionary(fc.constantFrom(...FIELDS), value, { maxKeys: 8 }))
  .map(([resourceType, body]) => ({ resourceType, ...body }) as unknown as Resource);
const appointment = fc
  .dictionary(fc.constantFrom(...FIELDS), value, { maxKeys: 8 })
  .map((body) => ({ resourceType: 'Appointment', ...body }) as unknown as Appointment);

it('a day of hostile records', () => {
  fc.assert(
    fc.property(fc.array(appointment, { maxLength: 6 }), fc.array(record, { maxLength: 6 }), (appointments, related) => {
      const view = day(appointments, { related });
      const shown = new Set(view.columns.flatMap(({ items, allDay }) => [...items, ...allDay].map((item) => item.appointment)));
      const counted = shown.size + view.apart.length + view.leftOut.enteredInError + view.leftOut.expiredHolds;
      assert.ok(counted <= appointments.length);
      for (const [place, one] of appointments.entries()) {
        readTemplate(one);
        readWaitlistEntry(one, place, { zone: SYDNEY });
        selectOccurrences(appointments, one, 'all', { now: 0 });
      }
    }),
    { numRuns: 800 },
  );
});
