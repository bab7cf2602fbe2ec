// How a step is measured: what the page says of paint, and what the browser says of its main thread.

/** For one opened page: `step` measures a call in the page, `cost` anything else; both put main-thread time beside it. */
export function stepper({ page, metrics, heap }) {
  const between = (before, after) => ({
    busy: (after.TaskDuration - before.TaskDuration) * 1000,
    layout: (after.LayoutDuration - before.LayoutDuration + after.RecalcStyleDuration - before.RecalcStyleDuration) * 1000,
  });
  /** @returns [what `action` gives, `{ busy, layout }` in ms]. */
  const cost = async (action) => {
    const before = await metrics();
    const result = await action();
    return [result, between(before, await metrics())];
  };
  /** Runs a function in the page that ends in `__m.measure(…)` or `__m.finish(…)`. Throws where the page never came to rest. */
  const step = async (inPage, argument) => {
    const [result, { busy, layout }] = await cost(() => page.evaluate(inPage, argument));
    if (result.status !== 'ok') throw new Error(`the page did not come to rest: ${result.status}`);
    return { ...result, busy, layout };
  };
  const elements = () => page.evaluate(() => window.__m.deepCount().elements);
  /** Elements and heap now; call it again after what is measured for what was added. */
  const footprint = async () => {
    const before = { heap: await heap(), elements: await elements() };
    return async () => ({ elements: (await elements()) - before.elements, heap: ((await heap()) - before.heap) / 2 ** 20 });
  };
  return { cost, step, footprint };
}
