import type {
  Bundle,
  BundleEntry,
  CapabilityStatement,
  CapabilityStatementRest,
  CapabilityStatementRestResource,
  ParametersParameter,
} from '../../generated/types/index.js';
import { distinct, has, hasChoice, rule, type Rules } from './rule.js';

const every = (bundle: Bundle, holds: (entry: BundleEntry) => boolean): boolean => (bundle.entry ?? []).every(holds);
const isOneOf = (bundle: Bundle, ...types: (Bundle['type'] & string)[]): boolean =>
  bundle.type !== undefined && types.includes(bundle.type);
/** Links that tell one page from another: two of a kind would contradict each other. */
const SINGLE_LINKS = ['self', 'first', 'previous', 'next', 'last'];

export const rulesOfBundle: Rules = {
  Bundle: [
    rule<Bundle>('bdl-1', 'only a searchset or a history has a total', (b) => !has(b, 'total') || isOneOf(b, 'searchset', 'history')),
    rule<Bundle>('bdl-2', 'only entries of a searchset have search', (b) => isOneOf(b, 'searchset') || every(b, (e) => !has(e, 'search'))),
    rule<Bundle>('bdl-3', 'each entry of a batch, transaction or history has a request, and no other', (b) =>
      every(b, (e) => has(e, 'request') === isOneOf(b, 'batch', 'transaction', 'history')),
    ),
    rule<Bundle>('bdl-4', 'each entry of a response or history has a response, and no other', (b) =>
      every(b, (e) => has(e, 'response') === isOneOf(b, 'batch-response', 'transaction-response', 'history')),
    ),
    rule<Bundle>(
      'bdl-7',
      'each fullUrl only once, unless the versions differ',
      (b) =>
        isOneOf(b, 'history') ||
        distinct((b.entry ?? []).filter((e) => e.fullUrl).map((e) => `${e.fullUrl} ${e.resource?.meta?.versionId ?? ''}`)),
    ),
    rule<Bundle>(
      'bdl-9',
      'a document has an identifier with system and value',
      (b) => !isOneOf(b, 'document') || (b.identifier !== undefined && has(b.identifier, 'system') && has(b.identifier, 'value')),
    ),
    rule<Bundle>('bdl-10', 'a document has a timestamp', (b) => !isOneOf(b, 'document') || b.timestamp !== undefined),
    rule<Bundle>(
      'bdl-11',
      'a document begins with a Composition',
      (b) => !isOneOf(b, 'document') || b.entry?.[0]?.resource?.resourceType === 'Composition',
    ),
    rule<Bundle>(
      'bdl-12',
      'a message begins with a MessageHeader',
      (b) => !isOneOf(b, 'message') || b.entry?.[0]?.resource?.resourceType === 'MessageHeader',
    ),
    // Not R4's own keys: what http.html and bundle.html say in words, and HL7's validator refuses.
    rule<Bundle>('bundle-links', 'a link such as self or next only once', (b) =>
      distinct((b.link ?? []).map((link) => link.relation).filter((relation) => SINGLE_LINKS.includes(relation ?? ''))),
    ),
    rule<Bundle>(
      'bundle-search-ids',
      'each result of a search has an id',
      (b) =>
        !isOneOf(b, 'searchset') ||
        every(b, (e) => !e.resource || e.resource.resourceType === 'OperationOutcome' || e.resource.id !== undefined),
    ),
  ],
  'Bundle.entry': [
    rule<BundleEntry>('bdl-5', 'needs a resource, a request or a response', (e) => has(e, 'resource', 'request', 'response')),
    rule<BundleEntry>('bdl-8', 'fullUrl must not name a version', (e) => !e.fullUrl?.includes('/_history/')),
    rule<BundleEntry>(
      'bundle-full-url',
      'fullUrl must be absolute',
      (e) => e.fullUrl === undefined || /^[a-zA-Z][\w+.-]*:/.test(e.fullUrl),
    ),
  ],
};

export const rulesOfParameters: Rules = {
  'Parameters.parameter': [
    rule<ParametersParameter>(
      'inv-1',
      'needs one of value, resource and parts',
      (p) => Number(hasChoice(p, 'value')) + Number(has(p, 'resource')) + Number(has(p, 'part')) === 1,
    ),
  ],
};

export const rulesOfCapabilityStatement: Rules = {
  CapabilityStatement: [
    rule<CapabilityStatement>('cpb-1', 'needs rest, messaging or document', (c) => has(c, 'rest', 'messaging', 'document')),
    rule<CapabilityStatement>('cpb-2', 'needs a description, software or implementation', (c) =>
      has(c, 'description', 'software', 'implementation'),
    ),
    rule<CapabilityStatement>(
      'cpb-3',
      'only an instance has messaging endpoints',
      (c) => c.kind === 'instance' || !c.messaging?.some((m) => has(m, 'endpoint')),
    ),
    rule<CapabilityStatement>('cpb-7', 'each document profile and mode only once', (c) =>
      distinct((c.document ?? []).map((d) => `${d.profile} ${d.mode}`)),
    ),
    rule<CapabilityStatement>('cpb-14', 'an instance needs an implementation', (c) => c.kind !== 'instance' || has(c, 'implementation')),
    rule<CapabilityStatement>(
      'cpb-15',
      'a capability has software and no implementation',
      (c) => c.kind !== 'capability' || (has(c, 'software') && !has(c, 'implementation')),
    ),
    rule<CapabilityStatement>(
      'cpb-16',
      'requirements have neither software nor implementation',
      (c) => c.kind !== 'requirements' || !has(c, 'software', 'implementation'),
    ),
  ],
  'CapabilityStatement.rest': [
    rule<CapabilityStatementRest>('cpb-9', 'each resource type only once', (r) =>
      distinct((r.resource ?? []).map((resource) => resource.type)),
    ),
  ],
  'CapabilityStatement.rest.resource': [
    rule<CapabilityStatementRestResource>('cpb-12', 'each search parameter only once', (r) =>
      distinct((r.searchParam ?? []).map((param) => param.name)),
    ),
  ],
};
