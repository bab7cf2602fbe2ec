// The contract on the FHIR backend by the global fetch, which msw answers from the embedded server: real requests, no network.
import { after, before } from 'node:test';
import { http } from 'msw';
import { setupServer } from 'msw/node';
import { createEmbeddedBackend } from '../../src/client/backends/embedded/index.js';
import { createFhirBackend } from '../../src/client/backends/fhir/index.js';
import { testContract } from './run-contract.js';

const baseUrl = 'http://contract.test/fhir';
const server = createEmbeddedBackend({ baseUrl });
const network = setupServer(
  http.all(`${baseUrl}*`, ({ request }) => server.handle(request)),
  http.all(`${baseUrl}/*`, ({ request }) => server.handle(request)),
);

before(() => network.listen({ onUnhandledRequest: 'error' }));
after(() => network.close());

const backend = createFhirBackend({ baseUrl });
testContract('contract: fhir over msw', async () => backend);
