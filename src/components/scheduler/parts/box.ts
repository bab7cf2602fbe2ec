import { html, nothing, type TemplateResult } from 'lit';
import { whyImmovable, type AppointmentState, type DayItem } from '../../../models/scheduling/index.js';
import { icon } from '../../ui/icon.js';
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
  /** A column holds everybody's: whom an appointment is with is said of each. */
  isByDay: boolean;
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
/** Below this a name would be two letters: only the mark is seen. */
const TINY = 40;

export interface Room {
  detail: Detail;
  lines: 1 | 2 | 3;
  /** Pixels of the box. */
  width: number;
}

export function boxText(item: DayItem, words: Words, age: string, { detail, lines, width }: Room): BoxText {
  if (detail === 'one') return { time: '', word: undefined, name: words.name(item), age: '', service: undefined };
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
function boxRest(item: DayItem, { words, isByDay }: BoxContext, age: string, seen: BoxText): string {
  const { localize } = words;
  const service = serviceBeside(item, words);
  const status = words.status(item);
  const parts = [
    ...(age === '' ? [] : [age]),
    ...(seen.word === status ? [] : [status]),
    ...(service === undefined || seen.service === service ? [] : [service]),
    ...(isByDay && item.providers.length > 0
      ? [localize.t('boxWith', item.providers.map((provider) => words.provider(provider)).join(', '))]
      : []),
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

/** The lines of a box in the hand, as `box-list.ts` writes them for all others: at most four elements. */
export function boxLines(seen: BoxText): TemplateResult {
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
export function ghostLines(name: string, was: string): TemplateResult {
  return html`<span class="row">${icon('arrows-move', 'xs')} <bdi>${name}</bdi></span> <span>${was}</span>`;
}

/** What is in a box: `one` is its name alone, `t` time and name, `w` with the word of its state, `s` with the service. */
export type BoxShape = 'one' | 't' | 'ts' | 'tw' | 'tws' | 'ghost';

/** One box in words and attributes: whatever of it is the same need not be written again. */
export interface BoxDrawing {
  key: string;
  className: string;
  /** Declarations; empty for one that has its place by its order. */
  place: string;
  part: string;
  rest: string;
  shape: BoxShape;
  seen: BoxText;
  was: string;
  /** A name that stands alone has a direction of its own. */
  dir: 'auto' | '';
  isActive: boolean;
  isBusy: boolean;
  /** In the hand, open, or in the tab order: drawn anew when that changes. */
  isTouched: boolean;
}

/** Real properties, not custom ones: those are inherited, so that the engine could share no style between boxes. */
function placeOf(item: DayItem, top: number, height: number): string {
  const { lane, lanes, span } = item;
  const down = `inset-block-start:${top}px;block-size:${height}px`;
  if (lanes === 1) return down;
  return `${down};inset-inline-start:calc(3px + (100% - 6px)*${round(lane / lanes)});inline-size:calc((100% - 6px)*${round(span / lanes)} - ${lane + span < lanes ? 2 : 0}px)`;
}
const round = (value: number): number => Math.round(value * 1e4) / 1e4;

/** One appointment, as `box-list.ts` writes it: a list item with a real button. */
export function drawBox(item: DayItem, context: BoxContext, { active, moving, selected }: BoxMoment, isTimed: boolean): BoxDrawing {
  const { words, date } = context;
  const isMoving = moving === item.id;
  const isSelected = selected === item.key;
  const height = Math.max((item.to - item.from) * context.minute, context.smallest);
  const width = (context.width - 6) * (isTimed ? item.span / item.lanes : 1);
  const room: Room = { detail: detailFor(width), lines: linesIn(height - 2), width };
  const age = words.age(item, date);
  const seen = boxText(item, words, age, room);
  const { word, service } = seen;
  return {
    key: item.key,
    className: `ev s-${item.state} h${item.slot ?? 0} lines-${room.lines} d-${room.detail}${width < TINY ? ' tiny' : ''}${item.clashes.length > 0 ? ' clash' : ''}${
      item.pending ? ' pending' : ''
    }${item.over === undefined ? '' : ' ran-over'}${isMoving ? ' ghost' : ''}${isSelected ? ' selected' : ''}${context.isReadOnly || whyImmovable(item) ? ' fixed' : ''}`,
    place: isTimed ? placeOf(item, item.from * context.minute, height) : '',
    part: `appointment ${tokens(item, isSelected, isMoving)}`,
    rest: boxRest(item, context, age, seen),
    shape: isMoving ? 'ghost' : room.detail === 'one' ? 'one' : `t${word === undefined ? '' : 'w'}${service === undefined ? '' : 's'}`,
    seen,
    was: isMoving ? words.localize.t('wasHere', words.time(item.start)) : '',
    dir: room.detail === 'one' && words.localize.dir === 'rtl' ? 'auto' : '',
    isActive: active === item.key,
    isBusy: item.pending,
    isTouched: false,
  };
}
