/** What a server says that it does not offer is not asked of it: such a case ends as skipped, with the reason. */
import type { Ability, Backend, Capabilities, TypeCapabilities, WriteOperation } from '../../client/backend.js';

/** Thrown by a case's `run` where the server says that it does not offer what the case needs: no failure, a skip. */
export class NotOffered extends Error {
  override readonly name = 'NotOffered';
}

/** What has a way of its own in the client where a server lacks it: patches and conditions. */
function needed(operation: WriteOperation): readonly [type: string, interaction: 'create' | 'update' | 'delete'] {
  if (operation.method === 'create') return [operation.resource.resourceType, 'create'];
  if (operation.method === 'update') return [operation.resource.resourceType, 'update'];
  return [operation.type, operation.method === 'delete' ? 'delete' : 'update'];
}

/** A backend that throws NotOffered for what `capabilities` say is not there. */
export function offeredOnly(backend: Backend, capabilities: Capabilities): Backend {
  const need = (type: string, interaction: keyof TypeCapabilities): void => {
    // What is no type at all is for the backend to refuse.
    if (/^[A-Z][A-Za-z]+$/.test(type) && (capabilities.type(type)[interaction] as Ability) === 'no')
      throw new NotOffered(`the server says that it has no ${interaction} of ${type}`);
  };
  return {
    kind: backend.kind,
    baseUrl: backend.baseUrl,
    describe: (options) => backend.describe(options),
    read: async (type, id, options) => {
      need(type, options?.versionId === undefined ? 'read' : 'vread');
      return backend.read(type, id, options);
    },
    async *search(type, params, options) {
      need(type, 'search');
      yield* backend.search(type, params, options);
    },
    write: async (operations, options) => {
      for (const operation of operations) need(...needed(operation));
      return backend.write(operations, options);
    },
    operation: (path, options) => backend.operation(path, options),
  };
}
