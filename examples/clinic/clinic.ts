/**
 * The clinic, assembled: find a patient, see the day by provider, move an appointment, read the chart.
 * Everything on this page is a host's business: the widgets come from carelet and meet through <care-provider> and events.
 */
import 'carelet/define';
import { html, nothing, render, type TemplateResult } from 'lit';
import { CareClient } from 'carelet/client';
import type { Patient } from 'carelet/models/fhir';
import { zonesIn } from 'carelet/models/scheduling';
import { textsFor } from './texts.js';
import { listPatients, patientsPage, type PatientList } from './patients.js';
import { importText, openSource, type Config, type Imported, type Source } from './source.js';
import { applySettings, CHOICES, loadSettings, type Settings } from './settings.js';

type View = { name: 'schedule' } | { name: 'patients' } | { name: 'chart'; patient: string };

const LABELS: Record<string, string> = {
  theme: 'Theme',
  contrast: 'Contrast',
  density: 'Density',
  lang: 'Language',
  system: 'As the system',
  light: 'Light',
  dark: 'Dark',
  more: 'More contrast',
  comfortable: 'Comfortable',
  compact: 'Compact',
  'en-AU': 'English (Australia)',
  'en-US': 'English (United States)',
  ar: 'العربية',
};

const t = () => textsFor(state.settings.lang);

const app = document.querySelector('#app') as HTMLElement;
const state: {
  source: Source | undefined;
  view: View;
  date: string | undefined;
  /** Chosen before, newest first; in memory only. */
  recent: Patient[];
  list: PatientList | undefined;
  /** The patient of the appointment that is open in the scheduler. */
  opened: string | undefined;
  settings: Settings;
  dropping: boolean;
  problem: string | undefined;
  notes: { kind: 'info' | 'warning' | 'danger'; text: string; details?: string[] }[];
} = {
  source: undefined,
  view: { name: 'schedule' },
  date: undefined,
  recent: [],
  list: undefined,
  opened: undefined,
  settings: loadSettings(),
  dropping: false,
  problem: undefined,
  notes: [],
};

// A breach of the Content-Security-Policy is a defect of ours: say so on the page, not only in the console.
document.addEventListener('securitypolicyviolation', (event) => {
  note('danger', `Blocked by the Content-Security-Policy: ${event.effectiveDirective}. This is a defect; please report it.`);
});

function note(kind: 'info' | 'warning' | 'danger', text: string, details?: string[]): void {
  state.notes = [...state.notes.filter((other) => other.text !== text), { kind, text, ...(details?.length ? { details } : {}) }];
  draw();
}

/** Changes the view; the address stays as it is, for an id in it would end up in logs and histories. */
function go(view: View, { push = true } = {}): void {
  state.view = view;
  if (push) history.pushState(view, '');
  if (view.name === 'patients') void loadList();
  draw();
  document.querySelector<HTMLElement>('main')?.focus();
}

function openPatient(patient: Patient): void {
  state.recent = [patient, ...state.recent.filter(({ id }) => id !== patient.id)].slice(0, 8);
  go({ name: 'chart', patient: `Patient/${patient.id}` });
}

/** Reads the list of patients anew, for the page that shows it. */
async function loadList(): Promise<void> {
  const client = state.source?.client;
  if (!client) return;
  state.list = undefined;
  const list = await listPatients(client);
  if (state.source?.client !== client) return;
  state.list = list;
  draw();
}

function setZone(zone: string): void {
  if (!state.source) return;
  state.source = { ...state.source, zone };
  draw();
  void chooseDay(state.source).then(draw, () => undefined);
}

function change<K extends keyof Settings>(key: K, value: Settings[K]): void {
  state.settings = { ...state.settings, [key]: value };
  applySettings(state.settings);
  draw();
}

let drops = 0;

async function importFiles(files: Iterable<File>): Promise<void> {
  const store = state.source?.store;
  if (!store) {
    note('warning', t().noUpload);
    return;
  }
  const imported: Imported[] = [];
  // What is dropped together belongs together; what comes later may have a Patient/1 of its own.
  const from = `drop-${++drops}`;
  for (const file of files) imported.push(await importText(store, file.name, await file.text(), from));
  report(imported);
}

/** Says what came with files, in one note each where something is wrong with it, and goes to whom they brought. */
function report(files: readonly Imported[]): void {
  const fine = files.filter(({ result }) => result && result.invalid.length + result.skipped.length === 0);
  if (fine.length) {
    const [first] = fine;
    const count = (key: 'stored' | 'unchanged') => fine.reduce((sum, { result }) => sum + (result?.[key] ?? 0), 0);
    const unchanged = count('unchanged') ? ` ${count('unchanged')} were here already.` : '';
    note('info', `${fine.length === 1 ? first!.name : `${fine.length} files`}: ${count('stored')} resources read.${unchanged}`);
  }
  for (const { name, result, error } of files) {
    if (!result) {
      note('danger', `${name} could not be read: ${error}`);
      continue;
    }
    const odd = result.invalid.map(
      ({ type, id, issues }) => `${type}/${id}: ${issues[0]?.path ?? ''} ${issues[0]?.message ?? 'not valid R4'}`,
    );
    const left = result.skipped.map(({ place, reason }) => `${place || 'The file'}: ${reason}`);
    if (!odd.length && !left.length) continue;
    const parts = [
      `${name}: ${result.stored} resources read.`,
      odd.length ? `${odd.length} not valid R4, kept as they came.` : '',
      left.length ? `${left.length} could not be kept.` : '',
    ];
    note('warning', parts.filter(Boolean).join(' '), [...left, ...odd].slice(0, 50));
  }
  // A new client over the same store: every widget asks again.
  const source = state.source!;
  state.source = { ...source, client: new CareClient({ backend: source.store! }) };
  const patients = files.flatMap((file) => file.patients);
  if (patients.length === 1) go({ name: 'chart', patient: `Patient/${patients[0]}` });
  else if (patients.length) go({ name: 'patients' });
  else draw();
}

function header(source: Source): TemplateResult {
  const link = (name: 'schedule' | 'patients', text: string) => html`
    <button
      type="button"
      aria-current=${state.view.name === name || (name === 'patients' && state.view.name === 'chart') ? 'page' : nothing}
      @click=${() => go({ name })}
    >
      ${text}
    </button>
  `;
  return html`
    <header class="host">
      <span class="mark" aria-hidden="true">H</span>
      <span class="name">${source.kind === 'practice' ? 'Harbour Street Clinic' : t().clinic}</span>
      <nav aria-label=${t().clinic}>${link('schedule', t().schedule)}${link('patients', t().patients)}</nav>
      ${source.kind === 'server' ? html`<span class="source">${t().server(source.host ?? '')}</span>` : nothing}
      <span class="grow"></span>
      <care-patient-search
        clear-on-select
        placeholder=${t().find}
        .recent=${state.recent}
        @care-patient-select=${(event: CustomEvent<{ patient: Patient }>) => openPatient(event.detail.patient)}
      ></care-patient-search>
      ${
        source.store
          ? html`<label class="btn file">
              <span class="open-label">${t().openFile}</span><span class="open-short" aria-hidden="true">+</span>
              <input
                class="vh"
                type="file"
                aria-label=${t().openFile}
                multiple
                accept=".json,.ndjson,application/json,application/fhir+json"
                @change=${handleFiles}
              />
            </label>`
          : nothing
      }
      <details class="settings">
        <summary class="btn">${t().display}</summary>
        <div>
          ${(Object.keys(CHOICES) as (keyof Settings)[]).map(
            (key) =>
              html`<label
                >${LABELS[key]}
                <select @change=${(event: Event) => change(key, (event.target as HTMLSelectElement).value as never)}>
                  ${CHOICES[key].map((choice) => html`<option value=${choice} ?selected=${state.settings[key] === choice}>${LABELS[choice]}</option>`)}
                </select></label
              >`,
          )}
        </div>
      </details>
    </header>
  `;
}

function handleFiles(event: Event): void {
  const input = event.target as HTMLInputElement;
  void importFiles([...(input.files ?? [])]).then(() => (input.value = ''));
}

function body(source: Source): TemplateResult {
  switch (state.view.name) {
    case 'schedule':
      return html`<care-scheduler
        .date=${state.date ?? ''}
        @care-date-change=${(event: CustomEvent<{ date: string }>) => (state.date = event.detail.date)}
        @care-time-zone-change=${(event: CustomEvent<{ timeZone: string }>) => setZone(event.detail.timeZone)}
        @care-appointment-open=${(event: CustomEvent<{ patient: string | undefined }>) => ((state.opened = event.detail.patient), draw())}
        >${
          state.opened
            ? html`<button class="btn" slot="details-actions" type="button" @click=${() => go({ name: 'chart', patient: state.opened! })}>
                ${t().openRecord}
              </button>`
            : nothing
        }</care-scheduler
      >`;
    case 'chart':
      return html`<care-chart-viewer
        .patient=${state.view.patient}
        @care-patient-open=${(event: CustomEvent<{ reference: string }>) => go({ name: 'chart', patient: event.detail.reference })}
      ></care-chart-viewer>`;
    case 'patients':
      return patientsPage(state.list, {
        lang: state.settings.lang,
        zone: source.zone,
        canDrop: source.store !== undefined,
        recent: state.recent,
        open: openPatient,
      });
  }
}

function draw(): void {
  const { source, problem } = state;
  const page = problem
    ? html`<main id="main" tabindex="-1">
        <section class="problem" role="alert">
          <h1>${t().couldNotOpen}</h1>
          <p>${problem}</p>
        </section>
      </main>`
    : source
      ? html`<care-provider .client=${source.client} locale=${state.settings.lang} time-zone=${source.zone ?? nothing}>
          <div class="page">
            ${header(source)}
            <div role="status">
              ${state.notes.map(
                (entry) =>
                  html`<div class="note ${entry.kind}">
                    <p>${entry.text}</p>
                    <span class="grow"></span>
                    <button type="button" @click=${() => ((state.notes = state.notes.filter((other) => other !== entry)), draw())}>
                      ${t().dismiss}
                    </button>
                    ${
                      entry.details
                        ? html`<ul tabindex="0" aria-label=${t().details}>
                            ${entry.details.map((line) => html`<li>${line}</li>`)}
                          </ul>`
                        : nothing
                    }
                  </div>`,
              )}
            </div>
            <main id="main" tabindex="-1">
              ${state.view.name === 'patients' ? nothing : html`<h1 class="vh">${state.view.name === 'chart' ? t().record : t().schedule}</h1>`}
              ${body(source)}
            </main>
          </div>
          ${state.dropping ? html`<div class="drop">${t().dropHere}</div>` : nothing}
        </care-provider>`
      : html`<main id="main" tabindex="-1" aria-busy="true">
          <section class="problem"><p>${t().opening}</p></section>
        </main>`;
  render(page, app);
}

function listenForDrops(): void {
  let depth = 0;
  const set = (dropping: boolean) => {
    if (state.dropping === dropping) return;
    state.dropping = dropping;
    draw();
  };
  const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  addEventListener('dragenter', (event) => holdsFiles(event) && (depth++, set(true)));
  addEventListener('dragleave', (event) => holdsFiles(event) && (depth = Math.max(0, depth - 1)) === 0 && set(false));
  addEventListener('dragover', (event) => holdsFiles(event) && event.preventDefault());
  addEventListener('drop', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    depth = 0;
    set(false);
    void importFiles([...(event.dataTransfer?.files ?? [])]);
  });
}

function listenForKeys(): void {
  addEventListener('keydown', (event) => {
    const typing = event
      .composedPath()
      .some((node) => node instanceof HTMLElement && (node.isContentEditable || /^(input|textarea|select)$/i.test(node.localName)));
    if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    document.querySelector<HTMLElement>('.host care-patient-search')?.focus();
  });
  addEventListener('popstate', (event) => go((event.state as View | null) ?? { name: 'schedule' }, { push: false }));
}

/** Today, or the nearest day with appointments when nothing is booked today: and says so. */
async function chooseDay(source: Source): Promise<void> {
  const { client } = source;
  const scheduling = await client.scheduling();
  if (!source.zone) {
    // What the records say with one voice; else the scheduler asks, and this is done again.
    const [zone, ...others] = zonesIn((await scheduling.directory()).resources);
    if (zone && others.length === 0) source.zone = zone;
  }
  const { zone } = source;
  if (!zone) return;
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date());
  state.date = today;
  if ((await scheduling.day({ date: today, zone })).appointments.length > 0) return;
  const { before, after } = await scheduling.nearest({ date: today, zone });
  const distance = (day: string | undefined) => (day ? Math.abs(Date.parse(day) - Date.parse(today)) : Infinity);
  const nearest = distance(after) <= distance(before) ? after : before;
  if (!nearest) return;
  state.date = nearest;
  const day = new Intl.DateTimeFormat(state.settings.lang, { dateStyle: 'full', timeZone: 'UTC' }).format(new Date(`${nearest}T00:00Z`));
  note('info', t().nothingToday(day));
}

async function start(): Promise<void> {
  applySettings(state.settings);
  draw();
  listenForDrops();
  listenForKeys();
  try {
    const config = (await (await fetch('/config.json')).json()) as Config;
    const source = await openSource(config, new URL(location.href));
    await chooseDay(source).catch(() => undefined);
    state.source = source;
    history.replaceState(state.view, '');
    if (source.imported.length) report(source.imported);
  } catch (error) {
    state.problem = error instanceof Error ? error.message : 'Something went wrong while it opened.';
  }
  draw();
}

await start();
