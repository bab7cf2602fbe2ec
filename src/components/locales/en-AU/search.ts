import type { search as en } from '../en/search.js';
import type { Formatter, Regional } from '../messages.js';

/** Forms in Australia ask for a "date of birth", and cards that patients hand over are Medicare's. */
export const search: Regional<typeof en> = {
  placeholder: 'Name, date of birth or number',
  hint: 'Type a name, a date of birth, a record or Medicare number, or a phone number.',
  refine: 'Add a date of birth, a number or more of the name.',
  searchedBirth: (_, dates) => `date of birth ${dates}`,
  impossible: (_, typed) => `${typed} cannot be a date of birth. It is left out of the search.`,
  sameNameAndBirth: (f: Formatter, n: number) =>
    f.plural(n, { one: '1 patient with this name and date of birth', other: `${f.number(n)} patients with this name and date of birth` }),
  noBirthDate: 'No date of birth recorded',
};
