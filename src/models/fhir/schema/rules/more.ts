import type {
  ElementDefinition,
  ElementDefinitionSlicing,
  InsurancePlan,
  Linkage,
  Measure,
  MeasureReport,
  MolecularSequence,
  NamingSystem,
  OperationDefinitionParameter,
  RequestGroupAction,
  SearchParameter,
  StructureDefinition,
  StructureDefinitionDifferential,
  StructureDefinitionMapping,
  StructureDefinitionSnapshot,
} from '../../generated/types/index.js';
import { distinct, goesWith, has, needs, notBoth, oneOf, rule, type Rules } from './rule.js';

export const rulesOfInsurancePlan: Rules = {
  InsurancePlan: [needs<InsurancePlan>('ipn-1', 'identifier', 'name')],
};

export const rulesOfLinkage: Rules = {
  Linkage: [rule<Linkage>('lnk-1', 'needs two items or more', (l) => l.item.length > 1)],
};

export const rulesOfMeasure: Rules = {
  Measure: [
    rule<Measure>('mea-1', 'has stratifiers with components, or with a code, description or criteria, not both', (m) =>
      (m.group ?? []).every((group) =>
        (group.stratifier ?? []).every((s) => has(s, 'code', 'description', 'criteria') !== has(s, 'component')),
      ),
    ),
  ],
};

export const rulesOfMeasureReport: Rules = {
  MeasureReport: [
    rule<MeasureReport>('mrp-1', 'has no groups when it is a data collection', (m) => m.type !== 'data-collection' || !has(m, 'group')),
    rule<MeasureReport>('mrp-2', 'has strata with a value or components, not both', (m) =>
      (m.group ?? []).every((group) =>
        (group.stratifier ?? []).every((s) => (s.stratum ?? []).every((stratum) => has(stratum, 'value') !== has(stratum, 'component'))),
      ),
    ),
  ],
};

export const rulesOfMolecularSequence: Rules = {
  MolecularSequence: [
    rule<MolecularSequence>('msq-3', 'needs a coordinateSystem of 0 or 1', (m) => m.coordinateSystem === 0 || m.coordinateSystem === 1),
  ],
};

export const rulesOfNamingSystem: Rules = {
  NamingSystem: [
    rule<NamingSystem>('nsd-1', 'has no uuid when it is a root', (n) => n.kind !== 'root' || n.uniqueId.every((id) => id.type !== 'uuid')),
    rule<NamingSystem>('nsd-2', 'has one preferred identifier of each type', (n) =>
      distinct(n.uniqueId.filter((id) => id.preferred).map((id) => id.type)),
    ),
  ],
};

export const rulesOfOperationDefinition: Rules = {
  'OperationDefinition.parameter': [
    needs<OperationDefinitionParameter>('opd-1', 'type', 'part'),
    rule<OperationDefinitionParameter>(
      'opd-2',
      'has a searchType only when it is a string',
      (p) => !has(p, 'searchType') || p.type === 'string',
    ),
    rule<OperationDefinitionParameter>(
      'opd-3',
      'has a targetProfile only when it is a Reference or canonical',
      (p) => !has(p, 'targetProfile') || p.type === 'Reference' || p.type === 'canonical',
    ),
  ],
};

export const rulesOfRequestGroup: Rules = {
  'RequestGroup.action': [oneOf<RequestGroupAction>('rqg-1', 'resource', 'action')],
};

export const rulesOfSearchParameter: Rules = {
  SearchParameter: [
    goesWith<SearchParameter>('spd-1', 'xpath', 'xpathUsage'),
    rule<SearchParameter>('spd-2', 'has chains only when it is a reference', (s) => !has(s, 'chain') || s.type === 'reference'),
    // No key of R4's; its words and HL7's validator.
    rule<SearchParameter>(
      'search-composite',
      'needs two components or more when it is a composite',
      (s) => s.type !== 'composite' || (s.component?.length ?? 0) > 1,
    ),
  ],
};

const idsAreDistinct = (view: StructureDefinitionSnapshot | StructureDefinitionDifferential): boolean =>
  view.element.every((element) => element.id) && distinct(view.element.map((element) => element.id));
const elementsOf = (s: StructureDefinition): ElementDefinition[] => [...(s.snapshot?.element ?? []), ...(s.differential?.element ?? [])];

export const rulesOfStructureDefinition: Rules = {
  StructureDefinition: [
    rule<StructureDefinition>(
      'sdf-1',
      'has each path only once, unless it is a constraint',
      (s) => s.derivation === 'constraint' || distinct((s.snapshot?.element ?? []).map((e) => e.path)),
    ),
    rule<StructureDefinition>(
      'sdf-4',
      'needs a baseDefinition unless it is abstract',
      (s) => s.abstract === true || has(s, 'baseDefinition'),
    ),
    rule<StructureDefinition>(
      'sdf-5',
      'needs a context when it constrains Extension',
      (s) => s.type !== 'Extension' || s.derivation === 'specialization' || has(s, 'context'),
    ),
    needs<StructureDefinition>('sdf-6', 'snapshot', 'differential'),
    rule<StructureDefinition>(
      'sdf-18',
      'has a contextInvariant only on Extension',
      (s) => !has(s, 'contextInvariant') || s.type === 'Extension',
    ),
    rule<StructureDefinition>('sdf-23', 'has no sliceName on a root element', (s) =>
      elementsOf(s).every((element) => element.path === undefined || element.path.includes('.') || !has(element, 'sliceName')),
    ),
  ],
  'StructureDefinition.mapping': [needs<StructureDefinitionMapping>('sdf-2', 'name', 'uri')],
  'StructureDefinition.snapshot': [
    rule<StructureDefinitionSnapshot>('sdf-3', 'has a definition, min and max in each element', (s) =>
      s.element.every((e) => has(e, 'definition') && has(e, 'min') && has(e, 'max')),
    ),
    rule<StructureDefinitionSnapshot>('sdf-8b', 'has a base in each element', (s) => s.element.every((e) => has(e, 'base'))),
    rule<StructureDefinitionSnapshot>('sdf-16', 'has an id of its own in each element', idsAreDistinct),
  ],
  'StructureDefinition.differential': [
    rule<StructureDefinitionDifferential>('sdf-17', 'has an id of its own in each element', idsAreDistinct),
  ],
  ElementDefinition: [
    rule<ElementDefinition>(
      'eld-2',
      'must not have its min above its max',
      (e) => e.min === undefined || !e.max || e.max === '*' || e.min <= Number(e.max),
    ),
    rule<ElementDefinition>('eld-3', 'needs a number or * as its max', (e) => !e.max || /^(?:\*|\d+)$/.test(e.max)),
    rule<ElementDefinition>('eld-6', 'needs one type where it has a fixed value', (e) => !has(e, 'fixed[x]') || (e.type?.length ?? 0) <= 1),
    rule<ElementDefinition>('eld-7', 'needs one type where it has a pattern', (e) => !has(e, 'pattern[x]') || (e.type?.length ?? 0) <= 1),
    notBoth<ElementDefinition>('eld-8', 'pattern[x]', 'fixed[x]'),
    rule<ElementDefinition>('eld-13', 'has each type only once', (e) => distinct((e.type ?? []).map((type) => type.code))),
    rule<ElementDefinition>('eld-14', 'has each constraint key only once', (e) =>
      distinct((e.constraint ?? []).map((constraint) => constraint.key)),
    ),
    notBoth<ElementDefinition>('eld-15', 'defaultValue[x]', 'meaningWhenMissing'),
    rule<ElementDefinition>('eld-18', 'needs a reason where it is a modifier', (e) => e.isModifier !== true || has(e, 'isModifierReason')),
    goesWith<ElementDefinition>('eld-22', 'sliceIsConstraining', 'sliceName'),
  ],
  'ElementDefinition.slicing': [needs<ElementDefinitionSlicing>('eld-1', 'discriminator', 'description')],
};
