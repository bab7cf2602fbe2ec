/**
 * What the tabs of one session tell each other: that a record was written (type, id and version, never what is in it), and that the
 * session is over. Each tab then asks the server itself, with its own rights. Where there is no BroadcastChannel nothing is told.
 */
import type { Channel, RecordChange } from './types.js';

/** Type, id, version, and whether it was deleted. */
export type Told = readonly [type: string, id: string | null, version: string | null, deleted: boolean];

export interface TabsOptions {
  name: string;
  open: (name: string) => Channel | undefined;
  changed: (changes: readonly Told[]) => void;
  over: () => void;
}

/** A BroadcastChannel; undefined where the engine or the frame has none. In Node it does not keep the process alive. */
export function openChannel(name: string): Channel | undefined {
  try {
    const channel = new BroadcastChannel(name);
    (channel as { unref?: () => void }).unref?.();
    return channel as Channel;
  } catch {
    return undefined;
  }
}

const TYPE = /^[A-Z][A-Za-z]{1,63}$/;
const ID = /^[A-Za-z0-9.-]{1,64}$/;

function isTold(value: unknown): value is Told {
  if (!Array.isArray(value)) return false;
  const [type, id, version, deleted] = value as unknown[];
  const isText = (one: unknown, pattern: RegExp): boolean => typeof one === 'string' && pattern.test(one);
  return isText(type, TYPE) && (id === null || isText(id, ID)) && (version === null || isText(version, ID)) && typeof deleted === 'boolean';
}

export class Tabs {
  readonly #channel: Channel | undefined;

  constructor({ name, open, changed, over }: TabsOptions) {
    this.#channel = open(name);
    if (!this.#channel) return;
    this.#channel.onmessage = ({ data }) => {
      // Another release, or another script of this origin, may say anything.
      const { changes, end } = (typeof data === 'object' && data !== null ? data : {}) as { changes?: unknown; end?: unknown };
      if (end === true) over();
      else if (Array.isArray(changes)) changed(changes.filter(isTold));
    };
  }

  tell(changes: readonly RecordChange[]): void {
    const version = (id: string | undefined): string | null => (id !== undefined && ID.test(id) ? id : null);
    this.#channel?.postMessage({
      changes: changes.map(({ type, id, versionId, deleted }): Told => [type, id ?? null, version(versionId), deleted]),
    });
  }

  /** The session is over: all its tabs forget what they know. */
  end(): void {
    this.#channel?.postMessage({ end: true });
    this.close();
  }

  close(): void {
    if (!this.#channel) return;
    this.#channel.onmessage = null;
    this.#channel.close();
  }
}
