/** Notes of visits as Compositions, letters and locked process notes as DocumentReferences. */
import type { Composition, CompositionSection, DocumentReference, Reference, Resource } from '../../models/fhir/index.js';
import { coding, concept, LOINC, narrative, OWN, V3_ACT, words } from './codes.js';
import { encounterReference } from './appointments.js';
import { LETTERS, NOTES } from './data/notes.js';
import { ORGANISATION } from './organisation.js';
import { practitionerReference } from './providers.js';
import { patientReference } from './patient.js';
import type { Person } from './people.js';
import type { Practice } from './practice.js';
import { Random } from './random.js';
import type { Visit } from './visit.js';

const CONFIDENTIALITY = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';

export function noteReference(visit: Visit): Reference {
  return { reference: `Composition/note-${visit.id}` };
}

/** Today's and yesterday's notes may still be drafts; older ones are signed, the day after at the latest. */
function isDraft(practice: Practice, visit: Visit, rng: Random): boolean {
  return practice.calendar.today - visit.day <= 1 && rng.chance(0.6);
}

function note(practice: Practice, person: Person, visit: Visit, number: number): Composition {
  const { calendar } = practice;
  const rng = new Random(practice.seed, 0x6e6f7465, person.index, visit.day, visit.start);
  const draft = isDraft(practice, visit, rng);
  const kind = NOTES[visit.provider.discipline];
  const written = Math.min(visit.start + visit.minutes + rng.int(2, 20), visit.day === calendar.today ? calendar.minuteNow : Infinity);
  const sections = kind.sections.map(({ title, sentences }): CompositionSection => ({ title, text: narrative(rng.pick(sentences)) }));
  return {
    resourceType: 'Composition',
    id: `note-${visit.id}`,
    status: draft ? 'preliminary' : 'final',
    type: concept(LOINC, '11506-3', undefined, 'Progress note'),
    category: [
      words(
        visit.provider.discipline === 'psychology'
          ? 'Psychology'
          : visit.provider.discipline === 'gp'
            ? 'General practice'
            : 'Physiotherapy',
      ),
    ],
    subject: patientReference(person),
    encounter: encounterReference(visit),
    date: calendar.iso(visit.day, written),
    author: [practitionerReference(visit.provider)],
    title: visit.provider.discipline === 'psychology' ? `${kind.title} ${number}` : kind.title,
    confidentiality: visit.provider.discipline === 'psychology' ? 'R' : 'N',
    ...(draft
      ? {}
      : { attester: [{ mode: 'professional', time: calendar.iso(visit.day, written), party: practitionerReference(visit.provider) }] }),
    custodian: ORGANISATION,
    section: sections,
  };
}

/** Text as an attachment carries it. */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

function document(
  practice: Practice,
  person: Person,
  visit: Visit,
  id: string,
  title: string,
  text: string,
  isProcessNote: boolean,
): DocumentReference {
  const { calendar } = practice;
  const at = calendar.iso(
    visit.day,
    Math.min(visit.start + visit.minutes + 5, visit.day === calendar.today ? calendar.minuteNow : Infinity),
  );
  return {
    resourceType: 'DocumentReference',
    id,
    masterIdentifier: { system: `${OWN}/document`, value: id },
    status: 'current',
    docStatus: 'final',
    type: words(isProcessNote ? 'Process note' : title),
    category: [words(isProcessNote ? 'Process note' : 'Letter')],
    subject: patientReference(person),
    date: at,
    author: [practitionerReference(visit.provider)],
    custodian: ORGANISATION,
    description: title,
    // Psychotherapy notes are kept apart from the record (45 CFR 164.501): the label says so, the server must see to it.
    securityLabel: isProcessNote
      ? [{ coding: [coding(CONFIDENTIALITY, 'R', 'restricted'), coding(V3_ACT, 'PSYTHPN', 'psychotherapy note information sensitivity')] }]
      : [concept(CONFIDENTIALITY, 'N', 'normal')],
    content: [{ attachment: { contentType: 'text/plain', language: 'en', data: base64(text), title, creation: at } }],
    context: { encounter: [encounterReference(visit)] },
  };
}

/** @param seen visits that took place, oldest first. */
export function* notes(practice: Practice, person: Person, seen: readonly Visit[]): Generator<Resource> {
  const rng = new Random(practice.seed, 0x6c657474, person.index);
  const sessions = seen.filter(({ provider }) => provider.discipline === 'psychology');
  for (const visit of seen) {
    if (visit.day < practice.calendar.today - 540 || !rng.chance(0.85)) continue;
    yield note(practice, person, visit, sessions.indexOf(visit) + 1);
  }
  for (const visit of seen.filter(({ day }) => day >= practice.calendar.today - 900)) {
    if (!rng.chance(0.06)) continue;
    const letter = rng.pick(LETTERS);
    yield document(practice, person, visit, `letter-${visit.id}`, letter.title, letter.text, false);
  }
  const last = sessions.at(-1);
  if (last && (person.traits.has('complex') || rng.chance(0.15)))
    yield document(practice, person, last, `process-${last.id}`, 'Process note', 'For the author only.', true);
}
