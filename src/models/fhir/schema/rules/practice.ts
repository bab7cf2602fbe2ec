import type {
  Appointment,
  AppointmentParticipant,
  AppointmentResponse,
  Group,
  Organization,
  PatientContact,
  Task,
} from '../../generated/types/index.js';
import { after, has, needs, rule, type Rules } from './rule.js';

export const rulesOfAppointment: Rules = {
  Appointment: [
    rule<Appointment>('app-2', 'needs both start and end, or neither', (a) => has(a, 'start') === has(a, 'end')),
    rule<Appointment>(
      'app-3',
      'needs start and end, unless it is proposed, cancelled or on a waitlist',
      (a) => (has(a, 'start') && has(a, 'end')) || ['proposed', 'cancelled', 'waitlist'].includes(a.status ?? ''),
    ),
    // R4 wrote no-show, which is not a code of its own list.
    rule<Appointment>(
      'app-4',
      'has a cancelationReason only when it is cancelled or noshow',
      (a) => !has(a, 'cancelationReason') || a.status === 'noshow' || a.status === 'cancelled',
    ),
  ],
  'Appointment.participant': [needs<AppointmentParticipant>('app-1', 'type', 'actor')],
};

export const rulesOfAppointmentResponse: Rules = {
  AppointmentResponse: [needs<AppointmentResponse>('apr-1', 'participantType', 'actor')],
};

export const rulesOfGroup: Rules = {
  Group: [rule<Group>('grp-1', 'has members only when it is actual', (g) => !has(g, 'member') || g.actual === true)],
};

export const rulesOfOrganization: Rules = {
  Organization: [
    needs<Organization>('org-1', 'identifier', 'name'),
    rule<Organization>('org-2', 'has no address for home use', (o) => !o.address?.some((address) => address.use === 'home')),
    rule<Organization>('org-3', 'has no telecom for home use', (o) => !o.telecom?.some((telecom) => telecom.use === 'home')),
  ],
};

export const rulesOfPatient: Rules = {
  'Patient.contact': [needs<PatientContact>('pat-1', 'name', 'telecom', 'address', 'organization')],
};

export const rulesOfTask: Rules = {
  Task: [
    rule<Task>(
      'inv-1',
      'must not be modified before it was authored',
      (t) => !t.authoredOn || !t.lastModified || !after(t.authoredOn, t.lastModified),
    ),
  ],
};
