/**
 * Rows to measure with: patients, practitioners, appointments, encounters, conditions, observations in the shares of a practice. The same
 * for the same count. Not meant to be looked at: the synthetic practice of carelet/testing is.
 */

/** Small and even enough; the same on every machine (mulberry32). */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const FAMILIES =
  'Abbott Brown Chen Dubois Evans Fischer García Haddad Ivanova Jørgensen Kowalski Levy Müller Nguyen Okafor Patel Quinn Rossi Singh Tanaka Usman Vargas Williams Xu Yılmaz Zhang'.split(
    ' ',
  );
const GIVEN =
  'Ada Ben Chloë Dina Emil Farah Gus Hana Iris Jonas Kofi Lina Milo Noor Otto Pia Quentin Rosa Sami Tara Uma Viktor Wei Xenia Yusuf Zoe'.split(
    ' ',
  );
const CODES = [
  ['8867-4', '/min', 55, 110],
  ['8480-6', 'mm[Hg]', 95, 170],
  ['8462-4', 'mm[Hg]', 55, 100],
  ['29463-7', 'kg', 45, 120],
  ['8302-2', 'cm', 145, 200],
  ['8310-5', 'Cel', 36, 39],
  ['2339-0', 'mg/dL', 60, 220],
  ['718-7', 'g/dL', 9, 18],
  ['2160-0', 'mg/dL', 0.4, 2],
  ['44261-6', '{score}', 0, 27],
];
const CONDITIONS = ['38341003', '44054006', '195967001', '35489007', '197480006', '279039007'];
const STATUS = ['booked', 'booked', 'booked', 'arrived', 'fulfilled', 'fulfilled', 'cancelled', 'noshow'];

const START = Date.UTC(2024, 0, 1);
const DAY = 86_400_000;

/** @returns resources as plain objects, `count` of them. */
export function makeRows(count) {
  const next = random(20261124);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const rows = [];
  const practitioners = Math.max(3, Math.floor(count / 500));
  const patients = Math.max(5, Math.floor(count / 10));
  for (let i = 0; i < practitioners; i++)
    rows.push({ resourceType: 'Practitioner', id: `d${i}`, active: true, name: [{ family: pick(FAMILIES), given: [pick(GIVEN)] }] });
  for (let i = 0; i < patients; i++)
    rows.push({
      resourceType: 'Patient',
      id: `p${i}`,
      identifier: [{ system: 'urn:example:mrn', value: `MRN${String(i).padStart(7, '0')}` }],
      active: true,
      name: [
        { use: 'official', family: `${pick(FAMILIES)}${i % 20 === 0 ? `-${pick(FAMILIES)}` : ''}`, given: [pick(GIVEN), pick(GIVEN)] },
      ],
      telecom: [{ system: 'phone', value: `555-${String(i).padStart(7, '0')}` }],
      gender: next() < 0.5 ? 'female' : 'male',
      birthDate: new Date(Date.UTC(1930, 0, 1) + Math.floor(next() * 33_000) * DAY).toISOString().slice(0, 10),
      address: [
        {
          line: [`${1 + (i % 200)} High Street`],
          city: pick(['Springfield', 'Shelbyville', 'Ogdenville']),
          postalCode: String(10000 + (i % 900)),
          country: 'US',
        },
      ],
      generalPractitioner: [{ reference: `Practitioner/d${i % practitioners}` }],
    });
  const someone = () => `Patient/p${Math.floor(next() * patients)}`;
  while (rows.length < count) {
    const i = rows.length;
    const day = START + Math.floor(next() * 1000) * DAY;
    const at = new Date(day + (8 * 60 + 15 * Math.floor(next() * 40)) * 60_000);
    const share = next();
    if (share < 0.3)
      rows.push({
        resourceType: 'Appointment',
        id: `a${i}`,
        status: pick(STATUS),
        start: at.toISOString(),
        end: new Date(at.getTime() + 1_800_000).toISOString(),
        participant: [
          { actor: { reference: someone() }, status: 'accepted' },
          { actor: { reference: `Practitioner/d${Math.floor(next() * practitioners)}` }, status: 'accepted' },
        ],
      });
    else if (share < 0.4)
      rows.push({
        resourceType: 'Encounter',
        id: `e${i}`,
        status: 'finished',
        class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
        subject: { reference: someone() },
        period: { start: at.toISOString(), end: new Date(at.getTime() + 1_800_000).toISOString() },
      });
    else if (share < 0.48)
      rows.push({
        resourceType: 'Condition',
        id: `c${i}`,
        clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }] },
        code: { coding: [{ system: 'http://snomed.info/sct', code: pick(CONDITIONS) }] },
        subject: { reference: someone() },
        onsetDateTime: at.toISOString().slice(0, 10),
      });
    else {
      const [code, unit, low, high] = pick(CODES);
      rows.push({
        resourceType: 'Observation',
        id: `o${i}`,
        status: 'final',
        category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] }],
        code: { coding: [{ system: 'http://loinc.org', code }], text: code },
        subject: { reference: someone() },
        effectiveDateTime: at.toISOString(),
        valueQuantity: {
          value: Math.round((low + next() * (high - low)) * 10) / 10,
          unit,
          system: 'http://unitsofmeasure.org',
          code: unit,
        },
      });
    }
  }
  return rows;
}

/** The searches that are measured. Each varies with `i`, so that nothing can be answered from a cache of answers. */
export const SEARCHES = [
  ['patient by name', (i) => `Patient?name=${encodeURIComponent(FAMILIES[i % FAMILIES.length].slice(0, 4))}&_count=20`],
  ['patient by identifier', (i) => `Patient?identifier=urn:example:mrn%7CMRN${String(i % 100).padStart(7, '0')}&_count=20`],
  ['observations of a patient, one code, sorted', (i) => `Observation?patient=Patient/p${i % 100}&code=8867-4&_sort=-date&_count=20`],
  [
    'appointments of a day, sorted',
    (i) => `Appointment?date=ge${dayOf(i)}T00:00:00Z&date=lt${dayOf(i + 1)}T00:00:00Z&_sort=date&_count=20`,
  ],
  [
    'chain: observations by patient name',
    (i) => `Observation?subject:Patient.name=${encodeURIComponent(FAMILIES[i % FAMILIES.length])}&_count=20`,
  ],
  ['revinclude: a patient with observations', (i) => `Patient?_id=p${i % 100}&_revinclude=Observation:patient&_count=20`],
  ['include: appointments with their actors', (i) => `Appointment?date=${dayOf(i)}&_include=Appointment:actor&_count=20`],
  ['has: patients with a high heart rate', () => 'Patient?_has:Observation:patient:code-value-quantity=8867-4$gt108&_count=20'],
  ['all appointments, sorted by date', () => 'Appointment?_sort=date&_count=20'],
  ['all patients, sorted by two keys', () => 'Patient?_sort=family,-birthdate&_count=20'],
  ['all observations, newest first', () => 'Observation?_sort=-date&_count=20'],
];

const dayOf = (i) => new Date(START + ((i * 7) % 1000) * DAY).toISOString().slice(0, 10);
