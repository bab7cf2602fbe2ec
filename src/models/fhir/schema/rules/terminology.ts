import type {
  CodeSystem,
  ConceptMapGroupElementTarget,
  ConceptMapGroupUnmapped,
  ValueSetComposeInclude,
  ValueSetExpansionContains,
} from '../../generated/types/index.js';
import { distinct, flatten, goesWith, has, needs, notBoth, rule, type Rules } from './rule.js';

export const rulesOfCodeSystem: Rules = {
  CodeSystem: [
    rule<CodeSystem>('csd-1', 'has each code only once', (c) =>
      distinct(flatten(c.concept, (concept) => concept.concept).map((concept) => concept.code)),
    ),
  ],
};

export const rulesOfConceptMap: Rules = {
  'ConceptMap.group.unmapped': [
    rule<ConceptMapGroupUnmapped>('cmd-2', 'needs a code in the mode fixed', (u) => u.mode !== 'fixed' || has(u, 'code')),
    rule<ConceptMapGroupUnmapped>('cmd-3', 'needs a url in the mode other-map', (u) => u.mode !== 'other-map' || has(u, 'url')),
  ],
  'ConceptMap.group.element.target': [
    rule<ConceptMapGroupElementTarget>(
      'cmd-1',
      'needs a comment when it is narrower or inexact',
      (t) => has(t, 'comment') || (t.equivalence !== 'narrower' && t.equivalence !== 'inexact'),
    ),
  ],
};

export const rulesOfValueSet: Rules = {
  'ValueSet.compose.include': [
    needs<ValueSetComposeInclude>('vsd-1', 'system', 'valueSet'),
    goesWith<ValueSetComposeInclude>('vsd-2', 'concept', 'system'),
    goesWith<ValueSetComposeInclude>('vsd-2', 'filter', 'system'),
    notBoth<ValueSetComposeInclude>('vsd-3', 'concept', 'filter'),
    // No key of R4's; its words and HL7's validator.
    rule<ValueSetComposeInclude>('value-set-system', 'needs an absolute system, not a #id', (i) => !i.system?.startsWith('#')),
  ],
  'ValueSet.expansion.contains': [
    needs<ValueSetExpansionContains>('vsd-6', 'code', 'display'),
    rule<ValueSetExpansionContains>('vsd-9', 'needs a code unless it is abstract', (c) => has(c, 'code') || c.abstract === true),
    goesWith<ValueSetExpansionContains>('vsd-10', 'code', 'system'),
  ],
};
