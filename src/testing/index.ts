/** For tests, demos and prototypes of those who build on carelet: a synthetic practice, the backend contract, server personalities, failures by script. */
export { contract, NotOffered, type ContractCase } from './contract/index.js';
export { faults, flaky, type Fault, type FaultScript } from './flaky.js';
export * from './personalities.js';
export { createPractice, type PracticeOptions } from './practice/index.js';
