/** Contrast of colours as the browser paints them: WCAG 2.2, relative luminance and contrast ratio. */

const canvas = new OffscreenCanvas(1, 1);
const pen = canvas.getContext('2d', { willReadFrequently: true })!;

/** Red, green and blue of a custom property at an element, from 0 to 255. */
export function painted(element: HTMLElement, property: string): [number, number, number] {
  const probe = document.createElement('i');
  probe.style.setProperty('background-color', `var(${property})`);
  element.append(probe);
  const colour = getComputedStyle(probe).backgroundColor;
  probe.remove();
  if (colour === 'rgba(0, 0, 0, 0)') throw new Error(`${property} is no colour`);
  pen.clearRect(0, 0, 1, 1);
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 1, 1);
  const [r, g, b] = pen.getImageData(0, 0, 1, 1).data;
  return [r!, g!, b!];
}

export function contrast(a: readonly number[], b: readonly number[]): number {
  const [high, low] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (high! + 0.05) / (low! + 0.05);
}

function luminance(rgb: readonly number[]): number {
  const [r, g, b] = rgb.map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}
