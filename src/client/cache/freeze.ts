/** Freezes plain JSON data, and says about how many characters they are as text. */
export function freezeJson(value: unknown): number {
  if (typeof value === 'string') return value.length + 3;
  if (typeof value !== 'object' || value === null) return 6;
  let size = 2;
  for (const [key, member] of Object.entries(value)) size += key.length + 3 + freezeJson(member);
  Object.freeze(value);
  return size;
}
