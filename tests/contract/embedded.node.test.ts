// The contract on the embedded backend itself, without HTTP between.
import { createEmbeddedBackend } from '../../src/client/backends/embedded/index.js';
import { testContract } from './run-contract.js';

testContract('contract: embedded', async () => createEmbeddedBackend());
