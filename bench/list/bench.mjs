/** Long lists: 50,000 rows, scrolled by script one step a frame, jumped in, filtered. */
export default {
  name: 'list',
  floor: 'floor-window',
  missing: { carelet: 'not built yet' },
  scenarios: [{ id: 'rows50k', n: 50_000, title: '50,000 rows of lab results, six cells a row, 1400 × 860 box' }],
  steps: [
    { key: 'mount', title: 'mount → painted', unit: 'ms' },
    { key: 'mountBusy', title: 'mount, main thread', unit: 'ms' },
    { key: 'slowBusy', title: 'scroll 120 px a frame, main thread per frame', unit: 'ms' },
    { key: 'slowP95', title: 'scroll 120 px a frame, p95 frame', unit: 'ms' },
    { key: 'slowBlank', title: 'scroll 120 px a frame, frames with blank area', unit: '%', compare: false },
    { key: 'fastBusy', title: 'scroll 800 px a frame, main thread per frame', unit: 'ms' },
    { key: 'fastP95', title: 'scroll 800 px a frame, p95 frame', unit: 'ms' },
    { key: 'jump', title: 'jump to row 40,000 → painted', unit: 'ms' },
    { key: 'landed', title: 'jump lands on row', unit: '', compare: false },
    { key: 'filter', title: 'replace by 25,000 filtered rows → painted', unit: 'ms' },
    { key: 'filterBusy', title: 'filter, main thread', unit: 'ms' },
    { key: 'elements', title: 'DOM elements', unit: '' },
    { key: 'heap', title: 'heap', unit: 'MB' },
  ],

  async run({ page, step, cost, footprint, scenario }) {
    await page.evaluate(({ n }) => {
      const rows = window.__data.makeRows(n);
      Object.assign(window, { __d: rows, __half: rows.filter(({ id }) => id % 2 === 1) });
    }, scenario);
    const added = await footprint();
    const mounted = await step(() =>
      window.__m.measure(async () => {
        window.__state = await window.__adapter.setup(document.getElementById('app'), window.__d);
      }),
    );
    const size = await added();
    await page.evaluate(defineRowAt);
    const slow = await scroll({ page, cost }, 120);
    const fast = await scroll({ page, cost }, 800);
    const jumped = await step(() => window.__m.measure(() => window.__adapter.toIndex(window.__state, 40_000)));
    const landed = await page.evaluate(() => {
      const box = window.__adapter.scroller(window.__state).getBoundingClientRect();
      return Number(window.__rowAt(box.left + 30, box.top + 5)?.dataset.i);
    });
    const filtered = await step(() => window.__m.measure(() => window.__adapter.update(window.__state, window.__half)));
    return {
      mount: mounted.painted,
      mountBusy: mounted.busy,
      slowBusy: slow.busy,
      slowP95: slow.p95,
      slowBlank: slow.blank,
      fastBusy: fast.busy,
      fastP95: fast.p95,
      jump: jumped.painted,
      landed,
      filter: filtered.painted,
      filterBusy: filtered.busy,
      ...size,
    };
  },
};

/** The row drawn at a point, through shadow roots. */
function defineRowAt() {
  window.__rowAt = (x, y) => {
    let element = document.elementFromPoint(x, y);
    while (element?.shadowRoot) {
      const inner = element.shadowRoot.elementFromPoint(x, y);
      if (!inner || inner === element) break;
      element = inner;
    }
    return element?.closest('.r');
  };
}

/**
 * Scrolls a step each frame. After each frame (a message posted in one arrives after it) five points down the box are looked at:
 * one that lies on no row would have been seen blank.
 */
async function scroll({ page, cost }, pixels) {
  const frames = 180;
  const [{ times, blank }, { busy }] = await cost(() =>
    page.evaluate(
      ([step, count]) =>
        new Promise((done) => {
          const scroller = window.__adapter.scroller(window.__state);
          const box = scroller.getBoundingClientRect();
          const points = [0.02, 0.25, 0.5, 0.75, 0.98].map((share) => box.top + box.height * share);
          const times = [];
          let [last, blank] = [performance.now(), 0];
          const afterFrame = new MessageChannel();
          afterFrame.port1.onmessage = () => {
            if (points.some((y) => !window.__rowAt(box.left + 30, y))) blank++;
          };
          const tick = () => {
            const now = performance.now();
            times.push(now - last);
            last = now;
            afterFrame.port2.postMessage(0);
            if (times.length > count) return done({ times, blank });
            scroller.scrollTop += step;
            requestAnimationFrame(tick);
          };
          requestAnimationFrame(tick);
        }),
      [pixels, frames],
    ),
  );
  const sorted = times.slice(2).sort((a, b) => a - b);
  return { busy: busy / frames, p95: sorted[Math.floor(sorted.length * 0.95)], blank: (100 * blank) / frames };
}
