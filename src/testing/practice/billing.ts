/** What a visit costs, and what became of the claim. All money is reckoned in whole cents; all codes are invented. */
import type { ChargeItem, Claim, ClaimItem, ClaimResponse, ClaimResponseItem, CodeableConcept, Resource } from '../../models/fhir/index.js';
import { dateText } from './calendar.js';
import { concept, HL7, ICD10CM, money, OWN_BILLING, reference, words } from './codes.js';
import { encounterReference } from './appointments.js';
import { coverReference, type Cover } from './coverage.js';
import { ORGANISATION, SITE, type Payer } from './organisation.js';
import { patientReference } from './patient.js';
import type { Person } from './people.js';
import type { Practice } from './practice.js';
import { conditionReference, type Held } from './problems.js';
import { practitionerReference } from './providers.js';
import { Random } from './random.js';
import type { Visit } from './visit.js';

/** How far back charges and claims are kept in full. */
const BILLED_DAYS = 365;
/** Claims go out two days after the visit, and are answered a week or so later. */
const CLAIM_AFTER = 2;
const ANSWER_AFTER = 9;

function chargeId(visit: Visit): string {
  return `charge-${visit.id}`;
}

function billingCode({ service }: Visit): CodeableConcept {
  return concept(OWN_BILLING, service.billing.code, service.billing.display);
}

function charge(practice: Practice, person: Person, visit: Visit, held: Held | undefined, isClaimed: boolean): ChargeItem {
  const { calendar } = practice;
  return {
    resourceType: 'ChargeItem',
    id: chargeId(visit),
    status: isClaimed ? 'billed' : 'billable',
    code: billingCode(visit),
    subject: patientReference(person),
    context: encounterReference(visit),
    occurrenceDateTime: calendar.iso(visit.day, visit.start),
    performer: [{ actor: practitionerReference(visit.provider) }],
    performingOrganization: ORGANISATION,
    quantity: { value: 1 },
    priceOverride: money(visit.service.billing.cents, practice.currency),
    enteredDate: calendar.iso(
      visit.day,
      Math.min(visit.start + visit.minutes + 10, visit.day === calendar.today ? calendar.minuteNow : Infinity),
    ),
    ...(held ? { reason: [words(held.problem.text)] } : {}),
  };
}

function diagnosis(practice: Practice, held: Held): NonNullable<Claim['diagnosis']>[number] {
  const icd = practice.country === 'US' ? held.problem.icd : undefined;
  return {
    sequence: 1,
    ...(icd
      ? { diagnosisCodeableConcept: concept(ICD10CM, icd[0], icd[1], held.problem.text) }
      : { diagnosisReference: conditionReference(held) }),
  };
}

function claim(practice: Practice, person: Person, cover: Cover, payer: Payer, visits: readonly Visit[], held: Held | undefined): Claim {
  const { calendar, currency } = practice;
  const [first, last] = [visits[0] as Visit, visits.at(-1) as Visit];
  const items = visits.map((visit, i): ClaimItem => ({
    sequence: i + 1,
    careTeamSequence: [1],
    ...(held ? { diagnosisSequence: [1] } : {}),
    productOrService: billingCode(visit),
    servicedDate: calendar.date(visit.day),
    locationReference: SITE,
    quantity: { value: 1 },
    unitPrice: money(visit.service.billing.cents, currency),
    net: money(visit.service.billing.cents, currency),
    encounter: [encounterReference(visit)],
  }));
  return {
    resourceType: 'Claim',
    id: `claim-${first.id}`,
    status: 'active',
    type: concept(`${HL7}claim-type`, 'professional', 'Professional'),
    use: 'claim',
    patient: patientReference(person),
    billablePeriod: { start: calendar.date(first.day), end: calendar.date(last.day) },
    created: calendar.date(last.day + CLAIM_AFTER),
    insurer: reference('Organization', payer.id, payer.name),
    provider: ORGANISATION,
    priority: concept(`${HL7}processpriority`, 'normal', 'Normal'),
    payee: { type: concept(`${HL7}payeetype`, 'provider', 'Provider') },
    careTeam: [
      {
        sequence: 1,
        provider: practitionerReference(first.provider),
        responsible: true,
        role: concept(`${HL7}claimcareteamrole`, 'primary', 'Primary provider'),
      },
    ],
    ...(held ? { diagnosis: [diagnosis(practice, held)] } : {}),
    insurance: [{ sequence: 1, focal: true, coverage: coverReference(cover) }],
    item: items,
    total: money(
      visits.reduce((sum, visit) => sum + visit.service.billing.cents, 0),
      currency,
    ),
  };
}

/** What the payer allows of a line, and what it pays of that. A denied line gets nothing. */
interface Settled {
  submitted: number;
  eligible: number;
  copay: number;
  benefit: number;
}

function settle(visit: Visit, denied: boolean, rng: Random): Settled {
  const submitted = visit.service.billing.cents;
  if (denied) return { submitted, eligible: 0, copay: 0, benefit: 0 };
  const eligible = Math.round((submitted * rng.int(70, 100)) / 100);
  const copay = Math.min(eligible, rng.pick([0, 0, 1000, 2500]));
  return { submitted, eligible, copay, benefit: eligible - copay };
}

const SHOWN = ['submitted', 'eligible', 'copay', 'benefit'] as const;
const SHOWN_NAMES: Record<(typeof SHOWN)[number], string> = {
  submitted: 'Submitted Amount',
  eligible: 'Eligible Amount',
  copay: 'CoPay',
  benefit: 'Benefit Amount',
};

function category(of: (typeof SHOWN)[number]): CodeableConcept {
  return concept(`${HL7}adjudication`, of, SHOWN_NAMES[of]);
}

function response(practice: Practice, person: Person, cover: Cover, payer: Payer, visits: readonly Visit[]): ClaimResponse {
  const { calendar, currency } = practice;
  const [first, last] = [visits[0] as Visit, visits.at(-1) as Visit];
  const rng = new Random(practice.seed, 0x72657370, person.index, first.day);
  const denied = rng.chance(0.07);
  const settled = visits.map((visit) => settle(visit, denied, rng));
  const total = (of: (typeof SHOWN)[number]): number => settled.reduce((sum, line) => sum + line[of], 0);
  const answered = last.day + ANSWER_AFTER;
  return {
    resourceType: 'ClaimResponse',
    id: `response-${first.id}`,
    status: 'active',
    type: concept(`${HL7}claim-type`, 'professional', 'Professional'),
    use: 'claim',
    patient: patientReference(person),
    created: calendar.date(answered),
    insurer: reference('Organization', payer.id, payer.name),
    requestor: ORGANISATION,
    request: reference('Claim', `claim-${first.id}`),
    // R4 has no outcome "denied": it is complete, with nothing paid.
    outcome: 'complete',
    disposition: denied ? 'Denied: not covered on the date of service.' : 'Settled.',
    item: settled.map((line, i): ClaimResponseItem => ({
      itemSequence: i + 1,
      adjudication: SHOWN.map((of) => ({ category: category(of), amount: money(line[of], currency) })),
    })),
    total: SHOWN.map((of) => ({ category: category(of), amount: money(total(of), currency) })),
    ...(denied
      ? {}
      : {
          payment: {
            type: concept(`${HL7}ex-paymenttype`, 'complete', 'Complete'),
            date: calendar.date(answered + 1),
            amount: money(total('benefit'), currency),
          },
        }),
    insurance: [{ sequence: 1, focal: true, coverage: coverReference(cover) }],
  };
}

/** Charges of a patient's visits, and the claims for them: one a provider and month. @param seen visits that took place, oldest first. */
export function* billing(
  practice: Practice,
  person: Person,
  cover: Cover,
  seen: readonly Visit[],
  problems: readonly Held[],
): Generator<Resource> {
  const { today } = practice.calendar;
  const recent = seen.filter(({ day }) => day > today - BILLED_DAYS);
  const heldFor = (visit: Visit): Held | undefined =>
    problems.find(({ problem, onset }) => problem.discipline === visit.provider.discipline && onset <= visit.day);
  const batches = new Map<string, Visit[]>();
  for (const visit of recent) {
    const isClaimed = cover.payer !== undefined && visit.day + CLAIM_AFTER <= today;
    yield charge(practice, person, visit, heldFor(visit), isClaimed);
    if (!isClaimed) continue;
    const key = `${visit.provider.id} ${dateText(visit.day).slice(0, 7)}`;
    batches.set(key, [...(batches.get(key) ?? []), visit]);
  }
  for (const visits of batches.values()) {
    if (!cover.payer) return;
    yield claim(practice, person, cover, cover.payer, visits, heldFor(visits[0] as Visit));
    if ((visits.at(-1) as Visit).day + ANSWER_AFTER <= today) yield response(practice, person, cover, cover.payer, visits);
  }
}
