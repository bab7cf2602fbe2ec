/** FHIR Questionnaires: mount, real key presses and clicks, calculated totals, enableWhen, a repeat. */
export default {
  name: 'forms',
  floor: 'floor-lit',
  missing: { carelet: 'not built yet' },
  scenarios: [50, 500, 2000].map((n) => ({
    id: `q${n}`,
    n,
    ...(n > 1000 && { runs: 3 }),
    title: `FHIR R4 Questionnaire of ${n.toLocaleString('en')} items`,
  })),
  steps: [
    { key: 'mount', title: 'mount → painted', unit: 'ms' },
    { key: 'mountBusy', title: 'mount, main thread', unit: 'ms' },
    { key: 'mountBlocking', title: 'mount, blocking (TBT)', unit: 'ms' },
    { key: 'key', title: 'key in a plain string → settled', unit: 'ms' },
    { key: 'keyBusy', title: 'key, main thread', unit: 'ms' },
    { key: 'keyInp', title: 'key, INP', unit: 'ms' },
    { key: 'calc', title: 'key in an integer → calculated total shown', unit: 'ms' },
    { key: 'calcBusy', title: 'calculated total, main thread', unit: 'ms' },
    { key: 'calcInp', title: 'calculated total, INP', unit: 'ms' },
    { key: 'enable', title: 'boolean → enabled item shown', unit: 'ms' },
    { key: 'enableBusy', title: 'enabled item, main thread', unit: 'ms' },
    { key: 'chain', title: 'text → chained item shown', unit: 'ms' },
    { key: 'add', title: 'add a repeat → settled', unit: 'ms' },
    { key: 'addBusy', title: 'add a repeat, main thread', unit: 'ms' },
    { key: 'elements', title: 'DOM elements', unit: '' },
    { key: 'heap', title: 'heap', unit: 'MB' },
  ],

  async run({ page, step, cost, footprint, scenario }) {
    await page.evaluate(({ n }) => {
      window.__m.ignore = window.__adapter.ignoreMutations ?? null;
      document.getElementById('app').classList.add('grow');
      window.__d = window.__data.makeQuestionnaire(n);
    }, scenario);
    const added = await footprint();
    const mounted = await step(() =>
      window.__m.measure(
        async () => {
          window.__state = await window.__adapter.setup(document.getElementById('app'), window.__d);
        },
        { quiet: 600 },
      ),
    );
    const size = await added();
    const hand = handOn({ page, cost });
    const elements = () => page.evaluate(() => window.__m.deepCount().elements);

    const last = Math.floor(scenario.n / 10) - 2; // the section typed into is near the end
    const key = await hand.press(`s${last}-t2`, 'x');
    const calc = await hand.press('s0-n1', '7', { name: 'value', id: 's0-sum', is: '7' });
    const enable = await hand.click({ name: 'yes', id: `s${last}-b` }, { name: 'input', id: `s${last}-t1` });
    const chain = await hand.press(`s${last}-t1`, 'y', { name: 'grown', by: 5 });
    // Some refuse to add a repeat after a blank one.
    await hand.type('s1-t2', 'abc');
    const before = await elements();
    const add = await hand.click({ name: 'adder' });
    if ((await elements()) - before < 20) throw new Error('add changed nothing');
    return {
      mount: mounted.painted,
      mountBusy: mounted.busy,
      mountBlocking: mounted.tbt,
      key: key.painted,
      keyBusy: key.busy,
      keyInp: key.inp ?? undefined,
      calc: calc.shown,
      calcBusy: calc.busy,
      calcInp: calc.inp ?? undefined,
      enable: enable.shown,
      enableBusy: enable.busy,
      chain: chain.shown,
      add: add.painted,
      addBusy: add.busy,
      ...size,
    };
  },
};

/**
 * Real input, sent over CDP, and what came of it. `awaited` names what must be on screen: `{ name: 'value', id, is }` an answer,
 * `{ name: 'input', id }` a field, `{ name: 'grown', by }` that many more elements.
 */
function handOn({ page, cost }) {
  const arm = (type, awaited) =>
    page.evaluate(
      ([event, it]) => {
        const adapter = window.__adapter;
        const state = window.__state;
        const count = () => window.__m.deepCount().elements;
        const before = it?.name === 'grown' ? count() : 0;
        const until =
          it &&
          {
            value: () => adapter.value(state, it.id) === it.is,
            input: () => Boolean(adapter.input(state, it.id)),
            grown: () => count() > before + it.by,
          }[it.name];
        window.__m.arm(event, { until });
      },
      [type, awaited],
    );
  const measured = async (type, awaited, input) => {
    const [result, { busy }] = await cost(async () => {
      await arm(type, awaited);
      await input();
      return page.evaluate(() => window.__m.finish({ quiet: 600, timeout: 90_000 }));
    });
    if (result.status !== 'ok') throw new Error(`the page did not come to rest: ${result.status}`);
    return { ...result, busy, shown: result.cond ?? undefined };
  };
  const focus = (id, rest) =>
    page.evaluate(
      ([it, ms]) => {
        const field = window.__adapter.input(window.__state, it);
        if (!field) throw new Error(`no field ${it}`);
        field.scrollIntoView({ block: 'center' });
        field.focus();
        return window.__m.sleep(ms);
      },
      [id, rest],
    );
  return {
    async press(id, character, awaited) {
      await focus(id, 700);
      return measured('keydown', awaited, () => page.keyboard.press(character));
    },
    async type(id, text) {
      await focus(id, 0);
      await page.keyboard.type(text);
      await page.evaluate(() => window.__m.sleep(1200));
    },
    /** @param what names one of the adapter's own look-ups, and what it is given. */
    async click(what, awaited) {
      const place = await page.evaluate(async ({ name, id }) => {
        const element = window.__adapter[name](window.__state, id);
        if (!element) throw new Error(`no ${name} ${id ?? ''}`);
        element.scrollIntoView({ block: 'center' });
        await window.__m.sleep(300);
        const box = element.getBoundingClientRect();
        return { x: box.x + Math.min(box.width / 2, 10), y: box.y + box.height / 2 };
      }, what);
      await page.mouse.move(place.x, place.y);
      await page.evaluate(() => window.__m.sleep(200));
      return measured('pointerdown', awaited, async () => {
        await page.mouse.down();
        await page.mouse.up();
      });
    },
  };
}
