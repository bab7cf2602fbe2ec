import { formatDate } from '../../../models/fhir/read/date-format.js';
import { formatName, chooseName } from '../../../models/fhir/read/name.js';
import type { Patient } from '../../../models/fhir/index.js';
import type { PatientQuery, Reading } from '../../../models/search/index.js';
import type { LocalizeController } from '../../base/localize.controller.js';
import type { search } from '../../locales/en/search.js';

export type Words = LocalizeController<typeof search>;

/** What was searched for, as it was understood: "Searched for the name “quispe” and birth date 14 Mar 1984." */
export function searchedFor({ readings }: PatientQuery, words: Words): string {
  const said = readings.map((reading) => words.format.list(parts(reading, words)));
  const whole = said.length < 2 ? said : [said.reduce((a, b) => words.t('or', a, b))];
  return words.t('searchedFor', whole);
}

function parts({ words: typed, births, number }: Reading, words: Words): string[] {
  return [
    ...(typed.length > 0 ? [words.t('searchedName', typed.join(' '))] : []),
    ...(births.length > 0
      ? [
          words.t(
            'searchedBirth',
            births.map((date) => dateText(date, words)).reduce((a, b) => words.t('or', a, b)),
          ),
        ]
      : []),
    ...(number === undefined ? [] : [words.t('searchedNumber', number)]),
  ];
}

/** The month as a word: nobody can read it in two ways. */
export function dateText(date: string, words: Words): string {
  return formatDate(date, { locale: words.lang, style: 'long' }) ?? date;
}

/** The name for the input and for announcements: family name first, as in the list. */
export function nameText(patient: Patient, now: Date, words: Words): string {
  return formatName(chooseName(patient.name, { now }), { locale: words.lang, form: 'list' }) ?? words.t('noName');
}
