/** Everything about one patient, in an order in which each resource stands after what it refers to, near enough. */
import type { Composition, Resource } from '../../models/fhir/index.js';
import { allergies, immunizations } from './allergies.js';
import { appointment, duplicate, encounter } from './appointments.js';
import { billing } from './billing.js';
import { coverage, coverOf, coverReference } from './coverage.js';
import { reference } from './codes.js';
import { diaryOf } from './diary.js';
import { consents, flags, intake, messages, referralsOf, signatures, tasks } from './extras.js';
import { medicines } from './medicines.js';
import { notes } from './notes.js';
import { careTeam, patient, relatives } from './patient.js';
import { personAt } from './people.js';
import type { Plan } from './plan.js';
import type { Practice } from './practice.js';
import { conditionReference, conditions, problemsOf } from './problems.js';
import { laboratory } from './laboratory.js';
import { measures } from './measures.js';
import { vitals } from './vitals.js';
import type { Visit } from './visit.js';

export function* recordOf(practice: Practice, plan: Plan, index: number): Generator<Resource> {
  const person = personAt(practice, index);
  const problems = problemsOf(practice, person);
  const cover = coverOf(practice, person);
  const visits = diaryOf(practice, plan, person);
  const seen = visits.filter(({ state }) => state === 'fulfilled');

  yield patient(practice, person);
  yield* relatives(practice, person);
  const team = careTeam(practice, person);
  if (team) yield team;
  yield coverage(practice, person, cover);
  yield* conditions(practice, person, problems);
  yield* allergies(practice, person);
  yield* medicines(practice, person, problems);
  yield* immunizations(practice, person);
  yield* flags(practice, person);
  yield* consents(practice, person);
  yield* intake(practice, person);

  const referrals = referralsOf(practice, person, visits, problems);
  yield* referrals.values();
  const referral = (visit: Visit): ReturnType<typeof reference> | undefined => {
    const found = referrals.get(visit.provider.discipline);
    return found?.authoredOn !== undefined && found.authoredOn <= practice.calendar.date(visit.day)
      ? reference('ServiceRequest', found.id ?? '')
      : undefined;
  };
  for (const visit of visits) {
    const booked = appointment({ practice, plan, referral, coverage: coverReference(cover) }, person, visit);
    yield booked;
    if (plan.duplicated.has(visit)) yield duplicate(booked);
    const held = problems.find(({ problem, onset }) => problem.discipline === visit.provider.discipline && onset <= visit.day);
    const met = encounter(practice, person, visit, held && conditionReference(held));
    if (met) yield met;
    if (visit.state === 'fulfilled' && visit.provider.discipline === 'gp') yield* vitals(practice, person, visit, problems);
  }
  yield* laboratory(practice, person, problems);
  yield* measures(practice, person, seen.filter(({ provider, session }) => provider.discipline === 'psychology' && session === undefined)); // prettier-ignore
  let signed: string | undefined;
  for (const resource of notes(practice, person, seen)) {
    if (resource.resourceType === 'Composition' && (resource as Composition).status === 'final') signed = resource.id;
    yield resource;
  }
  yield* signatures(
    practice,
    person,
    seen.find(({ id }) => `note-${id}` === signed),
  );
  yield* billing(practice, person, cover, seen, problems);
  yield* messages(practice, person, visits);
  yield* tasks(practice, person);
}
