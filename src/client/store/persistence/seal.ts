/**
 * Records as they lie on the disk: text under AES-GCM, or as it is where the records are synthetic.
 *
 * A sealed record is 12 bytes of a fresh random IV and the ciphertext with its tag. Bound into it, so that it can be read nowhere else,
 * are the database, what kind of record it is, and its number. The first 16 bytes under encryption are the tag of the record before it:
 * a record that is left out or put in shows as a break in this chain, while what comes after it can still be read.
 */
export type Sealed = Uint8Array<ArrayBuffer> | string;

export interface Place {
  kind: 'check' | 'head' | 'log' | 'snapshot';
  /** Sequence number, or generation and number of a chunk. */
  at: readonly number[];
}

/** What a record is known by to the next one: its tag in hexadecimal. */
export type Mark = string;
export const NO_MARK: Mark = '0'.repeat(32);

export interface Seal {
  readonly encrypted: boolean;
  close(place: Place, text: string, previous: Mark): Promise<Sealed>;
  /** @throws when it is not a record of this place under this key. */
  open(place: Place, sealed: unknown): Promise<{ text: string; previous: Mark }>;
  /** Of a record that may be damaged, too. */
  markOf(sealed: unknown): Mark;
}

const IV = 12;
const TAG = 16;
const toHex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const fromHex = (hex: string): Uint8Array =>
  Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));

/** @param database its name and the random id it was given when it was made. */
export function encrypted(key: CryptoKey, database: readonly [name: string, id: string]): Seal {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const bound = ({ kind, at }: Place): Uint8Array<ArrayBuffer> => encoder.encode(JSON.stringify(['carelet', 1, ...database, kind, ...at]));
  return {
    encrypted: true,
    async close(place, text, previous) {
      const content = encoder.encode(text);
      const plain = new Uint8Array(TAG + content.length);
      plain.set(fromHex(previous));
      plain.set(content, TAG);
      const iv = crypto.getRandomValues(new Uint8Array(IV));
      const cipher = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bound(place) }, key, plain);
      const sealed = new Uint8Array(IV + cipher.byteLength);
      sealed.set(iv);
      sealed.set(new Uint8Array(cipher), IV);
      return sealed;
    },
    async open(place, sealed) {
      if (!(sealed instanceof Uint8Array)) throw new TypeError('Not a sealed record');
      const bytes = sealed as Uint8Array<ArrayBuffer>;
      const iv = bytes.subarray(0, IV);
      const plain = new Uint8Array(
        await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: bound(place) }, key, bytes.subarray(IV)),
      );
      return { text: decoder.decode(plain.subarray(TAG)), previous: toHex(plain.subarray(0, TAG)) };
    },
    markOf: (sealed) => (sealed instanceof Uint8Array ? toHex(sealed.subarray(-TAG)) : NO_MARK),
  };
}

/** For synthetic records: nothing is hidden, and nothing is proof against tampering. */
export const plain: Seal = {
  encrypted: false,
  close: (_place, text) => Promise.resolve(text),
  async open(_place, sealed) {
    if (typeof sealed !== 'string') throw new TypeError('Not a record in plain text');
    return { text: sealed, previous: NO_MARK };
  },
  markOf: () => NO_MARK,
};

export function sameSealed(a: unknown, b: unknown): boolean {
  if (!(a instanceof Uint8Array) || !(b instanceof Uint8Array)) return a === b;
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
