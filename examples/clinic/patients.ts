/** The patients of the clinic: a search, and below it the first ones by name. */
import type { CareClient } from 'carelet/client';
import { bannerName, chooseName, formatAge, formatDate, patientAge, type BannerName, type Patient } from 'carelet/models/fhir';
import { html, nothing, type TemplateResult } from 'lit';
import { textsFor } from './texts.js';

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
  const t = textsFor(lang);
  return html`<section class="patients">
    <h1>${t.patients}</h1>
    <p>${t.findHelp} ${canDrop ? t.dropHelp : nothing}</p>
    <care-patient-search
      label=${t.find}
      clear-on-select
      .recent=${recent}
      @care-patient-select=${(event: CustomEvent<{ patient: Patient }>) => open(event.detail.patient)}
    ></care-patient-search>
    ${list === undefined ? html`<p role="status">${t.loading}</p>` : table(list, options, lang)}
  </section>`;
}

function table(
  { patients, complete, failed }: PatientList,
  options: { zone: string | undefined; open(patient: Patient): void },
  lang: string,
): TemplateResult {
  const t = textsFor(lang);
  if (failed) return html`<p role="status">${t.listFailed}</p>`;
  if (patients.length === 0) return html`<p role="status">${t.noPatients}</p>`;
  const now = new Date();
  const row = (patient: Patient) => {
    const name = bannerName(chooseName(patient.name, { now }));
    const age = formatAge(patientAge(patient, now, options.zone ?? 'UTC').age, lang);
    return html`<tr>
      <td>
        <button type="button" @click=${() => options.open(patient)}>
          <bdi>${shownName(name) ?? html`<i>${t.nameUnknown}</i>`}</bdi>
        </button>
      </td>
      <td>${formatDate(patient.birthDate, { locale: lang }) ?? html`<span class="muted">${t.notRecorded}</span>`}</td>
      <td>${age ?? ''}</td>
      <td>${sexOf(patient, t) ?? html`<span class="muted">${t.notRecorded}</span>`}</td>
    </tr>`;
  };
  return html`<div class="table" tabindex="0" role="region" aria-label=${t.byName}>
    <table>
      <thead>
        <tr>
          <th scope="col">${t.name}</th>
          <th scope="col">${t.born}</th>
          <th scope="col">${t.age}</th>
          <th scope="col">${t.sex}</th>
        </tr>
      </thead>
      <tbody>
        ${patients.map(row)}
      </tbody>
    </table>
    <p class="muted">${complete ? t.count(patients.length) : t.more(patients.length)}</p>
  </div>`;
}

/** A code outside the four of R4 is shown as it came. */
function sexOf({ gender }: Patient, t: ReturnType<typeof textsFor>): string | undefined {
  return gender === 'male' || gender === 'female' || gender === 'other' || gender === 'unknown' ? t[gender] : gender;
}

/** Family name first and strong; a name that is one text as it is; undefined where there is none. */
function shownName(name: BannerName | undefined): TemplateResult | string | undefined {
  if (!name?.family) return name?.given ?? name?.text;
  return html`<b>${name.family}</b>${name.given ? `, ${name.given}` : nothing}`;
}
