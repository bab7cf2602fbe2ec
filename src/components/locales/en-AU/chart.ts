import type { chart as en } from '../en/chart.js';
import type { Regional } from '../messages.js';

/** Australian spelling and words: an outpatient is a hospital's, who sees a GP has a consultation. */
export const chart: Regional<typeof en> = {
  'reason.nilknown': 'Nil known',
  'class.AMB': 'Consultation',
  'class.VR': 'Telehealth consultation',
  'banner.noBirthDate': 'No date of birth recorded',
  'banner.birthAbsent': (_f, reason) => `Date of birth: ${reason}`,
  'type.Coverage': 'Health cover',
  'type.ExplanationOfBenefit': 'Statements of benefit',
  'type.Immunization': 'Immunisations',
  'type.ImmunizationRecommendation': 'Immunisation recommendations',
  'type.Organization': 'Organisations',
  'type.ServiceRequest': 'Requests and referrals',
};
