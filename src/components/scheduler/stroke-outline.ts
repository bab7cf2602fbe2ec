/**
 * Icons as shapes to clip with. A box on the grid has no elements to spare for an svg, and a strict CSP (`img-src 'self'`) refuses
 * masks from data: URLs; `clip-path: path()` needs neither. It fills, so the icon's strokes are turned into their outlines here:
 * each stretch becomes a rounded bar or a rounded band, all wound the same way, so that where they meet they add up.
 */

type Point = readonly [x: number, y: number];

const round = (value: number): string => String(Math.round(value * 100) / 100);

/** A straight stroke with round ends. A point (a stroke of no length) becomes a dot. */
function bar([x1, y1]: Point, [x2, y2]: Point, half: number): string {
  const length = Math.hypot(x2 - x1, y2 - y1);
  const [dx, dy] = length === 0 ? [half, 0] : [((x2 - x1) / length) * half, ((y2 - y1) / length) * half];
  const at = (x: number, y: number): string => `${round(x)} ${round(y)}`;
  const arc = `A${round(half)} ${round(half)} 0 0 1 `;
  return `M${at(x1 + dy, y1 - dx)}L${at(x2 + dy, y2 - dx)}${arc}${at(x2 - dy, y2 + dx)}L${at(x1 - dy, y1 + dx)}${arc}${at(x1 + dy, y1 - dx)}Z`;
}

/** A stroke along a circle with round ends, from `from` clockwise to `to`. */
function band(from: Point, to: Point, radius: number, large: boolean, half: number): string {
  const [x1, y1] = from;
  const [x2, y2] = to;
  const chord = Math.hypot(x2 - x1, y2 - y1);
  // SVG's rule for radii that are too small for their ends: they grow.
  const r = Math.max(radius, chord / 2);
  const height = Math.sqrt(Math.max(0, r * r - (chord * chord) / 4)) * (large ? -1 : 1);
  const cx = (x1 + x2) / 2 - ((y2 - y1) / chord) * height;
  const cy = (y1 + y2) / 2 + ((x2 - x1) / chord) * height;
  const at = ([x, y]: Point, distance: number): string =>
    `${round(cx + ((x - cx) / r) * distance)} ${round(cy + ((y - cy) / r) * distance)}`;
  const inner = Math.max(0.01, r - half);
  const flag = large ? 1 : 0;
  const cap = `A${round(half)} ${round(half)} 0 0 1 `;
  return `M${at(from, r + half)}A${round(r + half)} ${round(r + half)} 0 ${flag} 1 ${at(to, r + half)}${cap}${at(to, inner)}A${round(inner)} ${round(inner)} 0 ${flag} 0 ${at(from, inner)}${cap}${at(from, r + half)}Z`;
}

const COMMAND = /([MLHVAmlhvaz])([^MLHVAmlhvaz]*)/g;
const NUMBER = /-?\d*\.?\d+/g;

/**
 * The outline of an icon's strokes, as a path for `clip-path`.
 *
 * @param path of lines and circular arcs on a 24 grid, as Tabler draws; curves of other kinds are not read.
 * @param size side of the square that it is drawn in, in pixels.
 * @param stroke width of the strokes on the 24 grid.
 */
export function strokeOutline(path: string, size: number, stroke = 2): string {
  const scale = size / 24;
  const half = (stroke * scale) / 2;
  let at: Point = [0, 0];
  let start: Point = at;
  let out = '';
  const line = (to: Point): void => {
    out += bar(at, to, half);
    at = to;
  };
  for (const [, command = '', rest = ''] of path.matchAll(COMMAND)) {
    const values = (rest.match(NUMBER) ?? []).map(Number);
    const [ox, oy] = command === command.toLowerCase() ? at : [0, 0];
    const px = (i: number): number => ox + (values[i] ?? 0) * scale;
    const py = (i: number): number => oy + (values[i] ?? 0) * scale;
    switch (command.toLowerCase()) {
      case 'm':
        start = at = [px(0), py(1)];
        break;
      case 'l':
        line([px(0), py(1)]);
        break;
      case 'h':
        line([px(0), at[1]]);
        break;
      case 'v':
        line([at[0], py(0)]);
        break;
      case 'a': {
        const to: Point = [px(5), py(6)];
        const radius = (values[0] ?? 0) * scale;
        const isClockwise = values[4] === 1;
        out += isClockwise ? band(at, to, radius, values[3] === 1, half) : band(to, at, radius, values[3] === 1, half);
        at = to;
        break;
      }
      default:
        line(start);
    }
  }
  return out;
}

/** A filled icon's own path, at another size. */
export function fillOutline(path: string, size: number): string {
  const scale = size / 24;
  return path.replace(COMMAND, (_, command: string, rest: string) => {
    const values = (rest.match(NUMBER) ?? []).map(Number);
    // Of an arc the rotation and the two flags are no lengths.
    const scaled = values.map((value, i) =>
      command.toLowerCase() === 'a' && i >= 2 && i <= 4 ? value : Math.round(value * scale * 100) / 100,
    );
    return command + scaled.join(' ');
  });
}
