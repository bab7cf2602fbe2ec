import type { CoverageEligibilityResponseInsuranceItem } from '../../generated/types/index.js';
import { oneOf, type Rules } from './rule.js';

export const rulesOfCoverageEligibilityResponse: Rules = {
  'CoverageEligibilityResponse.insurance.item': [oneOf<CoverageEligibilityResponseInsuranceItem>('ces-1', 'category', 'productOrService')],
};
