import { executeServerCommand } from '@web/test-runner-commands';

type Colour = readonly [red: number, green: number, blue: number];

/** The pixels of a part of the window. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  at(x: number, y: number): Colour;
}

/** What the engine painted where an element is (`inside` pixels from its edges), from a picture of the window. */
export async function pixelsOf(element: Element, inside = 0): Promise<Pixels> {
  const { left, top, width, height } = element.getBoundingClientRect();
  if (left < 0 || top < 0 || left + width > innerWidth || top + height > innerHeight)
    throw new Error('the element is not all in the window');
  const shot = await executeServerCommand<string, undefined>('screenshot');
  const bytes = Uint8Array.from(atob(shot), (letter) => letter.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const scale = bitmap.width / innerWidth;
  const size = { width: Math.floor(width * scale) - 2 * inside, height: Math.floor(height * scale) - 2 * inside };
  const canvas = Object.assign(document.createElement('canvas'), size);
  const context = canvas.getContext('2d')!;
  context.drawImage(bitmap, -Math.round(left * scale) - inside, -Math.round(top * scale) - inside);
  const { data } = context.getImageData(0, 0, size.width, size.height);
  return { ...size, at: (x, y) => [...data.subarray(4 * (y * size.width + x), 4 * (y * size.width + x) + 3)] as unknown as Colour };
}

/** How far two colours are apart, from 0 to 255: the most that one of their parts differs. */
export const apart = (one: Colour, other: Colour): number => Math.max(...one.map((part, i) => Math.abs(part - other[i]!)));
