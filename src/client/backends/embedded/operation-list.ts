/** The operations that are offered, for the router and the CapabilityStatement alike. */
export interface OfferedOperation {
  /** Without the dollar sign. */
  name: string;
  definition: string;
  /** Types it is for; undefined for any. */
  types: readonly string[] | undefined;
}

const core = (id: string): string => `http://hl7.org/fhir/OperationDefinition/${id}`;

export const OPERATIONS: readonly OfferedOperation[] = [
  { name: 'everything', definition: core('Patient-everything'), types: ['Patient'] },
  { name: 'everything', definition: core('Encounter-everything'), types: ['Encounter'] },
  { name: 'expand', definition: core('ValueSet-expand'), types: ['ValueSet'] },
  { name: 'validate-code', definition: core('ValueSet-validate-code'), types: ['ValueSet'] },
  { name: 'validate-code', definition: core('CodeSystem-validate-code'), types: ['CodeSystem'] },
  { name: 'validate', definition: core('Resource-validate'), types: undefined },
];
