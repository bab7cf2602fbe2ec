import { describe } from 'node:test';
import * as documents from '../../../../src/models/fhir/schema/rules/documents.js';
import * as forms from '../../../../src/models/fhir/schema/rules/forms.js';
import * as terminology from '../../../../src/models/fhir/schema/rules/terminology.js';
import { type Cases, checkRules, REF, X } from './check-rules.js';

const item = (held: object): object => ({ resourceType: 'Questionnaire', status: 'draft', item: [{ linkId: 'a', ...held }] });
const bundle = (type: string, held: object = {}): object => ({ resourceType: 'Bundle', type, ...held });
const entry = (held: object = {}): object => ({ resource: { resourceType: 'Patient', id: 'a' }, ...held });
const capability = (held: object): object => ({
  resourceType: 'CapabilityStatement',
  status: 'draft',
  date: '2020',
  kind: 'requirements',
  fhirVersion: '4.0.1',
  format: ['json'],
  description: 'x',
  rest: [{ mode: 'server' }],
  ...held,
});
const valueSet = (held: object): object => ({ resourceType: 'ValueSet', status: 'draft', ...held });
const contains = (held: object): object => valueSet({ expansion: { timestamp: '2020', contains: [held] } });
function composition(held: object = {}): object {
  return { resource: { resourceType: 'Composition', status: 'final', type: X, date: '2020', author: [REF], title: 'x', ...held } };
}
function document(held: object = {}): object {
  return bundle('document', {
    identifier: { system: 'http://x', value: 'x' },
    timestamp: '2020-01-01T00:00:00Z',
    entry: [composition()],
    ...held,
  });
}
function conceptMap(group: object): object {
  return { resourceType: 'ConceptMap', status: 'draft', group: [{ element: [{ code: 'a' }], ...group }] };
}

const CASES: Cases = {
  'inv-1': [
    { resourceType: 'Parameters', parameter: [{ name: 'x', valueCode: 'x', part: [{ name: 'y', valueCode: 'x' }] }] },
    { resourceType: 'Parameters', parameter: [{ name: 'x', part: [{ name: 'y', valueCode: 'x' }] }] },
  ],
  'que-1': [item({ type: 'group' }), item({ type: 'group', item: [{ linkId: 'b', type: 'display' }] })],
  'que-2': [
    item({ type: 'group', item: [{ linkId: 'a', type: 'string' }] }),
    item({ type: 'group', item: [{ linkId: 'b', type: 'string' }] }),
  ],
  'que-3': [item({ type: 'display', code: [{ code: 'x' }] }), item({ type: 'string', code: [{ code: 'x' }] })],
  'que-4': [
    item({ type: 'choice', answerOption: [{ valueString: 'x' }], answerValueSet: 'http://x' }),
    item({ type: 'choice', answerValueSet: 'http://x' }),
  ],
  'que-5': [item({ type: 'boolean', answerValueSet: 'http://x' }), item({ type: 'open-choice', answerValueSet: 'http://x' })],
  'que-6': [item({ type: 'display', required: true }), item({ type: 'string', required: true })],
  'que-7': [
    item({ type: 'string', enableWhen: [{ question: 'b', operator: 'exists', answerString: 'x' }] }),
    item({ type: 'string', enableWhen: [{ question: 'b', operator: 'exists', answerBoolean: true }] }),
  ],
  'que-8': [item({ type: 'display', initial: [{ valueString: 'x' }] }), item({ type: 'string', initial: [{ valueString: 'x' }] })],
  'que-9': [item({ type: 'display', readOnly: true }), item({ type: 'string', readOnly: true })],
  'que-10': [item({ type: 'date', maxLength: 1 }), item({ type: 'text', maxLength: 1 })],
  'que-11': [
    item({ type: 'choice', answerOption: [{ valueString: 'x' }], initial: [{ valueString: 'x' }] }),
    item({ type: 'choice', answerOption: [{ valueString: 'x', initialSelected: true }] }),
  ],
  'que-12': [
    item({
      type: 'string',
      enableWhen: [
        { question: 'b', operator: '=', answerString: 'x' },
        { question: 'b', operator: '=', answerString: 'y' },
      ],
    }),
    item({
      type: 'string',
      enableBehavior: 'any',
      enableWhen: [
        { question: 'b', operator: '=', answerString: 'x' },
        { question: 'b', operator: '=', answerString: 'y' },
      ],
    }),
  ],
  'que-13': [
    item({ type: 'string', initial: [{ valueString: 'x' }, { valueString: 'y' }] }),
    item({ type: 'string', repeats: true, initial: [{ valueString: 'x' }, { valueString: 'y' }] }),
  ],
  'qrs-1': [
    {
      resourceType: 'QuestionnaireResponse',
      status: 'completed',
      item: [{ linkId: 'a', answer: [{ valueString: 'x' }], item: [{ linkId: 'b' }] }],
    },
    {
      resourceType: 'QuestionnaireResponse',
      status: 'completed',
      item: [{ linkId: 'a', answer: [{ valueString: 'x', item: [{ linkId: 'b' }] }] }],
    },
  ],
  'sev-1': [
    {
      resourceType: 'AuditEvent',
      type: { code: 'x' },
      recorded: '2020-01-01T00:00:00Z',
      agent: [{ requestor: true }],
      source: { observer: REF },
      entity: [{ name: 'x', query: 'AAAA' }],
    },
    {
      resourceType: 'AuditEvent',
      type: { code: 'x' },
      recorded: '2020-01-01T00:00:00Z',
      agent: [{ requestor: true }],
      source: { observer: REF },
      entity: [{ name: 'x' }],
    },
  ],
  'bdl-1': [bundle('collection', { total: 1 }), bundle('searchset', { total: 1 })],
  'bdl-2': [
    bundle('collection', { entry: [entry({ search: { mode: 'match' } })] }),
    bundle('searchset', { entry: [entry({ search: { mode: 'match' } })] }),
  ],
  'bdl-3': [bundle('batch', { entry: [entry()] }), bundle('batch', { entry: [entry({ request: { method: 'POST', url: 'Patient' } })] })],
  'bdl-4': [bundle('batch-response', { entry: [entry()] }), bundle('batch-response', { entry: [entry({ response: { status: '200' } })] })],
  'bdl-5': [
    bundle('collection', { entry: [{ link: [{ relation: 'self', url: 'http://x' }] }] }),
    bundle('collection', { entry: [entry()] }),
  ],
  'bdl-7': [
    bundle('collection', { entry: [entry({ fullUrl: 'http://x/Patient/a' }), entry({ fullUrl: 'http://x/Patient/a' })] }),
    bundle('collection', { entry: [entry({ fullUrl: 'http://x/Patient/a' }), entry({ fullUrl: 'http://x/Patient/b' })] }),
  ],
  'bdl-8': [
    bundle('collection', { entry: [entry({ fullUrl: 'http://x/Patient/a/_history/1' })] }),
    bundle('collection', { entry: [entry({ fullUrl: 'http://x/Patient/a' })] }),
  ],
  'bdl-9': [bundle('document', { timestamp: '2020-01-01T00:00:00Z', entry: [composition()] }), document()],
  'bdl-10': [document({ timestamp: undefined }), document()],
  'bdl-11': [document({ entry: [entry()] }), document()],
  'bdl-12': [
    bundle('message', { entry: [entry()] }),
    bundle('message', { entry: [{ resource: { resourceType: 'MessageHeader', eventUri: 'http://x', source: { endpoint: 'http://x' } } }] }),
  ],
  'bundle-links': [
    bundle('searchset', {
      link: [
        { relation: 'next', url: 'http://x' },
        { relation: 'next', url: 'http://y' },
      ],
    }),
    bundle('searchset', {
      link: [
        { relation: 'self', url: 'http://x' },
        { relation: 'next', url: 'http://y' },
      ],
    }),
  ],
  'bundle-search-ids': [
    bundle('searchset', { entry: [{ resource: { resourceType: 'Patient' } }] }),
    bundle('searchset', { entry: [entry()] }),
  ],
  'bundle-full-url': [
    bundle('collection', { entry: [entry({ fullUrl: 'Patient/a' })] }),
    bundle('collection', { entry: [entry({ fullUrl: 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520' })] }),
  ],
  'cpb-1': [capability({ rest: undefined }), capability({})],
  'cpb-2': [capability({ description: undefined }), capability({})],
  'cpb-3': [
    capability({ messaging: [{ endpoint: [{ protocol: { code: 'http' }, address: 'http://x' }] }] }),
    capability({
      kind: 'instance',
      implementation: { description: 'x' },
      messaging: [{ endpoint: [{ protocol: { code: 'http' }, address: 'http://x' }] }],
    }),
  ],
  'cpb-7': [
    capability({
      document: [
        { mode: 'producer', profile: 'http://x' },
        { mode: 'producer', profile: 'http://x' },
      ],
    }),
    capability({
      document: [
        { mode: 'producer', profile: 'http://x' },
        { mode: 'consumer', profile: 'http://x' },
      ],
    }),
  ],
  'cpb-9': [
    capability({ rest: [{ mode: 'server', resource: [{ type: 'Patient' }, { type: 'Patient' }] }] }),
    capability({ rest: [{ mode: 'server', resource: [{ type: 'Patient' }, { type: 'Group' }] }] }),
  ],
  'cpb-12': [
    capability({
      rest: [
        {
          mode: 'server',
          resource: [
            {
              type: 'Patient',
              searchParam: [
                { name: 'a', type: 'token' },
                { name: 'a', type: 'token' },
              ],
            },
          ],
        },
      ],
    }),
    capability({
      rest: [
        {
          mode: 'server',
          resource: [
            {
              type: 'Patient',
              searchParam: [
                { name: 'a', type: 'token' },
                { name: 'b', type: 'token' },
              ],
            },
          ],
        },
      ],
    }),
  ],
  'cpb-14': [capability({ kind: 'instance' }), capability({ kind: 'instance', implementation: { description: 'x' } })],
  'cpb-15': [capability({ kind: 'capability' }), capability({ kind: 'capability', software: { name: 'x' } })],
  'cpb-16': [capability({ software: { name: 'x' } }), capability({})],
  'cmp-1': [
    document({ entry: [composition({ section: [{ title: 'x' }] })] }),
    document({ entry: [composition({ section: [{ entry: [REF] }] })] }),
  ],
  'cmp-2': [
    document({ entry: [composition({ section: [{ entry: [REF], emptyReason: X }] })] }),
    document({
      entry: [
        composition({ section: [{ text: { status: 'empty', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' }, emptyReason: X }] }),
      ],
    }),
  ],
  'ppc-1': [
    { resourceType: 'Consent', status: 'active', scope: X, category: [X] },
    { resourceType: 'Consent', status: 'active', scope: X, category: [X], policyRule: X },
  ],
  'csd-1': [
    { resourceType: 'CodeSystem', status: 'draft', content: 'complete', concept: [{ code: 'a', concept: [{ code: 'a' }] }] },
    { resourceType: 'CodeSystem', status: 'draft', content: 'complete', concept: [{ code: 'a', concept: [{ code: 'b' }] }] },
  ],
  'cmd-1': [
    conceptMap({ element: [{ code: 'a', target: [{ code: 'b', equivalence: 'narrower' }] }] }),
    conceptMap({ element: [{ code: 'a', target: [{ code: 'b', equivalence: 'equal' }] }] }),
  ],
  'cmd-2': [conceptMap({ unmapped: { mode: 'fixed' } }), conceptMap({ unmapped: { mode: 'fixed', code: 'x' } })],
  'cmd-3': [conceptMap({ unmapped: { mode: 'other-map' } }), conceptMap({ unmapped: { mode: 'other-map', url: 'http://x' } })],
  'vsd-1': [valueSet({ compose: { include: [{ version: '1' }] } }), valueSet({ compose: { include: [{ valueSet: ['http://x'] }] } })],
  'vsd-2': [
    valueSet({ compose: { include: [{ valueSet: ['http://x'], concept: [{ code: 'a' }] }] } }),
    valueSet({ compose: { include: [{ system: 'http://x', concept: [{ code: 'a' }] }] } }),
  ],
  'vsd-3': [
    valueSet({
      compose: { include: [{ system: 'http://x', concept: [{ code: 'a' }], filter: [{ property: 'x', op: '=', value: 'x' }] }] },
    }),
    valueSet({ compose: { include: [{ system: 'http://x' }], exclude: [{ system: 'http://x', concept: [{ code: 'a' }] }] } }),
  ],
  'vsd-6': [contains({ system: 'http://x', abstract: true }), contains({ display: 'x', abstract: true })],
  'vsd-9': [contains({ display: 'x' }), contains({ system: 'http://x', code: 'a' })],
  'vsd-10': [contains({ code: 'x' }), contains({ system: 'http://x', code: 'a' })],
  'value-set-system': [
    valueSet({ compose: { include: [{ system: '#cs' }] } }),
    valueSet({ compose: { include: [{ system: 'http://x' }] } }),
  ],
};

describe('invariants: documents, forms, terminology', () => checkRules(CASES, [documents, forms, terminology]));
