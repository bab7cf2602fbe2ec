/** How long a server asks to wait. Loaded with the first answer that says so. */

/** Seconds from a count of seconds, a moment as seconds or milliseconds since 1970, or an HTTP date. */
function secondsOf(text: string, now: number): number | undefined {
  const value = text.trim();
  if (/^\d+(?:\.\d+)?$/.test(value)) {
    const number = Number(value);
    // Nobody asks for a wait of thirty years: that is a moment.
    if (number < 1e9) return Math.ceil(number);
    return Math.ceil(((number < 1e11 ? number * 1000 : number) - now) / 1000);
  }
  const moment = /\d\d:\d\d/.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(moment) ? undefined : Math.ceil((moment - now) / 1000);
}

/** `"default";r=0;t=30` (draft-ietf-httpapi-ratelimit-headers-08 on), `limit=100, remaining=0, reset=30` (up to -07). */
function draftReset(text: string): number | undefined {
  const resets = text.split(/,(?=\s*(?:"[^"]*"|[\w.-]+)\s*;)/).flatMap((policy) => {
    const remaining = /\b(?:r|remaining)\s*=\s*(\d+)/i.exec(policy)?.[1];
    const reset = /\b(?:t|reset)\s*=\s*(\d+)/i.exec(policy)?.[1];
    return reset === undefined || Number(remaining ?? 0) > 0 ? [] : [Number(reset)];
  });
  return resets.length > 0 ? Math.max(...resets) : undefined;
}

/**
 * Seconds to wait: by Retry-After (RFC 9110 10.2.3), else by what a rate limit says of its reset. A moment is measured from the
 * Date of the same answer where that can be seen, since the two clocks may differ.
 *
 * @param now milliseconds since 1970, for where it cannot.
 */
export function retryAfterOf(headers: Pick<Headers, 'get'>, now: number): number | undefined {
  const sent = Date.parse(headers.get('Date') ?? '');
  const since = Number.isNaN(sent) ? now : sent;
  const seconds = ['Retry-After', 'RateLimit-Reset', 'X-RateLimit-Reset', 'X-Rate-Limit-Reset']
    .map((name) => secondsOf(headers.get(name) ?? '', since))
    .find((found) => found !== undefined);
  const wait = seconds ?? draftReset(headers.get('RateLimit') ?? '');
  return wait === undefined ? undefined : Math.max(0, wait);
}
