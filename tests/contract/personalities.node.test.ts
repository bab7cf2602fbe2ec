// The contract on the FHIR backend over servers as they are met in the field: the same suite, or a plain reason why not.
import { createEmbeddedBackend } from '../../src/client/backends/embedded/index.js';
import { createFhirBackend } from '../../src/client/backends/fhir/index.js';
import {
  combine,
  conflictAsText,
  declaresNoParameters,
  epicLike,
  hidesHeaders,
  minimalWrites,
  noConditions,
  noIncludes,
  noPostSearch,
  noTransactions,
  noVersions,
  patchesOnly,
  plain,
  readOnly,
  type Personality,
} from '../../src/testing/personalities.js';
import { testContract } from './run-contract.js';

const PERSONALITIES: Record<string, Personality> = {
  'CORS hides every header; conflicts in transactions as text': combine(hidesHeaders, conflictAsText),
  'writes answered with nothing; searches by GET only': combine(minimalWrites, noPostSearch()),
  'no transactions, unsaid; no totals, plain JSON': combine(noTransactions({ silent: true }), plain),
  'no transactions, said': noTransactions(),
  'no patches, said; no conditions, said': combine(patchesOnly(undefined, { said: true }), noConditions()),
  'no patches, no conditions, unsaid': combine(patchesOnly(), noConditions({ silent: true })),
  'no earlier versions, said': noVersions({ said: true }),
  'nothing comes along: refused': noIncludes(),
  'nothing comes along: left out': noIncludes({ ignored: true }),
  'no search parameters declared': declaresNoParameters,
  'like Epic': epicLike,
  'read only': readOnly,
};

for (const [name, personality] of Object.entries(PERSONALITIES)) {
  const server = createEmbeddedBackend();
  // The contract searches by identifiers, which stand in addresses where there is no POST.
  const backend = createFhirBackend({ baseUrl: server.baseUrl, fetch: personality(server.handle), namesInAddresses: true });
  testContract(`contract: ${name}`, async () => backend);
}
