// The contract on real servers, where their address is given: see scripts/contract-servers.mjs.
import { test } from 'node:test';
import { createFhirBackend } from '../../src/client/backends/fhir/index.js';
import { testContract } from './run-contract.js';

for (const [name, variable] of [
  ['HAPI FHIR', 'HAPI_URL'],
  ['sekmet-fhir', 'SEKMET_URL'],
  ['Helios', 'HELIOS_URL'],
  ['another FHIR server', 'FHIR_URL'],
] as const) {
  const baseUrl = process.env[variable];
  if (baseUrl) {
    const backend = createFhirBackend({ baseUrl }); // one for all cases: HAPI's metadata alone are 1.5 MB
    testContract(`contract: ${name}`, async () => backend);
  } else test(`contract: ${name}`, { skip: `${variable} is not set` }, () => undefined);
}
