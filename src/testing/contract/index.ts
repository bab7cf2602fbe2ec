/**
 * The contract that every backend keeps, as data without a test framework: run each case against your own backend.
 *
 * ```ts
 * const capabilities = await (await makeBackend()).describe();
 * for (const { name, needs, run } of contract)
 *   test(name, async (t) => {
 *     const reason = needs?.(capabilities);
 *     if (reason) return t.skip(reason);
 *     await run(makeBackend).catch((error) => {
 *       if (!(error instanceof NotOffered)) throw error; // the server says that it does not offer what the case needs
 *       t.skip(error.message);
 *     });
 *   });
 * ```
 *
 * A case works in a corner of its own (an identifier made for it) and deletes what it made, so that it can run on a server that
 * others use; it does not close the backend. It expects what R4 demands and what a client can rely on; what one server does otherwise is in deviations.ts.
 */
import type { ContractCase } from './case.js';
import { conditionalCases } from './conditional.js';
import { patchCases, recordCases } from './records.js';
import { contentCases, descriptionCases, failureCases, patientCases } from './safety.js';
import { includeCases, pagingCases, searchCases } from './searches.js';
import { transactionCases } from './transactions.js';

export type { ContractCase } from './case.js';
export { NotOffered } from './offered.js';

export const contract: readonly ContractCase[] = [
  ...descriptionCases,
  ...recordCases,
  ...patchCases,
  ...conditionalCases,
  ...searchCases,
  ...includeCases,
  ...pagingCases,
  ...transactionCases,
  ...patientCases,
  ...contentCases,
  ...failureCases,
];
