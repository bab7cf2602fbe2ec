import { html, nothing, type TemplateResult } from 'lit';
import {
  conceptText,
  entriesOf,
  formatDate,
  formatIdentifier,
  identifierLabel,
  pickIdentifier,
  referenceText,
  textOf,
} from '../../../models/fhir/read/index.js';
import type { Patient } from '../../../models/fhir/index.js';
import type { ApartItem, DayItem, DayView, ZoneTable } from '../../../models/scheduling/index.js';
import { icon } from '../../ui/icon.js';
import type { Words } from '../words.js';

export interface DetailsContent {
  item: DayItem | ApartItem;
  view: DayView;
  words: Words;
  viewer: ZoneTable | undefined;
  now: number;
  /** Why it cannot be moved; undefined when it can. */
  whyFixed: string | undefined;
  move: () => void;
  close: () => void;
}

const isPlaced = (item: DayItem | ApartItem): item is DayItem => 'key' in item;

function fact(term: string, value: unknown): TemplateResult | typeof nothing {
  return value === undefined || value === '' || value === nothing
    ? nothing
    : html`<dt>${term}</dt>
        <dd>${value}</dd>`;
}

/** Enough to be sure that it is the right person: birth date with age, sex, and a number. What is missing is said. */
function identity(patient: Patient, { words, view, now }: DetailsContent): TemplateResult {
  const { localize, shared, lang } = words;
  const age = words.age({ patients: [{ reference: undefined, name: undefined, patient }] }, view.date);
  const birth = formatDate(patient.birthDate, { locale: lang });
  const identifier =
    pickIdentifier(patient.identifier, { now, zone: view.zone, prefer: ['mrn'] }) ??
    pickIdentifier(patient.identifier, { now, zone: view.zone });
  return html`${fact(localize.t('birthDate'), birth === undefined ? html`<span class="muted">${shared.t('notRecorded')}</span>` : localize.t('bornOn', birth, age))}
  ${fact(localize.t('sex'), patient.gender === undefined ? html`<span class="muted">${shared.t('notRecorded')}</span>` : localize.t(`sex-${patient.gender}`))}
  ${identifier ? fact(identifierLabel(identifier) ?? 'ID', html`<span class="num">${formatIdentifier(identifier)}</span>`) : nothing}`;
}

/** Those who attend a session, each with where they stand. */
function attendees(item: DayItem, words: Words): TemplateResult {
  return html`<ul>
    ${item.attendees.map((each) => html`<li><bdi>${words.name(each)}</bdi> <span class="muted">${words.state(each.state)}</span></li>`)}
  </ul>`;
}

function when({ item, words, viewer, view }: DetailsContent): unknown {
  const { localize } = words;
  if (!isPlaced(item)) return localize.t(`apart-${item.reason}`);
  const other = viewer && item.start < view.bounds.end ? ` · ${localize.t('yours', words.timeIn(viewer, item.start))}` : '';
  return html`<span class="num">${words.range(item.start, item.end)}</span> · ${words.minutes((item.end - item.start) / 60_000)}${other}`;
}

/** What a box stands for, with who it is; and the way to move it without dragging. */
export function details(content: DetailsContent): TemplateResult {
  const { item, view, words, whyFixed, move, close } = content;
  const { localize, shared, lang } = words;
  const { appointment } = item;
  const others = isPlaced(item)
    ? item.clashes.flatMap((id) => view.columns.flatMap(({ items }) => items.find((each) => each.id === id) ?? []))
    : [];
  const names = [...new Set(others.map((other) => words.name(other)))];
  const reason = [
    ...entriesOf(appointment.reasonCode).map((concept) => conceptText(concept, lang)),
    ...entriesOf(appointment.reasonReference).map((reference) => referenceText(reference)),
  ];
  return html`<div class="details-h">
      <div>
        <h3 id="details-title"><bdi>${words.name(item)}</bdi></h3>
        <p class="sm muted">${item.service?.label ?? localize.t('noService')}</p>
      </div>
      <button class="btn btn-quiet btn-icon btn-sm" type="button" aria-label=${shared.t('close')} @click=${close}>${icon('x')}</button>
    </div>
    <dl class="facts">
      ${item.patients.map(
        (label, i) =>
          html`${item.patients.length > 1 ? fact(`${i + 1}`, html`<bdi>${label.name ?? localize.t('noName')}</bdi>`) : nothing}${label.patient ? identity(label.patient, content) : fact('', html`<span class="muted">${localize.t('recordNotRead')}</span>`)}`,
      )}
      ${isPlaced(item) && item.attendees.length > 0 ? fact(localize.t('attendees'), attendees(item, words)) : nothing}
      ${fact(localize.t('when'), when(content))}
      ${fact(localize.t('appointmentIs'), isPlaced(item) ? words.status(item) : words.state(item.state))}
      ${fact(localize.t('with'), item.providers.map((provider) => words.provider(provider)).join(', ') || localize.t('unassigned'))}
      ${fact(localize.t('place'), item.places.flatMap(({ name }) => name ?? []).join(', '))}
      ${fact(localize.t('reason'), reason.filter((text) => text !== undefined).join(', ') || (item.patients.length > 0 ? item.description : undefined))}
      ${fact(localize.t('note'), textOf(appointment.comment))}
    </dl>
    ${names.length > 0 ? html`<p><span class="tag danger solid">${icon('alert-triangle')}${localize.t('overlap')}</span> <span class="sm">${localize.t('overlapsWith', names)}</span></p>` : nothing}
    ${
      isPlaced(item)
        ? html`<div class="acts">
              <button
                class="btn btn-sm"
                type="button"
                aria-disabled=${whyFixed === undefined ? nothing : 'true'}
                aria-describedby=${whyFixed === undefined ? nothing : 'why-fixed'}
                @click=${whyFixed === undefined ? move : nothing}
              >
                ${icon('arrows-move', 'xs')}${localize.t('moveTo')}
              </button>
              <slot name="details-actions"></slot>
            </div>
            ${whyFixed === undefined ? nothing : html`<p class="why" id="why-fixed">${whyFixed}</p>`}`
        : html`<div class="acts"><slot name="details-actions"></slot></div>`
    }`;
}
