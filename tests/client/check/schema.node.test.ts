// The published JSON Schema of the report is what the code prints: checked with the few keywords that it uses.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createEmbeddedBackend } from '../../../src/client/backends/embedded/index.js';
import { CHECK_FORMAT, checkServer, TRIAL_GROUPS, TRIAL_OUTCOMES, WIDGET_VERDICTS } from '../../../src/client/check/index.js';

interface Schema {
  type?: string;
  enum?: string[];
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
}
const schema = JSON.parse(readFileSync('docs/check-report.schema.json', 'utf8')) as Schema;

function faults(value: unknown, { type, enum: allowed, required = [], properties, items }: Schema, path = ''): string[] {
  const found: string[] = [];
  if (allowed && !allowed.includes(value as string)) found.push(`${path}: ${String(value)}`);
  const is = Array.isArray(value) ? 'array' : typeof value;
  if (type && is !== type) return [`${path}: ${is}, not ${type}`];
  if (is === 'array') return (value as unknown[]).flatMap((one, at) => faults(one, items!, `${path}[${at}]`));
  if (is !== 'object') return found;
  const members = value as Record<string, unknown>;
  for (const name of required) if (!(name in members)) found.push(`${path}.${name} is missing`);
  // Stricter than JSON Schema: what the code says and the schema does not know is a fault of the schema.
  for (const [name, member] of Object.entries(members))
    found.push(...(properties?.[name] ? faults(member, properties[name], `${path}.${name}`) : [`${path}.${name} is not in the schema`]));
  return found;
}

test('reports of a server, of none, and of one that keeps what was made follow the schema', async () => {
  const server = createEmbeddedBackend();
  const keeping = async (request: Request): Promise<Response> =>
    request.method === 'DELETE' ? new Response(null, { status: 403 }) : server.handle(request);
  for (const [fetch, write] of [
    [server.handle, false],
    [keeping, true],
    [async () => new Response('<html>'), true],
  ] as const) {
    const report: unknown = JSON.parse(JSON.stringify(await checkServer({ baseUrl: server.baseUrl, fetch, write })));
    assert.deepEqual(faults(report, schema), []);
  }
});

test('its lists of words are those of the code', () => {
  const { format, trials, widgets } = schema.properties!;
  const { group, outcome } = trials!.items!.properties!;
  assert.deepEqual(
    [format!.enum, group!.enum, outcome!.enum, widgets!.items!.properties!['verdict']!.enum],
    [[CHECK_FORMAT], [...TRIAL_GROUPS], [...TRIAL_OUTCOMES], [...WIDGET_VERDICTS]],
  );
});
