import type { Formatter } from '../messages.js';
import { common } from './common.js';

/** Words of care-patient-search. */
export const search = {
  ...common,
  label: 'Find a patient',
  placeholder: 'Name, birth date or number',
  hint: 'Type a name, a birth date, a record or insurance number, or a phone number.',
  listLabel: 'Patients found',
  recent: 'Recent patients',
  clearText: 'Clear the search',

  count: (f: Formatter, n: number) => f.plural(n, { one: '1 patient', other: `${f.number(n)} patients` }),
  more: (f: Formatter, n: number) =>
    f.plural(n, { one: 'The first patient. More exist.', other: `The first ${f.number(n)} patients. More exist.` }),
  refine: 'Add a birth date, a number or more of the name.',
  searching: 'Searching',
  stillSearching: 'Still searching',
  tooShort: 'Type at least 2 characters.',

  none: 'No patient matches',
  noneSoFar: 'No patient found so far',
  noneHere: 'No patient of this list matches',
  searchedFor: (f: Formatter, parts: readonly string[]) => `Searched for ${f.list(parts)}.`,
  searchedName: (_: Formatter, words: string) => `the name “${words}”`,
  searchedBirth: (_: Formatter, dates: string) => `birth date ${dates}`,
  searchedNumber: (_: Formatter, number: string) => `the number ${number}`,
  wholeNumbers: 'Servers find whole numbers only.',
  or: (_: Formatter, a: string, b: string) => `${a} or ${b}`,

  partial: 'The search is not complete. Other patients may exist.',
  partFailed: (f: Formatter, n: number) =>
    f.plural(n, { one: 'Part of the search did not work.', other: `${f.number(n)} parts of the search did not work.` }),
  withheld: (f: Formatter, n: number) =>
    f.plural(n, { one: '1 record that does not fit was left out.', other: `${f.number(n)} records that do not fit were left out.` }),
  failed: 'Patients could not be searched',
  failedDetail: 'Do not add a new patient before the search works.',
  forbidden: 'You may not search for patients here',
  unsupported: 'This server cannot search for patients',
  notConnected: 'No records are connected',
  notConnectedDetail: 'There is nothing to search in.',

  ask: (_: Formatter, typed: string) => `${typed} can be read in several ways. Which day is meant?`,
  bothShown: 'Until you choose, all of them are searched.',
  impossible: (_: Formatter, typed: string) => `${typed} cannot be a birth date. It is left out of the search.`,

  sameNameAndBirth: (f: Formatter, n: number) =>
    f.plural(n, { one: '1 patient with this name and birth date', other: `${f.number(n)} patients with this name and birth date` }),
  sameName: (f: Formatter, n: number) => f.plural(n, { one: '1 patient with this name', other: `${f.number(n)} patients with this name` }),
  similarName: 'A similar name is in this list',
  deceased: 'Deceased',
  died: (_: Formatter, date: string) => `Died ${date}`,
  inactive: 'Not in use',
  merged: 'Merged into another record',
  noId: 'Cannot be opened: the record has no id',
  alsoNamed: (_: Formatter, name: string) => `Also ${name}`,
  formerly: (_: Formatter, name: string) => `Formerly ${name}`,
  noName: 'No name recorded',
  noBirthDate: 'No birth date recorded',
  born: (_: Formatter, date: string) => `Born ${date}`,
  phone: 'Phone',
  identifier: 'Number',
  female: 'Female',
  male: 'Male',
  other: 'Other',
  unknown: 'Sex not known',

  listChanged: 'The list changed just now. Choose again.',
  chosen: (_: Formatter, name: string) => `Chosen: ${name}`,
  required: 'Choose a patient from the list.',
  keyMove: 'to move',
  keyChoose: 'to choose',
  keyClose: 'to close',
} as const;
