/**
 * What the handler can do beyond reading and searching, as one lazy chunk: writes (which need the schemas anyway), transactions, history,
 * operations, the CapabilityStatement, the import door and the Backend port. One chunk and not seven: alone, each would repeat what they share.
 */
export { binaryReply } from './binary.js';
export { historyReply, vread } from './history.js';
export { importInto, Origins } from './import.js';
export { metadataReply } from './metadata.js';
export { runOperation } from './operations.js';
export { capabilitiesOf, EmbeddedPort } from './port.js';
export { compositeCondition } from '../../store/composite.js';
export { included } from '../../store/include.js';
export { subset } from '../../store/subset.js';
export { termsFor } from './terminology.js';
export { bundleInteraction } from './transaction.js';
export { writeInteraction } from './writes.js';
export { temporaryId } from '../../temporary-id.js';
