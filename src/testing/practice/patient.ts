/** The Patient resource, with the gaps and oddities that real ones have. */
import type {
  Address,
  Extension,
  HumanName,
  Identifier,
  Patient,
  PatientCommunication,
  RelatedPerson,
  Resource,
} from '../../models/fhir/index.js';
import { dateText } from './calendar.js';
import { concept, extension, HL7, LOINC, OWN, reference, STRUCTURE, V2 } from './codes.js';
import { disciplinesOf } from './cycles.js';
import { NAME_POOLS, SHORT_NAMES } from './data/names.js';
import { ihi, medicare, phone } from './numbers.js';
import { ORGANISATION } from './organisation.js';
import { practitionerReference } from './providers.js';
import { recordedBirthDate, yearsOld, type Person } from './people.js';
import type { Practice } from './practice.js';
import { Random } from './random.js';

const ABSENT = `${STRUCTURE}data-absent-reason`;
const PRONOUNS = { she: ['LA29519-8', 'she/her/her/hers/herself'], they: ['LA29520-6', 'they/them/their/theirs/themselves'] } as const;

export function patientReference(person: Person): { reference: string; display: string } {
  return { reference: `Patient/${person.id}`, display: person.display };
}

function absent(reason: 'masked' | 'unknown'): { extension: Extension[] } {
  return { extension: [extension(ABSENT, { valueCode: reason })] };
}

function identifiers(practice: Practice, person: Person, rng: Random): Identifier[] {
  const mrn: Identifier = {
    use: 'usual',
    type: concept(`${V2}0203`, 'MR', 'Medical record number'),
    system: `${OWN}/mrn`,
    value: String(700_000 + person.index * 7 + 104),
    assigner: ORGANISATION,
  };
  if (practice.country === 'US') return [mrn];
  const own: Identifier = {
    type: concept(`${V2}0203`, 'NI', 'National unique individual identifier'),
    system: 'http://ns.electronichealth.net.au/id/hi/ihi/1.0',
    value: ihi(rng),
  };
  const card: Identifier = {
    type: concept(`${V2}0203`, 'MC', "Patient's Medicare number"),
    system: 'http://ns.electronichealth.net.au/id/medicare-number',
    value: medicare(rng),
    period: { end: dateText(practice.calendar.today + rng.int(-60, 1400)).slice(0, 7) },
  };
  if (person.traits.has('masked')) return [mrn, { type: own.type!, system: own.system!, _value: absent('masked') }];
  return rng.chance(0.9) ? [mrn, own, card] : [mrn, card];
}

function names(practice: Practice, person: Person, rng: Random): HumanName[] {
  const { traits, family } = person;
  const given = [...person.given];
  if (traits.has('text-name')) return [{ text: `${given.join(' ')} ${family}` }];
  if (traits.has('mononym')) return [{ use: 'official', given, text: given[0] ?? '' }];
  const official: HumanName = { use: 'official', family, given };
  if (family.startsWith('de ') || family.startsWith('van den '))
    official._family = {
      extension: [extension(`${STRUCTURE}humanname-own-prefix`, { valueString: family.slice(0, family.lastIndexOf(' ')) })],
    };
  if (person.pool.language && rng.chance(0.6))
    official.extension = [extension(`${STRUCTURE}language`, { valueCode: person.pool.language.code })];
  const all = [official];
  if (traits.has('nickname') || traits.has('they')) all.push({ use: 'usual', given: [rng.pick(SHORT_NAMES)] });
  if (traits.has('maiden'))
    all.push({
      use: 'maiden',
      family: rng.pick(NAME_POOLS[0]?.family ?? [family]),
      given,
      period: { end: dateText(practice.calendar.today - rng.int(2000, 9000)).slice(0, 4) },
    });
  return all;
}

function extensions(person: Person): Extension[] {
  const { traits } = person;
  const all: Extension[] = [];
  const stated = (url: string, value: NonNullable<Extension['valueCodeableConcept']>): Extension => ({
    url,
    extension: [extension('value', { valueCodeableConcept: value })],
  });
  const pronouns = traits.has('they')
    ? PRONOUNS.they
    : traits.has('complex') || (traits.has('trans') && person.gender === 'male')
      ? PRONOUNS.she
      : undefined;
  if (pronouns) all.push(stated(`${STRUCTURE}individual-pronouns`, concept(LOINC, pronouns[0], pronouns[1])));
  if (traits.has('they')) all.push(stated(`${STRUCTURE}individual-genderIdentity`, { text: 'Non-binary' }));
  if (traits.has('trans'))
    all.push(stated(`${STRUCTURE}individual-genderIdentity`, { text: person.gender === 'male' ? 'Female' : 'Male' }));
  if (traits.has('interpreter')) all.push(extension(`${STRUCTURE}patient-interpreterRequired`, { valueBoolean: true }));
  return all;
}

function languages(person: Person): PatientCommunication[] {
  const { language } = person.pool;
  if (!language || !(person.traits.has('interpreter') || person.pool.rtl)) return [];
  return [{ language: concept('urn:ietf:bcp:47', language.code, language.name), preferred: true }];
}

function telecom(practice: Practice, person: Person, rng: Random): NonNullable<Patient['telecom']> {
  if (person.traits.has('no-phone')) return [];
  const points: NonNullable<Patient['telecom']> = [{ system: 'phone', value: phone(rng, practice.country, true), use: 'mobile', rank: 1 }];
  if (rng.chance(0.3)) points.push({ system: 'phone', value: phone(rng, practice.country, false), use: 'home' });
  if (rng.chance(0.65) && yearsOld(person, practice.calendar.today) >= 16)
    points.push({ system: 'email', value: `${person.id}@example.org`, use: 'home' });
  if (rng.chance(0.1)) points.push({ system: 'phone', value: phone(rng, practice.country, false), use: 'old' });
  return points;
}

function address(practice: Practice, person: Person): Address {
  if (person.traits.has('masked')) return { use: 'home', ...absent('masked') };
  return { use: 'home', line: [person.street], ...person.place, country: practice.country };
}

/** A time of birth is recorded for the newborn, so that their age can be told in hours. */
function birth(practice: Practice, person: Person): Pick<Patient, 'birthDate' | '_birthDate'> {
  const birthDate = recordedBirthDate(person);
  if (!person.traits.has('newborn')) return { birthDate };
  return {
    birthDate,
    _birthDate: { extension: [extension(`${STRUCTURE}patient-birthTime`, { valueDateTime: practice.calendar.iso(person.born, 312) })] },
  };
}

export function patient(practice: Practice, person: Person): Patient {
  const rng = new Random(practice.seed, 0x70617469, person.index);
  const extended = extensions(person);
  const spoken = languages(person);
  const points = telecom(practice, person, rng);
  return {
    resourceType: 'Patient',
    id: person.id,
    ...(extended.length > 0 ? { extension: extended } : {}),
    identifier: identifiers(practice, person, rng),
    active: !person.traits.has('inactive'),
    name: names(practice, person, rng),
    ...(points.length > 0 ? { telecom: points } : {}),
    gender: person.gender,
    ...birth(practice, person),
    ...(person.died === undefined ? {} : { deceasedDateTime: dateText(person.died) }),
    ...(person.traits.has('deceased-undated') ? { deceasedBoolean: true } : {}),
    address: [address(practice, person)],
    ...(spoken.length > 0 ? { communication: spoken } : {}),
    generalPractitioner: [practitionerReference(practice.providerFor(person.index, 'gp'))],
    managingOrganization: ORGANISATION,
  };
}

/** Parents of children, and somebody to ring for some others. */
export function* relatives(practice: Practice, person: Person): Generator<Resource> {
  const rng = new Random(practice.seed, 0x72656c61, person.index);
  const isChild = yearsOld(person, practice.calendar.today) < 16;
  if (!isChild && !person.traits.has('complex') && !rng.chance(0.25)) return;
  const sex = rng.chance(0.6) ? 'female' : 'male';
  const [code, display] = isChild ? (sex === 'female' ? ['MTH', 'mother'] : ['FTH', 'father']) : ['SPS', 'spouse'];
  const relative: RelatedPerson = {
    resourceType: 'RelatedPerson',
    id: `${person.id}-relative`,
    active: true,
    patient: patientReference(person),
    relationship: [concept(`${HL7}v3-RoleCode`, code as string, display as string)],
    name: [{ use: 'official', family: person.family || rng.pick(person.pool.family), given: [rng.pick(person.pool[sex])] }],
    telecom: [{ system: 'phone', value: phone(rng, practice.country, true), use: 'mobile' }],
    gender: sex,
  };
  yield relative;
}

/** The people who look after a patient. */
export function careTeam(practice: Practice, person: Person): Resource | undefined {
  const disciplines = disciplinesOf(practice, person);
  if (disciplines.length < 2) return undefined;
  return {
    resourceType: 'CareTeam',
    id: `${person.id}-team`,
    status: person.living ? 'active' : 'inactive',
    name: 'Care team',
    subject: patientReference(person),
    participant: disciplines.map((discipline) => {
      const provider = practice.providerFor(person.index, discipline);
      return { role: [{ text: provider.title }], member: practitionerReference(provider), onBehalfOf: ORGANISATION };
    }),
    managingOrganization: [reference('Organization', 'harbour-street')],
  };
}
