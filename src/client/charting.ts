/**
 * Reading a chart: each section on its own, so that one that fails hides no other; every row re-checked against the patient;
 * what makes an answer less than whole said with it.
 */
import { SECTION_TYPES, type SectionName } from '../models/charting/chart.js';
import { inventoryOf, SHOWN_TYPES, type Inventory, type InventoryLine } from '../models/charting/inventory.js';
import type { Withheld } from '../models/charting/ownership.js';
import { CareError, isCareError } from '../models/errors.js';
import type { Patient, Resource, ResourceType } from '../models/fhir/index.js';
import type { Capabilities, RequestOptions, SearchParams, SearchWarning, TypeCapabilities } from './backend.js';
import type { CareClient } from './care-client.js';
import { missingReferences } from './charting-references.js';

/** A type of a section that could not be read, while others of it could. */
export interface ChartGap {
  type: ResourceType;
  error: CareError;
}

export interface ChartSection {
  /** Rows of this patient, in the server's order. */
  records: readonly Resource[];
  /** What rows refer to, as far as it could be had: medicines, people, places. */
  included: readonly Resource[];
  /** False when rows were withheld, a budget ended, or a type failed: there may be more. */
  complete: boolean;
  withheld: Withheld;
  warnings: readonly SearchWarning[];
  gaps: readonly ChartGap[];
}

export interface ChartingOptions {
  /** Rows asked for in one page. Default 100. */
  pageSize?: number;
  /** Pages of one type at most; beyond them the section is not complete. Default 20. */
  maxPages?: number;
}

/** What a row's `_include` is worth asking for; only what the server declares is sent. */
const INCLUDES: Partial<Record<ResourceType, readonly string[]>> = {
  MedicationRequest: ['MedicationRequest:medication', 'MedicationRequest:requester'],
  MedicationStatement: ['MedicationStatement:medication', 'MedicationStatement:source'],
  AllergyIntolerance: ['AllergyIntolerance:recorder', 'AllergyIntolerance:asserter'],
  Condition: ['Condition:asserter'],
  Encounter: ['Encounter:participant', 'Encounter:location', 'Encounter:service-provider'],
};

/** Types that R4's patient compartment holds and a reader of a chart would miss; in the order of their names. */
const COUNTED: readonly string[] = [
  'Account', 'AdverseEvent', 'Appointment', 'BodyStructure', 'CarePlan', 'CareTeam', 'ChargeItem', 'Claim', 'ClaimResponse', 'ClinicalImpression',
  'Communication', 'CommunicationRequest', 'Composition', 'Consent', 'Coverage', 'DetectedIssue', 'DeviceRequest', 'DeviceUseStatement',
  'DiagnosticReport', 'DocumentManifest', 'DocumentReference', 'EpisodeOfCare', 'ExplanationOfBenefit', 'FamilyMemberHistory', 'Goal',
  'ImagingStudy', 'Immunization', 'ImmunizationRecommendation', 'Invoice', 'List', 'Media', 'MedicationAdministration', 'MedicationDispense',
  'NutritionOrder', 'Observation', 'Procedure', 'QuestionnaireResponse', 'RelatedPerson', 'RequestGroup', 'RiskAssessment', 'ServiceRequest',
  'Specimen', 'SupplyRequest', 'Task', 'VisionPrescription',
]; // prettier-ignore
const AT_ONCE = 4;
const NEWEST_FIRST: readonly string[] = ['Encounter', ...SECTION_TYPES.documents];
/** Documents only tell why a list is empty: the newest are enough. */
const DOCUMENT_PAGES = 2;

/** The logical id in `Patient/12` or `12`; undefined for anything that is no reference to a patient of this server. */
export function patientIdOf(reference: string): string | undefined {
  return /^(?:Patient\/)?([A-Za-z0-9.-]{1,64})$/.exec(reference.trim())?.[1];
}

export class Charting {
  readonly #client: CareClient;
  readonly #pageSize: number;
  readonly #maxPages: number;

  constructor(client: CareClient, { pageSize = 100, maxPages = 20 }: ChartingOptions = {}) {
    this.#client = client;
    this.#pageSize = pageSize;
    this.#maxPages = maxPages;
  }

  /** The Patient itself. A server that answers with another record than the one asked for is not believed. */
  async patient(reference: string, options: RequestOptions = {}): Promise<Patient> {
    const id = requireId(reference);
    const patient = await this.#client.read('Patient', id, options);
    if (patient.resourceType !== 'Patient' || patient.id !== id)
      throw new CareError('malformed', 'The server answered with another record than the patient asked for.');
    return patient;
  }

  /**
   * One section of the chart.
   *
   * @throws CareError when nothing of it can be read; of several types that failed the first one's.
   */
  async section(name: SectionName, reference: string, options: RequestOptions = {}): Promise<ChartSection> {
    const id = requireId(reference);
    const capabilities = await this.#capabilities(options);
    const types: readonly ResourceType[] = SECTION_TYPES[name];
    const read = await Promise.all(types.map((type) => this.#settle(type, this.#rows(type, id, capabilities, options))));
    const gaps = read.flatMap((part) => ('error' in part ? [part] : []));
    const parts = read.flatMap((part) => ('error' in part ? [] : [part]));
    if (parts.length === 0)
      throw (
        gaps.find(({ error }) => error.kind !== 'unsupported')?.error ?? gaps[0]?.error ?? new CareError('unsupported', 'Nothing to read.')
      );

    const records = parts.flatMap((part) => part.records);
    const included = parts.flatMap((part) => part.included);
    const warnings = parts.flatMap((part) => part.warnings);
    // Of documents only who wrote them is shown, not the hundreds of entries that they point at.
    const rows = name === 'documents' ? records.map(authorsOf) : records;
    const more = await missingReferences(this.#client, { rows, included, patient: id, capabilities }, options);
    return {
      records,
      included: [...included, ...more],
      // A server that does not keep a type has none of it; one that failed may have.
      complete: parts.every((part) => part.complete) && gaps.every(({ error }) => error.kind === 'unsupported'),
      withheld: { other: countOf(warnings, 'other-patient'), undecided: countOf(warnings, 'undecided-patient') },
      warnings,
      gaps,
    };
  }

  /** Counts of what else is in the record, asked for type by type; `onProgress` gives what is known so far. */
  async inventory(
    reference: string,
    { onProgress, ...options }: RequestOptions & { onProgress?: (inventory: Inventory) => void } = {},
  ): Promise<Inventory> {
    const id = requireId(reference);
    const capabilities = await this.#capabilities(options);
    if (!capabilities) return inventoryOf([], false);
    const waiting = COUNTED.filter((type) => !(SHOWN_TYPES as readonly string[]).includes(type) && capabilities.type(type).search !== 'no');
    const lines: InventoryLine[] = [];
    const work = async (): Promise<void> => {
      for (let type = waiting.shift(); type !== undefined; type = waiting.shift()) {
        lines.push({ type, count: await this.#count(type as ResourceType, id, capabilities.type(type), options) });
        onProgress?.(inventoryOf(lines, false));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return inventoryOf(lines);
  }

  async #capabilities(options: RequestOptions): Promise<Capabilities | undefined> {
    try {
      return await this.#client.capabilities(options);
    } catch (error) {
      if (isCareError(error, 'aborted')) throw error;
      // A search may still work; when it doesn't, its own error says why.
      return undefined;
    }
  }

  async #settle<T>(type: ResourceType, work: Promise<T>): Promise<T | ChartGap> {
    try {
      return await work;
    } catch (error) {
      if (!isCareError(error)) return { type, error: new CareError('malformed', 'The answer could not be read.', { cause: error }) };
      if (error.kind === 'aborted') throw error;
      return { type, error };
    }
  }

  async #rows(type: ResourceType, id: string, capabilities: Capabilities | undefined, options: RequestOptions): Promise<ChartSection> {
    const abilities = capabilities?.type(type);
    if (abilities?.search === 'no') throw new CareError('unsupported', `This server does not offer ${type}.`);
    const declared = abilities?.includes;
    const include = (INCLUDES[type] ?? []).filter((one) => declared?.some((has) => has === one || has === '*'));
    const params: SearchParams = {
      ...ofPatient(type, id, abilities),
      _count: this.#pageSize,
      ...(include.length > 0 && { _include: include }),
      // Newest first where a budget may cut the list short.
      ...(NEWEST_FIRST.includes(type) && abilities?.searchParams?.includes('date') && { _sort: '-date' }),
    };
    const maxPages = (SECTION_TYPES.documents as readonly string[]).includes(type) ? DOCUMENT_PAGES : this.#maxPages;
    const page = await this.#client.search(type, params, { ...options, patient: `Patient/${id}`, maxPages }).all();
    return {
      records: page.items,
      included: page.included,
      complete: page.complete,
      withheld: { other: 0, undecided: 0 },
      warnings: page.warnings,
      gaps: [],
    };
  }

  async #count(type: ResourceType, id: string, abilities: TypeCapabilities, options: RequestOptions): Promise<number | undefined> {
    try {
      const params: SearchParams = { ...ofPatient(type, id, abilities), _summary: 'count' };
      for await (const page of this.#client.search(type, params, { ...options, patient: `Patient/${id}`, maxPages: 1 })) {
        // A server that ignored the patient would count everybody's.
        return page.warnings.some(({ code }) => code === 'ignored-parameter') ? undefined : page.total;
      }
    } catch (error) {
      if (isCareError(error, 'aborted')) throw error;
    }
    return undefined;
  }
}

/** A patient's rows by `patient`, or by `subject` where a server declares only that. */
function ofPatient(type: ResourceType, id: string, abilities: TypeCapabilities | undefined): SearchParams {
  const declared = abilities?.searchParams;
  if (!declared || declared.includes('patient')) return { patient: `Patient/${id}` };
  if (declared.includes('subject')) return { subject: `Patient/${id}` };
  if (declared.includes('beneficiary')) return { beneficiary: `Patient/${id}` };
  throw new CareError('unsupported', `This server cannot search ${type} by patient.`);
}

function authorsOf(document: Resource): object {
  const { author, source } = document as { author?: unknown; source?: unknown };
  return { author, source };
}

function requireId(reference: string): string {
  const id = patientIdOf(reference);
  if (id === undefined) throw new CareError('validation', 'A chart is asked for by "Patient/" and an id.');
  return id;
}

function countOf(warnings: readonly SearchWarning[], code: SearchWarning['code']): number {
  return warnings.reduce((sum, warning) => sum + (warning.code === code ? warning.count : 0), 0);
}
