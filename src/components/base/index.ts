export { CareElement } from './care-element.js';
export { CareFormElement } from './care-form-element.js';
export * from './contexts.js';
export { cssProperties } from './css-properties.js';
export { defineElement, VERSION } from './define.js';
export { emit, type CareEventDetail, type CareEventMap, type CareEventName, type EmitOptions } from './emit.js';
export { LocalizeController } from './localize.controller.js';
export { MutationController, type MutationState } from './mutation.controller.js';
export {
  asCareError,
  QueryController,
  type QueryOptions,
  type QueryResult,
  type QueryState,
  type QueryWarning,
} from './query.controller.js';
export {
  registerLocale,
  type LocaleKeys,
  type LocaleSource,
  type LocaleTable,
  type LocaleTableName,
  type LocaleTables,
} from '../locales/catalog.js';
export { isNewsTo, watchChanges } from './watch-changes.js';
export type { Formatter } from '../locales/messages.js';
