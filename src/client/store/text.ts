/** Letters that Unicode does not take apart into a base letter and a mark, as people type them without. */
const PLAIN: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', æ: 'ae', œ: 'oe', ı: 'i' };
const ASCII = /^[\x20-\x7e]*$/;

/** Text as string search compares it: without case, accents and extra white space (R4 search.html, "string"). */
export function fold(text: string): string {
  const plain = ASCII.test(text)
    ? text.toLowerCase()
    : text
        .normalize('NFD')
        .replace(/\p{M}/gu, '')
        .toLowerCase()
        .replace(/[ßøłđðþæœı]/g, (letter) => PLAIN[letter] ?? letter);
  return /^\s|\s\s|[\t\n\r\u00a0]|\s$/.test(plain) ? plain.trim().replace(/\s+/g, ' ') : plain;
}
