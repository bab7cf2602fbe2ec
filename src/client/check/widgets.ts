/**
 * From trials and declarations to what each widget can do on a server. What a widget needs is data: a need more is a line more.
 * `required` ones decide whether there is anything to see; the others reduce it, and `lost` says how, for a person.
 */
import type { Capabilities, TypeCapabilities } from '../backend.js';
import type { Trial, TrialOutcome, WidgetReport, WidgetVerdict } from './report.js';
import { CHART_TYPES, findTrial } from './sections.js';

type Interaction = 'read' | 'search' | 'create' | 'update';

interface Need {
  /** A trial that shows it, or … */
  trial?: string;
  /** … an interaction that the server declares: of these types, any of them. */
  declared?: readonly [types: readonly string[], interaction: Interaction];
  required?: true;
  /** What cannot be done without it. */
  lost: string;
  /** Said also where the trial says `partly`. */
  strict?: true;
}

interface Widget {
  widget: string;
  title: string;
  exists: boolean;
  needs: readonly Need[];
}

const declared = (types: string, interaction: Interaction, lost: string): Need => ({ declared: [types.split(' '), interaction], lost });

/** Of a page on another origin than the server. */
const FROM_PAGES: readonly Need[] = [
  {
    trial: 'cors-origin',
    lost: 'pages on another origin get no answer (CORS): serve the page from the same origin, put a proxy between, or allow the origin',
  },
  { trial: 'cors-authorization', lost: 'a page on another origin cannot send a token (CORS: allow Authorization)' },
];
const SAVED_FROM_PAGES: readonly Need[] = [
  { trial: 'cors-if-match', lost: 'a page on another origin cannot save safely: the browser blocks it (CORS: allow If-Match)' },
  { trial: 'cors-prefer', lost: 'a page on another origin cannot save: the browser blocks it (CORS: allow Prefer)' },
  { trial: 'cors-methods', lost: 'a page on another origin can use not all of POST, PUT, PATCH, DELETE (CORS)', strict: true },
];
const SAFE: readonly Need[] = [
  { trial: 'version-ids', lost: 'versions are not told: saving is not guarded against somebody else’s change' },
  {
    trial: 'stale-update',
    lost: 'an old version is not refused: the client compares before it saves, which two people at once can slip through',
  },
];
const AS_ONE: Need = {
  trial: 'transaction',
  lost: 'several changes cannot be saved as one: they are saved in order, and a failure in the middle leaves the first ones',
};

export const WIDGETS: readonly Widget[] = [
  {
    widget: 'patient-search',
    title: 'patient search',
    exists: true,
    needs: [
      { trial: 'search-name', required: true, lost: 'patients cannot be found by name and birth date' },
      {
        trial: 'post-search',
        lost: 'names and birth dates would stand in addresses, which servers log: it searches only with the client’s option namesInAddresses',
      },
      ...FROM_PAGES,
    ],
  },
  {
    widget: 'scheduler',
    title: 'scheduler',
    exists: true,
    needs: [
      { declared: [['Appointment'], 'search'], required: true, lost: 'appointments cannot be searched' },
      {
        trial: 'search-date',
        lost: 'the date is not heeded: all appointments come and those of other days are taken out here, which is slow and may end early',
      },
      declared('Schedule PractitionerRole', 'search', 'working hours are not known; columns come from the appointments alone'),
      declared('Slot', 'search', 'blocked time is not shown'),
      declared('Practitioner', 'search', 'names are those that the appointments give'),
      { trial: 'sort', lost: 'the next booked day may not be found' },
      { trial: 'update-appointment', lost: 'appointments are shown and cannot be moved here' },
      ...SAFE,
      ...FROM_PAGES,
      ...SAVED_FROM_PAGES,
    ],
  },
  {
    widget: 'chart-viewer',
    title: 'chart viewer',
    exists: true,
    needs: [
      { declared: [['Patient'], 'read'], required: true, lost: 'patients cannot be read' },
      { declared: [CHART_TYPES, 'search'], required: true, lost: 'none of the records that a chart shows can be searched' },
      ...CHART_TYPES.map((type): Need => ({ trial: `chart-${type}`, lost: `${type} is missing` })),
      ...FROM_PAGES,
    ],
  },
  {
    widget: 'prescription-pad',
    title: 'prescription pad',
    exists: false,
    needs: [
      { ...declared('MedicationRequest', 'create', 'prescriptions cannot be saved: drafts go to the host'), required: true },
      declared('MedicationRequest', 'update', 'a draft cannot be changed or stopped'),
      declared('AllergyIntolerance', 'search', 'allergies are not checked'),
      declared('MedicationRequest MedicationStatement', 'search', 'other medicines are not checked'),
      { trial: 'expand', lost: 'codes are those of carelet’s own lists' },
      ...SAFE,
      ...FROM_PAGES,
      ...SAVED_FROM_PAGES,
    ],
  },
  {
    widget: 'claim-editor',
    title: 'claim editor',
    exists: false,
    needs: [
      { ...declared('Claim', 'create', 'claims cannot be saved: drafts go to the host'), required: true },
      declared('Claim', 'update', 'a draft cannot be changed'),
      declared('Coverage', 'search', 'who pays has to be typed'),
      declared('ChargeItem Encounter', 'search', 'charges have to be typed'),
      declared('ClaimResponse ExplanationOfBenefit', 'search', 'what was paid is not shown'),
      AS_ONE,
      ...SAFE,
      ...FROM_PAGES,
      ...SAVED_FROM_PAGES,
    ],
  },
  {
    widget: 'intake-form',
    title: 'intake form',
    exists: false,
    needs: [
      { ...declared('QuestionnaireResponse', 'create', 'answers cannot be saved: they go to the host'), required: true },
      declared('Questionnaire', 'search', 'forms come from the host'),
      declared('Patient', 'update', 'what a person corrects about themselves goes to the host'),
      { trial: 'conditional-create', lost: 'whether a record exists is asked before it is created: two at once can create it twice' },
      AS_ONE,
      { trial: 'expand', lost: 'choices are those in the form alone' },
      ...SAFE,
      ...FROM_PAGES,
      ...SAVED_FROM_PAGES,
    ],
  },
];

type State = 'yes' | 'partly' | 'no' | 'unknown';

function stateOf(need: Need, trials: ReadonlyMap<string, Trial>, capabilities: Capabilities): { state: State; tried: boolean } {
  if (need.declared) {
    const [types, interaction] = need.declared;
    const found = types.flatMap((type) => (interaction === 'search' ? (trials.get(findTrial(type)) ?? []) : []));
    const states = found.map(({ outcome, declared: said }): State => (isAnswer(outcome) ? outcome : said));
    if (found.some(({ outcome }) => isAnswer(outcome))) return { state: best(states), tried: true };
    return { state: best(types.map((type) => capabilities.type(type)[interaction satisfies keyof TypeCapabilities])), tried: false };
  }
  const trial = trials.get(need.trial!);
  if (trial && isAnswer(trial.outcome)) return { state: trial.outcome, tried: true };
  return { state: trial?.declared ?? 'unknown', tried: false };
}

const isAnswer = (outcome: TrialOutcome): outcome is 'yes' | 'partly' | 'no' => outcome !== 'not-tried' && outcome !== 'unclear';
const best = (states: readonly State[]): State =>
  (['yes', 'partly', 'unknown', 'no'] as const).find((one) => states.includes(one)) ?? 'unknown';

export function judge(list: readonly Trial[], capabilities: Capabilities): WidgetReport[] {
  const trials = new Map(list.map((trial) => [trial.id, trial]));
  return WIDGETS.map(({ widget, title, exists, needs }) => {
    const reasons: string[] = [];
    const untried: string[] = [];
    let verdict = 'full' as WidgetVerdict;
    const noPages = trials.get('cors-origin')?.outcome === 'no';
    for (const need of needs) {
      // Where pages get no answer at all, what else they may not do is no news.
      if (noPages && need.trial?.startsWith('cors-') && need.trial !== 'cors-origin') continue;
      const { state, tried } = stateOf(need, trials, capabilities);
      if (state === 'no' || (state === 'partly' && need.strict)) {
        reasons.push(need.lost);
        verdict = need.required || verdict === 'none' ? 'none' : 'reduced';
      } else if (!tried) untried.push(nameOf(need, trials, state));
    }
    return { widget, title, exists, verdict, reasons, untried: [...new Set(untried)] };
  });
}

function nameOf(need: Need, trials: ReadonlyMap<string, Trial>, state: State): string {
  const what = need.declared ? `${need.declared[1]} ${listed(need.declared[0])}` : (trials.get(need.trial!)?.title ?? need.trial!);
  return state === 'unknown' ? `${what} (not known)` : `${what} (as declared)`;
}

const listed = (types: readonly string[]): string => (types.length > 3 ? `${types.slice(0, 3).join(', ')} …` : types.join(' or '));
