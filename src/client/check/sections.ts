/** Whether each type that a chart shows can be searched by patient. */
import { SECTION_TYPES } from '../../models/charting/chart.js';
import { patientVerdict } from '../patient-check.js';
import { ok, rowsOf, typeOf } from './probe.js';
import type { Samples } from './samples.js';
import { no, skipped, yes, type Trials } from './trials.js';

export const CHART_TYPES: readonly string[] = Object.values(SECTION_TYPES).flat();

export async function trySections(trials: Trials, samples: Samples): Promise<void> {
  const { patient } = samples;
  for (const type of CHART_TYPES) {
    const { search } = trials.capabilities.type(type);
    await trials.run(`chart-${type}`, 'searching', `${type} of a patient`, search, async () => {
      if (patient === undefined) return skipped('no patient could be found to try it on');
      if (search === 'no') return skipped('the server says that it does not have it');
      const reply = await trials.probe.ask(`${type}?patient=${encodeURIComponent(`Patient/${patient}`)}&_count=5`);
      if (!ok(reply) || typeOf(reply.body) !== 'Bundle') return no(reply);
      const verdicts = rowsOf(reply.body, type).map((row) =>
        patientVerdict(row as never, patient, trials.probe.options.baseUrl, new Set()),
      );
      return verdicts.includes('other') ? no(reply, 'rows of other patients came back') : yes(reply);
    });
  }
}
