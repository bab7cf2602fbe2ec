/** The patient that a check made, to try saving on. */
import { etagOf } from '../backends/fhir/request.js';
import { bareTag, versionIn, type Probe, type Reply } from './probe.js';

/** What an answer says of the version, in the record or in its header. */
export const versionOf = (reply: Reply): string | undefined => versionIn(reply.body) ?? bareTag(reply.headers.get('ETag'));

export class OwnPatient {
  readonly id: string;
  readonly #probe: Probe;

  constructor(probe: Probe, id: string) {
    this.#probe = probe;
    this.id = id;
  }

  get path(): string {
    return `Patient/${this.id}`;
  }

  read(): Promise<Reply> {
    return this.#probe.ask(this.path);
  }

  /** As it is now: what a write answers may not say it. */
  async version(): Promise<string | undefined> {
    return versionOf(await this.read());
  }

  /** Saves it as it stands, changed a little, under a version. */
  async save(versionId: string | undefined, change: object): Promise<Reply> {
    const { body } = await this.read();
    const headers = versionId === undefined ? {} : { 'If-Match': etagOf(versionId) };
    return this.#probe.ask(this.path, { method: 'PUT', headers, body: { ...body, ...change } });
  }
}
