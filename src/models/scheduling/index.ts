/** `carelet/models/scheduling`: days, lanes, hours, clashes and moves, as pure functions. */
export * from './axis.js';
export * from './checks.js';
export * from './clash.js';
export * from './day.js';
export * from './day-view.js';
export * from './diff.js';
export * from './find-zone.js';
export * from './hours.js';
export * from './item.js';
export * from './lanes.js';
export * from './move.js';
export * from './people.js';
export * from './service.js';
export * from './status.js';
export * from './zone.js';
