/** Who pays for a patient: public schemes, invented funds, insurers of accidents, or the patient. */
import type { Coverage, Reference } from '../../models/fhir/index.js';
import { dateText } from './calendar.js';
import { concept, HL7, reference, V3_ACT } from './codes.js';
import { PAYERS, type Payer } from './organisation.js';
import { patientReference } from './patient.js';
import { yearsOld, type Person } from './people.js';
import type { Practice } from './practice.js';
import { Random } from './random.js';

/** A patient's cover: the payer is undefined for those who pay by themselves. */
export interface Cover {
  id: string;
  payer: Payer | undefined;
}

type CoverKind = 'scheme' | 'fund' | 'other' | 'accident' | 'self' | 'foreign';

/** Kinds that the cast has for certain. */
const CAST_COVER: Readonly<Record<number, CoverKind>> = { 0: 'scheme', 5: 'self', 8: 'foreign', 9: 'fund', 12: 'accident', 14: 'other' };

function coverKind(practice: Practice, person: Person, rng: Random): CoverKind {
  const chance = rng.next();
  const fixed = CAST_COVER[person.index];
  if (fixed) return fixed;
  // A few have a policy of the other country: travellers, and people just arrived.
  if (chance > 0.95) return 'foreign';
  if (chance > 0.9) return 'self';
  if (chance > 0.86) return 'accident';
  if (practice.country === 'AU')
    return chance < 0.66 ? 'scheme' : chance > 0.82 && yearsOld(person, practice.calendar.today) > 60 ? 'other' : 'fund';
  return yearsOld(person, practice.calendar.today) >= 65 ? 'scheme' : chance < 0.5 ? 'fund' : 'other';
}

export function coverOf(practice: Practice, person: Person): Cover {
  const kind = coverKind(practice, person, new Random(practice.seed, 0x636f7665, person.index));
  const [scheme, fund, other, accident] = PAYERS[practice.country];
  const [, foreign] = PAYERS[practice.country === 'AU' ? 'US' : 'AU'];
  return { id: `${person.id}-cover`, payer: { scheme, fund, other, accident, foreign, self: undefined }[kind] };
}

export function coverReference(cover: Cover): Reference {
  return reference('Coverage', cover.id, cover.payer?.name ?? 'Pays privately');
}

export function coverage(practice: Practice, person: Person, cover: Cover): Coverage {
  const rng = new Random(practice.seed, 0x706f6c69, person.index);
  const { payer } = cover;
  const { today } = practice.calendar;
  const isChild = yearsOld(person, today) < 16;
  return {
    resourceType: 'Coverage',
    id: cover.id,
    status: 'active',
    type: payer
      ? concept(V3_ACT, payer.type, undefined, payer.typeText)
      : concept(`${HL7}coverage-selfpay`, 'pay', 'Pay', 'Pays privately'),
    ...(payer ? { subscriberId: `${payer.name.slice(0, 3).toUpperCase()}${rng.digits(8)}` } : {}),
    beneficiary: patientReference(person),
    relationship: concept(`${HL7}subscriber-relationship`, isChild ? 'child' : 'self', isChild ? 'Child' : 'Self'),
    period: {
      start: dateText(Math.max(person.born, today - rng.int(400, 3000))),
      ...(rng.chance(0.06) ? { end: dateText(today - rng.int(1, 40)) } : {}),
    },
    payor: [payer ? reference('Organization', payer.id, payer.name) : patientReference(person)],
    ...(payer && payer.type !== 'PUBLICPOL'
      ? { class: [{ type: concept(`${HL7}coverage-class`, 'group', 'Group'), value: `G${rng.digits(4)}` }] }
      : {}),
    order: 1,
  };
}
