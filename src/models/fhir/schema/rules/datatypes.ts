import type {
  Age,
  Attachment,
  ContactPoint,
  DataRequirementCodeFilter,
  DataRequirementDateFilter,
  ElementDefinition,
  ElementDefinitionSlicing,
  Expression,
  Extension,
  Period,
  Quantity,
  Range,
  Ratio,
  TimingRepeat,
  TriggerDefinition,
} from '../../generated/types/index.js';
import { after, distinct, has, hasChoice, rule, type Rules } from './rule.js';

const UCUM = 'http://unitsofmeasure.org';
const qty3 = rule<Quantity>('qty-3', 'a code for the unit needs the system it is from', (q) => !has(q, 'code') || has(q, 'system'));
/** Of Age, Distance and Count alike: a value has a unit, and units are UCUM's. */
const measured = (q: Quantity): boolean => (has(q, 'code') || !has(q, 'value')) && (q.system === undefined || q.system === UCUM);

const oneOf = rule<DataRequirementCodeFilter & DataRequirementDateFilter>(
  'drq-1',
  'needs either a path or a search parameter',
  (f) => has(f, 'path') !== has(f, 'searchParam'),
);

export const datatypeRules: Rules = {
  Extension: [
    rule<Extension>('ext-1', 'needs either a value or extensions, not both', (e) => has(e, 'extension') !== hasChoice(e, 'value')),
  ],
  Attachment: [rule<Attachment>('att-1', 'data needs a contentType', (a) => !has(a, 'data') || has(a, 'contentType'))],
  ContactPoint: [rule<ContactPoint>('cpt-2', 'a value needs a system (phone, email …)', (c) => !has(c, 'value') || has(c, 'system'))],
  Period: [rule<Period>('per-1', 'start must not be after end', (p) => !p.start || !p.end || !after(p.start, p.end))],
  Quantity: [qty3],
  Age: [
    qty3,
    rule<Age>('age-1', 'needs a UCUM unit of time, and a value above zero', (q) => measured(q) && (q.value === undefined || q.value > 0)),
  ],
  Distance: [qty3, rule('dis-1', 'needs a UCUM unit of length', measured)],
  Count: [
    qty3,
    rule<Quantity>(
      'cnt-3',
      'must be a whole number with the unit 1',
      (q) => measured(q) && (q.code ?? '1') === '1' && Number.isInteger(q.value ?? 0),
    ),
  ],
  Duration: [
    qty3,
    rule<Quantity>('drt-1', 'a unit must be UCUM, and needs a value', (q) => !has(q, 'code') || (q.system === UCUM && has(q, 'value'))),
  ],
  Range: [
    rule<Range>(
      'rng-2',
      'low must not be above high',
      ({ low, high }) =>
        low?.value === undefined ||
        high?.value === undefined ||
        low.code !== high.code ||
        low.unit !== high.unit ||
        low.value <= high.value,
    ),
  ],
  Ratio: [
    rule<Ratio>(
      'rat-1',
      'needs numerator and denominator, or neither and an extension',
      (r) => has(r, 'numerator') === has(r, 'denominator') && has(r, 'numerator', 'extension'),
    ),
  ],
  Expression: [rule<Expression>('exp-1', 'needs an expression or a reference to one', (e) => has(e, 'expression', 'reference'))],
  'Timing.repeat': [
    rule<TimingRepeat>('tim-1', 'a duration needs its unit', (t) => !has(t, 'duration') || has(t, 'durationUnit')),
    rule<TimingRepeat>('tim-2', 'a period needs its unit', (t) => !has(t, 'period') || has(t, 'periodUnit')),
    rule<TimingRepeat>('tim-4', 'a duration must not be negative', (t) => !((t.duration ?? 0) < 0)),
    rule<TimingRepeat>('tim-5', 'a period must not be negative', (t) => !((t.period ?? 0) < 0)),
    rule<TimingRepeat>('tim-6', 'periodMax needs a period', (t) => !has(t, 'periodMax') || has(t, 'period')),
    rule<TimingRepeat>('tim-7', 'durationMax needs a duration', (t) => !has(t, 'durationMax') || has(t, 'duration')),
    rule<TimingRepeat>('tim-8', 'countMax needs a count', (t) => !has(t, 'countMax') || has(t, 'count')),
    rule<TimingRepeat>(
      'tim-9',
      'an offset needs a when other than C, CM, CD and CV',
      (t) => !has(t, 'offset') || (has(t, 'when') && !t.when?.some((code) => ['C', 'CM', 'CD', 'CV'].includes(code ?? ''))),
    ),
    rule<TimingRepeat>('tim-10', 'has a timeOfDay or a when, not both', (t) => !(has(t, 'timeOfDay') && has(t, 'when'))),
  ],
  'DataRequirement.codeFilter': [oneOf],
  'DataRequirement.dateFilter': [oneOf],
  TriggerDefinition: [
    rule<TriggerDefinition>('trd-1', 'has timing or data, not both', (t) => !(has(t, 'data') && hasChoice(t, 'timing'))),
    rule<TriggerDefinition>('trd-2', 'a condition needs data', (t) => !has(t, 'condition') || has(t, 'data')),
    rule<TriggerDefinition>(
      'trd-3',
      'a named event needs a name, a periodic one timing, a data event data',
      (t) =>
        (t.type !== 'named-event' || has(t, 'name')) &&
        (t.type !== 'periodic' || hasChoice(t, 'timing')) &&
        (!t.type?.startsWith('data-') || has(t, 'data')),
    ),
  ],
  ElementDefinition: [
    rule<ElementDefinition>(
      'eld-2',
      'min must not be above max',
      (e) => e.min === undefined || !e.max || e.max === '*' || e.min <= Number(e.max),
    ),
    rule<ElementDefinition>('eld-3', 'max must be a number or *', (e) => !e.max || /^(?:\*|\d+)$/.test(e.max)),
    rule<ElementDefinition>('eld-6', 'a fixed value needs one type', (e) => !hasChoice(e, 'fixed') || (e.type?.length ?? 0) <= 1),
    rule<ElementDefinition>('eld-7', 'a pattern needs one type', (e) => !hasChoice(e, 'pattern') || (e.type?.length ?? 0) <= 1),
    rule<ElementDefinition>(
      'eld-8',
      'has a pattern or a fixed value, not both',
      (e) => !(hasChoice(e, 'pattern') && hasChoice(e, 'fixed')),
    ),
    rule<ElementDefinition>('eld-13', 'each type only once', (e) => distinct((e.type ?? []).map((type) => type.code))),
    rule<ElementDefinition>('eld-14', 'each constraint key only once', (e) =>
      distinct((e.constraint ?? []).map((constraint) => constraint.key)),
    ),
    rule<ElementDefinition>(
      'eld-15',
      'has a default value or meaningWhenMissing, not both',
      (e) => !(hasChoice(e, 'defaultValue') && has(e, 'meaningWhenMissing')),
    ),
    rule<ElementDefinition>('eld-18', 'a modifier needs its reason', (e) => e.isModifier !== true || has(e, 'isModifierReason')),
    rule<ElementDefinition>(
      'eld-22',
      'sliceIsConstraining needs a sliceName',
      (e) => !has(e, 'sliceIsConstraining') || has(e, 'sliceName'),
    ),
  ],
  'ElementDefinition.slicing': [
    rule<ElementDefinitionSlicing>('eld-1', 'needs a discriminator or a description', (s) => has(s, 'discriminator', 'description')),
  ],
};
