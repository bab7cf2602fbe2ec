/** Trials of several requests at once, and of operations. They read only. */
import { recordOf, recordsOf, textOf } from '../../models/fhir/read/loose.js';
import { ok, typeOf } from './probe.js';
import type { Samples } from './samples.js';
import { no, partly, skipped, unclear, yes, type Trials } from './trials.js';

export async function tryOperations(trials: Trials, samples: Samples): Promise<void> {
  const { probe, capabilities } = trials;
  await trials.run('batch', 'together', 'several reads in one request (batch)', capabilities.batch, async () => {
    const sample = samples.any();
    const urls = [sample ? `${sample.type}/${sample.id}` : 'Patient?_count=1', 'Patient/carelet-check-nothing'];
    const entry = urls.map((url) => ({ request: { method: 'GET', url } }));
    const reply = await probe.ask('', { method: 'POST', body: { resourceType: 'Bundle', type: 'batch', entry } });
    if (!ok(reply) || typeOf(reply.body) !== 'Bundle') return no(reply);
    const statuses = recordsOf(reply.body?.['entry']).map((one) => textOf(recordOf(one['response'])?.['status'])?.slice(0, 3));
    if (statuses.length !== urls.length) return no(reply, 'the answer has not one entry for each request');
    return statuses[0] === '200' && statuses[1] === '404'
      ? yes(reply)
      : partly(reply, 'the statuses of the entries are not those of the requests alone');
  });
  await trials.run('everything', 'operations', 'all of a patient ($everything)', capabilities.everything, async () => {
    if (samples.patient === undefined) return skipped('no patient could be found to try it on');
    const reply = await probe.ask(`Patient/${samples.patient}/$everything?_count=1`);
    return ok(reply) && typeOf(reply.body) === 'Bundle' ? yes(reply) : no(reply);
  });
  await trials.run('expand', 'operations', 'the codes of a value set ($expand)', capabilities.expand, async () => {
    const reply = await probe.ask(`ValueSet/$expand?url=${encodeURIComponent('http://hl7.org/fhir/ValueSet/administrative-gender')}`);
    if (reply.status === 404) return unclear(reply, 'it does not know this value set of R4');
    if (!ok(reply) || typeOf(reply.body) !== 'ValueSet') return no(reply);
    const codes = recordsOf(recordOf(reply.body?.['expansion'])?.['contains']);
    return codes.length === 4 ? yes(reply) : unclear(reply, 'a value set that R4 defines is not known there in full');
  });
}
