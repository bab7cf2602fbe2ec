/** The part of FHIRPath that patches are written in. */
import { failure } from './fhir-error.js';

export type Step =
  | { kind: 'element'; name: string }
  | { kind: 'index'; index: number }
  | { kind: 'last' }
  | { kind: 'where'; path: readonly string[]; value: string | number | boolean };

const WHERE = /\.\s*where\(\s*([\w.]+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|(true|false)|(-?\d+(?:\.\d+)?))\s*\)/.source;
const END = /\.\s*(first|last)\(\s*\)/.source;
const INDEX = /\[\s*(\d+)\s*\]/.source;
const ELEMENT = /\.?\s*([A-Za-z]\w*)(?![\w(])/.source;
const STEP = new RegExp(`\\s*(?:${WHERE}|${END}|${INDEX}|${ELEMENT})\\s*`, 'y');

/** White space has letters of its own in a string literal (FHIRPath 2.2, "String"). */
const SPACES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f' };
const unescaped = (text: string): string => text.replace(/\\(.)/g, (_, char: string) => SPACES[char] ?? char);

/**
 * Steps of a path below the resource; the type's name in front may be left out.
 *
 * @throws 422 for any other FHIRPath.
 */
export function parsePath(path: string, type: string): Step[] {
  const steps: Step[] = [];
  STEP.lastIndex = 0;
  let at = 0;
  while (at < path.length) {
    STEP.lastIndex = at;
    const match = STEP.exec(path);
    const named = match?.[7];
    // Every name but the first has its dot.
    if (!match || (named !== undefined && at > 0 !== match[0].trimStart().startsWith('.')))
      throw failure(
        422,
        'not-supported',
        "A path of the patch uses more of FHIRPath than element names, [n], where(a = 'b'), first() and last()",
      );
    const [, wherePath, text, truth, number, end, index] = match;
    if (wherePath !== undefined) {
      const value = text !== undefined ? unescaped(text) : truth !== undefined ? truth === 'true' : Number(number);
      steps.push({ kind: 'where', path: wherePath.split('.'), value });
    } else if (end !== undefined) steps.push(end === 'first' ? { kind: 'index', index: 0 } : { kind: 'last' });
    else if (index !== undefined) steps.push({ kind: 'index', index: Number(index) });
    else if (at > 0 || named !== type) steps.push({ kind: 'element', name: named! });
    at = STEP.lastIndex;
  }
  return steps;
}
