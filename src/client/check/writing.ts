/** Trials of writing, on records of the check's own. What is made is noted in `made` before anything can go wrong with it. */
import { parseJson } from '../../models/fhir/json.js';
import type { Loose } from '../../models/fhir/read/loose.js';
import type { Ability } from '../backend.js';
import { etagOf } from '../backends/fhir/request.js';
import { SYSTEM, type MadeRecords } from './made.js';
import { OwnPatient, versionOf } from './own-patient.js';
import { ok, rowsOf, typeOf, type Reply } from './probe.js';
import { sampleOf, type Samples } from './samples.js';
import { appointment, observationText, patient } from './synthetic.js';
import { tryRollback, tryTransaction } from './writing-together.js';
import { no, partly, skipped, yes, type Finding, type Trials } from './trials.js';

const REFUSED_AS_STALE = [409, 412];
const NOT_CREATED = skipped('nothing could be created');
const CREATE = 'create a record';
const JSON_PATCH = [{ op: 'replace', path: '/gender', value: 'unknown' }];
const FHIRPATH_PATCH = {
  resourceType: 'Parameters',
  parameter: [
    {
      name: 'operation',
      part: [
        { name: 'type', valueCode: 'replace' },
        { name: 'path', valueString: 'Patient.gender' },
        { name: 'value', valueCode: 'other' },
      ],
    },
  ],
};
const asTree = (resource: object): Loose => resource as Loose;

export class WritingTrials {
  readonly #trials: Trials;
  readonly #made: MadeRecords;
  /** The patient of the check, once it is there. */
  #own: OwnPatient | undefined;

  constructor(trials: Trials, made: MadeRecords) {
    this.#trials = trials;
    this.#made = made;
  }

  /** First, so that the trials of reading and searching have records that are known. */
  async create(samples: Samples): Promise<void> {
    const { probe, capabilities } = this.#trials;
    const create = async (type: string, resource: object): Promise<Reply> => {
      const reply = await probe.ask(type, { method: 'POST', body: resource, headers: { Prefer: 'return=representation' } });
      const id = this.#made.from(reply, type);
      if (ok(reply) && id !== undefined)
        samples.add(sampleOf({ ...(typeOf(reply.body) === type ? reply.body : asTree(resource)), id }, probe.options.baseUrl));
      return reply;
    };
    await this.#run('create', CREATE, capabilities.type('Patient').create, async () => {
      const reply = await create('Patient', patient(this.#made.mark()));
      if (!ok(reply)) return no(reply);
      const id = this.#made.from(reply, 'Patient');
      if (id === undefined) return no(reply, 'the answer does not say under which id');
      const read = await probe.ask(`Patient/${id}`);
      if (!ok(read)) return no(read, 'what was created cannot be read');
      this.#own = new OwnPatient(probe, id);
      return reply.status === 201 ? yes(reply) : partly(reply, `HTTP ${reply.status} in place of 201`);
    });
    await this.#run('create-linked', 'create records about it', capabilities.type('Observation').create, async () => {
      if (!this.#own) return NOT_CREATED;
      const subject = `Patient/${this.#own.id}`;
      const observation = await create('Observation', parseJson(observationText(this.#made.mark(), subject)) as object);
      // Two, for an order and a second page; the later one first.
      await create('Appointment', appointment(this.#made.mark(), subject, 11));
      const booked = await create('Appointment', appointment(this.#made.mark(), subject));
      if (ok(observation) && ok(booked)) return yes(booked);
      return ok(observation) || ok(booked) ? partly(observation, `no ${ok(observation) ? 'Appointment' : 'Observation'}`) : no(observation);
    });
  }

  /** All others. */
  async rest(samples: Samples): Promise<void> {
    for (const [id, title, declared, work] of this.#list(samples)) await this.#run(id, title, declared, work);
  }

  /** None of them, for a reason that each then gives. */
  async skip(why: string): Promise<void> {
    const { capabilities } = this.#trials;
    await this.#run('create', CREATE, capabilities.type('Patient').create, async () => skipped(why));
    for (const [id, title, declared] of this.#list(undefined)) await this.#run(id, title, declared, async () => skipped(why));
  }

  #list(samples: Samples | undefined): [id: string, title: string, declared: Ability, work: () => Promise<Finding>][] {
    const { capabilities } = this.#trials;
    const type = capabilities.type('Patient');
    return [
      ['search-after-write', 'a search sees what was just written', 'unknown', () => this.#searchAfterWrite()],
      ['conditional-create', 'create unless it exists (If-None-Exist)', type.conditionalCreate, () => this.#conditionalCreate()],
      ['update', 'save under the current version (If-Match)', type.update, () => this.#update()],
      ['stale-update', 'an old version is refused', capabilities.versionedUpdate, () => this.#staleUpdate()],
      [
        'update-appointment',
        'save an appointment under the current version',
        capabilities.type('Appointment').update,
        () => this.#updateAppointment(samples),
      ],
      [
        'json-patch',
        'change a part (JSON Patch)',
        capabilities.jsonPatch,
        () => this.#patch(JSON_PATCH, 'application/json-patch+json', 'unknown'),
      ],
      [
        'fhirpath-patch',
        'change a part (FHIRPath Patch)',
        capabilities.fhirpathPatch,
        () => this.#patch(FHIRPATH_PATCH, 'application/fhir+json', 'other'),
      ],
      ['decimals', 'numbers keep their digits (1.00)', 'unknown', () => this.#decimals(samples)],
      [
        'transaction',
        'several changes as one, with references between them',
        capabilities.transaction,
        () => tryTransaction(this.#trials.probe, this.#made),
      ],
      [
        'rollback',
        'a transaction that fails leaves nothing behind',
        capabilities.transaction,
        () => (this.#own ? tryRollback(this.#trials.probe, this.#made, this.#own) : Promise.resolve(NOT_CREATED)),
      ],
      ['stale-delete', 'deleting an old version is refused', 'unknown', () => this.#staleDelete()],
      ['delete', 'delete a record', type.delete, () => this.#delete()],
    ];
  }

  #run(id: string, title: string, declared: Ability, work: () => Promise<Finding>): Promise<unknown> {
    return this.#trials.run(id, 'writing', title, declared, work);
  }

  async #decimals(samples: Samples | undefined): Promise<Finding> {
    const id = samples?.any('Observation')?.id;
    if (id === undefined || !this.#made.has('Observation', id)) return NOT_CREATED;
    const reply = await this.#trials.probe.ask(`Observation/${id}`);
    return /"value"\s*:\s*1\.00\b/.test(reply.text) ? yes(reply) : no(reply, 'zeros at the end are lost: 1.00 comes back shorter');
  }

  async #delete(): Promise<Finding> {
    const { probe } = this.#trials;
    const created = await probe.ask('Patient', { method: 'POST', body: patient(this.#made.mark()) });
    const id = this.#made.from(created, 'Patient');
    if (id === undefined) return NOT_CREATED;
    const reply = await probe.ask(`Patient/${id}`, { method: 'DELETE' });
    if (!ok(reply)) return no(reply);
    const after = await probe.ask(`Patient/${id}`);
    return [404, 410].includes(after.status) ? yes(reply) : no(after, 'it can still be read');
  }

  async #searchAfterWrite(): Promise<Finding> {
    if (!this.#own) return NOT_CREATED;
    const identifier = `${SYSTEM}|${this.#made.run}-1`;
    const ask = (): Promise<Reply> =>
      this.#trials.probe.ask(`Patient?identifier=${encodeURIComponent(identifier)}`, { headers: { 'Cache-Control': '' } });
    const reply = await ask();
    if (!ok(reply)) return no(reply);
    const found = rowsOf(reply.body, 'Patient').some(({ id }) => id === this.#own!.id);
    return found ? yes(reply) : no(reply, 'not at once: lists may be late');
  }

  async #conditionalCreate(): Promise<Finding> {
    const { probe } = this.#trials;
    const mark = this.#made.mark();
    const create = (): Promise<Reply> =>
      probe.ask('Patient', {
        method: 'POST',
        body: patient(mark),
        headers: { 'If-None-Exist': `identifier=${encodeURIComponent(`${mark.system}|${mark.value}`)}` },
      });
    const first = await create();
    const id = this.#made.from(first, 'Patient');
    if (!ok(first)) return no(first);
    const second = await create();
    const again = this.#made.from(second, 'Patient');
    if (!ok(second)) return no(second, `the second time HTTP ${second.status}`);
    if (second.status === 201 || (again !== undefined && again !== id)) return no(second, 'the condition is ignored: it was created twice');
    return yes(second);
  }

  async #update(): Promise<Finding> {
    if (!this.#own) return NOT_CREATED;
    const before = await this.#own.version();
    if (before === undefined) return no(undefined, 'no version is told');
    const reply = await this.#own.save(before, { gender: 'female' });
    if (!ok(reply)) return no(reply);
    const told = versionOf(reply);
    const after = await this.#own.version();
    if (after === before) return no(reply, 'the version stays the same');
    if (told === undefined) return partly(reply, 'the answer does not say the new version; it is read');
    return told === after ? yes(reply) : no(reply, 'the answer says another version than the record');
  }

  async #updateAppointment(samples: Samples | undefined): Promise<Finding> {
    const id = samples?.any('Appointment')?.id;
    if (id === undefined || !this.#made.has('Appointment', id)) return NOT_CREATED;
    const { probe } = this.#trials;
    const end = '1900-01-02T10:00:00Z';
    const before = await probe.ask(`Appointment/${id}`);
    const versionId = versionOf(before);
    const guard = versionId === undefined ? {} : { 'If-Match': etagOf(versionId) };
    const reply = await probe.ask(`Appointment/${id}`, { method: 'PUT', body: { ...before.body, end }, headers: guard });
    if (!ok(reply)) return no(reply);
    const after = await probe.ask(`Appointment/${id}`);
    return Date.parse(String(after.body?.['end'])) === Date.parse(end) ? yes(reply) : no(after, 'answered, but nothing has changed');
  }

  async #staleUpdate(): Promise<Finding> {
    if (!this.#own) return NOT_CREATED;
    const stale = await this.#own.version();
    if (stale === undefined) return no(undefined, 'no version is told');
    const first = await this.#own.save(stale, { gender: 'male' });
    if (!ok(first)) return no(first);
    const reply = await this.#own.save(stale, { gender: 'other' });
    await this.#own.version();
    if (ok(reply)) return no(reply, "saved all the same: another person's change is overwritten");
    return REFUSED_AS_STALE.includes(reply.status) ? yes(reply) : partly(reply, `HTTP ${reply.status}`);
  }

  async #patch(body: object, type: string, expected: string): Promise<Finding> {
    if (!this.#own) return NOT_CREATED;
    const { probe } = this.#trials;
    const ready = await this.#own.save(await this.#own.version(), { gender: 'female' });
    if (!ok(ready)) return skipped('the record could not be prepared for it');
    const versionId = await this.#own.version();
    const guard = versionId === undefined ? {} : { 'If-Match': etagOf(versionId) };
    const reply = await probe.ask(`Patient/${this.#own.id}`, { method: 'PATCH', body, headers: { 'Content-Type': type, ...guard } });
    if (!ok(reply)) return no(reply);
    const after = await probe.ask(`Patient/${this.#own.id}`);
    return after.body?.['gender'] === expected ? yes(reply) : no(reply, 'answered, but nothing has changed');
  }

  /** On a record that nothing refers to: a server that keeps what others refer to refuses that with 409 too. */
  async #staleDelete(): Promise<Finding> {
    const { probe } = this.#trials;
    const created = await probe.ask('Patient', { method: 'POST', body: patient(this.#made.mark()) });
    const id = this.#made.from(created, 'Patient');
    const first = await probe.ask(`Patient/${id}`);
    const stale = versionOf(first);
    if (id === undefined || stale === undefined) return NOT_CREATED;
    const changed = await probe.ask(`Patient/${id}`, {
      method: 'PUT',
      body: { ...first.body, gender: 'male' },
      headers: { 'If-Match': etagOf(stale) },
    });
    if (!ok(changed)) return skipped('no old version could be prepared');
    const reply = await probe.ask(`Patient/${id}`, { method: 'DELETE', headers: { 'If-Match': etagOf(stale) } });
    if (REFUSED_AS_STALE.includes(reply.status)) return yes(reply);
    const after = await probe.ask(`Patient/${id}`);
    if (!ok(after)) return no(reply, 'deleted all the same; the client compares versions first');
    return ok(reply) ? partly(reply, 'answered as done, but nothing was deleted') : partly(reply, `refused as HTTP ${reply.status}`);
  }
}
