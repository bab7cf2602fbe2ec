/** Calendars: a day of 12 providers, weeks of 2,000, and 10,000 loaded; real pointer drags over CDP. */
const scenarios = [
  {
    id: 'day-12x300',
    title: 'day view, 12 provider columns, 300 appointments shown (600 loaded: 2 days)',
    resources: 12,
    shown: 300,
    days: 1,
    periods: 2,
  },
  {
    id: 'day-200x5000',
    runs: 3,
    title: 'day view, 200 provider columns, 5,000 appointments a day (10,000 loaded: 2 days), scrolled',
    resources: 200,
    shown: 5000,
    days: 1,
    periods: 2,
    scroll: true,
  },
  {
    id: 'week-1x2000',
    runs: 3,
    title: 'week view, no resource columns, 2,000 appointments shown (4,000 loaded: 2 weeks)',
    resources: 0,
    shown: 2000,
    days: 7,
    periods: 2,
  },
  {
    id: 'week-5x2000',
    runs: 3,
    title: 'week view, 5 provider columns a day, 2,000 appointments shown (4,000 loaded: 2 weeks)',
    resources: 5,
    shown: 2000,
    days: 7,
    periods: 2,
  },
  {
    id: 'week-10k',
    title: 'week view, no resource columns, 10,000 appointments loaded (52 weeks), about 192 shown',
    resources: 0,
    shown: 192,
    days: 7,
    periods: 52,
    total: 10000,
    first: 26,
  },
];

export default {
  name: 'scheduler',
  floor: 'floor-lit',
  scenarios,
  steps: [
    { key: 'mount', title: 'mount → painted', unit: 'ms' },
    { key: 'mountBusy', title: 'mount, main thread', unit: 'ms' },
    { key: 'mountLong', title: 'mount, long tasks', unit: 'ms' },
    { key: 'next', title: 'next → painted', unit: 'ms' },
    { key: 'nextBusy', title: 'next, main thread', unit: 'ms' },
    { key: 'back', title: 'back → painted', unit: 'ms' },
    { key: 'replace', title: 'replace all → painted', unit: 'ms' },
    { key: 'move', title: 'move one by API → painted', unit: 'ms' },
    { key: 'moveBusy', title: 'move one, main thread', unit: 'ms' },
    { key: 'dragBusy', title: 'drag, main thread per pointer move', unit: 'ms' },
    { key: 'dragWorst', title: 'drag, worst frame', unit: 'ms' },
    { key: 'scrollBusy', title: 'scroll, main thread per frame', unit: 'ms' },
    { key: 'scrollWorst', title: 'scroll, worst frame', unit: 'ms' },
    { key: 'remount', title: 'warm remount → painted', unit: 'ms' },
    { key: 'elements', title: 'DOM elements', unit: '' },
    { key: 'heap', title: 'heap', unit: 'MB' },
    { key: 'shown', title: 'appointments drawn', unit: '', compare: false },
  ],

  async run({ page, cdp, step, cost, footprint, scenario }) {
    await page.evaluate((given) => {
      const { makeData, moves } = window.__data;
      const data = makeData(given, 1);
      Object.assign(window, { __d: data, __other: makeData(given, 2), __moves: moves(data, 5) });
    }, scenario);
    const added = await footprint();
    const mount = () =>
      step(() =>
        window.__m.measure(async () => {
          window.__state = await window.__adapter.setup(document.getElementById('app'), window.__d);
        }),
      );
    const update = (change) => step((it) => window.__m.measure(() => window.__adapter.update(window.__state, it)), change);
    const text = () => page.evaluate(() => window.__adapter.text?.(window.__state) ?? document.getElementById('app').innerText);
    // An adapter that draws what is on screen scrolls there first.
    const top = (id) => page.evaluate(async (it) => (await window.__adapter.locate(window.__state, it))?.getBoundingClientRect().top, id);

    const mounted = await mount();
    const { elements, heap } = await added();
    const shown = await page.evaluate(() => window.__adapter.countShown(window.__state));

    const before = await text();
    const next = await update({ type: 'next' });
    if ((await text()) === before) throw new Error('next changed nothing');
    const back = await update({ type: 'prev' });

    const targets = await page.evaluate(() => window.__moves);
    const stood = await top(targets[0].id);
    const moved = [];
    for (const target of targets) moved.push(await update({ type: 'move', ...target }));
    if (stood !== undefined && (await top(targets[0].id)) === stood) throw new Error('move changed nothing');
    const middle = (key) => moved.map((each) => each[key]).sort((a, b) => a - b)[2];

    const scrolled = scenario.scroll ? await scrollAcross({ page, cost }) : {};
    const drag = await dragOne({ page, cdp, cost }, targets[0].id);
    const replaced = await step(() =>
      window.__m.measure(() => window.__adapter.update(window.__state, { type: 'replace', data: window.__other })),
    );
    await page.evaluate(async () => {
      await window.__adapter.teardown(window.__state);
      document.getElementById('app').replaceChildren();
      await window.__m.sleep(100);
    });
    const again = await mount();
    return {
      mount: mounted.painted,
      mountBusy: mounted.busy,
      mountLong: mounted.longtasks,
      next: next.painted,
      nextBusy: next.busy,
      back: back.painted,
      replace: replaced.painted,
      move: middle('painted'),
      moveBusy: middle('busy'),
      ...drag,
      ...scrolled,
      remount: again.painted,
      elements,
      heap,
      shown,
    };
  },
};

/** Records how long frames take until `stop()` in the page. */
const recordFrames = (page) =>
  page.evaluate(() => {
    const frames = (window.__frames = []);
    window.__recording = true;
    let last = performance.now();
    const tick = () => {
      const now = performance.now();
      frames.push(now - last);
      last = now;
      if (window.__recording) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
const framesOf = (page) =>
  page.evaluate(() => {
    window.__recording = false;
    return window.__frames;
  });

/** Scrolls the sheet in 60 steps, one each frame: across where it is wider than its place, else down; nothing where it does neither. */
async function scrollAcross({ page, cost }) {
  const canScroll = await page.evaluate(() => {
    const scroller = window.__adapter.scroller?.(window.__state);
    if (!scroller) return false;
    scroller.scrollTo(0, 0);
    window.__across = scroller.scrollWidth > scroller.clientWidth + 10;
    return window.__across || scroller.scrollHeight > scroller.clientHeight + 10;
  });
  if (!canScroll) return {};
  const steps = 60;
  await page.evaluate(() => window.__m.sleep(300));
  await recordFrames(page);
  const [, { busy }] = await cost(() =>
    page.evaluate(async (count) => {
      const scroller = window.__adapter.scroller(window.__state);
      for (let i = 0; i < count; i++) {
        scroller.scrollBy(window.__across ? 150 : 0, window.__across ? 0 : 30);
        await new Promise((done) => requestAnimationFrame(done));
      }
    }, steps),
  );
  const frames = await framesOf(page);
  return { scrollBusy: busy / steps, scrollWorst: Math.max(...frames.slice(1)) };
}

/** A real drag of one appointment, 40 pointer moves, one each frame; nothing for an adapter that has none. */
async function dragOne({ page, cdp, cost }, id) {
  const place = await page.evaluate(async (it) => {
    const element = window.__adapter.draggable === false ? undefined : await window.__adapter.locate(window.__state, it);
    if (!element) return undefined;
    element.scrollIntoView({ block: 'center' });
    const box = element.getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.y + Math.min(box.height / 2, 8) };
  }, id);
  if (!place) return {};
  const mouse = (type, x, y, buttons) => {
    const button = type === 'mouseMoved' && buttons === 0 ? 'none' : 'left';
    const clickCount = type === 'mouseMoved' ? 0 : 1;
    return cdp.send('Input.dispatchMouseEvent', { type, x, y, button, buttons, clickCount, pointerType: 'mouse' });
  };
  await page.evaluate(() => new Promise((done) => window.__m.doubleRaf(done)));
  await mouse('mouseMoved', place.x, place.y, 0);
  await mouse('mousePressed', place.x, place.y, 1);
  for (let i = 1; i <= 8; i++) await mouse('mouseMoved', place.x, place.y + i, 1);
  await recordFrames(page);
  const moves = 40;
  const [, { busy }] = await cost(async () => {
    for (let i = 1; i <= moves; i++) {
      await mouse('mouseMoved', place.x + (i % 2), place.y + 8 + i * 3, 1);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });
  const frames = await framesOf(page);
  await mouse('mouseReleased', place.x, place.y + 128, 0);
  await page.evaluate(() => window.__m.sleep(300));
  return { dragBusy: busy / moves, dragWorst: Math.max(...frames.slice(1)) };
}
