/** Lab trends: a line, a reference band, two axes, and what the pointer is over. */
export default {
  name: 'trend',
  floor: 'floor-canvas',
  missing: { carelet: 'not built yet' },
  limitMs: 40_000,
  scenarios: [
    { id: 't5000', n: 5000, title: 'lab trend of 5,000 points, 1200 × 400' },
    { id: 't200', n: 200, title: 'lab trend of 200 points, 1200 × 400' },
  ],
  steps: [
    { key: 'mount', title: 'mount → painted', unit: 'ms' },
    { key: 'mountBusy', title: 'mount, main thread', unit: 'ms' },
    { key: 'remountBusy', title: 'second chart, main thread', unit: 'ms' },
    { key: 'append', title: 'append a point → painted', unit: 'ms' },
    { key: 'appendBusy', title: 'append, main thread', unit: 'ms' },
    { key: 'hoverBusy', title: 'hover, main thread per move', unit: 'ms' },
    { key: 'elements', title: 'DOM elements', unit: '' },
    { key: 'heap', title: 'heap', unit: 'MB' },
  ],

  async run({ page, step, cost, footprint, scenario }) {
    await page.evaluate(({ n }) => {
      window.__box = () => {
        const box = document.createElement('div');
        box.style.cssText = 'width:1200px;height:420px';
        document.getElementById('app').append(box);
        return box;
      };
      Object.assign(window, { __d: window.__data.makeTrend(n), __other: window.__data.makeTrend(n) });
    }, scenario);
    const added = await footprint();
    const mounted = await step(() =>
      window.__m.measure(async () => {
        window.__state = await window.__adapter.setup(window.__box(), window.__d);
      }),
    );
    const size = await added();
    const appended = await step(() => window.__m.measure(() => window.__adapter.update(window.__state, window.__d.next)));
    const hovers = 30;
    const [, hover] = await cost(async () => {
      for (let i = 0; i < hovers; i++) {
        await page.mouse.move(200 + i * 30, 200 + (i % 5));
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    });
    const again = await step(() => window.__m.measure(() => window.__adapter.setup(window.__box(), window.__other)));
    return {
      mount: mounted.painted,
      mountBusy: mounted.busy,
      remountBusy: again.busy,
      append: appended.painted,
      appendBusy: appended.busy,
      hoverBusy: hover.busy / hovers,
      ...size,
    };
  },
};
