// Servers that book by themselves, by the CapabilityStatement: IHE's shape and Medplum's.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Personality } from '../../../src/testing/personalities.js';
import { at, booked, clinic, CONSULT, SINGH, slots } from './clinic.js';

interface Asked {
  path: string;
  query: URLSearchParams;
  body: { parameter?: { name: string; valueReference?: { reference: string }; resource?: { status: string } }[] } | undefined;
}

function booksItself(name: string, asked: Asked[]): Personality {
  const proposed = { ...booked('offer-1', '10:00'), status: 'proposed' };
  const stray = { ...booked('offer-2', '10:00'), status: 'proposed', start: '2027-01-01T10:00:00Z', end: '2027-01-01T10:30:00Z' };
  return (handler) => async (request) => {
    const url = new URL(request.url);
    const json = (body: unknown): Response => new Response(JSON.stringify(body), { headers: { 'Content-Type': 'application/fhir+json' } });
    if (url.pathname.endsWith('/metadata')) {
      const body = (await (await handler(request)).json()) as {
        software: { name: string };
        rest: { resource: { type: string; operation?: unknown[] }[] }[];
      };
      body.software.name = name;
      for (const resource of body.rest[0]!.resource)
        if (resource.type === 'Appointment')
          resource.operation = ['find', 'hold', 'book'].map((one) => ({ name: one, definition: `urn:x:${one}` }));
      return json(body);
    }
    const operation = /\/Appointment\/\$(find|hold|book)$/.exec(url.pathname)?.[1];
    if (operation === undefined) return handler(request);
    const body = request.method === 'POST' ? ((await request.json()) as Asked['body']) : undefined;
    asked.push({ path: url.pathname, query: url.searchParams, body });
    if (operation === 'find')
      return json({ resourceType: 'Bundle', type: 'searchset', entry: [{ resource: stray }, { resource: proposed }] });
    const status = operation === 'hold' ? 'pending' : 'booked';
    return json({ resourceType: 'Bundle', type: 'collection', entry: [{ resource: { ...proposed, id: 'made', status } }] });
  };
}

const request = { from: at('09:00'), to: at('12:00'), service: CONSULT, providers: [SINGH], patients: ['Patient/p1'] };

test('IHE: found, held and booked by reference or resource, and another day’s proposal is left out', async () => {
  const asked: Asked[] = [];
  const { over } = await clinic();
  const desk = over(booksItself('Some Scheduler', asked));
  const { offers } = await desk.find(request);
  assert.equal(offers.length, 1);
  assert.equal(asked[0]?.query.get('start'), '2026-11-24T09:00:00+11:00');
  assert.equal(asked[0]?.query.get('practitioner'), SINGH);
  const held = await desk.hold(offers[0]!);
  assert.ok(held.state === 'booked' && held.appointment.status === 'pending');
  assert.deepEqual(asked[1]?.body?.parameter, [{ name: 'appointment-reference', valueReference: { reference: 'Appointment/offer-1' } }]);
  const result = await desk.book(offers[0]!);
  assert.ok(result.state === 'booked' && result.appointment.status === 'booked');
  assert.equal(asked[2]?.body?.parameter?.[0]?.name, 'appointment-resource');
  assert.equal(asked[2]?.body?.parameter?.[0]?.resource?.status, 'pending');
  assert.equal((await desk.guarantee()).doubleBooking, 'none');
});

test('Medplum: by service and schedule, and the appointment itself goes back', async () => {
  const asked: Asked[] = [];
  const { over } = await clinic(slots());
  const desk = over(booksItself('medplum', asked));
  const { offers } = await desk.find(request);
  assert.deepEqual([asked[0]?.query.get('service-type-reference'), asked[0]?.query.get('schedule')], [CONSULT, 'Schedule/singh']);
  await desk.book(offers[0]!);
  assert.equal(asked[1]?.body?.parameter?.[0]?.name, 'appointment');
});
