import { expect } from 'chai';
import { resetMouse, sendKeys, sendMouse, setViewport } from '@web/test-runner-commands';
import { cleanup, until } from '../../support/fixture.js';
import { box, button, focused, part, plain, shadow } from './support.js';

const centreOf = (element: Element): [number, number] => {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [Math.round(left + width / 2), Math.round(top + height / 2)];
};

/** What floats, opened and closed by the engine's own mouse and keys. */
describe('<care-scheduler> and what floats over it', () => {
  before(() => setViewport({ width: 1300, height: 950 }));
  after(() => setViewport({ width: 800, height: 600 }));
  beforeEach(() => window.scrollTo(0, 0));
  afterEach(async () => {
    await resetMouse();
    cleanup();
  });

  it('details open by mouse beside their box, wholly in the window, and close by a press elsewhere', async () => {
    const scheduler = await plain();
    for (const name of ['Wiremu Parata', 'Pita Faleolo']) {
      const from = box(scheduler, name);
      from.scrollIntoView({ block: 'center' });
      await sendMouse({ type: 'click', position: centreOf(from) });
      const details = (await until(() => part(scheduler, 'details')))!;
      await until(() => details.matches(':popover-open') && details.textContent?.includes(name));
      const { left, right, top, bottom } = details.getBoundingClientRect();
      const at = from.getBoundingClientRect();
      expect(left, 'left').to.be.at.least(0);
      expect(top, 'top').to.be.at.least(0);
      expect(right, 'right').to.be.at.most(innerWidth);
      expect(bottom, 'bottom').to.be.at.most(innerHeight);
      expect(top >= at.bottom || bottom <= at.top, 'beside its box').to.equal(true);
      await sendMouse({ type: 'click', position: [Math.round(left < 650 ? innerWidth - 40 : 40), 12] });
      await until(() => !details.matches(':popover-open'));
    }
  });

  it('“Move to…” holds the focus until Esc, and gives it back to the box', async () => {
    const scheduler = await plain();
    const from = box(scheduler, 'Noor El-Masri');
    from.scrollIntoView({ block: 'center' });
    await sendMouse({ type: 'click', position: centreOf(from) });
    await until(() => part(scheduler, 'details')?.matches(':popover-open'));
    await sendMouse({ type: 'click', position: centreOf(button(scheduler, 'Move to…')) });
    const dialog = (await until(() => shadow(scheduler).querySelector<HTMLDialogElement>('dialog[open]')))!;
    const last = dialog.querySelector('[data-move="save"]');
    for (let presses = 0; focused(scheduler) !== last; presses++) {
      expect(presses, 'Tab comes to the last button').to.be.lessThan(15);
      await sendKeys({ press: 'Tab' });
      expect(dialog.contains(focused(scheduler)), `after ${presses + 1} times Tab`).to.equal(true);
    }
    // The next would go round, or in Firefox to the window's own controls, from where no test gets its keys back.
    box(scheduler, 'Callum Reid').focus();
    expect(focused(scheduler), 'what is behind takes no focus').to.equal(last);
    await sendKeys({ press: 'Escape' });
    await until(() => !dialog.open);
    await until(() => focused(scheduler) === box(scheduler, 'Noor El-Masri'));
  });

  it('a press on the calendar raises no error where a frame may not open it', async () => {
    const scheduler = await plain();
    const errors: string[] = [];
    let asked = 0;
    const note = (event: ErrorEvent): void => void errors.push(event.message);
    window.addEventListener('error', note);
    const input = shadow(scheduler).querySelector<HTMLInputElement>('.pick input')!;
    input.showPicker = () => {
      asked++;
      throw new DOMException('in a frame of another origin', 'SecurityError');
    };
    input.click(); // made: a real one opens the engine's own calendar, over this page and the next
    expect(asked).to.equal(1);
    window.removeEventListener('error', note);
    expect(errors).to.deep.equal([]);
  });
});
