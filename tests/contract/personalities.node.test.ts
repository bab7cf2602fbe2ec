// The contract on the FHIR backend over servers as they are met in the field: the same suite, or a plain reason why not.
import { createEmbeddedBackend } from '../../src/client/backends/embedded/index.js';
import { createFhirBackend } from '../../src/client/backends/fhir/index.js';
import {
  combine,
  conflictAsText,
  hidesHeaders,
  minimalWrites,
  noPostSearch,
  noTransactions,
  plain,
  type Personality,
} from '../../src/testing/personalities.js';
import { testContract } from './run-contract.js';

const PERSONALITIES: Record<string, Personality> = {
  'CORS hides every header; conflicts in transactions as text': combine(hidesHeaders, conflictAsText),
  'writes answered with nothing; searches by GET only': combine(minimalWrites, noPostSearch()),
  'no transactions, unsaid; no totals, plain JSON': combine(noTransactions({ silent: true }), plain),
  'no transactions, said': noTransactions(),
};

for (const [name, personality] of Object.entries(PERSONALITIES)) {
  const server = createEmbeddedBackend();
  const backend = createFhirBackend({ baseUrl: server.baseUrl, fetch: personality(server.handle) });
  testContract(`contract: ${name}`, async () => backend);
}
