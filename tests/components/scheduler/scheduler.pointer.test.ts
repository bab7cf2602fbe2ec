import { expect } from 'chai';
import { resetMouse, sendKeys, sendMouse, setViewport } from '@web/test-runner-commands';
import type { CareScheduler } from '../../../src/components/scheduler/index.js';
import { cleanup, until } from '../../support/fixture.js';
import { alerted, box, columnOf, part, plain, shadow, words } from './support.js';

type At = [number, number];
const centre = (element: Element): At => {
  const { left, top, width } = element.getBoundingClientRect();
  return [Math.round(left + width / 2), Math.round(top + 10)];
};
/** The middle of a column, so many pixels below a point. */
const inColumn = (scheduler: CareScheduler, key: string, y: number): At => {
  const { left, width } = shadow(scheduler).querySelector(`[data-column="${key}"]`)!.getBoundingClientRect();
  return [Math.round(left + width / 2), Math.round(y)];
};
const bring = (element: Element): void => element.scrollIntoView({ block: 'center' });

describe('<care-scheduler> by pointer', () => {
  before(() => setViewport({ width: 1300, height: 950 }));
  after(() => setViewport({ width: 800, height: 600 }));
  beforeEach(() => window.scrollTo(0, 0));
  afterEach(async () => {
    await resetMouse();
    cleanup();
  });

  it('drags to another time and provider, on the step, and does not open what was dragged', async () => {
    const scheduler = await plain();
    let opened = 0;
    scheduler.addEventListener('care-appointment-open', () => opened++);
    const from = box(scheduler, 'Hana Kobayashi');
    bring(from);
    const [x, y] = centre(from);
    await sendMouse({ type: 'move', position: [x, y] });
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'move', position: [x + 6, y] });
    await until(() => part(scheduler, 'move-card'));
    const [left, top] = inColumn(scheduler, 'Practitioner/okafor', y + 100); // 100 px are 83 minutes: the step makes them 90 or 75
    await sendMouse({ type: 'move', position: [left, top] });
    await until(() => words(part(scheduler, 'move-card')).includes('Dr Amara Okafor'));
    const heading = words(part(scheduler, 'move-card')!.querySelector('h3'));
    expect(heading).to.match(/Move to 13:(15|30)–1[34]:(45|00), Dr Amara Okafor/);
    await sendMouse({ type: 'up' });
    await until(() => columnOf(box(scheduler, 'Hana Kobayashi')) === 'Practitioner/okafor');
    expect(opened).to.equal(0);
  });

  it('let go over itself, it is moved and not opened', async () => {
    const scheduler = await plain();
    let opened = 0;
    scheduler.addEventListener('care-appointment-open', () => opened++);
    const from = box(scheduler, 'Oskar Lindqvist');
    bring(from);
    const [x, y] = centre(from);
    await sendMouse({ type: 'move', position: [x, y + 40] });
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'move', position: [x, y + 58] });
    await until(() => words(part(scheduler, 'move-card')).includes('13:15'));
    await sendMouse({ type: 'up' });
    await until(() => box(scheduler, 'Oskar Lindqvist').textContent?.includes('13:15'));
    expect(opened).to.equal(0);
    expect(part(scheduler, 'details')?.matches(':popover-open')).to.equal(false);
  });

  it('a press that hardly moves is a click', async () => {
    const scheduler = await plain();
    const from = box(scheduler, 'Grace Adeyemi');
    bring(from);
    const [x, y] = centre(from);
    await sendMouse({ type: 'move', position: [x, y] });
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'move', position: [x + 2, y + 1] });
    await sendMouse({ type: 'up' });
    await until(() => part(scheduler, 'details')?.matches(':popover-open'));
    expect(part(scheduler, 'move-card')).to.equal(null);
  });

  it('Esc puts back what is being dragged', async () => {
    const scheduler = await plain();
    let moved = 0;
    scheduler.addEventListener('care-appointment-move', () => moved++);
    const from = box(scheduler, 'Hana Kobayashi');
    bring(from);
    const [x, y] = centre(from);
    await sendMouse({ type: 'move', position: [x, y] });
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'move', position: [x, y + 40] });
    await until(() => part(scheduler, 'move-card'));
    await sendKeys({ press: 'Escape' });
    await until(() => !part(scheduler, 'move-card'));
    await sendMouse({ type: 'up' });
    expect(moved).to.equal(0);
  });

  it('says why what cannot be moved stays', async () => {
    const scheduler = await plain({ readonly: true });
    const from = box(scheduler, 'Hana Kobayashi');
    bring(from);
    const [x, y] = centre(from);
    await sendMouse({ type: 'move', position: [x, y] });
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'move', position: [x, y + 40] });
    await until(() => alerted(scheduler) === 'This schedule is read only.');
    await sendMouse({ type: 'up' });
    expect(part(scheduler, 'move-card')).to.equal(null);
  });

  const touch = (target: Element, type: string, [clientX, clientY]: At): void => {
    target.dispatchEvent(
      new PointerEvent(type, {
        pointerId: 7,
        pointerType: 'touch',
        isPrimary: true,
        button: type === 'pointermove' ? -1 : 0,
        clientX,
        clientY,
        bubbles: true,
        composed: true,
        cancelable: true,
      }),
    );
  };

  it('a finger moves after a long press; a swipe before it does not', async () => {
    const scheduler = await plain();
    const from = box(scheduler, 'Hana Kobayashi');
    bring(from);
    const [x, y] = centre(from);
    touch(from, 'pointerdown', [x, y]);
    touch(from, 'pointermove', [x, y + 30]);
    touch(from, 'pointerup', [x, y + 30]);
    expect(part(scheduler, 'move-card')).to.equal(null);
    touch(from, 'pointerdown', [x, y]);
    await until(() => part(scheduler, 'move-card'));
    touch(from, 'pointermove', [x, y + 72]);
    await until(() => words(part(scheduler, 'move-card')).includes('Move to 13:00–13:30'));
    touch(from, 'pointerup', [x, y + 72]);
    await until(() => box(scheduler, 'Hana Kobayashi').textContent?.includes('13:00'));
  });

  it('Esc puts back also where the press did not bring the focus (Safari on a Mac)', async () => {
    const scheduler = await plain();
    const from = box(scheduler, 'Hana Kobayashi');
    bring(from);
    const [x, y] = centre(from);
    const mouse = (type: string, clientY: number) =>
      from.dispatchEvent(
        new PointerEvent(type, {
          pointerId: 1,
          pointerType: 'mouse',
          isPrimary: true,
          button: 0,
          clientX: x,
          clientY,
          bubbles: true,
          composed: true,
        }),
      );
    mouse('pointerdown', y);
    mouse('pointermove', y + 40);
    await until(() => part(scheduler, 'move-card'));
    await sendKeys({ press: 'Escape' });
    await until(() => !part(scheduler, 'move-card'));
  });

  it('a finger that holds a box does not scroll the page, one that swipes does', async () => {
    const scheduler = await plain();
    const from = box(scheduler, 'Hana Kobayashi');
    bring(from);
    const [x, y] = centre(from);
    const scrolls = () => from.dispatchEvent(new Event('touchmove', { bubbles: true, composed: true, cancelable: true }));
    touch(from, 'pointerdown', [x, y]);
    expect(scrolls()).to.equal(true);
    await until(() => part(scheduler, 'move-card'));
    expect(scrolls()).to.equal(false);
    touch(from, 'pointercancel', [x, y]);
    expect(scrolls()).to.equal(true);
  });

  it('a gesture that the browser takes away puts back', async () => {
    const scheduler = await plain();
    const from = box(scheduler, 'Hana Kobayashi');
    bring(from);
    const [x, y] = centre(from);
    touch(from, 'pointerdown', [x, y]);
    await until(() => part(scheduler, 'move-card'));
    touch(from, 'pointercancel', [x, y]);
    await until(() => !part(scheduler, 'move-card'));
    expect(box(scheduler, 'Hana Kobayashi').textContent).to.contain('12:00');
  });
});
