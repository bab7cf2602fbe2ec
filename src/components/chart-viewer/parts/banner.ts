/** The identity banner: who this is, in full and never shortened, with what is missing or doubtful said in its place. */
import { html, nothing, type TemplateResult } from 'lit';
import { mergedInto, type BannerView, type Caution } from '../../../models/charting/index.js';
import { icon } from '../../ui/icon.js';
import type { ChartState, PatientState } from '../chart.state.js';
import { absentWords, said, type Shown, type Words } from '../words.js';
import { disclosure, original, type EntryContext } from './entry.js';
import { failureDetail } from './failure.js';
import { facts, name, sexValue, uncertain } from './identity.js';
import { strip } from './strip.js';

export interface BannerContext extends EntryContext {
  openPatient(reference: string): void;
  /** Undefined where there is nothing to ask: on plain records. */
  retry: ((what: 'patient') => void) | undefined;
  requestAccess(section: 'patient'): void;
}

const LOUD = { modifier: 'banner.modifier', 'implicit-rules': 'banner.implicitRules', 'not-valid': 'banner.notValid' } as const;

/** The identity could not be read again: it is shown, and said to be old. */
function outdated(patient: PatientState, { words, retry }: BannerContext): Shown {
  if (patient.load === 'ready' || patient.load === 'loading') return nothing;
  return html`<p class="loud info" role="note">
    ${icon('history')}<span><b>${words.t('failed.patient')}.</b> ${words.t('state.notUpdated')}</span>
    ${retry ? html`<button type="button" class="btn btn-sm" @click=${() => retry('patient')}>${icon('refresh')}${words.t('action.retry')}</button>` : nothing}
  </p>`;
}

function loud(view: BannerView, context: BannerContext): Shown {
  const { words, linked } = context;
  const other = mergedInto(view);
  const cautions = view.cautions.flatMap(({ code }: Caution) => (code in LOUD ? [words.t(LOUD[code as keyof typeof LOUD])] : []));
  const reference = other?.reference;
  return html`${
    other
      ? html`<p class="loud danger" role="note">
          ${icon('git-merge')}<span
            ><b>${words.t('banner.merged')}</b> ${words.t('banner.mergedInto')}
            ${said(other.text ?? reference)}${other.text !== undefined && reference !== undefined && other.text !== reference ? html` (${said(reference)})` : nothing}.</span
          >
          ${linked && reference !== undefined ? html`<button type="button" class="btn btn-sm" @click=${() => context.openPatient(reference)}>${words.t('action.openPatient')}</button>` : nothing}
        </p>`
      : view.inactive
        ? html`<p class="loud warning" role="note">${icon('ban')}<b>${words.t('banner.inactive')}</b></p>`
        : nothing
  }${cautions.map((text) => html`<p class="loud danger" role="note">${icon('alert-triangle')}<b>${text}</b></p>`)}`;
}

function more(view: BannerView, patient: PatientState, context: BannerContext): Shown {
  const { words } = context;
  if (!patient.patient) return nothing;
  const record = patient.patient;
  const links = view.links.filter(({ type }) => type !== 'replaced-by');
  const content = () =>
    html`<div class="id-more">
      <dl class="facts-d">
        ${
          view.formerNames.length === 0
            ? nothing
            : html`<div>
                <dt>${words.t('banner.formerly')}</dt>
                ${view.formerNames.map((former) => html`<dd>${said(former)}</dd>`)}
              </div>`
        }
        ${view.sexes.map(
          ({ kind, label, text, absent }) =>
            html`<div>
              <dt>
                ${label === undefined ? words.t(kind === 'birth' ? 'banner.birthSex' : kind === 'us-core' ? 'banner.usSex' : 'banner.recordedSex') : said(label)}
              </dt>
              <dd>${absent ? absentWords(absent, words) : sexValue(text, words)}</dd>
            </div>`,
        )}
        ${links.map(
          ({ type, other }) =>
            html`<div>
              <dt>${words.t(type === 'replaces' ? 'banner.replaces' : 'banner.seeAlso')}</dt>
              <dd>${said(other.text)}</dd>
            </div>`,
        )}
      </dl>
      ${original('patient', record, context)}
    </div>`;
  return disclosure('identity', html`${icon('chevron-down')}<span class="vh">${words.t('banner.more')}</span>`, content, context, 'id-d');
}

function died(view: BannerView, words: Words): Shown {
  if (!view.deceased) return nothing;
  return html`<span class="tag solid dead"
      >${view.died === undefined ? words.t('banner.deceased') : words.t('banner.died', view.died)}${view.birth.age === undefined ? nothing : html` <span>${words.t('banner.ageAtDeath', view.birth.age)}</span>`}</span
    >${uncertain(view.diedDoubtful, words)}`;
}

/** Without an identity nothing of a record is shown; the banner says why. */
function without(state: ChartState, context: BannerContext): TemplateResult {
  const { words } = context;
  const { patient } = state;
  if (patient.load === 'ready') {
    return html`<div class="id">
      <span class="avatar avatar-lg" aria-hidden="true">?</span>
      <div class="id-n">
        <h2>${words.t('banner.identityUnknown')}</h2>
        <p class="facts muted">${said(state.reference)}</p>
      </div>
    </div>`;
  }
  if (patient.load === 'loading') {
    return html`<div class="id" aria-busy="true">
      <div class="bones">
        ${patient.skeleton ? html`<i></i><i></i>` : nothing}${patient.slow ? html`<p class="note-d">${words.t('state.slow')}</p>` : html`<span class="vh">${words.t('state.loading.patient')}</span>`}
      </div>
    </div>`;
  }
  const denied =
    patient.load === 'forbidden'
      ? words.t('forbidden.patient')
      : patient.load === 'break-glass'
        ? words.t('breakGlass.patient')
        : undefined;
  const detail =
    patient.load === 'break-glass'
      ? words.t('breakGlass.detail')
      : denied !== undefined
        ? words.t('failed.patient.detail')
        : `${failureDetail(patient.error, words)} ${words.t('failed.patient.detail')}`;
  return html`<div class=${denied === undefined ? 'gap all' : 'note'}>
    <h2 class="note-t">${icon(denied === undefined ? 'cloud-off' : 'lock')}${denied ?? words.t('failed.patient')}</h2>
    <p class="note-d">${detail}</p>
    <div class="acts">
      ${
        patient.load === 'break-glass'
          ? html`<button type="button" class="btn btn-sm" @click=${() => context.requestAccess('patient')}>
              ${words.t('action.breakGlass')}
            </button>`
          : patient.load === 'failed'
            ? html`<button type="button" class="btn btn-sm" @click=${() => context.retry?.('patient')}>
                ${icon('refresh')}${words.t('action.retry')}
              </button>`
            : nothing
      }
    </div>
  </div>`;
}

export function banner(state: ChartState, context: BannerContext): TemplateResult {
  const { words } = context;
  const { banner: view } = state.patient;
  const known = view !== undefined || state.patient.load === 'ready';
  return html`<section class="banner" part="banner" aria-label=${words.t('banner.label')}>
    ${
      view
        ? html`<div class="id">
            <span class="avatar avatar-lg" aria-hidden="true">${said(view.initials ?? '?')}</span>
            <div class="id-n">
              <h2>
                ${name(view, words)}${view.knownAs === undefined ? nothing : html` <span class="known muted">${words.t('banner.knownAs')} ${said(view.knownAs)}</span>`}
                ${died(view, words)}
              </h2>
              ${facts(view, words)}
            </div>
            <div class="id-a"><slot name="actions"></slot></div>
            ${more(view, state.patient, context)}
          </div>`
        : without(state, context)
    }
    ${view ? html`${outdated(state.patient, context)}${loud(view, context)}` : nothing} ${known ? strip(state, words) : nothing}
  </section>`;
}
