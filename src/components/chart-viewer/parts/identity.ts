/** Name, birth, sex and identifiers as recorded, with what is missing or doubtful said in its place. */
import { html, nothing, type TemplateResult } from 'lit';
import type { BannerBirth, BannerIdentifier, BannerView } from '../../../models/charting/index.js';
import { icon } from '../../ui/icon.js';
import { absentTag, absentWords, said, visible, type Shown, type Words } from '../words.js';

/** What stands between family and given name in the script of the name itself. */
function between(family: string): string {
  if (/\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u.test(family)) return ' ';
  return /\p{Script=Arabic}/u.test(family) ? '، ' : ', ';
}

export function name(view: BannerView, words: Words): TemplateResult {
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

export function uncertain(parts: BannerBirth['doubtful'], words: Words): Shown {
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
export function sexValue(text: string | undefined, words: Words): Shown {
  const codes: Readonly<Record<string, 'male' | 'female' | 'other' | 'unknown'>> = { M: 'male', F: 'female', OTH: 'other', UNK: 'unknown' };
  const code = text === undefined ? undefined : codes[text];
  return code ? words.t(`gender.${code}`) : said(text);
}

export function facts(view: BannerView, words: Words): TemplateResult {
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
