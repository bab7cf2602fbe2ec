import { ContextRoot } from '@lit/context';

/** By `Symbol.for`, so that several copies of the package listen once between them. */
const ROOT = Symbol.for('carelet.context-root');

/**
 * Keeps requests for a context that nobody answers yet: elements are upgraded in the order their modules happen to load, and a
 * widget that comes before its provider must still get its client. Once per document, when its first element is connected.
 */
export function keepContextRequests(document: Document): void {
  const root = document.documentElement as HTMLElement & { [ROOT]?: ContextRoot };
  if (root[ROOT]) return;
  const contexts = new ContextRoot();
  contexts.attach(root);
  Object.defineProperty(root, ROOT, { value: contexts });
}
