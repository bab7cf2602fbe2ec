import type {
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireItemEnableWhen,
  QuestionnaireResponseItem,
} from '../../generated/types/index.js';
import { distinct, flatten, has, notBoth, rule, type Rules } from './rule.js';

const OPTION_TYPES = ['choice', 'open-choice', 'decimal', 'integer', 'date', 'dateTime', 'time', 'string', 'quantity'];
const LENGTH_TYPES = ['boolean', 'decimal', 'integer', 'string', 'text', 'url', 'open-choice'];

const isType = (item: QuestionnaireItem, ...types: string[]): boolean => types.includes(item.type ?? '');

export const rulesOfQuestionnaire: Rules = {
  Questionnaire: [
    rule<Questionnaire>('que-2', 'has each linkId only once', (q) =>
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
      'has items when it is a group, and none when it is a display',
      (i) => (!isType(i, 'group') || has(i, 'item')) && (!isType(i, 'display') || !has(i, 'item')),
    ),
    rule<QuestionnaireItem>('que-3', 'has no code when it is a display', (i) => !isType(i, 'display') || !has(i, 'code')),
    notBoth<QuestionnaireItem>('que-4', 'answerOption', 'answerValueSet'),
    rule<QuestionnaireItem>(
      'que-5',
      'has answer options only when it is a choice, number, date, time, string or quantity',
      (i) => isType(i, ...OPTION_TYPES) || !has(i, 'answerOption', 'answerValueSet'),
    ),
    rule<QuestionnaireItem>(
      'que-6',
      'has no required and no repeats when it is a display',
      (i) => !isType(i, 'display') || !has(i, 'required', 'repeats'),
    ),
    rule<QuestionnaireItem>(
      'que-8',
      'has no initial value when it is a group or display',
      (i) => !isType(i, 'group', 'display') || !has(i, 'initial'),
    ),
    rule<QuestionnaireItem>('que-9', 'has no readOnly when it is a display', (i) => !isType(i, 'display') || !has(i, 'readOnly')),
    rule<QuestionnaireItem>(
      'que-10',
      'has a maxLength only when it is a text, number, boolean or url',
      (i) => isType(i, ...LENGTH_TYPES) || !has(i, 'maxLength'),
    ),
    notBoth<QuestionnaireItem>('que-11', 'answerOption', 'initial'),
    // R4's expression lets two pass, its words and HL7's validator do not.
    rule<QuestionnaireItem>(
      'que-12',
      'needs enableBehavior where it has several enableWhen',
      (i) => (i.enableWhen?.length ?? 0) < 2 || has(i, 'enableBehavior'),
    ),
    rule<QuestionnaireItem>(
      'que-13',
      'has several initial values only when it repeats',
      (i) => i.repeats === true || (i.initial?.length ?? 0) <= 1,
    ),
  ],
  'Questionnaire.item.enableWhen': [
    rule<QuestionnaireItemEnableWhen>(
      'que-7',
      'needs an answerBoolean with the operator exists',
      (e) => e.operator !== 'exists' || has(e, 'answerBoolean'),
    ),
  ],
};

export const rulesOfQuestionnaireResponse: Rules = {
  'QuestionnaireResponse.item': [notBoth<QuestionnaireResponseItem>('qrs-1', 'answer', 'item')],
};
