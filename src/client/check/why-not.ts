/** Why no answer came, in words, by the codes of Node's network layer; a page learns no more than that it failed. */

const REASONS: readonly [codes: RegExp, words: string][] = [
  [/^ECONNREFUSED$/, 'nothing listens at that address and port'],
  [/^(?:ENOTFOUND|EAI_AGAIN|EAI_NODATA)$/, 'there is no host of that name'],
  [/^(?:ETIMEDOUT|UND_ERR_(?:CONNECT|HEADERS|BODY)_TIMEOUT)$/, 'it did not answer in time'],
  [/^(?:EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/, 'that address cannot be reached from here'],
  [/^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN)$/, 'TLS: the certificate is self-signed (Node takes another authority by NODE_EXTRA_CA_CERTS)'],
  [/^(?:UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT.*|CERT_UNTRUSTED)$/, 'TLS: the certificate comes from an authority that is not trusted here, or its chain is incomplete'],
  [/^CERT_HAS_EXPIRED$/, 'TLS: the certificate has expired'],
  [/^CERT_NOT_YET_VALID$/, 'TLS: the certificate is not valid yet'],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, 'TLS: the certificate is for another host name'],
  [/^(?:ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST))$/, 'TLS: the server does not speak TLS at this port; is it http?'],
  [/^(?:EPROTO|ERR_SSL_.*|ERR_TLS_.*)$/, 'TLS: no secure connection could be made'],
  [/^HPE_|^UND_ERR_(?:RESPONSE|SOCKET|HEADERS)/, 'what answers there is not HTTP, or it broke off; is it https?'],
  [/^(?:ECONNRESET|EPIPE)$/, 'the connection was broken off'],
  [/^ERR_INVALID_URL$/, 'the address is not one'],
]; // prettier-ignore

function codesOf(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) return [];
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  return [...(typeof code === 'string' ? [code] : []), ...codesOf(cause), ...(Array.isArray(errors) ? errors.flatMap(codesOf) : [])];
}

/** @param error what fetch threw. Its own words are never used: they may hold the address with what was searched. */
export function whyNot(error: unknown, timeout: number): string {
  if ((error as { kind?: unknown } | undefined)?.kind === 'offline') return `it did not answer within ${timeout / 1000} s`;
  for (const code of codesOf(error)) for (const [codes, words] of REASONS) if (codes.test(code)) return words;
  return 'no answer came';
}
