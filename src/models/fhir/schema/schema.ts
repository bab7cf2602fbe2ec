/**
 * Puts a structure behind the interface of zod: `parse`, `safeParse`, Standard Schema, and composing with other schemas.
 * It is a zod/mini `custom` and no `object`, because an object schema copies what it parses, and with the copy the number literals
 * and the identity of the input would be gone. So nothing here is compiled at run time, whatever zod's `jitless` says, and a
 * strict Content-Security-Policy has nothing to object to. `parseResource` works from the structures and leaves zod at home.
 */
import { custom, type ZodMiniType } from 'zod/mini';
import { inspect } from './inspect.js';
import type { Structure } from './structure.js';

/** The schema of a resource type. Its output is the input itself; its issues have `params.code`, a FHIR issue-type. */
export const resourceSchema = <T>(structure: Structure): ZodMiniType<T> =>
  custom<T>().check((context) => {
    for (const { path, code, message, kind } of inspect(structure, context.value))
      if (kind !== 'doubtful') context.issues.push({ code: 'custom', input: context.value, path: [...path], message, params: { code } });
  });
