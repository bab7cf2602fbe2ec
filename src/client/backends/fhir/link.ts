/**
 * The address to ask for a link that a server gave, or undefined when it leads out of that server: another host or port, or
 * a path outside the base (another tenant on the same host). Credentials and patient data must not follow such a link.
 * A link that differs from the base in the scheme only (a server behind a TLS proxy) is asked for by the base's scheme.
 *
 * @param requestUrl where a link that is only a query (`?page=2`) hangs; others are relative to the base.
 */
export function withinBase(baseUrl: string, link: string, requestUrl = `${baseUrl}/`): string | undefined {
  const home = new URL(baseUrl);
  let url: URL;
  try {
    url = new URL(link, link.startsWith('?') ? requestUrl : `${baseUrl}/`);
  } catch {
    return undefined;
  }
  if (!/^https?:$/.test(url.protocol) || url.host !== home.host || url.username || url.password) return undefined;
  const root = home.pathname.replace(/\/+$/, '');
  if (url.pathname !== root && !url.pathname.startsWith(`${root}/`)) return undefined;
  url.protocol = home.protocol;
  url.hash = '';
  return url.href;
}
