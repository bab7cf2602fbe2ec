/** What else a chart holds: referrals, alerts, consents, tasks, messages, an intake form, who signed what. */
import type {
  Communication,
  Consent,
  Flag,
  Provenance,
  QuestionnaireResponse,
  Reference,
  Resource,
  ServiceRequest,
  Task,
} from '../../models/fhir/index.js';
import { dateText } from './calendar.js';
import { concept, HL7, reference, words } from './codes.js';
import { noteReference } from './notes.js';
import { disciplineConcept, ORGANISATION } from './organisation.js';
import { practitionerReference } from './providers.js';
import { patientReference } from './patient.js';
import { yearsOld, type Person } from './people.js';
import type { Practice } from './practice.js';
import { conditionReference, type Held } from './problems.js';
import { Random } from './random.js';
import type { Visit } from './visit.js';

const INTENT = 'order' as const;

/** Referrals to the psychologist and the physiotherapist, one for each whom the patient has seen or will see. */
export function referralsOf(
  practice: Practice,
  person: Person,
  visits: readonly Visit[],
  problems: readonly Held[],
): ReadonlyMap<string, ServiceRequest> {
  const found = new Map<string, ServiceRequest>();
  for (const discipline of ['psychology', 'physiotherapy'] as const) {
    const first = visits.find(({ provider, day }) => provider.discipline === discipline && day > practice.calendar.today - 400);
    if (!first) continue;
    const held = problems.find(({ problem }) => problem.discipline === discipline);
    const authored = Math.min(first.day - 6, practice.calendar.today);
    found.set(discipline, {
      resourceType: 'ServiceRequest',
      id: `${person.id}-referral-${discipline}`,
      status: 'active',
      intent: INTENT,
      category: [words('Referral')],
      priority: person.index % 9 === 4 ? 'urgent' : 'routine',
      code: { text: discipline === 'psychology' ? 'Psychological therapy' : 'Physiotherapy' },
      subject: patientReference(person),
      occurrencePeriod: { start: dateText(authored), end: dateText(authored + 400) },
      authoredOn: dateText(authored),
      requester: practitionerReference(practice.providerFor(person.index, 'gp')),
      performerType: disciplineConcept(discipline),
      performer: [practitionerReference(practice.providerFor(person.index, discipline))],
      ...(held ? { reasonReference: [conditionReference(held)] } : {}),
      quantityQuantity: { value: discipline === 'psychology' ? 10 : 6, unit: 'visits' },
    });
  }
  return found;
}

const ALERTS = [
  'Falls risk',
  'Hearing impaired: face when speaking',
  'Wheelchair: use Room 3',
  'Call before visits',
  'Needs longer appointments',
] as const;

function flag(practice: Practice, person: Person, number: number, text: string, daysAgo: number): Flag {
  return {
    resourceType: 'Flag',
    id: `${person.id}-flag-${number}`,
    status: 'active',
    category: [concept(`${HL7}flag-category`, 'clinical', 'Clinical')],
    code: { text },
    subject: patientReference(person),
    period: { start: dateText(practice.calendar.today - daysAgo) },
    author: practitionerReference(practice.providerFor(person.index, 'gp')),
  };
}

export function* flags(practice: Practice, person: Person): Generator<Resource> {
  const rng = new Random(practice.seed, 0x666c6167, person.index);
  if (person.traits.has('complex')) {
    yield flag(practice, person, 1, 'Lithium toxicity risk', 90);
    yield flag(practice, person, 2, `Safety plan, ${dateText(practice.calendar.today - 81)}`, 81);
    return;
  }
  if (person.living && rng.chance(0.15)) yield flag(practice, person, 1, rng.pick(ALERTS), rng.int(20, 400));
}

export function* consents(practice: Practice, person: Person): Generator<Resource> {
  const rng = new Random(practice.seed, 0x636f6e73, person.index);
  if (!rng.chance(0.5)) return;
  const consent: Consent = {
    resourceType: 'Consent',
    id: `${person.id}-consent`,
    status: 'active',
    scope: concept(`${HL7}consentscope`, 'patient-privacy', 'Privacy Consent'),
    category: [words('Sharing records with other practices')],
    patient: patientReference(person),
    dateTime: dateText(Math.max(person.born + 1, practice.calendar.today - rng.int(10, 900))),
    organization: [ORGANISATION],
    policyRule: words('Privacy policy of the practice'),
    provision: { type: rng.chance(0.85) ? 'permit' : 'deny' },
  };
  yield consent;
}

/** Reminders of the coming visits, and what was said by telephone. */
export function* messages(practice: Practice, person: Person, visits: readonly Visit[]): Generator<Resource> {
  const { calendar } = practice;
  for (const visit of visits
    .filter(({ day, state }) => day >= calendar.today - 3 && day <= calendar.today + 2 && state !== 'entered-in-error')
    .slice(0, 2)) {
    const sent = calendar.epoch(visit.day - 2, 600) <= calendar.now;
    const reminder: Communication = {
      resourceType: 'Communication',
      id: `reminder-${visit.id}`,
      status: sent ? 'completed' : 'preparation',
      category: [concept(`${HL7}communication-category`, 'reminder', 'Reminder')],
      subject: patientReference(person),
      about: [reference('Appointment', visit.id)],
      ...(sent ? { sent: calendar.iso(visit.day - 2, 600) } : {}),
      recipient: [patientReference(person)],
      sender: ORGANISATION,
      medium: [words('Text message')],
      payload: [{ contentString: `Your visit is on ${calendar.date(visit.day)}. Reply YES to confirm.` }],
    };
    yield reminder;
  }
  if (!person.traits.has('complex')) return;
  const call: Communication = {
    resourceType: 'Communication',
    id: `${person.id}-critical-call`,
    status: 'completed',
    category: [concept(`${HL7}communication-category`, 'alert', 'Alert')],
    subject: patientReference(person),
    sent: calendar.iso(calendar.today - 5, 662),
    recipient: [practitionerReference(practice.providerFor(person.index, 'gp'))],
    sender: reference('Organization', 'tidewater-pathology', 'Tidewater Pathology'),
    medium: [words('Telephone')],
    payload: [{ contentString: 'Potassium 6.4 mmol/L, rung through.' }],
  };
  yield call;
}

const TASKS = ['Ring about results', 'Chase imaging report', 'Send care plan', 'Renew referral', 'Confirm Medicare details'] as const;

export function* tasks(practice: Practice, person: Person): Generator<Resource> {
  const { calendar } = practice;
  const rng = new Random(practice.seed, 0x7461736b, person.index);
  const critical = person.traits.has('complex');
  if (!critical && (!person.living || !rng.chance(0.3))) return;
  const status = critical ? 'requested' : rng.pick(['requested', 'accepted', 'in-progress', 'completed'] as const);
  const authored = calendar.today - (critical ? 5 : rng.int(1, 30));
  const task: Task = {
    resourceType: 'Task',
    id: `${person.id}-task`,
    status,
    intent: INTENT,
    priority: critical ? 'stat' : rng.pick(['routine', 'routine', 'urgent']),
    description: critical ? 'Acknowledge critical potassium' : rng.pick(TASKS),
    ...(critical ? { focus: reference('Observation', `${person.id}-lithium-4-potassium`) } : {}),
    for: patientReference(person),
    authoredOn: calendar.iso(authored, 663),
    lastModified: calendar.iso(status === 'completed' ? calendar.today - 1 : authored, 700),
    requester: ORGANISATION,
    owner: practitionerReference(practice.providerFor(person.index, 'gp')),
    restriction: { period: { end: dateText(calendar.today + rng.int(0, 14)) } },
  };
  yield task;
}

/** The form that new patients fill in. */
export function* intake(practice: Practice, person: Person): Generator<Resource> {
  const rng = new Random(practice.seed, 0x696e7461, person.index);
  if (yearsOld(person, practice.calendar.today) < 18 || !rng.chance(0.35)) return;
  const form: QuestionnaireResponse = {
    resourceType: 'QuestionnaireResponse',
    id: `${person.id}-intake`,
    status: rng.chance(0.9) ? 'completed' : 'in-progress',
    subject: patientReference(person),
    authored: practice.calendar.iso(Math.min(person.died ?? Infinity, practice.calendar.today - rng.int(30, 800)), 1_180),
    author: patientReference(person),
    source: patientReference(person),
    item: [
      {
        linkId: 'reason',
        text: 'What brings you to us?',
        answer: [{ valueString: rng.pick(['A new GP nearby', 'My back', 'Stress at work', 'A referral']) }],
      },
      { linkId: 'smoking', text: 'Do you smoke?', answer: [{ valueBoolean: rng.chance(0.15) }] },
      { linkId: 'alcohol', text: 'Standard drinks a week', answer: [{ valueInteger: rng.int(0, 14) }] },
    ],
  };
  yield form;
}

/** Who signed the last note. @param seen visits that took place, oldest first. */
export function* signatures(practice: Practice, person: Person, signed: Visit | undefined): Generator<Resource> {
  if (!signed) return;
  const provenance: Provenance = {
    resourceType: 'Provenance',
    id: `${person.id}-signed`,
    target: [noteReference(signed)],
    recorded: practice.calendar.iso(signed.day, signed.start + signed.minutes + 25),
    activity: concept(`${HL7}v3-DocumentCompletion`, 'LA', 'legally authenticated'),
    agent: [
      { type: concept(`${HL7}provenance-participant-type`, 'author', 'Author'), who: practitionerReference(signed.provider) as Reference },
    ],
  };
  yield provenance;
}
