/** The records that a check makes: about nobody, long ago, and said to be tests. */

interface Identifier {
  system: string;
  value: string;
}

/** Label of HL7's ActReason for test data. */
const meta = { tag: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HTEST', display: 'test health data' }] };

export const patient = (identifier: Identifier): object => ({
  resourceType: 'Patient',
  meta,
  identifier: [identifier],
  active: false,
  name: [{ family: 'Carelet-Check', given: ['Trial'] }],
  birthDate: '1900-01-01',
});

/** As text, since a number in JavaScript cannot say 1.00. */
export const observationText = (identifier: Identifier, subject: string): string =>
  `{"resourceType":"Observation","meta":${JSON.stringify(meta)},"identifier":[${JSON.stringify(identifier)}],"status":"final",` +
  `"code":{"text":"carelet check"},"subject":{"reference":"${subject}"},"effectiveDateTime":"1900-01-02T09:00:00Z",` +
  `"valueQuantity":{"value":1.00,"unit":"1"}}`;

/** Cancelled, so that no calendar and no reminder takes it for one. */
export const appointment = (identifier: Identifier, subject: string, hour = 9): object => ({
  resourceType: 'Appointment',
  meta,
  identifier: [identifier],
  status: 'cancelled',
  start: `1900-01-02T${String(hour).padStart(2, '0')}:00:00Z`,
  end: `1900-01-02T${String(hour).padStart(2, '0')}:30:00Z`,
  participant: [{ actor: { reference: subject }, status: 'declined' }],
});
