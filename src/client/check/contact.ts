/** First contact: is there a FHIR R4 server at that address, and what does it say of itself? */
import { recordOf, textOf, type Loose } from '../../models/fhir/read/loose.js';
import { ok, typeOf, type Probe, type Reply } from './probe.js';

export type Contact = { statement: Loose | undefined; reply: Reply } | { reason: string };

const RELEASES: readonly [version: RegExp, name: string][] = [
  [/^(?:0\.|1\.)/, 'DSTU2'],
  [/^3\./, 'STU3'],
  [/^5\./, 'R5'],
  [/^6\./, 'R6'],
];

const isPage = ({ text, headers }: Reply): boolean =>
  headers.get('Content-Type')?.includes('html') === true || /^\s*<(?:!doctype\s+html|html)\b/i.test(text);
const isXml = ({ text, headers }: Reply): boolean =>
  /xml/.test(headers.get('Content-Type') ?? '') || /^\s*<(?:\?xml|CapabilityStatement|Bundle)\b/.test(text);

/** The host that a redirect leads to; its path and query may hold a session. */
function leadsTo(location: string, baseUrl: string): string {
  try {
    const to = new URL(location, `${baseUrl}/`);
    const login = /login|signin|sign-in|auth|sso|oauth|saml/i.test(`${to.host}${to.pathname}`);
    return login
      ? `to a page to sign in (on ${to.host}), which is no FHIR: give the token by --header`
      : `to another address (on ${to.host}): use that one`;
  } catch {
    return 'to an address that cannot be read';
  }
}

function refusal(reply: Reply, baseUrl: string): string | undefined {
  const { status, failure } = reply;
  if (status >= 300 && status < 400) return `it redirects ${leadsTo(reply.headers.get('Location') ?? '', baseUrl)}`;
  if (status === 0) return failure;
  if (failure !== '') return failure;
  if (status === 401) return "it asks to sign in: give the token by --header 'Authorization: Bearer …'";
  if (status === 407) return 'a proxy on the way asks to sign in';
  if (isPage(reply))
    return `it answers with a web page, not with FHIR${status >= 400 ? ` (HTTP ${status})` : ''}: is the path right, such as …/fhir?`;
  return undefined;
}

/** Why a statement is of no use for R4; undefined where it is. */
function otherRelease(statement: Loose): string | undefined {
  if (statement['resourceType'] === 'Conformance') return 'it speaks FHIR DSTU2 only; carelet needs R4 (4.0.1)';
  const version = textOf(statement['fhirVersion']) ?? '';
  const release = RELEASES.find(([versions]) => versions.test(version));
  return release && `it speaks FHIR ${release[1]} (${version}) only; carelet needs R4 (4.0.1)`;
}

export async function contact(probe: Probe): Promise<Contact> {
  const { baseUrl } = probe.options;
  const reply = await probe.ask('metadata');
  const why = refusal(reply, baseUrl);
  if (why !== undefined) return { reason: why };
  const type = typeOf(reply.body);
  if (ok(reply) && (type === 'CapabilityStatement' || type === 'Conformance')) {
    const statement = reply.body!;
    const other = otherRelease(statement);
    return other === undefined ? { statement, reply } : { reason: other };
  }
  // Some servers have no metadata, or not for everybody; they are FHIR all the same where they answer as FHIR does.
  const search = await probe.ask('Patient?_summary=count');
  const body = recordOf(search.body);
  if (['Bundle', 'OperationOutcome'].includes(typeOf(body)) || typeOf(reply.body) === 'OperationOutcome')
    return { statement: undefined, reply };
  if (isXml(reply)) return { reason: 'it answers in XML only; carelet needs JSON' };
  const status = reply.status >= 400 ? ` (metadata: HTTP ${reply.status})` : '';
  return { reason: `what answers there is not FHIR${status}: is the path right, such as …/fhir?` };
}
