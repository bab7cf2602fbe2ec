/** Trials of writing several records as one. */
import { parseJson } from '../../models/fhir/json.js';
import { recordOf, recordsOf, textOf } from '../../models/fhir/read/loose.js';
import { parseLocation } from '../backends/fhir/answer.js';
import { etagOf } from '../backends/fhir/request.js';
import { temporaryId } from '../temporary-id.js';
import type { MadeRecords } from './made.js';
import type { OwnPatient } from './own-patient.js';
import { ok, rowsOf, typeOf, type Probe, type Reply } from './probe.js';
import { observationText, patient } from './synthetic.js';
import { no, partly, skipped, unclear, yes, type Finding } from './trials.js';

/** A Bundle of writes; what its answer says was made is noted. */
async function transact(
  probe: Probe,
  made: MadeRecords,
  entry: object[],
  types: readonly string[],
): Promise<{ reply: Reply; ids: (string | undefined)[] }> {
  const reply = await probe.ask('', { method: 'POST', body: { resourceType: 'Bundle', type: 'transaction', entry } });
  const ids = recordsOf(reply.body?.['entry']).map((one, at) => {
    const id = parseLocation(textOf(recordOf(one['response'])?.['location']))?.id ?? textOf(recordOf(one['resource'])?.['id']);
    if (ok(reply) && id !== undefined && types[at]) made.add(types[at], id);
    return id;
  });
  return { reply, ids };
}

/** Two records that refer to each other by temporary ids: are the references real afterwards? */
export async function tryTransaction(probe: Probe, made: MadeRecords): Promise<Finding> {
  const fullUrl = temporaryId();
  const observation = parseJson(observationText(made.mark(), fullUrl)) as object;
  const { reply, ids } = await transact(
    probe,
    made,
    [
      { fullUrl: temporaryId(), resource: observation, request: { method: 'POST', url: 'Observation' } },
      { fullUrl, resource: patient(made.mark()), request: { method: 'POST', url: 'Patient' } },
    ],
    ['Observation', 'Patient'],
  );
  if (!ok(reply) || typeOf(reply.body) !== 'Bundle') return no(reply);
  const [child, parent] = ids;
  if (child === undefined || parent === undefined) return partly(reply, 'the answer does not say what was created');
  const read = await probe.ask(`Observation/${child}`);
  const reference = textOf(recordOf(read.body?.['subject'])?.['reference']) ?? '';
  return reference.includes(`Patient/${parent}`) ? yes(reply) : no(read, 'the reference between the two is not the real one');
}

/** A create beside a change of an old version, which must be refused: is the create gone too? */
export async function tryRollback(probe: Probe, made: MadeRecords, own: OwnPatient): Promise<Finding> {
  const stale = await own.version();
  if (stale === undefined || !ok(await own.save(stale, { gender: 'unknown' })))
    return skipped('no change that must fail could be prepared');
  const mark = made.mark();
  const current = (await own.read()).body;
  const url = own.path;
  const create = { fullUrl: temporaryId(), resource: patient(mark), request: { method: 'POST', url: 'Patient' } };
  const update = {
    fullUrl: `${probe.options.baseUrl}/${url}`,
    resource: { ...current, gender: 'male' },
    request: { method: 'PUT', url, ifMatch: etagOf(stale) },
  };
  const { reply } = await transact(probe, made, [create, update], ['Patient', 'Patient']);
  if (ok(reply)) return no(reply, 'a change of an old version inside it is not refused');
  if ([404, 405, 501].includes(reply.status)) return no(reply);
  const search = await probe.ask(`Patient?identifier=${encodeURIComponent(`${mark.system}|${mark.value}`)}`);
  if (!ok(search)) return unclear(search, 'refused; what it left could not be searched');
  const after = await probe.ask(url);
  if (rowsOf(search.body, 'Patient').length > 0 || after.body?.['gender'] === 'male')
    return no(reply, 'refused, but a part of it was saved');
  return yes(reply);
}
