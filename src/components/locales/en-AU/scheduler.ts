import type { scheduler as en } from '../en/scheduler.js';
import type { Regional } from '../messages.js';

export const scheduler: Regional<typeof en> = {
  birthDate: 'Date of birth',
};
