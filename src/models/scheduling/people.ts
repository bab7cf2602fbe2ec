/**
 * Who an appointment is with: the providers that have columns, and the patients whose names stand on the boxes. A name comes from
 * the record that a reference surely names, else from the words beside that reference; never from another record.
 */
import type { Appointment, AppointmentParticipant, Patient, Practitioner, PractitionerRole, Reference, Resource } from '../fhir/index.js';
import {
  chooseName,
  conceptText,
  createResolver,
  entriesOf,
  formatName,
  hasCode,
  initials,
  isInForce,
  parseReference,
  referenceText,
  referenceType,
  recordOf,
  textOf,
  type ReferenceResolver,
} from '../fhir/read/index.js';
import { patientParticipants } from './status.js';

export interface PeopleOptions {
  /** Milliseconds since 1970: names and roles in force then. */
  now: number;
  zone: string;
  locale?: string | undefined;
  /** The server's base URL, under which absolute and relative references meet. */
  base?: string | undefined;
}

/** Somebody with a column. */
export interface Provider {
  /** `Practitioner/1`; another server's URL; or the words alone, after `name:`, where nothing else is known. */
  key: string;
  name: string | undefined;
  initials: string | undefined;
  role: string | undefined;
  /** What to write into `actor.reference`. Undefined for one that is known by words only: nobody can be moved there. */
  reference: string | undefined;
  roles: readonly PractitionerRole[];
}

export interface PatientLabel {
  /** `Patient/1`, or another server's URL. */
  reference: string | undefined;
  name: string | undefined;
  /** The record, where it was found. Without it the name is what the appointment says. */
  patient: Patient | undefined;
}

const PARTICIPATION = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType';

/** Whether somebody takes part for information only (a referrer, say) and so is not who the appointment is with. */
function isAside(participant: AppointmentParticipant): boolean {
  return (
    participant.required === 'information-only' ||
    entriesOf(participant.type).some((type) => hasCode(type, PARTICIPATION, 'REF', 'IRCP', 'NOT'))
  );
}

function isProvider(participant: AppointmentParticipant): boolean {
  const type = referenceType(participant.actor);
  if (type !== undefined) return type === 'Practitioner' || type === 'PractitionerRole';
  // Words alone ("Dr Y"): whose they are only the type of participation can tell.
  return entriesOf(participant.type).some((each) => hasCode(each, PARTICIPATION, 'ATND', 'PPRF', 'SPRF', 'PRF', 'ADM', 'CON'));
}

/** The participants that an appointment is with, at their place in `participant`. */
export function providerParticipants(appointment: Appointment): readonly AppointmentParticipant[] {
  const all = entriesOf(appointment.participant).filter(isProvider);
  const main = all.filter((participant) => !isAside(participant));
  return main.length > 0 ? main : all;
}

/** The people and places of one answer, by what references name. */
export class People {
  readonly options: PeopleOptions;
  readonly #resolver: ReferenceResolver;
  readonly #providers = new Map<string, Provider>();
  readonly #roles = new Map<string, PractitionerRole[]>();
  readonly #patients = new WeakMap<object, string | undefined>();
  readonly #keys = new Map<string, string>();

  constructor(resources: readonly Resource[], options: PeopleOptions) {
    this.options = options;
    this.#resolver = createResolver(resources, options.base);
    for (const resource of resources) if (resource.resourceType === 'PractitionerRole') this.#addRole(resource as PractitionerRole);
    for (const resource of resources)
      if (resource.resourceType === 'Practitioner' && textOf(resource.id) !== undefined)
        this.#provide(`Practitioner/${textOf(resource.id)}`, resource as Practitioner, undefined);
  }

  #addRole(role: PractitionerRole): void {
    const { now, zone } = this.options;
    if (role.active === false || !isInForce(role.period, now, zone)) return;
    const key = this.#keyOfRole(role);
    if (key === undefined) return;
    const roles = this.#roles.get(key);
    if (roles) roles.push(role);
    else this.#roles.set(key, [role]);
  }

  /** A role stands for its practitioner; one without stands for itself. */
  #keyOfRole(role: PractitionerRole): string | undefined {
    const practitioner = role.practitioner === undefined ? undefined : this.keyOf(role.practitioner, role);
    const id = textOf(role.id);
    return practitioner ?? (id === undefined ? undefined : `PractitionerRole/${id}`);
  }

  /** The record that a reference surely names. */
  resolve(reference: Reference | string | undefined, from?: object): Resource | undefined {
    return this.#resolver.resolve(reference, from) as Resource | undefined;
  }

  /**
   * One key for one record, however it is referred to: `Type/id`, another server's URL, or `name:` and words. A PractitionerRole
   * has the key of its practitioner, since that is whose column it belongs to.
   */
  keyOf(reference: Reference | string | undefined, from?: object): string | undefined {
    const literal = typeof reference === 'string' ? reference : reference?.reference;
    const known = typeof literal === 'string' ? this.#keys.get(literal) : undefined;
    if (known !== undefined) return known;
    const key = this.#findKey(reference, from);
    // Words and contained records say something else in each appointment.
    if (typeof literal === 'string' && key !== undefined && !key.startsWith('name:') && !literal.startsWith('#'))
      this.#keys.set(literal, key);
    return key;
  }

  #findKey(reference: Reference | string | undefined, from: object | undefined): string | undefined {
    const parsed = parseReference(reference);
    if (!parsed) return undefined;
    const found = this.resolve(reference, from);
    if (found?.resourceType === 'PractitionerRole') return this.#keyOfRole(found as PractitionerRole);
    if (found?.id !== undefined && parsed.kind !== 'contained') return `${found.resourceType}/${found.id}`;
    switch (parsed.kind) {
      case 'relative':
        return `${parsed.type}/${parsed.id}`;
      case 'absolute':
        return parsed.url.replace(/\/_history\/[^/]*$/, '');
      case 'urn':
        return parsed.urn;
      default: {
        const words =
          (found ? nameOf(found as Practitioner, this.options) : undefined) ??
          (typeof reference === 'object' ? referenceText(reference) : undefined);
        return words === undefined ? undefined : `name:${words}`;
      }
    }
  }

  /** Everybody whose record is here, or who has a role. */
  providers(): readonly Provider[] {
    for (const [key, roles] of this.#roles) this.#provide(key, undefined, roles[0]?.practitioner ?? roles[0]);
    return [...this.#providers.values()];
  }

  provider(key: string): Provider | undefined {
    return (
      this.#providers.get(key) ??
      (this.#roles.has(key) ? this.#provide(key, undefined, this.#roles.get(key)?.[0]?.practitioner) : undefined)
    );
  }

  /** The providers of an appointment, each once, in the record's order. */
  providersOf(appointment: Appointment): readonly Provider[] {
    const found = new Map<string, Provider>();
    for (const { actor } of providerParticipants(appointment)) {
      const key = this.keyOf(actor, appointment);
      if (key === undefined || found.has(key)) continue;
      const resource = this.resolve(actor, appointment);
      found.set(key, this.#provide(key, resource?.resourceType === 'Practitioner' ? (resource as Practitioner) : undefined, actor));
    }
    return [...found.values()];
  }

  #provide(key: string, practitioner: Practitioner | undefined, said: Reference | PractitionerRole | undefined): Provider {
    const known = this.#providers.get(key);
    if (known?.name !== undefined) return known;
    const { locale } = this.options;
    const roles = this.#roles.get(key) ?? [];
    const record = practitioner ?? (this.resolve(key) as Practitioner | undefined);
    const isPerson = record?.resourceType === 'Practitioner';
    const chosen = isPerson ? chooseName(record.name, this.options) : undefined;
    const name =
      (isPerson ? nameOf(record, this.options) : undefined) ??
      (recordOf(said) && !('resourceType' in said!) ? referenceText(said) : undefined) ??
      roles.map((role) => referenceText(role.practitioner)).find((text) => text !== undefined);
    const provider: Provider = {
      key,
      name,
      initials: initials(
        chosen ?? (name === undefined ? undefined : { text: name.replace(/^(?:(?:Dr|Prof|Mr|Mrs|Ms|Mx)\.?\s+)+/u, '') }),
        locale,
      ),
      role: roleText(roles, isPerson ? record : undefined, locale),
      reference: key.startsWith('name:') ? undefined : key,
      roles,
    };
    this.#providers.set(key, provider);
    return provider;
  }

  /** Who comes. Empty for a session without attendees, and for a meeting. */
  patientsOf(appointment: Appointment): readonly PatientLabel[] {
    return patientParticipants(appointment).map(({ actor }) => {
      const found = this.resolve(actor, appointment);
      const patient = found?.resourceType === 'Patient' ? (found as Patient) : undefined;
      const key = this.keyOf(actor, appointment);
      return { reference: key?.startsWith('name:') ? undefined : key, name: this.#patientName(patient) ?? referenceText(actor), patient };
    });
  }

  #patientName(patient: Patient | undefined): string | undefined {
    if (!patient) return undefined;
    if (!this.#patients.has(patient))
      this.#patients.set(patient, formatName(chooseName(patient.name, this.options), { locale: this.options.locale, form: 'inline' }));
    return this.#patients.get(patient);
  }

  /** Rooms and other places that an appointment is in: key and name. */
  placesOf(appointment: Appointment): readonly { key: string | undefined; name: string | undefined }[] {
    return entriesOf(appointment.participant)
      .filter(({ actor }) => referenceType(actor) === 'Location')
      .map(({ actor }) => {
        const found = this.resolve(actor, appointment) as { name?: string } | undefined;
        return { key: this.keyOf(actor, appointment), name: textOf(found?.name) ?? referenceText(actor) };
      });
  }
}

function nameOf(person: Practitioner, options: PeopleOptions): string | undefined {
  return formatName(chooseName(person.name, options), { locale: options.locale, form: 'full' });
}

function roleText(roles: readonly PractitionerRole[], person: Practitioner | undefined, locale: string | undefined): string | undefined {
  const concepts = [
    ...roles.flatMap((role) => entriesOf(role.code)),
    ...roles.flatMap((role) => entriesOf(role.specialty)),
    ...entriesOf(person?.qualification).map(({ code }) => code),
  ];
  return concepts.map((concept) => conceptText(concept, locale)).find((text) => text !== undefined);
}
