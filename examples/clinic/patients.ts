/** The patients of the clinic: a search, and below it the first ones by name. */
import type { CareClient } from 'carelet/client';
import { bannerName, chooseName, formatAge, formatDate, patientAge, type Patient } from 'carelet/models/fhir';
import { html, nothing, type TemplateResult } from 'lit';

const MOST = 200;

export interface PatientList {
  patients: Patient[];
  /** False: there are more than are listed. */
  complete: boolean;
  failed: boolean;
}

export async function listPatients(client: CareClient): Promise<PatientList> {
  try {
    const page = await client.search('Patient', { _sort: 'family,given', _count: 50 }, { maxPages: MOST / 50 }).all();
    return { patients: page.items, complete: page.complete, failed: false };
  } catch {
    return { patients: [], complete: false, failed: true };
  }
}

export function patientsPage(
  list: PatientList | undefined,
  options: { lang: string; zone: string | undefined; canDrop: boolean; recent: Patient[]; open(patient: Patient): void },
): TemplateResult {
  const { lang, canDrop, recent, open } = options;
  return html`<section class="patients">
    <h1>Patients</h1>
    <p>
      Find someone by name, birth date, identifier or
      phone.${canDrop ? ' Or drop a FHIR R4 bundle onto this page: it is read here, in your browser, and sent nowhere.' : ''}
    </p>
    <care-patient-search
      label="Find a patient"
      clear-on-select
      .recent=${recent}
      @care-patient-select=${(event: CustomEvent<{ patient: Patient }>) => open(event.detail.patient)}
    ></care-patient-search>
    ${list === undefined ? html`<p role="status">Loading patients…</p>` : table(list, options, lang)}
  </section>`;
}

function table(
  { patients, complete, failed }: PatientList,
  options: { zone: string | undefined; open(patient: Patient): void },
  lang: string,
): TemplateResult {
  if (failed) return html`<p role="status">The list of patients could not load. Patients may exist all the same: search for one.</p>`;
  if (patients.length === 0) return html`<p role="status">There is no patient here yet.</p>`;
  const now = new Date();
  const row = (patient: Patient) => {
    const name = bannerName(chooseName(patient.name, { now }));
    const age = formatAge(patientAge(patient, now, options.zone ?? 'UTC').age, lang);
    return html`<tr>
      <td>
        <button type="button" @click=${() => options.open(patient)}>
          <bdi
            >${name ? html`${name.family ? html`<b>${name.family}</b>${name.given ? ', ' : ''}` : nothing}${name.given}` : html`<i>Name unknown</i>`}</bdi
          >
        </button>
      </td>
      <td>${formatDate(patient.birthDate, { locale: lang }) ?? html`<span class="muted">Not recorded</span>`}</td>
      <td>${age ?? ''}</td>
      <td>${patient.gender ?? html`<span class="muted">Not recorded</span>`}</td>
    </tr>`;
  };
  return html`<div class="table" tabindex="0" role="region" aria-label="Patients by name">
    <table>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Born</th>
          <th scope="col">Age</th>
          <th scope="col">Sex</th>
        </tr>
      </thead>
      <tbody>
        ${patients.map(row)}
      </tbody>
    </table>
    <p class="muted">
      ${complete ? `${patients.length} ${patients.length === 1 ? 'patient' : 'patients'}` : `The first ${patients.length}; more exist. Search to find them.`}
    </p>
  </div>`;
}
