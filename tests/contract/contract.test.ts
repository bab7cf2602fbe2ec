// The contract in a browser: the FHIR backend by the page's own fetch, through msw's service worker, to the embedded server.
import { http } from 'msw';
import { setupWorker } from 'msw/browser';
import { createEmbeddedBackend } from '../../src/client/backends/embedded/index.js';
import { createFhirBackend } from '../../src/client/backends/fhir/index.js';
import { contract, NotOffered } from '../../src/testing/contract/index.js';

describe('contract: fhir over msw in a browser', () => {
  const baseUrl = `${location.origin}/contract/fhir`;
  const server = createEmbeddedBackend({ baseUrl });
  const worker = setupWorker(
    http.all(baseUrl, ({ request }) => server.handle(request)),
    http.all(`${baseUrl}/*`, ({ request }) => server.handle(request)),
  );
  const backend = createFhirBackend({ baseUrl });

  before(() => worker.start({ quiet: true, onUnhandledRequest: 'bypass' }));
  after(() => worker.stop());

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
