/** Runs in a frame of frames.test.ts: writes one record after the other, and tells the page of each that was acknowledged. */
import { ask, openTab } from './tab.js';
import type { PersistenceOptions } from '../../../../src/client/backends/embedded/index.js';

export interface Told {
  frame: string;
  token: string;
  id: string;
}

addEventListener('message', ({ data }: MessageEvent<{ options: PersistenceOptions; frame: string } | undefined>) => {
  if (data?.options) void write(data.options, data.frame);
});
parent.postMessage({ ready: true }, parent.location.origin);

async function write(options: PersistenceOptions, frame: string): Promise<void> {
  const tab = await openTab({ ...options, internals: { records: 5 } }, { validate: async () => ({ errors: [], others: [] }) });
  for (let count = 0; ; count++) {
    const token = `${frame}-${count}`;
    const { status, body } = await ask(tab, 'POST', 'Basic', { resourceType: 'Basic', code: { text: token } });
    // Promises of a frame that was removed may still be kept in WebKit: it must not go on for ever.
    if (status !== 201) return;
    parent.postMessage({ frame, token, id: body.id! } satisfies Told, parent.location.origin);
  }
}
