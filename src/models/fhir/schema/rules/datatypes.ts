import type {
  Age,
  Attachment,
  ContactPoint,
  DataRequirementCodeFilter,
  Expression,
  Extension,
  Period,
  Quantity,
  Range,
  Ratio,
  TimingRepeat,
  TriggerDefinition,
} from '../../generated/types/index.js';
import { after, goesWith, has, needs, notBoth, oneOf, rule, type Rules } from './rule.js';

const UCUM = 'http://unitsofmeasure.org';
const qty3 = goesWith<Quantity>('qty-3', 'code', 'system');
/** Of Age, Distance and Count alike: a value has a unit, and units are UCUM's. */
const measured = (q: Quantity): boolean => (has(q, 'code') || !has(q, 'value')) && (q.system === undefined || q.system === UCUM);
const filtered = [oneOf<DataRequirementCodeFilter>('drq-1', 'path', 'searchParam')];

export const datatypeRules: Rules = {
  Extension: [oneOf<Extension>('ext-1', 'value[x]', 'extension')],
  Attachment: [goesWith<Attachment>('att-1', 'data', 'contentType')],
  ContactPoint: [goesWith<ContactPoint>('cpt-2', 'value', 'system')],
  Period: [
    rule<Period>('per-1', 'must not start after its end', ({ start, end }) => {
      if (!start || !end) return true;
      // A day, and a time on that same day: HL7's validator does not take it for granted that the period starts before.
      const vague = start.length === 10 && end.includes('T') && end.startsWith(start);
      return !vague && !after(start, end);
    }),
  ],
  Quantity: [qty3],
  Age: [
    qty3,
    rule<Age>('age-1', 'needs a UCUM unit, and a value above zero', (q) => measured(q) && (q.value === undefined || q.value > 0)),
  ],
  Distance: [qty3, rule('dis-1', 'needs a UCUM unit', measured)],
  Count: [
    qty3,
    rule<Quantity>(
      'cnt-3',
      'must be a whole number with the UCUM unit 1',
      (q) => measured(q) && (q.code ?? '1') === '1' && Number.isInteger(q.value ?? 0),
    ),
  ],
  Duration: [
    qty3,
    rule<Quantity>('drt-1', 'needs a value, and a UCUM unit', (q) => !has(q, 'code') || (q.system === UCUM && has(q, 'value'))),
  ],
  Range: [
    rule<Range>(
      'rng-2',
      'must not have its low above its high',
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
      'needs numerator and denominator, or an extension instead',
      (r) => has(r, 'numerator') === has(r, 'denominator') && has(r, 'numerator', 'extension'),
    ),
  ],
  Expression: [needs<Expression>('exp-1', 'expression', 'reference')],
  'Timing.repeat': [
    goesWith<TimingRepeat>('tim-1', 'duration', 'durationUnit'),
    goesWith<TimingRepeat>('tim-2', 'period', 'periodUnit'),
    rule<TimingRepeat>('tim-4', 'must not have a negative duration', (t) => !((t.duration ?? 0) < 0)),
    rule<TimingRepeat>('tim-5', 'must not have a negative period', (t) => !((t.period ?? 0) < 0)),
    goesWith<TimingRepeat>('tim-6', 'periodMax', 'period'),
    goesWith<TimingRepeat>('tim-7', 'durationMax', 'duration'),
    goesWith<TimingRepeat>('tim-8', 'countMax', 'count'),
    rule<TimingRepeat>(
      'tim-9',
      'needs a when other than C, CM, CD and CV where it has an offset',
      (t) => !has(t, 'offset') || (has(t, 'when') && !t.when?.some((code) => ['C', 'CM', 'CD', 'CV'].includes(code ?? ''))),
    ),
    notBoth<TimingRepeat>('tim-10', 'timeOfDay', 'when'),
  ],
  'DataRequirement.codeFilter': filtered,
  'DataRequirement.dateFilter': filtered,
  TriggerDefinition: [
    notBoth<TriggerDefinition>('trd-1', 'data', 'timing[x]'),
    goesWith<TriggerDefinition>('trd-2', 'condition', 'data'),
    rule<TriggerDefinition>(
      'trd-3',
      'needs a name for a named event, timing for a periodic one, data for a data event',
      (t) =>
        (t.type !== 'named-event' || has(t, 'name')) &&
        (t.type !== 'periodic' || has(t, 'timing[x]')) &&
        (!t.type?.startsWith('data-') || has(t, 'data')),
    ),
  ],
};
