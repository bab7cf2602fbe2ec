/**
 * Puts a definition behind the interface of zod: `parse`, `safeParse`, Standard Schema, and composing with other schemas.
 * It is a zod/mini `custom` and no `object`, because an object schema copies what it parses, and with the copy the number literals
 * and the identity of the input would be gone. So nothing here is compiled at run time, whatever zod's `jitless` says, and a
 * strict Content-Security-Policy has nothing to object to.
 */
import { custom, type ZodMiniType } from 'zod/mini';
import { resourceDefinition, type Definition } from './definition.js';
import { inspect } from './inspect.js';
import type { Rules } from './rules/rule.js';

/** What an issue of these schemas has in `params`, beside zod's `path` and `message`. */
export interface IssueParams {
  /** FHIR issue-type. */
  fhir: string;
  /** The name of an element that R4 does not know. */
  unknown?: string;
  /** The id of a contained resource that is referred to and not there. */
  local?: string;
}

/** The schema of a resource type; its text is compiled when it is first used. `parse` gives the input itself, not a copy. */
export function resourceSchema<T>(type: string, text: string, rules: Rules = {}): ZodMiniType<T> {
  let definition: Definition | undefined;
  return custom<T>().check((context) => {
    definition ??= resourceDefinition(type, text, rules);
    for (const { path, code, message, unknown, local } of inspect(definition, context.value)) {
      const params: IssueParams = { fhir: code, ...(unknown === undefined ? {} : { unknown }), ...(local === undefined ? {} : { local }) };
      context.issues.push({ code: 'custom', input: context.value, path: [...path], message, params });
    }
  });
}
