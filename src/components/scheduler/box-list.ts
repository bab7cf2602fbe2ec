import { noChange, render } from 'lit';
import { AsyncDirective } from 'lit/async-directive.js';
import { directive, PartType, type DirectiveResult, type ElementPart, type PartInfo } from 'lit/directive.js';
import type { DayItem } from '../../models/scheduling/index.js';
import { drawBox, ghostLines, type BoxContext, type BoxDrawing, type BoxMoment, type BoxShape } from './parts/box.js';

/**
 * The boxes of one column, written to the DOM by hand. Everything else of the schedule is Lit templates; hundreds of boxes that are
 * all alike are not worth a template instance, seven parts and two comments each: by hand a day of 300 is drawn in a third of the
 * script time. A box is kept by its appointment, so that focus stays where it is; one whose appointment is gone is used again for
 * another, unless it has the focus: what a person holds never turns into something else under them.
 */
export interface BoxListContent {
  /** Those to draw, in order of reading. */
  items: readonly DayItem[];
  context: BoxContext;
  moment: BoxMoment;
  /** Whether boxes are placed by time; else they stand below each other. */
  isTimed: boolean;
}

/** One box as it is in the DOM, with what was last written to it. */
interface Box {
  readonly row: HTMLLIElement;
  readonly button: HTMLButtonElement;
  item: DayItem;
  drawing: BoxDrawing | undefined;
}

const element = (name: string, className: string): HTMLElement => Object.assign(document.createElement(name), { className });

/** Lines of each shape with empty texts; cloned for each box. Made when first needed: there is no document on a server. */
const shapes = new Map<BoxShape, DocumentFragment>();
function shapeOf(shape: BoxShape): Node {
  let made = shapes.get(shape);
  if (!made) {
    shapes.set(shape, (made = document.createDocumentFragment()));
    const [hasLines, hasWord, hasService] = [shape !== 'one', shape.includes('w'), shape.includes('s')];
    if (hasLines) {
      const time = element('span', 'ev-t');
      time.append('\u200b');
      if (hasWord) time.append(' ', element('b', ''));
      if (hasWord) time.lastElementChild!.append('\u200b');
      const name = element('bdi', 'ev-n');
      name.append('\u200b');
      made.append(time, ' ', name);
      if (hasService) {
        const service = element('span', 'ev-s');
        service.append('\u200b');
        made.append(' ', service);
      }
    } else made.append('\u200b');
  }
  return made.cloneNode(true);
}

let blank: HTMLLIElement | undefined;
function newRow(): HTMLLIElement {
  if (!blank) {
    blank = document.createElement('li');
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'ev-b', tabIndex: -1 });
    blank.append(button);
  }
  return blank.cloneNode(true) as HTMLLIElement;
}

function setText(node: Node | null | undefined, text: string): void {
  if (node) node.nodeValue = text;
}

/** Writes what differs. */
function write({ row, button }: Box, next: BoxDrawing, last: BoxDrawing | undefined): void {
  if (next.className !== last?.className) row.className = next.className;
  if (next.place !== (last?.place ?? '')) row.style.cssText = next.place;
  if (next.part !== last?.part) button.setAttribute('part', next.part);
  if (next.key !== last?.key) button.dataset['key'] = next.key;
  if (next.dir !== (last?.dir ?? '')) button.dir = next.dir;
  if (next.isActive !== (last?.isActive ?? false)) button.tabIndex = next.isActive ? 0 : -1;
  if (next.rest !== last?.rest) button.setAttribute('aria-description', next.rest);
  if (next.isBusy !== (last?.isBusy ?? false)) button.toggleAttribute('aria-busy', next.isBusy);
  if (next.isBusy && !last?.isBusy) button.setAttribute('aria-busy', 'true');
  writeLines(button, next, last);
}

function writeLines(button: HTMLButtonElement, next: BoxDrawing, last: BoxDrawing | undefined): void {
  const { shape, seen } = next;
  if (shape === 'ghost') {
    if (last?.shape === 'ghost' && last.was === next.was && last.seen.name === seen.name) return;
    const lines = document.createDocumentFragment();
    render(ghostLines(seen.name, next.was), lines);
    button.replaceChildren(lines);
    return;
  }
  const old = last?.shape === shape ? last.seen : undefined;
  if (!old) button.replaceChildren(shapeOf(shape));
  if (shape === 'one') {
    if (seen.name !== old?.name) setText(button.firstChild, seen.name);
    return;
  }
  const time = button.firstElementChild;
  const name = time?.nextElementSibling as HTMLElement | null | undefined;
  if (seen.time !== old?.time) setText(time?.firstChild, seen.time);
  if (seen.word !== old?.word && seen.word !== undefined) setText(time?.lastChild?.firstChild, seen.word);
  if (seen.name !== old?.name) setText(name?.firstChild, seen.name);
  if (seen.age !== (old?.age ?? '')) {
    if (seen.age === '') name?.removeAttribute('data-age');
    else name?.setAttribute('data-age', seen.age);
  }
  if (seen.service !== old?.service && seen.service !== undefined) setText(name?.nextElementSibling?.firstChild, seen.service);
}

/** Each box before the one that follows it. From the last on, so that those that stand right are not touched. */
function inOrder(list: Element, boxes: readonly Box[]): void {
  let after: Element | null = null;
  for (let i = boxes.length - 1; i >= 0; i--) {
    const { row } = boxes[i]!;
    if (row.parentNode !== list || row.nextElementSibling !== after) list.insertBefore(row, after);
    after = row;
  }
}

class BoxListDirective extends AsyncDirective {
  #boxes = new Map<string, Box>();
  #last: BoxListContent | undefined;
  #list: Element | undefined;

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('boxList() belongs on an element: <ol ${boxList({…})}>');
  }

  override render(_content: BoxListContent): unknown {
    return noChange;
  }

  override update(part: ElementPart, [content]: [BoxListContent]): unknown {
    const last = this.#last;
    const isSame =
      last &&
      last.items === content.items &&
      last.context === content.context &&
      last.moment.active === content.moment.active &&
      last.moment.moving === content.moment.moving &&
      last.moment.selected === content.moment.selected;
    this.#list = part.element;
    if (!isSame) this.#draw(part.element, content);
    this.#last = content;
    return noChange;
  }

  #draw(list: Element, content: BoxListContent): void {
    const { items, context, moment } = content;
    const isSameContext = this.#last?.context === context;
    let before = this.#boxes;
    const focused = (list.getRootNode() as ShadowRoot).activeElement;
    // Another day: nothing of what stands there stays, and to clear a list at once is cheaper than to write each box over.
    if (before.size > 0 && !items.some(({ key }) => before.has(key))) {
      this.#clear(before);
      before = new Map();
    }
    const boxes = new Map<string, Box>();
    const spare: Box[] = [];
    const wanted = before.size === 0 ? undefined : new Set(items.map(({ key }) => key));
    for (const [key, box] of before) {
      if (wanted?.has(key)) continue;
      if (box.button === focused) box.row.remove();
      else spare.push(box);
    }
    const fresh = before.size === 0 ? document.createDocumentFragment() : undefined;
    for (const item of items) {
      const kept = before.get(item.key);
      const box = kept ?? spare.pop() ?? this.#make(item);
      const touched = item.id === moment.moving || item.key === moment.active || item.key === moment.selected;
      const was = box.drawing;
      // What is the same object, drawn with the same, looks the same.
      if (!kept || box.item !== item || !isSameContext || touched || was?.isTouched) {
        const drawing = drawBox(item, context, moment, content.isTimed);
        drawing.isTouched = touched;
        write(box, drawing, was);
        box.drawing = drawing;
        box.item = item;
      }
      boxes.set(item.key, box);
      fresh?.append(box.row);
    }
    for (const { row } of spare) row.remove();
    if (fresh) list.append(fresh);
    else inOrder(list, [...boxes.values()]);
    this.#boxes = boxes;
  }

  /** Boxes stand together, as the last children of their list. */
  #clear(boxes: ReadonlyMap<string, Box>): void {
    const [first] = boxes.values();
    const range = document.createRange();
    range.setStartBefore(first!.row);
    range.setEndAfter(first!.row.parentNode!.lastChild!);
    range.deleteContents();
  }

  #make(item: DayItem): Box {
    const row = newRow();
    return { row, button: row.firstElementChild as HTMLButtonElement, item, drawing: undefined };
  }

  override reconnected(): void {
    if (this.#list && this.#last) this.#draw(this.#list, this.#last);
  }
}
/** `<ol ${boxList({ items, context, moment, isTimed: true })}>` draws boxes as the last children of a list. */
export const boxList: (content: BoxListContent) => DirectiveResult<typeof BoxListDirective> = directive(BoxListDirective);
