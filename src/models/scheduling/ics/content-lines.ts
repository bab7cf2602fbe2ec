/** iCalendar text (RFC 5545, 3.1) as components with properties. Lenient: it reads what programs write, and never throws. */

export interface ContentLine {
  /** Upper case. */
  readonly name: string;
  /** Names in upper case; only the first of several values is kept. */
  readonly params: ReadonlyMap<string, string>;
  /** As written, with its escapes. */
  readonly value: string;
}

export interface IcsComponent {
  readonly name: string;
  readonly lines: readonly ContentLine[];
  readonly inner: readonly IcsComponent[];
}

/** Lines without their folds: a line that begins with a space or a tab continues the one before it. */
function unfold(text: string): string[] {
  const lines: string[] = [];
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)) {
    if (/^[ \t]/.test(line) && lines.length > 0) lines[lines.length - 1] += line.slice(1);
    else if (line !== '') lines.push(line);
  }
  return lines;
}

/** `NAME;PARAM="a:b";OTHER=c:value`; undefined for a line that is none. */
function contentLine(line: string): ContentLine | undefined {
  // Neither name nor parameters may hold a colon outside of quotes. Each step consumes a character, so the scan is linear.
  const pieces: string[] = [];
  let quoted = false;
  let from = 0;
  for (let i = 0; i < line.length; i++) {
    const char = line[i];
    if (char === '"') quoted = !quoted;
    else if (!quoted && (char === ';' || char === ':')) {
      pieces.push(line.slice(from, i));
      from = i + 1;
      if (char === ':') return toLine(pieces, line.slice(from));
    }
  }
  // A quote that never ends would swallow the value: then it was no quote.
  const colon = line.indexOf(':');
  return colon < 0 ? undefined : toLine(line.slice(0, colon).split(';'), line.slice(colon + 1));
}

function toLine([name = '', ...given]: readonly string[], value: string): ContentLine {
  const params = new Map<string, string>();
  for (const param of given) {
    const at = param.indexOf('=');
    const key = param.slice(0, at).trim().toUpperCase();
    if (at > 0 && !params.has(key))
      params.set(
        key,
        param
          .slice(at + 1)
          .replaceAll('"', '')
          .trim(),
      );
  }
  return { name: name.trim().toUpperCase(), params, value: value.trim() };
}

interface Open {
  readonly name: string;
  readonly lines: ContentLine[];
  readonly inner: IcsComponent[];
}

/** All components of a stream under one root without a name. A component that is not closed ends with the one around it. */
export function readIcs(text: string): IcsComponent {
  const root: Open = { name: '', lines: [], inner: [] };
  const open: Open[] = [root];
  for (const line of unfold(text).map(contentLine)) {
    if (!line) continue;
    const name = line.value.toUpperCase();
    if (line.name === 'BEGIN') {
      const next: Open = { name, lines: [], inner: [] };
      open.at(-1)!.inner.push(next);
      // Hostile nesting: what is deeper than any real calendar is kept apart and never looked at.
      if (open.length < 50) open.push(next);
    } else if (line.name === 'END') {
      const at = open.findLastIndex((one) => one.name === name);
      if (at > 0) open.length = at;
    } else open.at(-1)!.lines.push(line);
  }
  return root;
}

export const lineOf = (component: IcsComponent, name: string): ContentLine | undefined =>
  component.lines.find((line) => line.name === name);

export const linesOf = (component: IcsComponent, name: string): readonly ContentLine[] =>
  component.lines.filter((line) => line.name === name);

/** Text without iCalendar's escapes (RFC 5545, 3.3.11). */
export const unescapeText = (value: string): string =>
  value.replace(/\\([\\;,nN])/g, (_, char: string) => (char === 'n' || char === 'N' ? '\n' : char));

/** Every component of a name, however deep. */
export function componentsNamed(root: IcsComponent, name: string): IcsComponent[] {
  return root.inner.flatMap((one) => (one.name === name ? [one] : componentsNamed(one, name)));
}
