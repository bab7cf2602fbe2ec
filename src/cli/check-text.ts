/** The report of a check as lines for a terminal. */
import {
  TRIAL_GROUPS,
  type CheckReport,
  type Trial,
  type TrialGroup,
  type TrialOutcome,
  type WidgetReport,
} from '../client/check/index.js';

const GROUPS: Readonly<Record<TrialGroup, string>> = {
  reading: 'Reading',
  searching: 'Searching',
  together: 'Several requests as one',
  operations: 'Operations',
  browser: 'Pages on another origin (CORS)',
  writing: 'Writing',
};
const OUTCOMES: Readonly<Record<TrialOutcome, string>> = { yes: 'yes', partly: 'partly', no: 'NO', unclear: 'unclear', 'not-tried': '-' };
const DECLARED = { yes: 'yes', no: 'no', unknown: '-' } as const;
const VERDICTS = { full: 'in full', reduced: 'reduced', none: 'not at all' } as const;

const TITLE = 70;

/** A title in the width of its column, cut at a word. */
const pad = (text: string, width: number): string => text.padEnd(width);

function trialLine({ title, declared, outcome, ms, note }: Trial): string {
  const time = ms === undefined ? '' : `${ms} ms`;
  const line = `  ${pad(title, TITLE)} ${pad(DECLARED[declared], 9)} ${pad(OUTCOMES[outcome], 8)} ${time.padStart(8)}`;
  return note === '' ? line.trimEnd() : `${line}  ${note}`;
}

function widgetLines({ title, verdict, reasons, untried }: WidgetReport): string[] {
  return [
    `  ${pad(title, 18)} ${VERDICTS[verdict]}`,
    ...reasons.map((reason) => `    - ${reason}`),
    ...(untried.length > 0 ? [`    not tried: ${untried.join('; ')}`] : []),
  ];
}

export function reportText(report: CheckReport): string[] {
  const { url, examined, reason, server, trials, widgets, notes, left, wrote, interrupted } = report;
  if (!examined || !server) return [`${url} could not be examined: ${reason ?? 'no FHIR server answered'}`];
  const count = (outcome: TrialOutcome): number => trials.filter((trial) => trial.outcome === outcome).length;
  const groups = TRIAL_GROUPS.flatMap((group) => {
    const ofGroup = trials.filter((trial) => trial.group === group);
    if (ofGroup.length === 0) return [];
    return ['', pad(GROUPS[group], TITLE + 2) + ' declared  tried', ...ofGroup.map(trialLine)];
  });
  return [
    `${server.name}, FHIR ${server.fhirVersion || '(version not told)'}, at ${url}`,
    ...(interrupted ? ['The check was stopped before its end.'] : []),
    '',
    'Widgets',
    ...widgets.filter(({ exists }) => exists).flatMap(widgetLines),
    '',
    'Widgets to come',
    ...widgets.filter(({ exists }) => !exists).flatMap(widgetLines),
    ...(notes.length > 0 ? ['', 'What the client tells of this server', ...notes.map((note) => `  - ${note}`)] : []),
    ...groups,
    '',
    `${trials.length} trials: ${count('yes')} yes, ${count('partly')} partly, ${count('no')} no, ${count('unclear')} unclear, ${count('not-tried')} not tried`,
    ...(wrote ? [removal(left)] : ['Nothing was written.']),
  ];
}

function removal(left: CheckReport['left']): string {
  if (left.length === 0) return 'What was created was removed again.';
  return `Could not be removed: ${left.map(({ type, id }) => `${type}/${id}`).join(', ')}`;
}
