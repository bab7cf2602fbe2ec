/**
 * Versions as lines of text: per version a line of JSON that says which it is, and the resource's own text as the store has it, to the
 * character, on the next; that line is empty for a deletion. The text of a resource holds no line break: {@link stringify} escapes them.
 */
import type { CareIssue } from '../../../models/errors.js';
import type { Version, WriteMethod } from '../version.js';

/** A record's text, read: a unit of work, or a snapshot, may be cut into several of them. */
export interface Piece {
  /** From 0, within what was cut. */
  index: number;
  /** Whether another one follows. */
  more: boolean;
  versions: Version[];
}

const lines = ({ type, id, versionId, lastUpdated, method, text = '', invalid }: Version): string =>
  `${JSON.stringify([type, id, versionId, lastUpdated, method, ...(invalid ? [invalid] : [])])}\n${text}\n`;

/** Cuts versions into texts of about `size` characters, at least one. The first line says the piece's number, and by + that more follow. */
export function* piecesOf(versions: readonly Version[], size: number): Generator<string, void, undefined> {
  let [index, text] = [0, ''];
  for (const version of versions) {
    if (text.length >= size) {
      yield `${index++}+\n${text}`;
      text = '';
    }
    text += lines(version);
  }
  yield `${index}\n${text}`;
}

/** @throws SyntaxError when it is no such text. */
export function readPiece(text: string): Piece {
  const first = /^(\d+)(\+?)\n/.exec(text);
  if (!first) throw new SyntaxError('Not a record of versions');
  const versions: Version[] = [];
  let at = first[0].length;
  while (at < text.length) {
    const middle = text.indexOf('\n', at);
    const end = text.indexOf('\n', middle + 1);
    if (middle < 0 || end < 0) throw new SyntaxError('A record of versions ends too early');
    versions.push(versionOf(JSON.parse(text.slice(at, middle)), text.slice(middle + 1, end)));
    at = end + 1;
  }
  return { index: Number(first[1]), more: first[2] === '+', versions };
}

function versionOf(line: unknown, text: string): Version {
  const [type, id, versionId, lastUpdated, method, invalid] = Array.isArray(line) ? (line as unknown[]) : [];
  if ([type, id, versionId, lastUpdated, method].some((one) => typeof one !== 'string') || !(Number(versionId) > 0))
    throw new SyntaxError('Not a version');
  return {
    type: type as string,
    id: id as string,
    versionId: versionId as string,
    lastUpdated: lastUpdated as string,
    method: method as WriteMethod,
    text: text === '' ? undefined : text,
    ...(Array.isArray(invalid) ? { invalid: invalid as CareIssue[] } : {}),
  };
}

/** The newest `keep` versions of each resource, in the order in which they came. The newest is among them: numbers go on from it. */
export function newest(versions: readonly Version[], keep: number): readonly Version[] {
  if (keep === Infinity) return versions;
  const seen = new Map<string, number>();
  const kept: Version[] = [];
  for (let at = versions.length - 1; at >= 0; at--) {
    const version = versions[at]!;
    const identity = `${version.type}/${version.id}`;
    const count = (seen.get(identity) ?? 0) + 1;
    seen.set(identity, count);
    if (count <= keep) kept.push(version);
  }
  return kept.reverse();
}
