// Readers on records that nobody here wrote.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { literalOf, parseJson } from '../../../../src/models/fhir/index.js';
import type { Address, HumanName, Identifier, Patient, Quantity, Reference } from '../../../../src/models/fhir/index.js';
import * as read from '../../../../src/models/fhir/read/index.js';
import { caseFiles, skipWithoutCases } from '../../../support/cases.js';

const now = '2026-11-24T04:00:00Z';
const skip = skipWithoutCases;

/** Every object of a file with the key it stands under and the resource it belongs to. */
function* objects(
  value: unknown,
  key = '',
  resource?: read.Loose,
): Generator<{ key: string; object: read.Loose; resource: read.Loose | undefined }> {
  if (Array.isArray(value)) for (const entry of value) yield* objects(entry, key, resource);
  const object = read.recordOf(value);
  if (!object) return;
  const own = typeof object['resourceType'] === 'string' ? object : resource;
  yield { key, object, resource: own };
  for (const [name, member] of Object.entries(object)) yield* objects(member, name, own);
}

function* all(): Generator<{ file: string; key: string; object: read.Loose; resource: read.Loose | undefined }> {
  for (const { name, text } of caseFiles('patients')) for (const found of objects(parseJson(text))) yield { file: name, ...found };
}

test('every patient has a name to show, or says why not', { skip }, () => {
  let patients = 0;
  for (const { file, object } of all()) {
    if (object['resourceType'] !== 'Patient') continue;
    const patient = object as unknown as Patient;
    const name = read.chooseName(patient.name, { now });
    patients++;
    if (patient.name?.some((entry) => entry.family !== undefined || entry.text !== undefined)) {
      assert.ok(name, file);
      assert.ok(read.formatName(name, { form: 'list' }), file);
      assert.ok(read.initials(name), file);
    }
    const { age, deceased, future, absent } = read.patientAge(patient, now, 'Australia/Sydney');
    const fixed = patient.birthDate !== undefined && (patient.deceasedBoolean !== true || patient.deceasedDateTime !== undefined);
    if (fixed && !future) assert.ok(age && read.formatAge(age, 'en'), file);
    if (!patient.birthDate && patient._birthDate) assert.ok(absent, file);
    assert.equal(deceased, patient.deceasedBoolean === true || patient.deceasedDateTime !== undefined, file);
  }
  assert.ok(patients > 100, `${patients} patients`);
});

test('every quantity keeps its digits and says its unit', { skip }, () => {
  let kept = 0;
  for (const { file, object } of all()) {
    const quantity = object as unknown as Quantity;
    if (typeof quantity.value !== 'number' || (quantity.unit === undefined && quantity.code === undefined)) continue;
    const text = read.formatQuantity(quantity, 'en') ?? '';
    const literal = literalOf(object, 'value') ?? String(quantity.value);
    if (!/e/i.test(literal)) assert.ok(text.replaceAll(',', '').includes(literal), `${file}: ${literal} in ${text}`);
    if (literal !== String(quantity.value)) kept++;
    if (quantity.unit !== undefined && !read.looksLikeUcum(quantity.unit) && quantity.unit !== quantity.code)
      assert.ok(
        [quantity.unit, read.unitText(quantity.unit)].some((unit) => text.toLowerCase().includes(unit.toLowerCase())),
        `${file}: ${quantity.unit} in ${text}`,
      );
  }
  assert.ok(kept > 10, `${kept} literals that JSON.parse would drop`);
});

test('identifiers of HL7 AU pass their check digits, as published', { skip }, () => {
  const results = new Map<string, Record<string, number>>();
  for (const { key, object } of all()) {
    if (key !== 'identifier') continue;
    const identifier = object as unknown as Identifier;
    const [kind, result] = [read.identifierKind(identifier), read.checkIdentifier(identifier)];
    if (kind === undefined || result === undefined) continue;
    const counts = results.get(kind) ?? {};
    counts[result] = (counts[result] ?? 0) + 1;
    results.set(kind, counts);
  }
  for (const kind of ['ihi', 'hpio']) assert.deepEqual(Object.keys(results.get(kind) ?? {}), ['valid'], kind);
  assert.deepEqual(results.get('provider-number'), { valid: 16, 'check-digit': 1 }, 'only 1234561A fails');
});

test('every date and period is read or shown as it stands', { skip }, () => {
  for (const { file, object } of all()) {
    for (const [key, value] of Object.entries(object)) {
      if (typeof value !== 'string' || !/date|time$|^(start|end|issued|recorded|authoredOn)$/i.test(key)) continue;
      assert.ok(read.formatDate(value, { locale: 'en', zone: 'America/New_York' }) !== undefined || value.trim() === '', `${file} ${key}`);
      const year = /^(\d{4})(?:-\d\d){0,2}$/.exec(value)?.[1];
      if (year !== undefined)
        assert.ok(read.formatDate(value, { locale: 'en', zone: 'Pacific/Honolulu' })?.includes(year), `${file} ${value}`);
    }
  }
});

test('references within the published bundles resolve, contained ones too', { skip }, () => {
  let resolved = 0;
  for (const { name, text } of [
    ...caseFiles('patients/ips'),
    ...caseFiles('patients/synthea-r4').slice(0, 3),
    ...caseFiles('patients/au-ps-ig'),
  ]) {
    const bundle = read.recordOf(parseJson(text));
    if (bundle?.['resourceType'] !== 'Bundle') continue;
    const { resolve } = read.createResolver(bundle);
    const urls = new Set(read.recordsOf(bundle['entry']).map((entry) => entry['fullUrl']));
    for (const { object, resource } of objects(bundle)) {
      const reference = object as unknown as Reference;
      if (typeof reference.reference !== 'string') continue;
      const inside = urls.has(reference.reference) || reference.reference.startsWith('#');
      const found = resolve(reference, resource);
      if (inside) assert.ok(found, `${name}: ${reference.reference}`);
      if (found) resolved++;
    }
  }
  assert.ok(resolved > 1000, `${resolved} references`);
});

test('every name, address and identifier reads as something', { skip }, () => {
  for (const { file, key, object } of all()) {
    if (
      key === 'address' &&
      Object.keys(object).some((name) => ['line', 'city', 'text', 'country', 'state', 'postalCode'].includes(name))
    ) {
      const lines = read.addressLines(object as unknown as Address, { locale: 'en' });
      assert.ok(
        lines.length > 0 && lines.every((line) => line.trim() !== '' && !/undefined|^,|,$/.test(line)),
        `${file}: ${lines.join('|')}`,
      );
    }
    if (key === 'name' && object['family'] !== undefined) assert.ok(read.bannerName(object as unknown as HumanName), file);
    if (key === 'identifier' && typeof object['value'] === 'string')
      assert.ok(read.formatIdentifier(object as unknown as Identifier), file);
  }
});
