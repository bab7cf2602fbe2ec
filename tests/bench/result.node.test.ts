import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
// @ts-expect-error a plain script without types
import { machine, median, report, summarise, table } from '../../bench/lib/result.mjs';

const steps = [
  { key: 'mount', title: 'mount', unit: 'ms' },
  { key: 'drag', title: 'drag', unit: 'ms' },
  { key: 'shown', title: 'shown', unit: '', compare: false },
  { key: 'never', title: 'never measured', unit: 'ms' },
];
const scenario = () =>
  summarise({
    id: 'day',
    title: 'a day',
    steps,
    floor: 'floor-lit',
    adapters: [
      { id: 'carelet', role: 'carelet', samples: [30, 10, 20].map((mount) => ({ mount, shown: 300, drag: 2 })) },
      { id: 'slow', role: 'rival', samples: [{ mount: 80 }, { mount: 120 }] },
      { id: 'fast', role: 'rival', samples: [{ mount: 40, drag: NaN }] },
      { id: 'floor-lit', role: 'floor', samples: [{ mount: 10, shown: 300 }] },
      { id: 'gone', role: 'rival', note: 'not installed' },
    ],
  });

test('medians of odd and even numbers of runs', () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
});

test('numbers by adapter and step, and their ratios to the floor and to the best rival of that step', () => {
  const { adapters, ratios, steps: used } = scenario();
  const [carelet, , fast, , gone] = adapters;
  assert.deepEqual(carelet.steps.mount, { median: 20, min: 10, max: 30, n: 3 });
  assert.deepEqual(ratios.mount.carelet, { toFloor: 2, toBestRival: 0.5 });
  assert.deepEqual(ratios.mount.slow, { toFloor: 10, toBestRival: 2.5 });
  assert.equal(fast.steps.drag, undefined, 'what is no number is not measured');
  assert.deepEqual(ratios.drag.carelet, {}, 'nobody to compare with');
  assert.equal(ratios.shown, undefined, 'a fact has no ratio');
  assert.deepEqual([gone.status, gone.steps], ['missing', {}]);
  assert.deepEqual(
    used.map(({ key }: { key: string }) => key),
    ['mount', 'drag', 'shown'],
  );
});

test('a table: rivals, floors, carelet; who has no numbers is named below with the reason', () => {
  const lines = table(scenario()).split('\n');
  assert.deepEqual(
    lines[2].split('|').map((cell: string) => cell.trim()),
    ['', '', 'slow (n=2)', 'fast (n=1)', 'floor-lit (n=1)', 'carelet (n=3)', ''],
  );
  const mount = lines.find((line: string) => line.startsWith('| mount'));
  assert.match(mount, /\| +20\.0 ±50% 2\.0f 0\.50r \|$/);
  assert.equal(lines.at(-1), '- gone: not installed');
});

test('what is written holds the schema, the machine without its name or folders, and every scenario', (t: TestContext) => {
  t.mock.method(console, 'log', () => undefined);
  const folder = mkdtempSync(join(tmpdir(), 'carelet-bench-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const out = join(folder, 'result.json');
  report({ bench: 'scheduler', scenarios: [scenario()], browser: 'Chromium 1', out, more: { runs: 3 } });
  const text = readFileSync(out, 'utf8');
  const written = JSON.parse(text);
  assert.deepEqual(
    [written.schema, written.bench, written.runs, written.machine.browser],
    ['carelet-bench/1', 'scheduler', 3, 'Chromium 1'],
  );
  assert.ok(!Number.isNaN(Date.parse(written.date)));
  assert.deepEqual(written.scenarios[0].ratios.mount.carelet, { toFloor: 2, toBestRival: 0.5 });
  assert.ok(!text.includes(folder) && !text.includes(process.cwd()));
  assert.deepEqual(Object.keys(machine()), ['cpu', 'cores', 'memoryGB', 'platform', 'node', 'load']);
});
