/** Searching for a patient: reading what was typed, asking a server for it, telling the rows apart. */
export { ALIKE_KINDS, findAlike, type Alike, type AlikeKind } from './alike.js';
export { findBirthDates, type BirthDate, type BirthDateOptions } from './birth-date.js';
export { isAnswer, matchPatient, type Match } from './match.js';
export { identifierForms, patientSearches, phoneForms, type PatientParams } from './params.js';
export { parsePatientQuery, type PatientQuery, type QueryOptions, type Reading } from './query.js';
export { patientRows, type PatientRow, type RowOptions } from './row.js';
export { fold, tidy, type Segment } from './text.js';
