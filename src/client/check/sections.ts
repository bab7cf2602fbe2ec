/** Whether the types that widgets show can be searched: those of a chart by patient, the others at all. */
import { SECTION_TYPES } from '../../models/charting/chart.js';
import { patientVerdict } from '../patient-check.js';
import { ok, rowsOf, typeOf } from './probe.js';
import type { Samples } from './samples.js';
import { no, skipped, unclear, yes, type Trials } from './trials.js';

export const CHART_TYPES: readonly string[] = Object.values(SECTION_TYPES).flat();

/** Types that widgets search besides, whose rows belong to no patient or to several. */
const OTHER_TYPES =
  'Appointment Schedule Slot PractitionerRole Practitioner Coverage ChargeItem ClaimResponse ExplanationOfBenefit Questionnaire';

/** The trial that shows whether a type can be searched. */
export const findTrial = (type: string): string => `${CHART_TYPES.includes(type) ? 'chart' : 'find'}-${type}`;

const NOT_THERE = skipped('the server says that it does not have it');

export async function trySections(trials: Trials, samples: Samples): Promise<void> {
  const { patient } = samples;
  for (const type of CHART_TYPES) {
    const { search } = trials.capabilities.type(type);
    await trials.run(findTrial(type), 'searching', `${type} of a patient`, search, async () => {
      if (patient === undefined) return skipped('no patient could be found to try it on');
      if (search === 'no') return NOT_THERE;
      const reply = await trials.probe.ask(`${type}?patient=${encodeURIComponent(`Patient/${patient}`)}&_count=5`);
      if (!ok(reply) || typeOf(reply.body) !== 'Bundle') return no(reply);
      const verdicts = rowsOf(reply.body, type).map((row) =>
        patientVerdict(row as never, patient, trials.probe.options.baseUrl, new Set()),
      );
      return verdicts.includes('other') ? no(reply, 'rows of other patients came back') : yes(reply);
    });
  }
  for (const type of OTHER_TYPES.split(' ')) {
    const { search } = trials.capabilities.type(type);
    await trials.run(findTrial(type), 'searching', `${type} at all`, search, async () => {
      if (search === 'no') return NOT_THERE;
      const reply = await trials.probe.ask(`${type}?_count=1`);
      if (ok(reply) && typeOf(reply.body) === 'Bundle') return yes(reply);
      // Some servers want a patient or a date with it.
      return reply.status === 400 || reply.status === 422 ? unclear(reply, `HTTP ${reply.status} without a parameter`) : no(reply);
    });
  }
}
