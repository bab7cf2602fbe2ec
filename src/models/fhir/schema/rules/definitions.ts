import type {
  CodeSystem,
  ConceptMapGroupElementTarget,
  ConceptMapGroupUnmapped,
  Measure,
  MeasureReport,
  NamingSystem,
  OperationDefinitionParameter,
  SearchParameter,
  StructureDefinition,
  StructureDefinitionMapping,
  ValueSetComposeInclude,
  ValueSetExpansionContains,
} from '../../generated/types/index.js';
import { distinct, flatten, has, rule, type Rules } from './rule.js';

export const rulesOfCodeSystem: Rules = {
  CodeSystem: [
    rule<CodeSystem>('csd-1', 'each code only once', (c) =>
      distinct(flatten(c.concept, (concept) => concept.concept).map((concept) => concept.code)),
    ),
  ],
};

export const rulesOfConceptMap: Rules = {
  'ConceptMap.group.unmapped': [
    rule<ConceptMapGroupUnmapped>('cmd-2', 'the mode fixed needs a code', (u) => u.mode !== 'fixed' || has(u, 'code')),
    rule<ConceptMapGroupUnmapped>('cmd-3', 'the mode other-map needs a url', (u) => u.mode !== 'other-map' || has(u, 'url')),
  ],
  'ConceptMap.group.element.target': [
    rule<ConceptMapGroupElementTarget>(
      'cmd-1',
      'a narrower or inexact mapping needs a comment',
      (t) => has(t, 'comment') || (t.equivalence !== 'narrower' && t.equivalence !== 'inexact'),
    ),
  ],
};

const include = [
  rule<ValueSetComposeInclude>('vsd-1', 'needs a system or a value set', (i) => has(i, 'valueSet', 'system')),
  rule<ValueSetComposeInclude>('vsd-2', 'concepts and filters need a system', (i) => !has(i, 'concept', 'filter') || has(i, 'system')),
  rule<ValueSetComposeInclude>('vsd-3', 'has concepts or filters, not both', (i) => !(has(i, 'concept') && has(i, 'filter'))),
];

export const rulesOfValueSet: Rules = {
  'ValueSet.compose.include': include,
  'ValueSet.expansion.contains': [
    rule<ValueSetExpansionContains>('vsd-6', 'needs a code or a display', (c) => has(c, 'code', 'display')),
    rule<ValueSetExpansionContains>('vsd-9', 'needs a code unless it is abstract', (c) => has(c, 'code') || c.abstract === true),
    rule<ValueSetExpansionContains>('vsd-10', 'a code needs its system', (c) => !has(c, 'code') || has(c, 'system')),
  ],
};

export const rulesOfNamingSystem: Rules = {
  NamingSystem: [
    rule<NamingSystem>('nsd-1', 'a root has no uuid', (n) => n.kind !== 'root' || n.uniqueId.every((id) => id.type !== 'uuid')),
    rule<NamingSystem>('nsd-2', 'one preferred identifier of each type', (n) =>
      distinct(n.uniqueId.filter((id) => id.preferred).map((id) => id.type)),
    ),
  ],
};

export const rulesOfSearchParameter: Rules = {
  SearchParameter: [
    rule<SearchParameter>('spd-1', 'an xpath needs its usage', (s) => !has(s, 'xpath') || has(s, 'xpathUsage')),
    rule<SearchParameter>('spd-2', 'only a reference has chains', (s) => !has(s, 'chain') || s.type === 'reference'),
    // Not a key of R4's; its words and HL7's validator.
    rule<SearchParameter>(
      'search-composite',
      'a composite needs two components or more',
      (s) => s.type !== 'composite' || (s.component?.length ?? 0) > 1,
    ),
  ],
};

export const rulesOfOperationDefinition: Rules = {
  'OperationDefinition.parameter': [
    rule<OperationDefinitionParameter>('opd-1', 'needs a type or parts', (p) => has(p, 'type', 'part')),
    rule<OperationDefinitionParameter>('opd-2', 'only a string has a searchType', (p) => !has(p, 'searchType') || p.type === 'string'),
    rule<OperationDefinitionParameter>(
      'opd-3',
      'only a Reference or canonical has a targetProfile',
      (p) => !has(p, 'targetProfile') || p.type === 'Reference' || p.type === 'canonical',
    ),
  ],
};

export const rulesOfMeasure: Rules = {
  Measure: [
    rule<Measure>('mea-1', 'a stratifier has components, or a code, description or criteria, not both', (m) =>
      (m.group ?? []).every((group) =>
        (group.stratifier ?? []).every((s) => has(s, 'code', 'description', 'criteria') !== has(s, 'component')),
      ),
    ),
  ],
};

export const rulesOfMeasureReport: Rules = {
  MeasureReport: [
    rule<MeasureReport>('mrp-1', 'a data collection has no groups', (m) => m.type !== 'data-collection' || !has(m, 'group')),
    rule<MeasureReport>('mrp-2', 'a stratum has a value or components, not both', (m) =>
      (m.group ?? []).every((group) =>
        (group.stratifier ?? []).every((s) => (s.stratum ?? []).every((stratum) => has(stratum, 'value') !== has(stratum, 'component'))),
      ),
    ),
  ],
};

const roots = (s: StructureDefinition): { type?: unknown; sliceName?: unknown }[] =>
  [...(s.snapshot?.element ?? []), ...(s.differential?.element ?? [])].filter((element) => element.path && !element.path.includes('.'));

export const rulesOfStructureDefinition: Rules = {
  StructureDefinition: [
    rule<StructureDefinition>(
      'sdf-1',
      'each path only once, unless it is a constraint',
      (s) => s.derivation === 'constraint' || distinct((s.snapshot?.element ?? []).map((e) => e.path)),
    ),
    rule<StructureDefinition>(
      'sdf-4',
      'needs a baseDefinition unless it is abstract',
      (s) => s.abstract === true || has(s, 'baseDefinition'),
    ),
    rule<StructureDefinition>(
      'sdf-5',
      'a constraint on Extension needs a context',
      (s) => s.type !== 'Extension' || s.derivation === 'specialization' || has(s, 'context'),
    ),
    rule<StructureDefinition>('sdf-6', 'needs a snapshot or a differential', (s) => has(s, 'snapshot', 'differential')),
    rule<StructureDefinition>(
      'sdf-16',
      'each element of the snapshot has an id of its own',
      (s) => (s.snapshot?.element ?? []).every((e) => e.id) && distinct((s.snapshot?.element ?? []).map((e) => e.id)),
    ),
    rule<StructureDefinition>(
      'sdf-17',
      'each element of the differential has an id of its own',
      (s) => (s.differential?.element ?? []).every((e) => e.id) && distinct((s.differential?.element ?? []).map((e) => e.id)),
    ),
    rule<StructureDefinition>(
      'sdf-18',
      'only an Extension has a contextInvariant',
      (s) => !has(s, 'contextInvariant') || s.type === 'Extension',
    ),
    rule<StructureDefinition>('sdf-23', 'a root element has no sliceName', (s) => roots(s).every((element) => !has(element, 'sliceName'))),
  ],
  'StructureDefinition.mapping': [rule<StructureDefinitionMapping>('sdf-2', 'needs a name or a uri', (m) => has(m, 'name', 'uri'))],
  'StructureDefinition.snapshot': [
    rule<NonNullable<StructureDefinition['snapshot']>>('sdf-3', 'each element has a definition, min and max', (s) =>
      s.element.every((e) => has(e, 'definition') && has(e, 'min') && has(e, 'max')),
    ),
    rule<NonNullable<StructureDefinition['snapshot']>>('sdf-8b', 'each element has its base', (s) =>
      s.element.every((e) => has(e, 'base')),
    ),
  ],
};
