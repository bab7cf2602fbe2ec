/**
 * The members of a JSON object as FHIR elements (R4 json.html): a primitive with its `_` sibling, which holds its extensions, and a
 * choice (`value[x]`) with whichever type it has are one element each, and travel as one.
 */
import type { Loose } from '../read/loose.js';

/** Names of the choices of R4, without `[x]`. A test holds this list against the structures. */
export const CHOICES: ReadonlySet<string> = new Set(
  (
    'abatement additive age allowed amount answer asNeeded author born bounds characteristic chargeItem code collected const content ' +
    'created deceased defaultValue definingSubstance definition detail diagnosis dose doseNumber due duration effective entity event example ' +
    'export fastingStatus fixed identified indication instances item legallyBinding location manufacturer maxValue medication minValue ' +
    'minimumVolume module multipleBirth occurred occurrence offset onset participantEffective pattern performed probability procedure ' +
    'product quantity rate reported scheduled seriesDoses serviced source start statusReason studyEffective subject substance target time ' +
    'timing topic used value when'
  ).split(' '),
);

/** Data types that a choice can have (R4 datatypes.html, "open type"), as they stand at the end of its name. */
const TYPE =
  /(?:Base64Binary|Boolean|Canonical|Code|DateTime|Date|Decimal|Id|Instant|Integer|Markdown|Oid|PositiveInt|String|Time|UnsignedInt|Ur[il]|Uuid|Address|Age|Annotation|Attachment|CodeableConcept|Coding|ContactDetail|ContactPoint|Contributor|Count|DataRequirement|Distance|Dosage|Duration|Expression|HumanName|Identifier|Meta|Money|ParameterDefinition|Period|Quantity|Range|Ratio|Reference|RelatedArtifact|SampledData|Signature|Timing|TriggerDefinition|UsageContext)$/;

/** The element that a JSON property belongs to: `birthDate` of `_birthDate`, `value` of `valueQuantity`. */
export function elementOf(property: string): string {
  const bare = property.startsWith('_') ? property.slice(1) : property;
  const type = TYPE.exec(bare);
  const stem = type ? bare.slice(0, type.index) : '';
  return CHOICES.has(stem) ? stem : bare;
}

/** The elements of several objects, each with the JSON properties that it has in any of them, in the order they are met. */
export function elementsOf(objects: readonly Loose[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  // No choice repeats, but its name can look like that of a list: ServiceRequest.locationCode.
  const isList = (property: string): boolean =>
    objects.some((object) => Object.hasOwn(object, property) && Array.isArray(object[property]));
  for (const object of objects)
    for (const property of Object.keys(object)) {
      if (object[property] === undefined) continue;
      const element = isList(property) ? property.replace(/^_/, '') : elementOf(property);
      const properties = found.get(element);
      if (!properties) found.set(element, [property]);
      else if (!properties.includes(property)) properties.push(property);
    }
  return found;
}
