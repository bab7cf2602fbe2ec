/** A chart: 600 resources of a summary, 5,000 observations, a timeline. */
import { writeSchema } from './schema.mjs';

const record = { each: 200, observations: 5000 };

export default {
  name: 'patient',
  floor: 'floor-lit',
  scenarios: [
    {
      id: 'summary',
      view: 'summary',
      ...record,
      title: 'patient summary: 200 conditions, 200 medication requests, 200 allergies',
    },
    { id: 'observations', view: 'observations', ...record, title: '5,000 observations as a results table or list' },
    {
      id: 'timeline',
      view: 'timeline',
      ...record,
      title: 'patient timeline with 5,000 observations behind it (first screenful drawn)',
    },
  ],
  steps: [
    { key: 'mount', title: 'mount → painted', unit: 'ms' },
    { key: 'mountBusy', title: 'mount, main thread', unit: 'ms' },
    { key: 'mountBlocking', title: 'mount, blocking (TBT)', unit: 'ms' },
    { key: 'mountLayout', title: 'mount, style and layout', unit: 'ms' },
    { key: 'elements', title: 'DOM elements', unit: '' },
    { key: 'heap', title: 'heap', unit: 'MB' },
    { key: 'lines', title: 'lines of text shown', unit: '', compare: false },
  ],

  prepare: (adapter) => (adapter === 'medplum' ? writeSchema() : undefined),

  async run({ page, step, footprint, scenario }) {
    await page.evaluate((given) => {
      document.getElementById('app').classList.add('grow');
      Object.assign(window, { __d: window.__data.makePatient(given), __scenario: given });
    }, scenario);
    const added = await footprint();
    const mounted = await step(() =>
      window.__m.measure(
        async () => {
          window.__state = await window.__adapter.setup(document.getElementById('app'), window.__d, window.__scenario);
        },
        { quiet: 700 },
      ),
    );
    return {
      mount: mounted.painted,
      mountBusy: mounted.busy,
      mountBlocking: mounted.tbt,
      mountLayout: mounted.layout,
      ...(await added()),
      lines: await page.evaluate(() => window.__adapter.lines(window.__state)),
    };
  },
};
