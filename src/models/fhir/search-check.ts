import { CareError } from '../errors.js';

const WITHOUT_ZONE = /^(?:eq|ne|gt|lt|ge|le|sa|eb|ap)?\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?$/;

/**
 * Refuses what would find other rows than were meant: a bound in time without an offset, a birth date with a time.
 *
 * @throws CareError `validation`, naming the parameter and not its value.
 */
export function checkDates(params: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(params)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (typeof one !== 'string') continue;
      const parts = one.split(',');
      if (parts.some((part) => WITHOUT_ZONE.test(part))) throw new CareError('validation', `The time in ${name} has no offset.`);
      if (/(?:^|[.:])birthdate$/.test(name) && parts.some((part) => /T\d\d:/.test(part))) {
        throw new CareError('validation', `${name} is a date and has no time.`);
      }
    }
  }
}
