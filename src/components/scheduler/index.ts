export { CareScheduler } from './scheduler.component.js';
export type {
  AppointmentCreateDetail,
  AppointmentMoveDetail,
  AppointmentMovedDetail,
  AppointmentOpenDetail,
  AppointmentPlace,
  DateChangeDetail,
  TimeZoneChangeDetail,
  ViewChangeDetail,
} from './scheduler.types.js';
