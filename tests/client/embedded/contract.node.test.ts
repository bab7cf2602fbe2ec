// The backend contract on the embedded backend's own port.
import { createEmbeddedBackend } from '../../../src/client/backends/embedded/index.js';
import { testContract } from '../../contract/run-contract.js';

testContract('contract: embedded', async () => createEmbeddedBackend());
