/** A Binary as the bytes it stands for (R4 binary.html, "serving"): for callers who accept no FHIR. */
import type { Call, Reply } from './http.js';
import { failure } from './outcome.js';
import { about, currentOf, readRow } from './read.js';
import type { Service } from './service.js';

export function binaryReply(service: Service, call: Call, id: string): Reply {
  const row = readRow(service, 'Binary', id);
  const { contentType, data } = row.tree!;
  const { headers } = about(call, currentOf(row));
  try {
    const body = Uint8Array.from(atob(typeof data === 'string' ? data : ''), (char) => char.charCodeAt(0));
    // Whatever a record holds must not run as a page of this origin.
    const guards = { 'X-Content-Type-Options': 'nosniff', 'Content-Security-Policy': 'sandbox' };
    return {
      status: 200,
      headers: { ...headers, ...guards, 'Content-Type': typeof contentType === 'string' ? contentType : 'application/octet-stream' },
      body,
    };
  } catch {
    throw failure(422, 'value', 'What this Binary holds is not base64', 'Binary.data');
  }
}
