/** The codes of R4's required bindings, each list named as its ValueSet: `AppointmentStatus`, `AdministrativeGender` … */
export * from '../generated/codes/index.js';
