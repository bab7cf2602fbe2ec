/** `_summary` and `_elements`: part of a resource, marked as such (R4 search.html, "summary" and "elements"). */
import { cloneJson } from '../../models/fhir/json.js';
import type { Definitions, SummaryElement } from './definitions.js';
import type { SummaryMode } from './query.js';
import { isObject, type JsonObject, type ResourceTree } from './tree.js';

export const SUBSETTED = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue',
  code: 'SUBSETTED',
  display: 'subsetted',
} as const;

const ALWAYS = ['resourceType', 'id', 'meta'];

function isElement(element: SummaryElement, name: string): boolean {
  return element.choice ? name.startsWith(element.name) && /^[A-Z]/.test(name.slice(element.name.length)) : name === element.name;
}

/** Keeps of `object` the members that pass; `_name` goes with `name`. */
function keep(object: JsonObject, test: (name: string) => boolean): void {
  for (const name of Object.keys(object)) if (!test(name.startsWith('_') ? name.slice(1) : name)) delete object[name];
}

function tagged(tree: ResourceTree): ResourceTree {
  const meta = isObject(tree['meta']) ? tree['meta'] : {};
  const tags = Array.isArray(meta['tag']) ? meta['tag'] : [];
  tree['meta'] = { ...meta, tag: [...tags, { ...SUBSETTED }] };
  return tree;
}

/** A copy of the resource, cut down. The summary modes `false` and `count` cut nothing. */
export function subset(definitions: Definitions, resource: ResourceTree, mode: SummaryMode, elements: readonly string[]): ResourceTree {
  const known = definitions.summary(resource.resourceType);
  const find = (name: string): SummaryElement | undefined => known.find((element) => isElement(element, name));
  const tree = cloneJson(resource);
  if (elements.length > 0) {
    // What a reader could not understand the rest without comes too: mandatory elements and modifiers.
    keep(tree, (name) => {
      const element = find(name);
      const asked = elements.includes(name) || (element?.choice === true && elements.includes(element.name));
      return (
        ALWAYS.includes(name) ||
        asked ||
        element?.mandatory === true ||
        element?.modifier === true ||
        name === 'modifierExtension' ||
        name === 'implicitRules'
      );
    });
    return tagged(tree);
  }
  switch (mode) {
    case 'true':
      keep(
        tree,
        (name) =>
          ALWAYS.includes(name) ||
          name === 'implicitRules' ||
          name === 'modifierExtension' ||
          find(name)?.inSummary === true ||
          find(name)?.mandatory === true,
      );
      for (const [name, value] of Object.entries(tree)) {
        const without = find(name)?.without ?? [];
        const left = new Set(without.filter((one) => !one.endsWith('*')));
        const choices = without.filter((one) => one.endsWith('*')).map((one) => one.slice(0, -1));
        for (const item of without.length === 0 ? [] : [value].flat())
          if (isObject(item))
            keep(
              item,
              (child) =>
                !left.has(child) && !choices.some((choice) => child.startsWith(choice) && /^[A-Z]/.test(child.slice(choice.length))),
            );
      }
      return tagged(tree);
    case 'text':
      keep(tree, (name) => ALWAYS.includes(name) || name === 'text' || find(name)?.mandatory === true);
      return tagged(tree);
    case 'data':
      keep(tree, (name) => name !== 'text');
      return tagged(tree);
    default:
      return tree;
  }
}
