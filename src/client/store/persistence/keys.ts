/** Keys for records at rest: AES-GCM with 256 bits, never to be read out of the browser again. */
import { failed } from './failures.js';

const ALGORITHM = { name: 'AES-GCM', length: 256 } as const;
/** What OWASP's Password Storage Cheat Sheet asks of PBKDF2 with SHA-256. */
const ITERATIONS = 600_000;
const INFO = 'carelet persistence';

export interface Passphrase {
  passphrase: string;
  /** At least 16 random bytes, made once for a user and kept by the host. Not secret. */
  salt: Uint8Array;
  /** 600,000 unless told. */
  iterations?: number;
}

function subtle(): SubtleCrypto {
  const found = (globalThis.crypto as Partial<Crypto> | undefined)?.subtle;
  if (!found) throw failed('unsupported', 'Records can be encrypted only on a page that was loaded over https.');
  return found;
}

/** @throws CareError `validation` for a key that would not do; `unsupported` where the page has no cryptography. */
export function checkKey(key: unknown): CryptoKey {
  subtle();
  const { algorithm, extractable, usages } = (key ?? {}) as Partial<CryptoKey>;
  if (algorithm?.name !== ALGORITHM.name || (algorithm as AesKeyAlgorithm).length !== ALGORITHM.length)
    throw failed('validation', 'The key for stored records must be a CryptoKey for AES-GCM with 256 bits.');
  if (extractable) throw failed('validation', 'The key for stored records must not be extractable.');
  if (!usages?.includes('encrypt') || !usages.includes('decrypt'))
    throw failed('validation', 'The key for stored records must be one to encrypt and to decrypt with.');
  return key as CryptoKey;
}

/**
 * A key for `persistence`. Without a source it is a random one, good for as long as the host keeps it. From bytes: at least 32 that a
 * server keeps for this user, through HKDF-SHA-256. From a passphrase: PBKDF2-SHA-256.
 *
 * @throws CareError `validation`, `unsupported`.
 */
export async function createPersistenceKey(source?: Uint8Array | Passphrase): Promise<CryptoKey> {
  const crypto = subtle();
  const uses: KeyUsage[] = ['encrypt', 'decrypt'];
  if (source === undefined) return crypto.generateKey(ALGORITHM, false, uses);
  if (source instanceof Uint8Array) {
    if (source.length < 32) throw failed('validation', 'The secret for a key must have at least 32 bytes.');
    const secret = await crypto.importKey('raw', new Uint8Array(source), 'HKDF', false, ['deriveKey']);
    const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: new TextEncoder().encode(INFO) };
    return crypto.deriveKey(how, secret, ALGORITHM, false, uses);
  }
  const { passphrase, salt, iterations = ITERATIONS } = source;
  if (passphrase === '' || salt.length < 16 || iterations < 100_000)
    throw failed('validation', 'A passphrase needs a salt of at least 16 bytes and at least 100,000 iterations.');
  const secret = await crypto.importKey('raw', new TextEncoder().encode(passphrase.normalize('NFC')), 'PBKDF2', false, ['deriveKey']);
  return crypto.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt: new Uint8Array(salt), iterations }, secret, ALGORITHM, false, uses);
}
