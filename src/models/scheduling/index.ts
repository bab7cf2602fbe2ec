/** `carelet/models/scheduling`: days, lanes, hours, clashes and moves, as pure functions. */
export * from './axis.js';
export * from './checks.js';
export * from './clash.js';
export * from './day.js';
export * from './day-view.js';
export * from './diff.js';
export * from './find-zone.js';
export * from './hours.js';
export { icsOccurrences, MOST_OCCURRENCES, type IcsOccurrence, type IcsOptions } from './ics/occurrences.js';
export * from './item.js';
export * from './lanes.js';
export * from './move.js';
export * from './people.js';
export { expandRule, type ExpandOptions } from './recurrence/expand.js';
export { parseRule, type Frequency, type RecurrenceRule, type RuleWarning, type WeekdayRule } from './recurrence/rule.js';
export * from './service.js';
export * from './status.js';
export * from './zone.js';
