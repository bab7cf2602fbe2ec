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

/** The text of a box as it is seen, by what there is room for. */
export interface BoxText {
  time: string;
  word: string | undefined;
  name: string;
  age: string;
  service: string | undefined;
}

/** States whose mark says enough where there is no room for the word. */
const PLAIN: ReadonlySet<AppointmentState> = new Set(['completed', 'confirmed', 'not-confirmed', 'cancelled']);
const WORD_WIDTH = 150;

export interface Room {
  detail: Detail;
  lines: 1 | 2 | 3;
  /** Pixels of the box. */
  width: number;
}

export function boxText(item: DayItem, words: Words, age: string, { detail, lines, width }: Room): BoxText | undefined {
  if (detail === 'one') return undefined;
  const isFull = detail === 'full';
  const hasWord = isFull && lines > 1 && (item.pending || width >= WORD_WIDTH || !PLAIN.has(item.state));
  return {
    time: words.time(item.start),
    word: hasWord ? (item.pending ? words.localize.t('saving') : words.status(item)) : undefined,
    name: words.name(item),
    age: isFull ? age : '',
    service: lines > 2 ? serviceBeside(item, words) : undefined,
  };
}

/** What there is no room to see in a box, for those who hear it: its name is the text that is seen, this is its description. */
function boxRest(item: DayItem, words: Words, age: string, seen: BoxText | undefined): string {
  const { localize } = words;
  const service = serviceBeside(item, words);
  const status = words.status(item);
  const parts = [
    ...(age === '' ? [] : [age]),
    ...(seen?.word === status ? [] : [status]),
    ...(service === undefined || seen?.service === service ? [] : [service]),
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

/**
 * The lines of a box: one template for each shape, since a template in a template costs as much as the box. At most four elements,
 * so that a box with its button and place has six.
 */
export function boxLines(seen: BoxText | undefined): TemplateResult | typeof nothing {
  if (!seen) return nothing;
  const { time, word, name, service } = seen;
  const age = seen.age || nothing;
  if (word === undefined) {
    return service === undefined
      ? html`<span class="ev-t">${time}</span> <bdi class="ev-n" data-age=${age}>${name}</bdi>`
      : html`<span class="ev-t">${time}</span> <bdi class="ev-n" data-age=${age}>${name}</bdi> <span class="ev-s">${service}</span>`;
  }
  return service === undefined
    ? html`<span class="ev-t">${time} <b>${word}</b></span> <bdi class="ev-n" data-age=${age}>${name}</bdi>`
    : html`<span class="ev-t">${time} <b>${word}</b></span> <bdi class="ev-n" data-age=${age}>${name}</bdi>
        <span class="ev-s">${service}</span>`;
}

/** What stands where a box was, while it is in the hand. */
function ghostLines(name: string, was: string): TemplateResult {
  return html`<span class="row">${icon('arrows-move', 'xs')} <bdi>${name}</bdi></span> <span>${was}</span>`;
}

/** One appointment: a list item with a real button. */
export function box(item: DayItem, context: BoxContext, { active, moving, selected }: BoxMoment): TemplateResult {
  const { words, date } = context;
  const age = words.age(item, date);
  const isMoving = moving === item.id;
  const isSelected = selected === item.key;
  const height = Math.max((item.to - item.from) * context.minute, context.smallest);
  const width = (context.width - 6) * (item.span / item.lanes);
  const room: Room = { detail: detailFor(width), lines: linesIn(height - 2), width };
  const seen = boxText(item, words, age, room);
  const was = isMoving ? words.localize.t('wasHere', words.time(item.start)) : '';
  const side = item.lanes > 1 && item.lane + item.span < item.lanes;
  const classes = `ev s-${item.state} h${item.slot ?? 0} lines-${room.lines} d-${room.detail}${side ? ' side' : ''}${item.clashes.length > 0 ? ' clash' : ''}${
    item.pending ? ' pending' : ''
  }${item.over === undefined ? '' : ' ran-over'}${isMoving ? ' ghost' : ''}${isSelected ? ' selected' : ''}${context.isReadOnly || whyImmovable(item) ? ' fixed' : ''}`;
  const beside = item.lanes > 1 ? { start: item.lane / item.lanes, share: item.span / item.lanes } : {};
  return html`<li class=${classes} ${boxPlace({ top: item.from * context.minute, height, ...beside })}>
    <button
      type="button"
      class="ev-b"
      part="appointment ${tokens(item, isSelected, isMoving)}"
      data-key=${item.key}
      tabindex=${active === item.key ? '0' : '-1'}
      aria-label=${seen || isMoving ? nothing : words.name(item)}
      aria-description=${boxRest(item, words, age, seen)}
      aria-busy=${item.pending ? 'true' : nothing}
    >
      ${isMoving ? ghostLines(words.name(item), was) : boxLines(seen)}
    </button>
  </li>`;
}
