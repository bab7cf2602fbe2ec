/** From R4 records to the calendars that booking works with. */
export { availabilityNotes, participantCalendars, slotsWithin, type AvailabilityAsked, type AvailabilityRecords } from './calendars.js';
export { kindOf, takings, type Taking, type TakingOptions } from './busy.js';
export {
  durationMinutes,
  healthcareServiceOf,
  MEDPLUM_PARAMETERS,
  MEDPLUM_SERVICE,
  medplumZone,
  rulesOfService,
  SERVICE_EXTENSIONS,
  type ServiceRules,
} from './rules.js';
export { slotSpans, type SlotSpan } from './slots.js';
export { openSpans, weeklyHours, type WeeklyHours } from './weekly.js';
