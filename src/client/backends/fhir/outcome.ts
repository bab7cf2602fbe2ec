/** OperationOutcome (R4 "operationoutcome") to CareIssue: severity, code, an element path that a form can use, and plain words. */
import type { CareIssue } from '../../../models/errors.js';
import { recordOf, recordsOf, textOf, textsOf, type Loose } from '../../../models/fhir/read/loose.js';

export const isOutcome = (body: unknown): boolean => recordOf(body)?.['resourceType'] === 'OperationOutcome';

const looseIssues = (outcome: unknown): readonly Loose[] => recordsOf(recordOf(outcome)?.['issue']);
const codingsOf = (issue: Loose): readonly Loose[] => recordsOf(recordOf(issue['details'])?.['coding']);
/** What an issue says for people, the best first. */
const wordsOf = (issue: Loose): string[] =>
  [recordOf(issue['details'])?.['text'], issue['diagnostics'], codingsOf(issue)[0]?.['display']].flatMap((words) => textOf(words) ?? []);

/**
 * The element path of `expression`, else of `location`. An XPath (`/f:Patient/f:name[1]/f:family`) becomes FHIRPath, which counts
 * from 0; what is no path (`Line[1] Col[30]`) gives ''. HAPI's comments and the wrapping of `$validate`, and the entry of
 * a transaction, are taken off, so that a form finds its own element.
 */
export function elementPath(place: string): string {
  const path = place.startsWith('/')
    ? place
        .split('/')
        .filter((step) => step && !step.startsWith('@'))
        .map((step) => step.replace(/^\w+:/, '').replace(/\[(\d+)\]$/, (_, index: string) => `[${Number(index) - 1}]`))
        .join('.')
    : place.replace(/\.?\/\*.*?\*\//g, (comment) => `.${/\/\*(\w+)/.exec(comment)?.[1] ?? ''}`).replace(/\.ofType\((\w+)\)/g, '.$1');
  const inner = /^(?:Bundle\.entry(?:\[\d+\])?|Parameters\.parameter(?:\[\d+\])?)\.resource\.([A-Z].*)$/.exec(path)?.[1] ?? path;
  return /^[A-Za-z][\w-]*(?:\[\d+\])?(?:[.:][^\s]*)?$/.test(inner) && !/^Line/i.test(inner) ? inner : '';
}

const SEVERITIES = ['fatal', 'error', 'warning', 'information'] as const;

function careIssue(issue: Loose): CareIssue {
  const severity = SEVERITIES.find((known) => known === issue['severity']) ?? 'error';
  const code = textOf(issue['code']) ?? 'processing';
  const path = [...textsOf(issue['expression']), ...textsOf(issue['location'])].map(elementPath).find((one) => one !== '') ?? '';
  const [words = code] = wordsOf(issue);
  // A page that a proxy put there is no explanation.
  return { severity, code, path, message: /<(?:!doctype|html|body|\w+\s+\w+=)/i.test(words) ? code : words.slice(0, 2000) };
}

/** The issues of an OperationOutcome; none for anything else. */
export const issuesOf = (body: unknown): CareIssue[] => (isOutcome(body) ? looseIssues(body).map(careIssue) : []);

/** Codes and words by which servers say that a reason would open the record. Data, so that a server more is a line more. */
const BREAK_GLASS = {
  // v3-ActReason; Epic's error codes for "break the glass" (4130, 4131, 4134)
  codes: ['ETREAT', 'BTG', '4130', '4131', '4134'],
  words: /break[- ]?(?:the[- ]?)?glass/i,
};

/** Whether a refusal, or a reduced result, would open to a user who gives a reason. Such a request is never retried by itself. */
export const isBreakGlass = (body: unknown): boolean =>
  looseIssues(body).some(
    (issue) =>
      codingsOf(issue).some(({ code }) => BREAK_GLASS.codes.includes(String(code))) ||
      wordsOf(issue).some((words) => BREAK_GLASS.words.test(words)),
  );
