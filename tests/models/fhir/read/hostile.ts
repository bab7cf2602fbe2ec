/** Inputs for readers that must not throw: JSON of any shape, and the right shapes with wrong things in them. */
import fc from 'fast-check';

const scalar = fc.oneof(
  fc.constantFrom(
    null,
    undefined,
    true,
    false,
    0,
    -1,
    1.5,
    NaN,
    Infinity,
    '',
    ' ',
    '\u0000',
    '\u202e',
    '__proto__',
    'usual',
    'old',
    'phone',
    'masked',
    '2026-13',
    '2026-02-30',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    '2026',
    '2026-11',
    '2026-11-24',
    '2026-11-24T09:00:00+11:00',
    '#',
    '#a',
    'Patient/1',
    'urn:uuid:x',
    'http://x/Patient/1|2',
    'mm[Hg]',
    '{',
    '10*',
    '/',
  ),
);
const KEYS = ['use', 'text', 'family', 'given', 'prefix', 'suffix', 'period', 'start', 'end', 'extension', 'url', 'valueCode', 'valueString', 'valueCodeableConcept', 'coding', 'system', 'code', 'display', 'userSelected', 'value', 'unit', 'comparator', 'type', 'identifier', 'reference', 'rank', 'line', 'city', 'district', 'state', 'postalCode', 'country', 'low', 'high', 'numerator', 'denominator', 'birthDate', 'deceasedBoolean', 'deceasedDateTime', 'contained', 'resourceType', 'id', 'entry', 'resource', 'fullUrl', 'meta', 'name', 'communication', 'language', 'preferred', 'assigner', '_family', '_given', '_birthDate', '_value', '_display', '_text']; // prettier-ignore
const URLS = ['http://hl7.org/fhir/StructureDefinition/data-absent-reason', 'http://hl7.org/fhir/StructureDefinition/humanname-own-prefix', 'http://hl7.org/fhir/StructureDefinition/translation', 'http://hl7.org/fhir/StructureDefinition/individual-pronouns', 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-interpreter-needed']; // prettier-ignore

/** A tree of FHIR's own member names with anything at all in their places. */
export const hostile: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  node: fc.oneof({ depthSize: 'small', withCrossShrink: true }, scalar, fc.array(tie('node'), { maxLength: 3 }), tie('object')),
  object: fc
    .tuple(fc.dictionary(fc.constantFrom(...KEYS), tie('node'), { maxKeys: 6 }), fc.option(fc.constantFrom(...URLS), { nil: undefined }))
    .map(([object, url]) => (url === undefined ? object : { ...object, url })),
})).node;

export const anyLocale = fc.oneof(
  fc.constantFrom(undefined, 'en', 'en-AU', 'ar', 'he', 'ja', 'hu', 'de-CH', 'xx-nonsense', '', '*', 'not a locale'),
  fc.string({ maxLength: 6 }),
);
export const anyZone = fc.constantFrom(undefined, 'Australia/Sydney', 'Pacific/Apia', 'UTC', 'Nowhere/Land', '');
export const anyMoment = fc.oneof(
  fc.constantFrom('2026-11-24T09:00:00+11:00', 'soon', '', NaN, Infinity, 1e300),
  fc.integer({ min: -8.64e15, max: 8.64e15 }),
  fc.date({ noInvalidDate: false }),
);
