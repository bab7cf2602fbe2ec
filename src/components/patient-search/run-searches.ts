import type { CareClient } from '../../client/index.js';
import { isCareError } from '../../models/errors.js';
import type { Patient } from '../../models/fhir/index.js';
import { isAnswer, matchPatient, patientSearches, type PatientParams, type PatientQuery } from '../../models/search/index.js';

/** What was found for one text. */
export interface PatientsFound {
  patients: readonly Patient[];
  /** The server has more that match than were asked for. */
  more: boolean;
  /** Searches of several that did not work. */
  failed: number;
  /** Rows that do not have the birth date or number asked for: left out. */
  withheld: number;
  /** Rows may be missing for another reason; the words are the client's. */
  warnings: readonly string[];
}

/**
 * Asks a server in each of the ways that the text can be read, and puts the answers together. Rejects when none of them worked;
 * when some did, what they found is there and `failed` says how many did not.
 */
export async function runSearches(
  client: CareClient,
  query: PatientQuery,
  { limit, signal }: { limit: number; signal: AbortSignal },
): Promise<PatientsFound> {
  const answers = await Promise.allSettled(patientSearches(query).map((params) => firstPage(client, params, limit, signal)));
  const failures = answers.filter((answer) => answer.status === 'rejected');
  if (failures.length > 0 && (failures.length === answers.length || failures.some(({ reason }) => isCareError(reason, 'auth', 'aborted'))))
    throw failures[0]!.reason;

  const patients = new Map<string, Patient>();
  const warnings = new Set<string>();
  let [more, withheld] = [false, 0];
  for (const answer of answers) {
    if (answer.status === 'rejected') continue;
    const { items, total = 0, complete } = answer.value;
    // A server that leaves a parameter out sends everybody.
    const sure = answer.value.warnings.every(({ code }) => code !== 'ignored-parameter');
    for (const patient of items) {
      if (sure ? !isAnswer(patient, query) : !matchPatient(patient, query)) withheld++;
      else patients.set(patient.id ?? `#${patients.size}`, patient);
    }
    for (const { code, message } of answer.value.warnings) {
      if (code === 'page-budget') more = true;
      else warnings.add(message);
    }
    more ||= items.length < total || (!complete && answer.value.warnings.length === 0);
  }
  return { patients: [...patients.values()], more, failed: failures.length, withheld, warnings: [...warnings] };
}

async function firstPage(client: CareClient, params: PatientParams, limit: number, signal: AbortSignal) {
  for await (const page of client.search('Patient', { ...params, _count: limit }, { signal, maxPages: 1 })) return page;
  return { items: [], warnings: [], total: 0, complete: true };
}
