import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Timers } from '../../../src/client/index.js';
import type { Appointment } from '../../../src/models/fhir/index.js';
import { booked, clinic } from './clinic.js';

/** Time that passes when it is told to. */
function hand(): Timers & { tick(): Promise<void>; hidden: boolean } {
  let due: (() => void) | undefined;
  const timers = {
    hidden: false,
    now: () => 0,
    after: (_: number, run: () => void) => {
      due = run;
      return () => {
        if (due === run) due = undefined;
      };
    },
    isVisible: () => !timers.hidden,
    onVisible: () => () => undefined,
    async tick() {
      while (!due) await new Promise((resolve) => setTimeout(resolve, 1));
      const run = due;
      due = undefined;
      run();
      while (!due) await new Promise((resolve) => setTimeout(resolve, 1));
    },
  };
  return timers;
}

test('what others write is told once, not what was there before, and nothing is asked while nobody looks', async () => {
  const { over, client } = await clinic([booked('a', '10:00')]);
  let requests = 0;
  const desk = over((handler) => (request) => {
    requests++;
    return handler(request);
  });
  const timers = hand();
  const told: string[][] = [];
  const stop = await desk.follow((changed: readonly Appointment[]) => told.push(changed.map(({ id }) => id ?? '')), { timers });
  await timers.tick();
  assert.deepEqual(told, []);
  const other = client();
  await other.update({ ...(await other.read('Appointment', 'a')), comment: 'moved by another' });
  await timers.tick();
  await timers.tick();
  assert.deepEqual(told, [['a']]);
  timers.hidden = true;
  const before = requests;
  await timers.tick();
  assert.equal(requests, before);
  stop();
});
