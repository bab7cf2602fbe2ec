import type { ReactNode } from 'react';
// Browser tests have CommonJS packages bundled, and of those only the default is there.
import reactDom from 'react-dom';
import reactDomClient, { type Root } from 'react-dom/client';
import { until } from '../support/fixture.js';

const roots: { root: Root; host: HTMLElement }[] = [];

/** A place in the page, and a React root in it. What is drawn is there when `draw` returns. */
export function mount(node: ReactNode) {
  const host = document.createElement('div');
  host.style.inlineSize = '1280px';
  document.body.append(host);
  const root = reactDomClient.createRoot(host);
  roots.push({ root, host });
  const draw = (next: ReactNode) => reactDom.flushSync(() => root.render(next));
  draw(node);
  return { host, draw, unmount: () => reactDom.flushSync(() => root.unmount()) };
}

/** React answers an element's removal when it likes: the page is clean when this has resolved. */
export async function cleanUp(): Promise<void> {
  for (const { root, host } of roots.splice(0)) {
    root.unmount();
    await until(() => host.childElementCount === 0);
    host.remove();
  }
}

/** The element once it has drawn. */
export async function drawn<T extends Element>(host: ParentNode, tag: string): Promise<T> {
  const element = (await until(() => host.querySelector(tag))) as T & { updateComplete: Promise<unknown> };
  await element.updateComplete;
  return element;
}
