/** A search that the server refused: what else can be asked, or a plain reason why it cannot; either is remembered. */
import { CareError, isCareError } from '../../../models/errors.js';
import type { FhirAnswer } from './answer.js';
import type { Learned } from './learned.js';
import { includeKey, isInclude } from './includes.js';
import { isFilter, namesPerson, type Query } from './params.js';
import type { Quirk } from './quirks.js';

export interface Refused {
  type: string;
  query: Query;
  /** Filters under strict handling. */
  strict: readonly string[];
  posted: boolean;
  learned: Learned;
  namesInAddresses: boolean;
  ask: (query: Query, postSearch: boolean) => Promise<FhirAnswer>;
}

export interface First {
  answer: FhirAnswer;
  posted: boolean;
  /** Includes that were left out to get an answer. */
  dropped: Query;
}

/** Answers by which servers say that they have no POST [type]/_search; 400 only with the issue code `not-supported`. */
const NO_POST_SEARCH = [400, 404, 405, 415, 501];

export const inAddress = (): CareError =>
  new CareError(
    'unsupported',
    'The server takes searches in addresses only, where a name or a birth date would be logged; the client allows that by namesInAddresses.',
  );

/** @throws CareError: the same, or a better one. */
export async function afterRefusal(refused: Refused, error: CareError): Promise<First> {
  const { learned, posted, query } = refused;
  if (posted && learned.postSearch !== 'yes' && error.kind !== 'validation' && NO_POST_SEARCH.includes(error.status ?? 0))
    return withoutPost(refused, error);
  const reason = reasonOf(refused, error);
  const includes = Object.entries(query).filter(([name]) => isInclude(name));
  if (reason !== error || includes.length === 0 || error.kind === 'not-found') throw reason;

  const plain = Object.fromEntries(Object.entries(query).filter(([name]) => !isInclude(name)));
  const answer = await refused.ask(plain, posted).catch(() => {
    throw error;
  });
  for (const [name, values] of includes) for (const value of values) learned.missing.add(includeKey(name, value));
  return { answer, posted, dropped: Object.fromEntries(includes) };
}

async function withoutPost(refused: Refused, error: CareError): Promise<First> {
  const { ask, query, learned, namesInAddresses } = refused;
  const count = { _summary: ['count'] };
  // Stock HAPI answers 405 to a modifier that it does not know: a plain form tells whether it was the form.
  if (
    Object.keys(query).some(speciality) &&
    (await ask(count, true).then(
      () => true,
      () => false,
    ))
  ) {
    learned.postSearch = 'yes';
    return afterRefusal(refused, error);
  }
  if (namesPerson(query) && !namesInAddresses) {
    // A type that is not there at all answers 404 both ways.
    if (error.status === 404) await ask(count, false);
    learned.postSearch = 'no';
    throw inAddress();
  }
  let answer: FhirAnswer;
  try {
    answer = await ask(query, false);
  } catch (other) {
    if (error.status !== 404) learned.postSearch = 'no';
    if (!isCareError(other, 'validation', 'unsupported', 'server')) throw other;
    return afterRefusal({ ...refused, posted: false }, other);
  }
  learned.postSearch = 'no';
  return { answer, posted: false, dropped: {} };
}

/** What of a filter's name servers may not know, beside the parameter itself. */
function speciality(name: string): Quirk | undefined {
  if (name.startsWith('_has:') || name.includes('.')) return 'no-chain';
  return name.includes(':') ? 'no-modifier' : undefined;
}

const UNKNOWN =
  /unknown|unsupported|unrecogni[sz]ed|not (?:been )?(?:supported|implemented|enabled|known|allowed)|does not (?:know|support)|disabled/i;

/** The refusal as what it is, where it is that this server cannot search that way; else the same error. */
function reasonOf({ type, query, strict, learned }: Refused, error: CareError): CareError {
  if (error.kind !== 'validation' && error.kind !== 'unsupported') return error;
  const said = error.issues.map((issue) => `${issue.message} ${issue.path}`).join(' ');
  const names = Object.keys(query).filter(isFilter);
  const isNamed = (name: string): boolean => said.includes(name) || said.includes(name.split(/[.:]/)[0]!);
  const certain = error.kind === 'unsupported' || UNKNOWN.test(said);
  const special = names.filter((name) => speciality(name) !== undefined && (isNamed(name) || error.kind === 'unsupported'));
  const refused = [...new Set([...strict.filter(isNamed), ...(certain ? special : [])])];
  if (refused.length === 0) return error;
  const message = `The server cannot search ${type} by ${refused.join(', ')}.`;
  if (certain && refused.length === 1) {
    const [name] = refused as [string];
    learned.refused.set(`${type} ${name}`, message);
    const quirk = speciality(name);
    if (quirk) learned.missing.add(`${quirk} ${type} ${name}`);
  }
  return new CareError('unsupported', message, { status: error.status, issues: error.issues });
}
