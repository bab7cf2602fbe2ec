import { describe, test } from 'node:test';
import type { Backend, Capabilities } from '../../src/client/backend.js';
import { contract, NotOffered } from '../../src/testing/contract/index.js';

/** Declares the contract's cases for one backend; those that its server cannot be held to are skipped with the reason. */
export function testContract(title: string, makeBackend: () => Promise<Backend>): void {
  describe(title, () => {
    let described: Promise<Capabilities> | undefined;
    for (const { name, needs, run } of contract) {
      test(name, async (t) => {
        described ??= makeBackend().then((backend) => backend.describe());
        const reason = needs?.(await described);
        if (reason !== undefined) return t.skip(reason);
        await run(makeBackend).catch((error: unknown) => {
          if (!(error instanceof NotOffered)) throw error;
          t.skip(error.message);
        });
      });
    }
  });
}
