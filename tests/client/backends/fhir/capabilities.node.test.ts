import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { isCareError } from '../../../../src/models/errors.js';
import { readCapabilities } from '../../../../src/client/backends/fhir/capabilities.js';
import { nothingLearned } from '../../../../src/client/backends/fhir/learned.js';
import { caseFiles, skipWithoutCases } from '../../../support/cases.js';
import { capabilityStatement, json, stub } from '../../stub-server.js';

const read = (statement: unknown, learned = nothingLearned()) => readCapabilities(statement, 'fhir.example.org', learned);

describe('a CapabilityStatement', () => {
  test('of a whole server', () => {
    const capabilities = read({
      resourceType: 'CapabilityStatement',
      fhirVersion: '4.0.1',
      software: { name: 'Server', version: '2' },
      patchFormat: ['application/json-patch+json'],
      rest: [
        {
          mode: 'server',
          interaction: [{ code: 'transaction' }, { code: 'batch' }],
          searchParam: [{ name: '_lastUpdated' }],
          resource: [
            {
              type: 'Patient',
              interaction: [{ code: 'read' }, { code: 'search-type' }, { code: 'update' }, { code: 'patch' }],
              versioning: 'versioned-update',
              conditionalCreate: true,
              updateCreate: false,
              searchParam: [{ name: 'name' }, { name: 'birthdate' }],
              searchInclude: ['Patient:link'],
              operation: [{ name: '$everything' }],
            },
            { type: 'ValueSet', interaction: [{ code: 'read' }], operation: [{ name: 'expand' }] },
            { type: 'Observation' },
          ],
        },
      ],
    });
    assert.deepEqual(
      [capabilities.name, capabilities.fhirVersion, capabilities.transaction, capabilities.batch],
      ['Server 2', '4.0.1', 'yes', 'yes'],
    );
    assert.deepEqual([capabilities.jsonPatch, capabilities.fhirpathPatch, capabilities.versionedUpdate], ['yes', 'no', 'yes']);
    assert.deepEqual([capabilities.everything, capabilities.expand, capabilities.postSearch], ['yes', 'yes', 'unknown']);
    const patient = capabilities.type('Patient');
    assert.deepEqual(
      [patient.read, patient.search, patient.create, patient.delete, patient.conditionalCreate, patient.updateCreate],
      ['yes', 'yes', 'no', 'no', 'yes', 'no'],
    );
    assert.deepEqual(
      [patient.searchParams, patient.includes, patient.revIncludes],
      [['name', 'birthdate', '_lastUpdated'], ['Patient:link'], undefined],
    );
    assert.deepEqual([capabilities.type('Observation').read, capabilities.type('Observation').searchParams], ['unknown', undefined]);
    assert.equal(capabilities.type('Claim').read, 'no');
    assert.deepEqual(capabilities.notes, []);
  });

  test('that says nothing leaves everything unknown, and says so', () => {
    for (const statement of [
      undefined,
      null,
      {},
      { resourceType: 'CapabilityStatement' },
      { rest: [] },
      { rest: [{ mode: 'client', resource: [{ type: 'Patient' }] }] },
    ]) {
      const capabilities = read(statement);
      assert.deepEqual(
        [capabilities.name, capabilities.transaction, capabilities.type('Patient').create],
        ['fhir.example.org', 'unknown', 'unknown'],
      );
      assert.equal(capabilities.notes.length, 1);
    }
  });

  test('learned abilities outweigh what is declared', () => {
    const capabilities = read(capabilityStatement(['transaction']), {
      ...nothingLearned(),
      postSearch: 'no',
      transaction: 'no',
      jsonPatch: 'no',
      fhirpathPatch: 'unknown',
    });
    assert.deepEqual([capabilities.transaction, capabilities.postSearch, capabilities.jsonPatch], ['no', 'no', 'no']);
    assert.ok(capabilities.quirks.includes('no-post-search') && capabilities.quirks.includes('no-transaction'));
    assert.equal(capabilities.notes.length, 2);
  });

  test('of a server with known deviations names them, by data alone', () => {
    assert.ok(read(capabilityStatement([], [], 'HAPI FHIR Server')).quirks.includes('delete-ignores-if-match'));
    assert.deepEqual(read(capabilityStatement([], [{ type: 'Patient' }], 'Another')).quirks, []);
  });

  test('without versions warns that a lost update is possible', () => {
    const capabilities = read(capabilityStatement(['transaction'], [{ type: 'Patient', versioning: 'no-version' }]));
    assert.deepEqual([capabilities.versionedUpdate, capabilities.quirks], ['no', ['update-ignores-if-match', 'delete-ignores-if-match']]);
    assert.equal(capabilities.notes.length, 2);
  });

  test('of another FHIR version is named in the notes', () => {
    assert.match(read({ ...capabilityStatement(), fhirVersion: '3.0.2' }).notes.join(), /speaks FHIR 3\.0\.2/);
    assert.deepEqual(read({ ...capabilityStatement(), fhirVersion: '4.3.0' }).notes, []);
  });

  test('in any shape does not throw', () => {
    const statement = fc.record({
      software: fc.anything(),
      rest: fc.oneof(
        fc.anything(),
        fc.array(
          fc.record({
            mode: fc.constantFrom('server', 3),
            interaction: fc.anything(),
            resource: fc.oneof(fc.anything(), fc.array(fc.anything())),
            operation: fc.anything(),
          }),
        ),
      ),
      patchFormat: fc.anything(),
      fhirVersion: fc.anything(),
    });
    fc.assert(
      fc.property(fc.oneof(statement, fc.anything()), (anything) => {
        const capabilities = read(anything);
        capabilities.type('Patient');
        return typeof capabilities.name === 'string' && capabilities.notes.every((note) => typeof note === 'string');
      }),
    );
  });

  test('the published ones', { skip: skipWithoutCases }, () => {
    const files = caseFiles('fhir-bad-and-fhirpath/server-shapes').filter(({ name }) => name.includes('CapabilityStatement-'));
    assert.ok(files.length > 0);
    for (const { name, text } of files) {
      const statement = JSON.parse(text) as {
        rest?: { resource: { type: string; interaction: { code: string }[]; searchParam?: { name: string }[] }[] }[];
      };
      const capabilities = read(statement);
      assert.equal(capabilities.fhirVersion, '4.0.1', name);
      for (const { type, interaction, searchParam } of statement.rest?.flatMap(({ resource }) => resource) ?? []) {
        const declared = (code: string): string => (interaction.some((one) => one.code === code) ? 'yes' : 'no');
        assert.equal(capabilities.type(type).read, declared('read'), `${name} ${type}`);
        assert.equal(capabilities.type(type).search, declared('search-type'), `${name} ${type}`);
        assert.deepEqual(
          capabilities.type(type).searchParams,
          searchParam?.map((one) => one.name),
          `${name} ${type}`,
        );
      }
      assert.equal(capabilities.type('Appointment').create, statement.rest ? 'no' : 'unknown', name);
    }
  });
});

describe('describe()', () => {
  test('asks once, also when asked twice at the same time', async () => {
    const { backend, paths } = stub(() => capabilityStatement());
    await Promise.all([backend.describe(), backend.describe()]);
    await backend.describe();
    assert.deepEqual(paths(), ['GET metadata']);
    backend.close?.();
    await backend.describe();
    assert.equal(paths().length, 2);
  });

  test('copes with a server that has no metadata, and asks no more', async () => {
    for (const answer of [
      () => new Response(null, { status: 404 }),
      () => new Response(null, { status: 403 }),
      () => json('<html>'),
      () => json({ resourceType: 'Patient' }),
    ]) {
      const { backend, seen } = stub(answer);
      assert.equal((await backend.describe()).transaction, 'unknown');
      await backend.describe();
      assert.equal(seen.length, 1);
    }
  });

  test('fails when the server cannot be reached, and asks again the next time', async () => {
    let down = true;
    const { backend } = stub(() => (down ? new Response(null, { status: 503 }) : capabilityStatement()));
    await assert.rejects(backend.describe(), (error) => isCareError(error, 'server'));
    down = false;
    assert.equal((await backend.describe()).transaction, 'yes');
  });

  test('given up by one caller goes on for the other', async () => {
    let answer: (body: object) => void = () => undefined;
    const { backend } = stub(() => new Promise<object>((resolve) => (answer = resolve)));
    const controller = new AbortController();
    const [one, other] = [backend.describe({ signal: controller.signal }), backend.describe()];
    const gaveUp = assert.rejects(one, (error) => isCareError(error, 'aborted'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    controller.abort();
    await gaveUp;
    answer(capabilityStatement());
    assert.equal((await other).transaction, 'yes');
  });
});
