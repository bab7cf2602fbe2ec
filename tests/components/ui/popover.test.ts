import { expect } from 'chai';
import { html } from 'lit';
import { menuStyles } from '../../../src/components/ui/menu.styles.js';
import { place, PopoverController, type PlaceOptions } from '../../../src/components/ui/popover.js';
import { until } from '../../support/fixture.js';
import { hold } from '../base/support.js';

describe('popover', () => {
  let box: HTMLElement;
  let anchor: HTMLElement;
  let popover: HTMLElement;
  beforeEach(() => {
    box = document.createElement('div');
    const root = box.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [menuStyles.styleSheet!];
    anchor = document.createElement('button');
    popover = document.createElement('div');
    popover.className = 'pop';
    popover.popover = 'manual';
    root.append(anchor, popover);
    document.body.append(box);
  });
  afterEach(() => box.remove());

  /** Places a popover of this size at an anchor that stands there; pixels from the window's edges. */
  function at(
    anchorBox: { left: number; top: number; width?: number; height?: number },
    size: { width: number; height: number },
    options?: PlaceOptions,
    dir = 'ltr',
  ) {
    box.dir = dir;
    const { left, top, width = 100, height = 20 } = anchorBox;
    for (const [name, value] of Object.entries({
      position: 'fixed',
      left: `${left}px`,
      top: `${top}px`,
      width: `${width}px`,
      height: `${height}px`,
      padding: '0',
      margin: '0',
      border: '0',
    }))
      anchor.style.setProperty(name, value);
    popover.replaceChildren(Object.assign(document.createElement('div'), { textContent: '' }));
    const inner = popover.firstElementChild as HTMLElement;
    inner.style.setProperty('width', `${size.width}px`);
    inner.style.setProperty('height', `${size.height}px`);
    popover.style.setProperty('border', '0');
    popover.showPopover();
    place(popover, anchor, options);
    return popover.getBoundingClientRect();
  }
  const { clientWidth, clientHeight } = document.documentElement;

  it('stands under its anchor, at its start', () => {
    const there = at({ left: 50, top: 40 }, { width: 80, height: 60 });
    expect([there.left, there.top]).to.deep.equal([50, 64]);
  });

  it('at the end where asked, and start and end follow the direction of the text', () => {
    expect(at({ left: 200, top: 40 }, { width: 80, height: 60 }, { placement: 'bottom-end' }).right).to.equal(300);
    expect(at({ left: 200, top: 40 }, { width: 80, height: 60 }, {}, 'rtl').right).to.equal(300);
    expect(at({ left: 200, top: 40 }, { width: 80, height: 60 }, { placement: 'bottom-end' }, 'rtl').left).to.equal(200);
  });

  it('stays inside the window', () => {
    expect(at({ left: clientWidth - 20, top: 40 }, { width: 80, height: 60 }).right).to.be.at.most(clientWidth - 8);
    expect(at({ left: 5, top: 40, width: 10 }, { width: 80, height: 60 }, { placement: 'bottom-end' }).left).to.be.at.least(8);
  });

  it('goes to the other side where there is no room, and is never taller than its side', () => {
    const above = at({ left: 50, top: clientHeight - 40 }, { width: 80, height: 100 });
    expect(above.bottom).to.equal(clientHeight - 44);
    const tall = at({ left: 50, top: 100 }, { width: 80, height: clientHeight * 2 });
    expect(tall.top).to.equal(124);
    expect(tall.bottom).to.be.at.most(clientHeight - 8);
  });

  it('knows its anchor’s width where asked', () => {
    at({ left: 50, top: 40, width: 240 }, { width: 80, height: 60 }, { matchWidth: true });
    expect(popover.style.getPropertyValue('--pop-width')).to.equal('240px');
  });

  it('is opened, followed and closed by its controller, which says so', async () => {
    const told: boolean[] = [];
    let gone = false;
    const { host, controller } = await hold(
      (host) =>
        new PopoverController(host, {
          anchor: () => (gone ? null : host.shadowRoot!.querySelector('button')),
          popover: () => host.shadowRoot!.querySelector<HTMLElement>('.pop'),
          toggled: (open) => told.push(open),
        }),
      () =>
        html`<button>x</button>
          <div class="pop" popover="auto">y</div>`,
    );
    const inside = host.shadowRoot!.querySelector('.pop')!;
    controller.show();
    controller.show();
    expect(inside.matches(':popover-open')).to.equal(true);
    document.body.click();
    (inside as HTMLElement).hidePopover();
    await until(() => !controller.open);
    controller.toggle();
    expect(controller.open).to.equal(true);
    controller.hide();
    controller.toggle();
    host.remove();
    expect(controller.open).to.equal(false);
    gone = true;
    controller.show();
    expect(controller.open).to.equal(false);
    expect(told).to.deep.equal([true, false, true, false, true, false]);
  });
});
