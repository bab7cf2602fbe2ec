/** Trials of reading: one record, its versions, its history. */
import { bareTag, ok, typeOf, versionIn } from './probe.js';
import type { Samples } from './samples.js';
import { no, partly, skipped, unclear, yes, type Trials } from './trials.js';

export async function tryReading(trials: Trials, samples: Samples): Promise<void> {
  const { probe, capabilities } = trials;
  const sample = samples.any();
  const none = skipped('no record could be found to try it on');
  const type = capabilities.type(sample?.type ?? 'Patient');
  let versionId: string | undefined;

  await trials.run('read', 'reading', 'read a record', type.read, async () => {
    if (!sample) return none;
    const reply = await probe.ask(`${sample.type}/${sample.id}`);
    if (!ok(reply) || typeOf(reply.body) !== sample.type || reply.body?.['id'] !== sample.id) return no(reply);
    versionId = versionIn(reply.body) ?? bareTag(reply.headers.get('ETag'));
    return yes(reply);
  });
  await trials.run('version-ids', 'reading', 'versions are told, the same in ETag and meta', 'unknown', async () => {
    if (!sample) return none;
    const reply = await probe.ask(`${sample.type}/${sample.id}`);
    const [tag, meta] = [bareTag(reply.headers.get('ETag')), versionIn(reply.body)];
    if (tag === undefined && meta === undefined) return no(reply, 'neither ETag nor meta.versionId: saving cannot be guarded');
    if (tag === undefined) return partly(reply, 'no ETag; meta.versionId is used');
    if (meta === undefined) return partly(reply, 'no meta.versionId; ETag is used');
    return tag === meta ? yes(reply) : no(reply, 'ETag and meta.versionId differ');
  });
  await trials.run('vread', 'reading', 'read a version', type.vread, async () => {
    if (!sample) return none;
    if (versionId === undefined) return skipped('no version is told');
    const reply = await probe.ask(`${sample.type}/${sample.id}/_history/${encodeURIComponent(versionId)}`);
    if (!ok(reply)) return no(reply);
    return reply.body?.['id'] === sample.id ? yes(reply) : no(reply, 'another record came back');
  });
  await trials.run('history', 'reading', 'history of a record', type.history, async () => {
    if (!sample) return none;
    const reply = await probe.ask(`${sample.type}/${sample.id}/_history?_count=2`);
    if (!ok(reply) || typeOf(reply.body) !== 'Bundle') return no(reply);
    return reply.body?.['type'] === 'history' ? yes(reply) : unclear(reply, 'the answer is not a history');
  });
  await trials.run('not-found', 'reading', 'a record that is not there is 404 or 410', 'unknown', async () => {
    const reply = await probe.ask('Patient/carelet-check-nothing');
    if ([404, 410].includes(reply.status)) return yes(reply);
    return ok(reply) ? no(reply, 'something came back') : partly(reply, `HTTP ${reply.status}`);
  });
}
