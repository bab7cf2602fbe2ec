// The contract of every backend on the embedded one over an encrypted database, compacted again and again.
import { createEmbeddedBackend, type EmbeddedBackend } from '../../../../src/client/backends/embedded/index.js';
import { contract, NotOffered } from '../../../../src/testing/contract/index.js';
import { fresh, freshName } from './tab.js';

describe('contract: embedded, persisted', () => {
  let backend: EmbeddedBackend;

  before(async () => {
    backend = createEmbeddedBackend({ persistence: { name: freshName(), key: await fresh(), internals: { records: 10, chunk: 10_000 } } });
  });
  after(async () => (await backend.open())!.destroy());

  for (const { name, needs, run } of contract) {
    it(name, async function () {
      if (needs?.(await backend.describe()) !== undefined) this.skip();
      await run(async () => backend).catch((error: unknown) => {
        if (!(error instanceof NotOffered)) throw error;
        this.skip();
      });
    });
  }
});
