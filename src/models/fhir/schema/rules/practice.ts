import type {
  Appointment,
  AppointmentParticipant,
  AppointmentResponse,
  AuditEventEntity,
  CoverageEligibilityResponseInsuranceItem,
  InsurancePlan,
  Organization,
  PatientContact,
} from '../../generated/types/index.js';
import { has, rule, type Rules } from './rule.js';

export const rulesOfAppointment: Rules = {
  Appointment: [
    rule<Appointment>('app-2', 'needs both start and end, or neither', (a) => has(a, 'start') === has(a, 'end')),
    rule<Appointment>(
      'app-3',
      'only one that is proposed, cancelled or on a waitlist has no start and end',
      (a) => (has(a, 'start') && has(a, 'end')) || ['proposed', 'cancelled', 'waitlist'].includes(a.status ?? ''),
    ),
    // R4 wrote no-show, which is not a code of its own list.
    rule<Appointment>(
      'app-4',
      'only a cancelled or missed one has a cancelationReason',
      (a) => !has(a, 'cancelationReason') || a.status === 'noshow' || a.status === 'cancelled',
    ),
  ],
  'Appointment.participant': [rule<AppointmentParticipant>('app-1', 'needs a type or an actor', (p) => has(p, 'type', 'actor'))],
};

export const rulesOfAppointmentResponse: Rules = {
  AppointmentResponse: [
    rule<AppointmentResponse>('apr-1', 'needs a participantType or an actor', (r) => has(r, 'participantType', 'actor')),
  ],
};

export const rulesOfAuditEvent: Rules = {
  'AuditEvent.entity': [rule<AuditEventEntity>('sev-1', 'has a name or a query, not both', (e) => !(has(e, 'name') && has(e, 'query')))],
};

export const rulesOfCoverageEligibilityResponse: Rules = {
  'CoverageEligibilityResponse.insurance.item': [
    rule<CoverageEligibilityResponseInsuranceItem>(
      'ces-1',
      'needs either a category or a productOrService',
      (i) => has(i, 'category') !== has(i, 'productOrService'),
    ),
  ],
};

export const rulesOfInsurancePlan: Rules = {
  InsurancePlan: [rule<InsurancePlan>('ipn-1', 'needs an identifier or a name', (p) => has(p, 'identifier', 'name'))],
};

export const rulesOfOrganization: Rules = {
  Organization: [
    rule<Organization>('org-1', 'needs an identifier or a name', (o) => has(o, 'identifier', 'name')),
    rule<Organization>(
      'org-2',
      'an address of an organization is not for home use',
      (o) => !o.address?.some((address) => address.use === 'home'),
    ),
    rule<Organization>(
      'org-3',
      'a telecom of an organization is not for home use',
      (o) => !o.telecom?.some((telecom) => telecom.use === 'home'),
    ),
  ],
};

export const rulesOfPatient: Rules = {
  'Patient.contact': [
    rule<PatientContact>('pat-1', 'needs a name, telecom, address or organization', (c) =>
      has(c, 'name', 'telecom', 'address', 'organization'),
    ),
  ],
};
