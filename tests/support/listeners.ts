/** Which listeners are left on what outlives an element: the window, the document, media queries. */
export interface ListenerWatch {
  /** `window: resize`, one line for each that was added and not removed since the watch began. */
  left(): string[];
  stop(): void;
}

const lasting = (target: EventTarget): string | undefined =>
  target === window
    ? 'window'
    : target === document || target === document.documentElement || target === document.body
      ? 'document'
      : target instanceof MediaQueryList
        ? 'media query'
        : undefined;

export function watchListeners(): ListenerWatch {
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const open = new Map<string, string>();
  const ids = new WeakMap<object, number>();
  let made = 0;
  const idOf = (thing: object) => ids.get(thing) ?? (ids.set(thing, ++made), made);
  const keyOf = (target: EventTarget, type: string, listener: object, options: unknown) => {
    const capture = typeof options === 'object' ? Boolean((options as AddEventListenerOptions | null)?.capture) : Boolean(options);
    return `${idOf(target)} ${type} ${idOf(listener)} ${capture}`;
  };
  EventTarget.prototype.addEventListener = function (this: EventTarget | undefined, type, listener, options) {
    const target = this ?? window;
    const where = lasting(target);
    if (where && listener) {
      const key = keyOf(target, type, listener, options);
      open.set(key, `${where}: ${type}`);
      const { signal = undefined, once = false } = typeof options === 'object' ? options : {};
      if (once) addEventListener.call(target, type, () => open.delete(key), { once: true });
      if (signal) addEventListener.call(signal, 'abort', () => open.delete(key));
    }
    return addEventListener.call(target, type, listener, options);
  };
  EventTarget.prototype.removeEventListener = function (this: EventTarget | undefined, type, listener, options) {
    const target = this ?? window;
    if (lasting(target) && listener) open.delete(keyOf(target, type, listener, options));
    return removeEventListener.call(target, type, listener, options);
  };
  return {
    left: () => [...open.values()].sort(),
    stop: () => Object.assign(EventTarget.prototype, { addEventListener, removeEventListener }),
  };
}
