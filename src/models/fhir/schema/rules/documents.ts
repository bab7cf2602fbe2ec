import type {
  AuditEventEntity,
  Bundle,
  BundleEntry,
  CapabilityStatement,
  CapabilityStatementRest,
  CapabilityStatementRestResource,
  CompositionSection,
  Consent,
  ParametersParameter,
} from '../../generated/types/index.js';
import { distinct, has, needs, notBoth, rule, type Rules } from './rule.js';

export const rulesOfAuditEvent: Rules = {
  'AuditEvent.entity': [notBoth<AuditEventEntity>('sev-1', 'name', 'query')],
};

const every = (bundle: Bundle, holds: (entry: BundleEntry) => boolean): boolean => (bundle.entry ?? []).every(holds);
const isOneOf = (bundle: Bundle, ...types: (Bundle['type'] & string)[]): boolean =>
  bundle.type !== undefined && types.includes(bundle.type);
/** Links that tell one page from another: two of a kind would contradict each other. */
const SINGLE_LINKS = ['self', 'first', 'previous', 'next', 'last'];

export const rulesOfBundle: Rules = {
  Bundle: [
    rule<Bundle>(
      'bdl-1',
      'has a total only when it is a searchset or history',
      (b) => !has(b, 'total') || isOneOf(b, 'searchset', 'history'),
    ),
    rule<Bundle>(
      'bdl-2',
      'has search in its entries only when it is a searchset',
      (b) => isOneOf(b, 'searchset') || every(b, (e) => !has(e, 'search')),
    ),
    rule<Bundle>('bdl-3', 'has a request in each entry of a batch, transaction or history, and in no other', (b) =>
      every(b, (e) => has(e, 'request') === isOneOf(b, 'batch', 'transaction', 'history')),
    ),
    rule<Bundle>('bdl-4', 'has a response in each entry of a batch-response, transaction-response or history, and in no other', (b) =>
      every(b, (e) => has(e, 'response') === isOneOf(b, 'batch-response', 'transaction-response', 'history')),
    ),
    rule<Bundle>(
      'bdl-7',
      'has each fullUrl only once, unless the versions differ',
      (b) =>
        isOneOf(b, 'history') ||
        distinct((b.entry ?? []).filter((e) => e.fullUrl).map((e) => `${e.fullUrl} ${e.resource?.meta?.versionId ?? ''}`)),
    ),
    rule<Bundle>(
      'bdl-9',
      'needs an identifier with system and value when it is a document',
      (b) => !isOneOf(b, 'document') || (b.identifier !== undefined && has(b.identifier, 'system') && has(b.identifier, 'value')),
    ),
    rule<Bundle>('bdl-10', 'needs a timestamp when it is a document', (b) => !isOneOf(b, 'document') || b.timestamp !== undefined),
    rule<Bundle>(
      'bdl-11',
      'begins with a Composition when it is a document',
      (b) => !isOneOf(b, 'document') || b.entry?.[0]?.resource?.resourceType === 'Composition',
    ),
    rule<Bundle>(
      'bdl-12',
      'begins with a MessageHeader when it is a message',
      (b) => !isOneOf(b, 'message') || (b.entry?.[0]?.resource?.resourceType as string | undefined) === 'MessageHeader',
    ),
    // No keys of R4's: what http.html and bundle.html say in words, and HL7's validator refuses.
    rule<Bundle>('bundle-links', 'has links such as self and next only once', (b) =>
      distinct((b.link ?? []).map((link) => link.relation).filter((relation) => SINGLE_LINKS.includes(relation ?? ''))),
    ),
    rule<Bundle>(
      'bundle-search-ids',
      'has an id in each result of a search',
      (b) =>
        !isOneOf(b, 'searchset') ||
        every(b, (e) => !e.resource || e.resource.resourceType === 'OperationOutcome' || e.resource.id !== undefined),
    ),
  ],
  'Bundle.entry': [
    needs<BundleEntry>('bdl-5', 'resource', 'request', 'response'),
    rule<BundleEntry>('bdl-8', 'must not name a version in its fullUrl', (e) => !e.fullUrl?.includes('/_history/')),
    rule<BundleEntry>(
      'bundle-full-url',
      'needs an absolute fullUrl',
      (e) => e.fullUrl === undefined || /^[a-zA-Z][\w+.-]*:/.test(e.fullUrl),
    ),
  ],
};

export const rulesOfCapabilityStatement: Rules = {
  CapabilityStatement: [
    needs<CapabilityStatement>('cpb-1', 'rest', 'messaging', 'document'),
    needs<CapabilityStatement>('cpb-2', 'description', 'software', 'implementation'),
    rule<CapabilityStatement>(
      'cpb-3',
      'has messaging endpoints only when it is an instance',
      (c) => c.kind === 'instance' || !c.messaging?.some((m) => has(m, 'endpoint')),
    ),
    rule<CapabilityStatement>('cpb-7', 'has each document profile and mode only once', (c) =>
      distinct((c.document ?? []).map((d) => `${d.profile} ${d.mode}`)),
    ),
    rule<CapabilityStatement>(
      'cpb-14',
      'needs an implementation when it is an instance',
      (c) => c.kind !== 'instance' || has(c, 'implementation'),
    ),
    rule<CapabilityStatement>(
      'cpb-15',
      'has software and no implementation when it is a capability',
      (c) => c.kind !== 'capability' || (has(c, 'software') && !has(c, 'implementation')),
    ),
    rule<CapabilityStatement>(
      'cpb-16',
      'has neither software nor implementation when it is requirements',
      (c) => c.kind !== 'requirements' || !has(c, 'software', 'implementation'),
    ),
  ],
  'CapabilityStatement.rest': [
    rule<CapabilityStatementRest>('cpb-9', 'has each resource type only once', (r) =>
      distinct((r.resource ?? []).map((resource) => resource.type)),
    ),
  ],
  'CapabilityStatement.rest.resource': [
    rule<CapabilityStatementRestResource>('cpb-12', 'has each search parameter only once', (r) =>
      distinct((r.searchParam ?? []).map((param) => param.name)),
    ),
  ],
};

export const rulesOfComposition: Rules = {
  'Composition.section': [
    needs<CompositionSection>('cmp-1', 'text', 'entry', 'section'),
    notBoth<CompositionSection>('cmp-2', 'emptyReason', 'entry'),
  ],
};

export const rulesOfConsent: Rules = {
  Consent: [needs<Consent>('ppc-1', 'policy', 'policyRule')],
};

export const rulesOfParameters: Rules = {
  'Parameters.parameter': [
    rule<ParametersParameter>(
      'inv-1',
      'needs one of value, resource and part',
      (p) => [has(p, 'value[x]'), has(p, 'resource'), has(p, 'part')].filter(Boolean).length === 1,
    ),
  ],
};
