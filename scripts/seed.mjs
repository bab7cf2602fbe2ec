// Preloaded into every Node test: fast-check draws from a known seed. A failure prints it, with the path to the case.
import fc from 'fast-check';
import { seed } from './parts.mjs';

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
