import axe from 'axe-core';
import { render, type TemplateResult } from 'lit';

const made: Element[] = [];

/** Draws a template into the page and waits for its first element's first update. */
export async function fixture<T extends Element>(template: TemplateResult): Promise<T> {
  const host = document.createElement('div');
  document.body.append(host);
  made.push(host);
  render(template, host);
  const element = host.firstElementChild as T & { updateComplete?: Promise<unknown> };
  await element.updateComplete;
  return element;
}

export const cleanup = (): void => made.splice(0).forEach((element) => element.remove());

export async function until<T>(test: () => T, ms = 5000): Promise<NonNullable<T>> {
  const end = performance.now() + ms;
  for (;;) {
    const value = test();
    if (value) return value;
    if (performance.now() > end) throw new Error(`still not so after ${ms} ms: ${test}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Throws with every violation that axe finds below `element`, shadow roots included. */
export async function accessible(element: Element): Promise<void> {
  const { violations } = await axe.run(element as HTMLElement, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    resultTypes: ['violations'],
  });
  if (violations.length)
    throw new Error(violations.map((v) => `${v.id} (${v.impact}): ${v.nodes.map((n) => n.target.join(' ')).join('; ')}`).join('\n'));
}
