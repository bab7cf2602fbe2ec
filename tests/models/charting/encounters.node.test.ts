import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { encountersView } from '../../../src/models/charting/index.js';
import { reading, titles } from './support.js';

const visit = (id: string, own: object = {}): object => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  type: [{ text: id }],
  subject: { reference: 'Patient/p1' },
  ...own,
});
const only = (record: object) => encountersView([record], reading()).groups[0]!.rows[0]!;

describe('encounters', () => {
  it('shows newest first, what goes on now before all, and planned, cancelled and mistaken ones apart', () => {
    const view = encountersView(
      [
        visit('2015', { period: { start: '2015-01-01T10:00:00Z' } }),
        visit('undated'),
        visit('ends 2020', { period: { end: '2020' } }),
        visit('2024', { period: { start: '2024' } }),
        visit('now', { status: 'in-progress' }),
        visit('next', { status: 'planned' }),
        visit('off', { status: 'cancelled' }),
        visit('wrong', { status: 'entered-in-error' }),
        visit('odd', { status: 'closed' }),
      ],
      reading(),
    );
    assert.deepEqual(titles(view), {
      now: ['now'],
      planned: ['next'],
      finished: ['2024', 'ends 2020', '2015', 'undated'],
      unknown: ['odd'],
      cancelled: ['off'],
      error: ['wrong'],
    });
  });

  it('reads partial and open-ended periods', () => {
    const open = only(visit('x', { period: { start: '2024-02' } })).period;
    assert.equal(open?.kind === 'period' && open.times.start, 'Feb 2024');
    assert.equal(open?.kind === 'period' && open.times.end, undefined);
    const late = only(visit('x', { period: { end: '2023-01-24' } })).period;
    assert.equal(late?.kind === 'period' && late.times.start, undefined);
  });

  it('points out a visit in progress that has ended', () => {
    assert.deepEqual(only(visit('x', { status: 'in-progress', period: { start: '2015', end: '2016' } })).cautions, [{ code: 'ended' }]);
  });

  it('reads the class as R4, R5 and older records have it', () => {
    assert.equal(only(visit('x')).class, 'AMB');
    assert.equal(
      only(visit('x', { class: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'VR' }] }] })).class,
      'VR',
    );
    assert.equal(only(visit('x', { class: 'IMP' })).class, 'IMP');
    const local = only(visit('x', { class: { system: 'http://example.org', code: 'AMB', display: 'Amphibious' } }));
    assert.deepEqual([local.class, local.classWritten], [undefined, 'Amphibious']);
  });

  it('names people and places by display, by what came along, and else by the bare reference', () => {
    const people = [
      { individual: { reference: 'Practitioner/1', display: 'Dr Ahn' } },
      { individual: { reference: 'PractitionerRole/r' } },
      { individual: { reference: 'Practitioner/9' } },
      {
        extension: [
          {
            url: 'http://hl7.org/fhir/5.0/StructureDefinition/extension-Encounter.participant.actor',
            valueReference: { display: 'Ward team' },
          },
        ],
      },
    ];
    const records = [
      { resourceType: 'PractitionerRole', id: 'r', practitioner: { reference: 'Practitioner/2' }, specialty: [{ text: 'Cardiology' }] },
      { resourceType: 'Practitioner', id: '2', name: [{ family: 'Marsh', given: ['Sana'] }] },
    ];
    const [row] = encountersView([visit('x', { participant: people })], reading(records)).groups[0]!.rows;
    assert.deepEqual(
      row!.participants.map(({ kind, text, role }) => [kind, text, role]),
      [
        ['named', 'Dr Ahn', undefined],
        ['named', 'Sana Marsh', 'Cardiology'],
        ['unresolved', 'Practitioner/9', undefined],
        ['named', 'Ward team', undefined],
      ],
    );
  });

  it('stops at a role that leads back to itself', () => {
    const loop = { resourceType: 'PractitionerRole', id: 'r', practitioner: { reference: 'PractitionerRole/r' } };
    const [row] = encountersView([visit('x', { participant: [{ individual: { reference: 'PractitionerRole/r' } }] })], reading([loop]))
      .groups[0]!.rows;
    assert.equal(row!.participants[0]!.kind, 'unresolved');
  });
});
