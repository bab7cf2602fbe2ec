/** The physical limit: what it costs to create boxes of three elements and two texts. */
export default {
  name: 'dom',
  role: 'floor',
  floor: 'inner-html',
  scenarios: [300, 2000, 10_000].map((n) => ({
    id: `n${n}`,
    n,
    title: `${n.toLocaleString('en')} boxes (3 elements, 2 texts each), placed absolutely`,
  })),
  steps: [
    { key: 'mount', title: 'create → painted', unit: 'ms' },
    { key: 'busy', title: 'main thread', unit: 'ms' },
    { key: 'call', title: 'the call itself', unit: 'ms' },
    { key: 'layout', title: 'style and layout', unit: 'ms' },
    { key: 'perBox', title: 'main thread per box', unit: 'µs' },
    { key: 'againBusy', title: 'second time, main thread', unit: 'ms' },
  ],

  async run({ page, step, scenario }) {
    await page.evaluate(({ n }) => {
      window.__d = window.__data.makeBoxes(n);
      const sheet = document.createElement('style');
      sheet.textContent = window.__data.css;
      document.head.append(sheet);
    }, scenario);
    const create = () => step(() => window.__m.measure(() => window.__adapter.setup(document.getElementById('app'), window.__d)));
    const first = await create();
    await page.evaluate(async () => {
      document.getElementById('app').replaceChildren();
      await window.__m.sleep(100);
    });
    const second = await create();
    return {
      mount: first.painted,
      busy: first.busy,
      call: first.resolved,
      layout: first.layout,
      perBox: (first.busy * 1000) / scenario.n,
      againBusy: second.busy,
    };
  },
};
