/**
 * The one error of carelet. Its message, its JSON and its issues hold no patient data: never a value that a
 * user or a server put into a record, a URL's query, or a body. Kinds follow what a caller can do about it.
 */
export const CARE_ERROR_KINDS = [
  'auth', // 401: sign in (again)
  'forbidden', // 403: this user may not
  'break-glass', // 403 that a reason would open; never retried by itself
  'not-found', // 404
  'gone', // 410: it was deleted
  'conflict', // somebody else changed it first (409 or 412 on a guarded write, 409 on a rival one)
  'locked', // 423: being edited elsewhere
  'precondition', // 412 without a version clash: several matches, or a condition that did not hold
  'validation', // 400, 422: the server refused the content
  'unsupported', // this server cannot do that
  'rate-limited', // 429
  'offline', // no answer: network, timeout
  'aborted', // the caller gave up
  'server', // 5xx
  'malformed', // the answer, or the input, could not be understood
] as const;
export type CareErrorKind = (typeof CARE_ERROR_KINDS)[number];

/** One thing that is wrong, as in OperationOutcome.issue, with its place in words a form can use. */
export interface CareIssue {
  severity: 'fatal' | 'error' | 'warning' | 'information';
  /** FHIR issue-type code: `required`, `value`, `structure`, `code-invalid`, `not-found` … */
  code: string;
  /** FHIRPath-like element path, such as `Patient.name[0].family`. Empty for the whole resource. */
  path: string;
  /** Plain words. Issues that a server sent are kept out of `message` and JSON: see {@link CareError.toJSON}. */
  message: string;
}

export interface CareErrorOptions {
  status?: number | undefined;
  retryable?: boolean | undefined;
  /** Seconds that the server asked us to wait. */
  retryAfter?: number | undefined;
  issues?: readonly CareIssue[] | undefined;
  /** How often the request was sent. */
  attempts?: number | undefined;
  /** True where a write got no answer, so that nobody can say whether it was made. */
  outcomeUnknown?: boolean | undefined;
  /** Which of several writes it was, from 0. */
  operation?: number | undefined;
  cause?: unknown;
}

export class CareError extends Error {
  override readonly name: string = 'CareError';
  readonly kind: CareErrorKind;
  readonly status: number | undefined;
  readonly retryable: boolean;
  /** Seconds that the server asked us to wait. */
  readonly retryAfter: number | undefined;
  /** How often the request was sent, where that was kept count of; 0 where it waited for leave that did not come in time. */
  readonly attempts: number | undefined;
  /** True where a write got no answer and it could not be found out whether it was made: tell the user, and never just send it again. */
  readonly outcomeUnknown: boolean;
  /** Which of several writes was refused, from 0; undefined where there was one, or the server does not say. */
  readonly operation: number | undefined;
  /** In memory only, for showing beside a field: a server's own words may quote a record, so JSON leaves them out. */
  readonly issues!: readonly CareIssue[];

  constructor(kind: CareErrorKind, message: string, options: CareErrorOptions = {}) {
    super(message);
    this.kind = kind;
    this.status = options.status;
    this.retryable = options.retryable ?? (kind === 'offline' || kind === 'rate-limited');
    this.retryAfter = options.retryAfter;
    this.attempts = options.attempts;
    this.outcomeUnknown = options.outcomeUnknown === true;
    this.operation = options.operation;
    // Not enumerable: loggers that walk an error's own properties must not meet a server's words or a URL.
    Object.defineProperty(this, 'issues', { value: Object.freeze([...(options.issues ?? [])]), enumerable: false });
    if (options.cause !== undefined) Object.defineProperty(this, 'cause', { value: options.cause, enumerable: false });
  }

  /** Safe to log: kind, status, waits and the places of the issues, never their words. */
  toJSON(): {
    name: string;
    kind: CareErrorKind;
    status?: number;
    message: string;
    retryable: boolean;
    retryAfter?: number;
    attempts?: number;
    outcomeUnknown?: true;
    issues: { severity: string; code: string; path: string }[];
  } {
    return {
      name: this.name,
      kind: this.kind,
      ...(this.status === undefined ? {} : { status: this.status }),
      message: this.message,
      retryable: this.retryable,
      ...(this.retryAfter === undefined ? {} : { retryAfter: this.retryAfter }),
      ...(this.attempts === undefined ? {} : { attempts: this.attempts }),
      ...(this.outcomeUnknown ? { outcomeUnknown: true as const } : {}),
      issues: this.issues.map(({ severity, code, path }) => ({ severity, code, path })),
    };
  }
}

/**
 * A stale write. `base` is what the caller started from where it was known, `mine` what it wanted to save,
 * `theirs` what the server holds now (absent when it could not be read). None of them is in the message or JSON.
 */
export class ConflictError<T = unknown> extends CareError {
  override readonly name = 'ConflictError';
  readonly base!: T | undefined;
  readonly mine!: T | undefined;
  readonly theirs!: T | undefined;

  constructor(
    message: string,
    versions: { base?: T | undefined; mine?: T | undefined; theirs?: T | undefined },
    options: CareErrorOptions = {},
  ) {
    super('conflict', message, options);
    for (const key of ['base', 'mine', 'theirs'] as const) Object.defineProperty(this, key, { value: versions[key], enumerable: false });
  }
}

/** Whether `error` is a CareError of one of these kinds, also when it was thrown by another copy of this package. */
export function isCareError(error: unknown, ...kinds: CareErrorKind[]): error is CareError {
  return (
    error instanceof Error &&
    'kind' in error &&
    CARE_ERROR_KINDS.includes((error as CareError).kind) &&
    (kinds.length === 0 || kinds.includes((error as CareError).kind))
  );
}
