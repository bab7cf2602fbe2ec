import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as z from 'zod/mini';
import { AppointmentStatus } from '../../../src/models/fhir/codes/index.js';
import { RESOURCE_TYPES, parseJson, stringify, type Patient } from '../../../src/models/fhir/index.js';
import { MORE_STRUCTURE_LOADERS } from '../../../src/models/fhir/generated/more-loaders.js';
import * as schemas from '../../../src/models/fhir/schemas/index.js';

const ANN = { resourceType: 'Patient', name: [{ family: 'Example' }] };

describe('schemas', () => {
  it('has one for every resource type', () => {
    assert.deepEqual(
      Object.keys(schemas).toSorted(),
      [...RESOURCE_TYPES, ...Object.keys(MORE_STRUCTURE_LOADERS)].map((type) => `${type}Schema`).toSorted(),
    );
  });

  it('gives the input itself, with its type and its number literals', () => {
    const input = parseJson('{"resourceType":"Patient","extension":[{"url":"http://x","valueDecimal":1.00}]}');
    const patient: Patient = schemas.PatientSchema.parse(input);
    assert.equal(patient, input);
    assert.equal(stringify(patient), '{"resourceType":"Patient","extension":[{"url":"http://x","valueDecimal":1.00}]}');
  });

  it('has zod issues with paths, words and FHIR codes', () => {
    const result = schemas.PatientSchema.safeParse({ ...ANN, birthDate: 'x', nickname: 'y' });
    assert.equal(result.success, false);
    assert.deepEqual(
      result.error?.issues.map(({ code, path, message, ...rest }) => ({
        code,
        path,
        message,
        params: (rest as { params?: unknown }).params,
      })),
      [
        { code: 'custom', path: ['birthDate'], message: 'must be a date: YYYY, YYYY-MM or YYYY-MM-DD', params: { code: 'value' } },
        { code: 'custom', path: ['nickname'], message: 'is not an element of Patient', params: { code: 'structure' } },
      ],
    );
  });

  it('is strict about unknown elements and quiet about doubts', () => {
    assert.equal(schemas.PatientSchema.safeParse({ ...ANN, managingOrganization: { reference: 'x' } }).success, true);
    assert.equal(schemas.PatientSchema.safeParse({ ...ANN, x: 1 }).success, false);
    assert.equal(schemas.PatientSchema.safeParse({ ...ANN, resourceType: 'Person' }).success, false);
    for (const input of [null, undefined, 1, 'x', [], {}, () => 1]) assert.equal(schemas.ObservationSchema.safeParse(input).success, false);
  });

  it('composes with other zod schemas, and speaks Standard Schema', async () => {
    const Envelope = z.object({ patients: z.array(schemas.PatientSchema), note: z.optional(z.string()) });
    const parsed = Envelope.parse({ patients: [ANN] });
    assert.equal(parsed.patients[0], ANN);
    const wrong = Envelope.safeParse({ patients: [ANN, { ...ANN, active: 1 }] });
    assert.deepEqual(
      wrong.error?.issues.map((issue) => issue.path),
      [['patients', 1, 'active']],
    );
    const standard = await schemas.PatientSchema['~standard'].validate({ resourceType: 'Patient', gender: 'x' });
    assert.deepEqual(
      standard.issues?.map((issue) => issue.path),
      [['gender']],
    );
  });

  it('needs no code made at run time', () => {
    const made: unknown[] = [];
    const original = globalThis.Function;
    globalThis.Function = new Proxy(original, {
      construct: (target, args: string[]) => {
        made.push(args);
        return Reflect.construct(target, args) as object;
      },
    });
    try {
      schemas.EncounterSchema.safeParse({ resourceType: 'Encounter' });
    } finally {
      globalThis.Function = original;
    }
    assert.deepEqual(made, []);
  });

  it('has the code lists of required bindings', () => {
    assert.ok(AppointmentStatus.includes('noshow'));
  });
});
