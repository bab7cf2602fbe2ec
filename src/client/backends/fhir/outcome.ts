/** OperationOutcome (R4 "operationoutcome") to CareIssue: severity, code, an element path that a form can use, and plain words. */
import type { CareIssue } from '../../../models/errors.js';

/** An OperationOutcome as it may really arrive: any part missing or of another shape. */
interface LooseIssue {
  severity?: unknown;
  code?: unknown;
  details?: { text?: unknown; coding?: { system?: unknown; code?: unknown; display?: unknown }[] };
  diagnostics?: unknown;
  expression?: unknown;
  location?: unknown;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);

export const isOutcome = (body: unknown): boolean => isObject(body) && body['resourceType'] === 'OperationOutcome';

function looseIssues(outcome: unknown): LooseIssue[] {
  const issues = isObject(outcome) ? outcome['issue'] : undefined;
  return Array.isArray(issues) ? issues.filter(isObject) : [];
}

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

function careIssue(issue: LooseIssue): CareIssue {
  const severity = SEVERITIES.find((known) => known === issue.severity) ?? 'error';
  const code = typeof issue.code === 'string' ? issue.code : 'processing';
  const path = [...texts(issue.expression), ...texts(issue.location)].map(elementPath).find((one) => one !== '') ?? '';
  const coding = Array.isArray(issue.details?.coding) ? issue.details.coding[0]?.display : undefined;
  const words = [issue.details?.text, issue.diagnostics, coding].find((one) => typeof one === 'string' && one.trim() !== '');
  // A page that a proxy put there is no explanation.
  const message = typeof words === 'string' && !/<(?:!doctype|html|body|\w+\s+\w+=)/i.test(words) ? words.slice(0, 2000) : code;
  return { severity, code, path, message };
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
export function isBreakGlass(body: unknown): boolean {
  return looseIssues(body).some((issue) => {
    const coded = Array.isArray(issue.details?.coding)
      ? issue.details.coding.some((one) => BREAK_GLASS.codes.includes(String(one?.code)))
      : false;
    return coded || [issue.details?.text, issue.diagnostics].some((words) => typeof words === 'string' && BREAK_GLASS.words.test(words));
  });
}
