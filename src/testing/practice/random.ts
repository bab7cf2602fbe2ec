/** Chance without chance: the same seed always gives the same numbers, on every engine (32-bit integer arithmetic only). */

/** A well mixed 32-bit hash of integers (the finaliser of MurmurHash3, by Austin Appleby, public domain). */
export function mix(...values: readonly number[]): number {
  let hash = 0x9e3779b9;
  for (const value of values) {
    hash = Math.imul(hash ^ value, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash >>> 0;
}

/** A seed of any kind as an integer. */
export function seedOf(seed: string | number): number {
  return mix(...Array.from(String(seed), (character) => character.codePointAt(0) ?? 0));
}

/** A share from 0 to 1 that belongs to these integers: for decisions that must come out the same wherever they are asked. */
export function share(...values: readonly number[]): number {
  return mix(...values) / 0x1_0000_0000;
}

/** A stream of numbers (mulberry32). */
export class Random {
  #state: number;

  constructor(...seed: readonly number[]) {
    this.#state = mix(...seed);
  }

  /** From 0 to 1, 1 excluded. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  }

  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly T[]): T {
    const found = list[Math.floor(this.next() * list.length)];
    if (found === undefined) throw new RangeError('nothing to pick from');
    return found;
  }

  /** A shuffled copy (Fisher-Yates). */
  shuffle<T>(list: readonly T[]): T[] {
    const copy = [...list];
    for (let i = copy.length - 1; i > 0; i--) {
      const j = this.int(0, i);
      [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
    }
    return copy;
  }

  /** `count` different members, in no order. */
  some<T>(list: readonly T[], count: number): T[] {
    return this.shuffle(list).slice(0, count);
  }

  /** Digits as text, for invented numbers. */
  digits(count: number): string {
    let text = '';
    for (let i = 0; i < count; i++) text += String(this.int(0, 9));
    return text;
  }
}
