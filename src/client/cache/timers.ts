import type { Timers } from './types.js';

/** The system's time, and the visibility of the page where there is one. */
export const systemTimers: Timers = {
  now: () => Date.now(),
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
  isVisible: () => typeof document === 'undefined' || document.visibilityState === 'visible',
  onVisible(run) {
    if (typeof document === 'undefined') return () => undefined;
    const seen = (): void => {
      if (document.visibilityState === 'visible') run(false);
    };
    const shown = ({ persisted }: PageTransitionEvent): void => {
      if (persisted) run(true);
    };
    document.addEventListener('visibilitychange', seen);
    globalThis.addEventListener('pageshow', shown);
    return () => {
      document.removeEventListener('visibilitychange', seen);
      globalThis.removeEventListener('pageshow', shown);
    };
  },
};
