import { describe } from 'node:test';
import * as more from '../../../../src/models/fhir/schema/rules/more.js';
import { type Cases, checkRules, REF, X } from './check-rules.js';

const structure = (held: object): object => ({
  resourceType: 'StructureDefinition',
  url: 'http://x',
  name: 'X',
  status: 'draft',
  kind: 'resource',
  abstract: false,
  type: 'Patient',
  baseDefinition: 'http://y',
  derivation: 'constraint',
  differential: { element: [{ id: 'Patient', path: 'Patient' }] },
  ...held,
});
const element = (held: object): object => structure({ differential: { element: [{ id: 'Patient.x', path: 'Patient.x', ...held }] } });
const snapshot = (...elements: object[]): object => structure({ snapshot: { element: elements } });
const SNAP = { id: 'Patient', path: 'Patient', definition: 'x', min: 0, max: '1', base: { path: 'Patient', min: 0, max: '1' } };
const operation = (held: object): object => ({
  resourceType: 'OperationDefinition',
  name: 'x',
  status: 'draft',
  kind: 'operation',
  code: 'x',
  system: true,
  type: false,
  instance: false,
  parameter: [{ name: 'x', use: 'in', min: 0, max: '1', ...held }],
});
function measureReport(held: object): object {
  return { resourceType: 'MeasureReport', status: 'complete', type: 'summary', measure: 'http://x', period: { start: '2020' }, ...held };
}
function namingSystem(held: object): object {
  return { resourceType: 'NamingSystem', name: 'x', status: 'draft', kind: 'identifier', date: '2020', ...held };
}
function searchParameter(held: object): object {
  return {
    resourceType: 'SearchParameter',
    url: 'http://x',
    name: 'x',
    status: 'draft',
    description: 'x',
    code: 'x',
    base: ['Patient'],
    type: 'token',
    ...held,
  };
}

const CASES: Cases = {
  'ipn-1': [
    { resourceType: 'InsurancePlan', status: 'draft' },
    { resourceType: 'InsurancePlan', name: 'x' },
  ],
  'lnk-1': [
    { resourceType: 'Linkage', item: [{ type: 'source', resource: REF }] },
    {
      resourceType: 'Linkage',
      item: [
        { type: 'source', resource: REF },
        { type: 'alternate', resource: REF },
      ],
    },
  ],
  'mea-1': [
    {
      resourceType: 'Measure',
      status: 'draft',
      group: [{ stratifier: [{ code: X, component: [{ criteria: { language: 'x', expression: 'y' } }] }] }],
    },
    { resourceType: 'Measure', status: 'draft', group: [{ stratifier: [{ code: X }] }] },
  ],
  'mrp-1': [measureReport({ type: 'data-collection', group: [{ code: X }] }), measureReport({ group: [{ code: X }] })],
  'mrp-2': [
    measureReport({ group: [{ stratifier: [{ stratum: [{ measureScore: { value: 1 } }] }] }] }),
    measureReport({ group: [{ stratifier: [{ stratum: [{ value: X }] }] }] }),
  ],
  'msq-3': [
    { resourceType: 'MolecularSequence', coordinateSystem: 2 },
    { resourceType: 'MolecularSequence', coordinateSystem: 1 },
  ],
  'nsd-1': [
    namingSystem({ kind: 'root', uniqueId: [{ type: 'uuid', value: 'x' }] }),
    namingSystem({ kind: 'root', uniqueId: [{ type: 'oid', value: 'x' }] }),
  ],
  'nsd-2': [
    namingSystem({
      uniqueId: [
        { type: 'oid', value: 'x', preferred: true },
        { type: 'oid', value: 'y', preferred: true },
      ],
    }),
    namingSystem({
      uniqueId: [
        { type: 'oid', value: 'x', preferred: true },
        { type: 'oid', value: 'y' },
      ],
    }),
  ],
  'opd-1': [operation({}), operation({ type: 'string' })],
  'opd-2': [operation({ type: 'code', searchType: 'token' }), operation({ type: 'string', searchType: 'token' })],
  'opd-3': [operation({ type: 'code', targetProfile: ['http://x'] }), operation({ type: 'Reference', targetProfile: ['http://x'] })],
  'rqg-1': [
    { resourceType: 'RequestGroup', status: 'active', intent: 'order', action: [{ title: 'x' }] },
    { resourceType: 'RequestGroup', status: 'active', intent: 'order', action: [{ resource: REF }] },
  ],
  'spd-1': [searchParameter({ xpath: 'x' }), searchParameter({ xpath: 'x', xpathUsage: 'normal' })],
  'spd-2': [searchParameter({ chain: ['x'] }), searchParameter({ type: 'reference', chain: ['x'] })],
  'search-composite': [
    searchParameter({ type: 'composite', component: [{ definition: 'http://x', expression: 'x' }] }),
    searchParameter({
      type: 'composite',
      component: [
        { definition: 'http://x', expression: 'x' },
        { definition: 'http://y', expression: 'y' },
      ],
    }),
  ],
  'sdf-1': [
    structure({ derivation: 'specialization', snapshot: { element: [SNAP, { ...SNAP, id: 'b' }] } }),
    snapshot(SNAP, { ...SNAP, id: 'b' }),
  ],
  'sdf-2': [structure({ mapping: [{ identity: 'x' }] }), structure({ mapping: [{ identity: 'x', uri: 'http://x' }] })],
  'sdf-3': [snapshot({ ...SNAP, definition: undefined }), snapshot(SNAP)],
  'sdf-4': [structure({ baseDefinition: undefined }), structure({ abstract: true, baseDefinition: undefined })],
  'sdf-5': [structure({ type: 'Extension' }), structure({ type: 'Extension', context: [{ type: 'element', expression: 'Patient' }] })],
  'sdf-6': [structure({ differential: undefined }), structure({})],
  'sdf-8b': [snapshot({ ...SNAP, base: undefined }), snapshot(SNAP)],
  'sdf-16': [snapshot({ ...SNAP, id: undefined }), snapshot(SNAP)],
  'sdf-17': [structure({ differential: { element: [{ path: 'Patient' }] } }), structure({})],
  'sdf-18': [
    structure({ contextInvariant: ['x'] }),
    structure({ type: 'Extension', contextInvariant: ['x'], context: [{ type: 'element', expression: 'Patient' }] }),
  ],
  'sdf-23': [structure({ differential: { element: [{ id: 'Patient', path: 'Patient', sliceName: 'x' }] } }), structure({})],
  'eld-1': [element({ slicing: { rules: 'open' } }), element({ slicing: { rules: 'open', description: 'x' } })],
  'eld-2': [element({ min: 2, max: '1' }), element({ min: 2, max: '*' })],
  'eld-3': [element({ max: 'x' }), element({ max: '2' })],
  'eld-6': [
    element({ fixedCode: 'x', type: [{ code: 'code' }, { code: 'string' }] }),
    element({ fixedCode: 'x', type: [{ code: 'code' }] }),
  ],
  'eld-7': [
    element({ patternCode: 'x', type: [{ code: 'code' }, { code: 'string' }] }),
    element({ patternCode: 'x', type: [{ code: 'code' }] }),
  ],
  'eld-8': [element({ patternCode: 'x', fixedCode: 'x' }), element({ patternCode: 'x' })],
  'eld-13': [element({ type: [{ code: 'code' }, { code: 'code' }] }), element({ type: [{ code: 'code' }, { code: 'string' }] })],
  'eld-14': [
    element({
      constraint: [
        { key: 'a', severity: 'error', human: 'x' },
        { key: 'a', severity: 'error', human: 'x' },
      ],
    }),
    element({
      constraint: [
        { key: 'a', severity: 'error', human: 'x' },
        { key: 'b', severity: 'error', human: 'x' },
      ],
    }),
  ],
  'eld-15': [element({ defaultValueCode: 'x', meaningWhenMissing: 'x' }), element({ meaningWhenMissing: 'x' })],
  'eld-18': [element({ isModifier: true }), element({ isModifier: true, isModifierReason: 'x' })],
  'eld-22': [element({ sliceIsConstraining: true }), element({ sliceIsConstraining: true, sliceName: 'x' })],
};

describe('invariants: more', () => checkRules(CASES, [more]));
