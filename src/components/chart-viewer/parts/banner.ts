/** The identity banner: who this is, in full and never shortened, with what is missing or doubtful said in its place. */
import { html, nothing, type TemplateResult } from 'lit';
import { mergedInto, type BannerBirth, type BannerIdentifier, type BannerView, type Caution } from '../../../models/charting/index.js';
import { icon } from '../../ui/icon.js';
import type { ChartState, PatientState } from '../chart.state.js';
import { absentTag, absentWords, said, visible, type Shown, type Words } from '../words.js';
import { disclosure, original, type EntryContext } from './entry.js';
import { failureDetail } from './failure.js';
import { strip } from './strip.js';

export interface BannerContext extends EntryContext {
  openPatient(reference: string): void;
  retry(what: 'patient'): void;
  requestAccess(section: 'patient'): void;
}

/** What stands between family and given name in the script of the name itself. */
function between(family: string): string {
  if (/\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u.test(family)) return ' ';
  return /\p{Script=Arabic}/u.test(family) ? '، ' : ', ';
}

function name(view: BannerView, words: Words): TemplateResult {
  const { name: parts, nameLanguage, nameAbsent } = view;
  if (!parts) {
    if (view.narrative !== undefined)
      return html`<span class="narrative">${said(view.narrative)}</span> <span class="tag unsure">${words.t('banner.narrative')}</span>`;
    return html`${words.t('banner.noName')}${nameAbsent ? html` ${absentTag(nameAbsent, words)}` : nothing}`;
  }
  const lang = nameLanguage ?? nothing;
  if (parts.text !== undefined) return html`<bdi lang=${lang}>${visible(parts.text)}</bdi>`;
  const rest = [parts.given, parts.suffix].filter((part) => part !== undefined);
  return html`<bdi lang=${lang}
    ><span class="family">${visible(parts.family ?? '')}</span
    >${parts.family !== undefined && rest.length > 0 ? between(parts.family) : nothing}<span class="given"
      >${visible(rest.join(' '))}${parts.prefix === undefined ? nothing : html` <span class="prefix">${visible(parts.prefix)}</span>`}</span
    ></bdi
  >`;
}

function uncertain(parts: BannerBirth['doubtful'], words: Words): Shown {
  if (parts.length === 0) return nothing;
  return html` <span class="tag unsure"
    >${icon('help-circle')}${words.t(
      'banner.doubtful',
      parts.map((part) => words.t(`banner.part.${part}`)),
    )}</span
  >`;
}

function born({ birth, deceased }: BannerView, words: Words): TemplateResult {
  if (birth.text === undefined)
    return html`${birth.absent ? words.t('banner.birthAbsent', absentWords(birth.absent, words)) : words.t('banner.noBirthDate')}`;
  const age = birth.future ? words.t('banner.future') : birth.age;
  return html`<span class="num">${birth.text}</span
    >${age === undefined || deceased ? nothing : html` <span class="muted num">(${age})</span>`}${uncertain(birth.doubtful, words)}`;
}

function gender(view: BannerView, words: Words): TemplateResult {
  const { code, written, absent } = view.gender;
  const text = code
    ? words.t(`gender.${code}`)
    : written !== undefined
      ? said(written)
      : absent
        ? words.t('banner.sexAbsent', absentWords(absent, words))
        : words.t('banner.noSex');
  const spoken = view.pronouns;
  return html`${text}${spoken ? html` <span class="muted">${spoken.absent ? absentWords(spoken.absent, words) : said(spoken.text)}</span>` : nothing}`;
}

function fact(label: Shown, value: unknown, hidden = false): TemplateResult {
  return html`<div>
    <dt class=${hidden ? 'vh' : ''}>${label}</dt>
    <dd>${value}</dd>
  </div>`;
}

function identifier(one: BannerIdentifier, words: Words): TemplateResult {
  const wrong = one.check === 'check-digit';
  return fact(
    one.label === undefined ? words.t('banner.identifier') : said(one.label),
    html`<bdi class="num">${visible(one.value)}</bdi
      >${wrong ? html` <span class="tag unsure">${icon('help-circle')}${words.t('banner.checkFailed')}</span>` : nothing}`,
  );
}

/** A recorded sex beside the administrative gender; US Core's codes in words. */
function sexValue(text: string | undefined, words: Words): Shown {
  const codes: Readonly<Record<string, 'male' | 'female' | 'other' | 'unknown'>> = { M: 'male', F: 'female', OTH: 'other', UNK: 'unknown' };
  const code = text === undefined ? undefined : codes[text];
  return code ? words.t(`gender.${code}`) : said(text);
}

function facts(view: BannerView, words: Words): TemplateResult {
  const labels = { birth: words.t('banner.birthSex'), 'us-core': words.t('banner.usSex'), recorded: words.t('banner.recordedSex') };
  // A birth sex that says what the gender says needs no second place; the details have it.
  const apart = view.sexes.filter(
    ({ kind, text }) =>
      !(
        kind !== 'recorded' &&
        text !== undefined &&
        sexValue(text, words) === (view.gender.code ? words.t(`gender.${view.gender.code}`) : undefined)
      ),
  );
  return html`<dl class="facts">
    ${fact(words.t('banner.born'), born(view, words), true)}${fact(words.t('banner.sex'), gender(view, words), true)}
    ${apart.map(({ kind, label, text, absent }) => fact(label === undefined ? labels[kind] : said(label), absent ? absentWords(absent, words) : sexValue(text, words)))}
    ${view.genderIdentity ? fact(words.t('banner.genderIdentity'), view.genderIdentity.absent ? absentWords(view.genderIdentity.absent, words) : said(view.genderIdentity.text)) : nothing}
    ${view.identifiers.map((one) => identifier(one, words))}
    ${view.identifiers.length > 0 ? nothing : fact(words.t('banner.identifier'), view.identifierAbsent ? words.t('banner.identifierAbsent', absentWords(view.identifierAbsent, words)) : words.t('banner.noIdentifier'), true)}
    ${view.multipleBirth ? fact(words.t('banner.multiple'), view.multipleBirth.order === undefined ? words.t('banner.multiple') : words.t('banner.multipleOrder', view.multipleBirth.order), true) : nothing}
  </dl>`;
}

const LOUD = { modifier: 'banner.modifier', 'implicit-rules': 'banner.implicitRules', 'not-valid': 'banner.notValid' } as const;

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
            ? html`<button type="button" class="btn btn-sm" @click=${() => context.retry('patient')}>
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
    ${view ? loud(view, context) : nothing} ${known ? strip(state, words) : nothing}
  </section>`;
}
