// The contract on the FHIR backend, over the embedded server's own fetch: no network, but every request and answer.
import { createEmbeddedBackend } from '../../src/client/backends/embedded/index.js';
import { createFhirBackend } from '../../src/client/backends/fhir/index.js';
import { testContract } from './run-contract.js';

const server = createEmbeddedBackend();
const backend = createFhirBackend({ baseUrl: server.baseUrl, fetch: server.fetch });
testContract('contract: fhir over the embedded fetch', async () => backend);
