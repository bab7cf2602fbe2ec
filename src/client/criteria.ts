import type { SearchParams } from './backend.js';

/**
 * The criteria of a conditional write, or of If-None-Exist: a search in URL form (`identifier=sys|value`), or its parameters, whose
 * values are put into URL form here. Which record is meant must follow from them alone: an identifier, as a rule.
 */
export type Criteria = string | SearchParams;

export function criteriaText(criteria: Criteria): string {
  if (typeof criteria === 'string') return criteria;
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(criteria))
    for (const one of Array.isArray(value) ? (value as readonly unknown[]) : value === undefined ? [] : [value])
      query.append(name, String(one));
  return query.toString();
}
