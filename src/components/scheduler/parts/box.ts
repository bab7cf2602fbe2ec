import { html, nothing, type TemplateResult } from 'lit';
import { whyImmovable, type AppointmentState, type DayItem } from '../../../models/scheduling/index.js';
import { icon } from '../../ui/icon.js';
import { boxPlace } from '../place.js';
import { detailFor, type Detail } from '../size.controller.js';
import type { Words } from '../words.js';

/** What boxes are drawn with; the same object as long as nothing of it changed. */
export interface BoxContext {
  words: Words;
  /** The day, for ages. */
  date: string;
  /** Pixels that a column is wide, in steps: boxes need not be drawn anew for each pixel of a window that is being sized. */
  width: number;
  /** Pixels of a minute, and of the smallest box. */
  minute: number;
  smallest: number;
  /** Nothing here can be moved. */
  isReadOnly: boolean;
}

/** What sets one box apart from the others at this moment. */
export interface BoxMoment {
  /** Key of the box that is in the tab order. */
  active: string | undefined;
  /** Id of the appointment that is in the hand. */
  moving: string | undefined;
  /** Key of the box whose details are open. */
  selected: string | undefined;
}

/** How many lines of text fit: 15 + 17 + 15 px with their padding. */
function linesIn(pixels: number): 1 | 2 | 3 {
  return pixels >= 51 ? 3 : pixels >= 33 ? 2 : 1;
}

/** The service, unless the box is called by it already. */
export function serviceBeside(item: DayItem, words: Words): string | undefined {
  const label = item.service?.label;
  return label === words.name(item) ? undefined : label;
}

/** The whole of a box in one sentence, in the order that it is read on screen. */
function boxLabel(item: DayItem, words: Words, age: string): string {
  const { localize } = words;
  const service = serviceBeside(item, words);
  const parts = [
    `${words.time(item.start)} ${words.status(item)}`,
    age === '' ? words.name(item) : `${words.name(item)} ${age}`,
    ...(service === undefined ? [] : [service]),
    localize.t('boxTime', words.time(item.start), words.time(item.end)),
    ...(item.clashes.length > 0 ? [localize.t('boxOverlap', item.clashes.length, words.minutes(item.overlap))] : []),
    ...(item.before ? [localize.t('boxBefore')] : []),
    ...(item.after ? [localize.t('boxAfter')] : []),
    ...(item.pending ? [localize.t('boxPending')] : []),
  ];
  return parts.join(', ');
}

/** `part` tokens: where it stands, by FHIR's code and by the word of the look, and what is special about it. */
function tokens(item: DayItem, isSelected: boolean, isMoving: boolean): string {
  const { status } = item.appointment;
  return [
    item.state,
    ...(status !== undefined && status !== item.state ? [status] : []),
    ...(item.clashes.length > 0 ? ['clash'] : []),
    ...(item.pending ? ['pending'] : []),
    ...(isSelected ? ['selected'] : []),
    ...(isMoving ? ['moving'] : []),
  ].join(' ');
}

/** States whose mark says enough where there is no room for the word. */
const PLAIN: ReadonlySet<AppointmentState> = new Set(['completed', 'confirmed', 'not-confirmed', 'cancelled']);
const WORD_WIDTH = 150;

export interface Lines {
  detail: Detail;
  count: 1 | 2 | 3;
  /** Pixels of the box. */
  width: number;
}

/**
 * The lines of a box, as many as fit: one template for each shape, since a template in a template costs as much as the box. At most
 * four elements, so that a box with its button and place has six.
 */
export function boxLines(item: DayItem, words: Words, age: string, { detail, count, width }: Lines): TemplateResult | typeof nothing {
  if (detail === 'one') return nothing;
  const isFull = detail === 'full';
  const time = words.time(item.start);
  const name = words.name(item);
  const years = (isFull && age) || nothing;
  const hasWord = isFull && count > 1 && (item.pending || width >= WORD_WIDTH || !PLAIN.has(item.state));
  const word = hasWord ? (item.pending ? words.localize.t('saving') : words.status(item)) : undefined;
  const service = count > 2 ? serviceBeside(item, words) : undefined;
  if (word === undefined) {
    return service === undefined
      ? html`<span class="ev-t">${time}</span><bdi class="ev-n" data-age=${years}>${name}</bdi>`
      : html`<span class="ev-t">${time}</span><bdi class="ev-n" data-age=${years}>${name}</bdi><span class="ev-s">${service}</span>`;
  }
  return service === undefined
    ? html`<span class="ev-t">${time}<b>${word}</b></span
        ><bdi class="ev-n" data-age=${years}>${name}</bdi>`
    : html`<span class="ev-t">${time}<b>${word}</b></span
        ><bdi class="ev-n" data-age=${years}>${name}</bdi><span class="ev-s">${service}</span>`;
}

/** One appointment: a list item with a real button. */
export function box(item: DayItem, context: BoxContext, { active, moving, selected }: BoxMoment): TemplateResult {
  const { words, date } = context;
  const age = words.age(item, date);
  const isMoving = moving === item.id;
  const isSelected = selected === item.key;
  const length = item.to - item.from;
  const width = (context.width - 6) * (item.span / item.lanes);
  const detail = detailFor(width);
  const lines = linesIn(Math.max(length * context.minute, context.smallest) - 2);
  const side = item.lanes > 1 && item.lane + item.span < item.lanes;
  const classes = `ev s-${item.state} h${item.slot ?? 0} lines-${lines} d-${detail}${side ? ' side' : ''}${item.clashes.length > 0 ? ' clash' : ''}${
    item.pending ? ' pending' : ''
  }${item.over === undefined ? '' : ' ran-over'}${isMoving ? ' ghost' : ''}${isSelected ? ' selected' : ''}${context.isReadOnly || whyImmovable(item) ? ' fixed' : ''}`;
  const place = {
    top: item.from * context.minute,
    height: Math.max(length * context.minute, context.smallest),
    ...(item.lanes > 1 ? { start: item.lane / item.lanes, share: item.span / item.lanes } : {}),
  };
  return html`<li class=${classes} ${boxPlace(place)}>
    <button
      type="button"
      class="ev-b"
      part="appointment ${tokens(item, isSelected, isMoving)}"
      data-key=${item.key}
      tabindex=${active === item.key ? '0' : '-1'}
      aria-label=${boxLabel(item, words, age)}
      aria-busy=${item.pending ? 'true' : nothing}
    >
      ${
        isMoving
          ? html`<span class="row">${icon('arrows-move', 'xs')} <bdi>${words.name(item)}</bdi></span
              ><span>${words.localize.t('wasHere', words.time(item.start))}</span>`
          : boxLines(item, words, age, { detail, count: lines, width })
      }
    </button>
  </li>`;
}
