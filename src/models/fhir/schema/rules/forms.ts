import type {
  CompositionSection,
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireItemEnableWhen,
  QuestionnaireResponseItem,
} from '../../generated/types/index.js';
import { distinct, flatten, has, rule, type Rules } from './rule.js';

const OPTION_TYPES = ['choice', 'open-choice', 'decimal', 'integer', 'date', 'dateTime', 'time', 'string', 'quantity'];
const LENGTH_TYPES = ['boolean', 'decimal', 'integer', 'string', 'text', 'url', 'open-choice'];

export const rulesOfQuestionnaire: Rules = {
  Questionnaire: [
    rule<Questionnaire>('que-2', 'each linkId only once', (q) =>
      distinct(
        flatten(q.item, (item) => item.item)
          .map((item) => item.linkId)
          .filter(Boolean),
      ),
    ),
  ],
  'Questionnaire.item': [
    rule<QuestionnaireItem>(
      'que-1',
      'a group has items, a display has none',
      (i) => (i.type !== 'group' || has(i, 'item')) && (i.type !== 'display' || !has(i, 'item')),
    ),
    rule<QuestionnaireItem>('que-3', 'a display has no code', (i) => i.type !== 'display' || !has(i, 'code')),
    rule<QuestionnaireItem>(
      'que-4',
      'has answerOption or answerValueSet, not both',
      (i) => !(has(i, 'answerOption') && has(i, 'answerValueSet')),
    ),
    rule<QuestionnaireItem>(
      'que-5',
      'only a choice, number, date, time, string or quantity has answer options',
      (i) => OPTION_TYPES.includes(i.type ?? '') || !has(i, 'answerOption', 'answerValueSet'),
    ),
    rule<QuestionnaireItem>(
      'que-6',
      'a display is neither required nor repeats',
      (i) => i.type !== 'display' || !has(i, 'required', 'repeats'),
    ),
    rule<QuestionnaireItem>(
      'que-8',
      'a group or display has no initial value',
      (i) => (i.type !== 'group' && i.type !== 'display') || !has(i, 'initial'),
    ),
    rule<QuestionnaireItem>('que-9', 'a display has no readOnly', (i) => i.type !== 'display' || !has(i, 'readOnly')),
    rule<QuestionnaireItem>(
      'que-10',
      'only a text, number, boolean or url has a maxLength',
      (i) => LENGTH_TYPES.includes(i.type ?? '') || !has(i, 'maxLength'),
    ),
    rule<QuestionnaireItem>('que-11', 'has answerOption or initial, not both', (i) => !(has(i, 'answerOption') && has(i, 'initial'))),
    // R4's expression lets two pass, its words and HL7's validator do not.
    rule<QuestionnaireItem>(
      'que-12',
      'with several enableWhen, enableBehavior is required',
      (i) => (i.enableWhen?.length ?? 0) < 2 || has(i, 'enableBehavior'),
    ),
    rule<QuestionnaireItem>(
      'que-13',
      'only one that repeats has several initial values',
      (i) => i.repeats === true || (i.initial?.length ?? 0) <= 1,
    ),
  ],
  'Questionnaire.item.enableWhen': [
    rule<QuestionnaireItemEnableWhen>(
      'que-7',
      'the operator exists needs an answerBoolean',
      (e) => e.operator !== 'exists' || has(e, 'answerBoolean'),
    ),
  ],
};

export const rulesOfQuestionnaireResponse: Rules = {
  'QuestionnaireResponse.item': [
    rule<QuestionnaireResponseItem>('qrs-1', 'has answers or items, not both', (i) => !(has(i, 'answer') && has(i, 'item'))),
  ],
};

export const rulesOfComposition: Rules = {
  'Composition.section': [
    rule<CompositionSection>('cmp-1', 'needs text, entries or sections', (s) => has(s, 'text', 'entry', 'section')),
    rule<CompositionSection>('cmp-2', 'has entries or an emptyReason, not both', (s) => !(has(s, 'emptyReason') && has(s, 'entry'))),
  ],
};
