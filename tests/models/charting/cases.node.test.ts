/** Opens every patient of the cases: records that nobody here wrote. Nothing throws, and what comes in is all accounted for. */
import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { describe, it } from 'node:test';
import {
  alertsView,
  allergiesView,
  allergyStrip,
  bannerView,
  chartRecords,
  countShown,
  emptyReasons,
  encountersView,
  medicationsView,
  patientReferences,
  problemsView,
  SECTION_NAMES,
  SHOWN_TYPES,
  type ChartReading,
  type SectionView,
} from '../../../src/models/charting/index.js';
import { parseJson } from '../../../src/models/fhir/index.js';
import { caseFiles, skipWithoutCases } from '../../support/cases.js';
import { NOW } from './support.js';

interface Chart {
  name: string;
  /** A Bundle, or the single resources of one folder together. */
  data: unknown;
}

function charts(): Chart[] {
  const found: Chart[] = [];
  const folders = new Map<string, unknown[]>();
  for (const { name, text } of caseFiles('patients')) {
    const data = parseJson(text) as { resourceType?: string };
    if (data.resourceType === 'Bundle') found.push({ name, data });
    else {
      const folder = folders.get(dirname(name));
      if (folder) folder.push(data);
      else folders.set(dirname(name), [data]);
    }
  }
  for (const [name, data] of folders) found.push({ name, data });
  return found;
}

function open(data: unknown, reference: string, locale = 'en-AU') {
  const chart = chartRecords(data, reference);
  const reading: ChartReading = { locale, zone: 'Australia/Sydney', now: NOW, resolver: chart.resolver, patient: chart.identity };
  const { sections } = chart;
  const reasons = emptyReasons(sections.documents.records, reading);
  return {
    chart,
    banner: bannerView(chart.patient, reading),
    problems: problemsView(sections.problems.records, reading, reasons),
    allergies: allergiesView(sections.allergies.records, reading, reasons),
    medications: medicationsView(sections.medications.records, reading, reasons),
    encounters: encountersView(sections.encounters.records, reading),
    alerts: alertsView(sections.alerts.records, reading),
  };
}

const named = (part: string): Chart => {
  const found = charts().find(({ name }) => name.includes(part));
  assert.ok(found, part);
  return found;
};

describe('every patient of the cases', { skip: skipWithoutCases }, () => {
  it('opens, and every record of the chart is shown, apart, a statement or withheld', () => {
    let opened = 0;
    for (const { name, data } of charts()) {
      const resources = Array.isArray(data)
        ? (data as { resourceType: string }[])
        : (data as { entry?: { resource?: { resourceType: string } }[] }).entry?.flatMap(({ resource }) => resource ?? []);
      for (const reference of patientReferences(data)) {
        for (const locale of ['en-AU', 'ar', 'he']) {
          const { chart, banner, alerts, problems, allergies, medications, encounters } = open(data, reference, locale);
          for (const view of [alerts, problems, allergies, medications, encounters])
            assert.equal(countShown(view), view.received, `${name} ${reference}`);
          for (const row of ([problems, allergies, medications, encounters] as SectionView[]).flatMap((view) =>
            view.groups.flatMap((group) => group.rows),
          ))
            assert.ok(
              row.title.text !== undefined ||
                row.title.absent !== undefined ||
                row.type === 'Encounter' ||
                row.cautions.some(({ code }) => code === 'unresolved'),
              `${name} ${row.key} has no name and nobody says why`,
            );
          assert.equal(banner.reference === undefined, !reference.startsWith('Patient/'));
          const counted = SECTION_NAMES.filter((section) => section !== 'documents').reduce(
            (n, section) =>
              n +
              chart.sections[section].records.length +
              chart.sections[section].withheld.other +
              chart.sections[section].withheld.undecided,
            0,
          );
          const there = resources!.filter(
            ({ resourceType }) => resourceType !== 'Patient' && (SHOWN_TYPES as readonly string[]).includes(resourceType),
          ).length;
          assert.equal(counted, there, `${name} ${reference}`);
        }
        opened++;
      }
    }
    assert.ok(opened >= 90, `${opened} patients`);
  });

  it('has as many entries as synthea-counts.tsv says', () => {
    const [table] = caseFiles('patients', 'synthea-counts.tsv');
    let rows = 0;
    for (const line of table!.text.trim().split('\n').slice(1)) {
      const [file, , birthDate, gender, vital, json] = line.split('\t');
      const counts = JSON.parse(json!) as Record<string, number>;
      const { data } = named(file!.split('/').at(-1)!.normalize('NFC'));
      const { chart, banner, problems, allergies, medications, encounters } = open(data, patientReferences(data)[0]!);
      assert.deepEqual(
        [problems.received, allergies.received, medications.received, encounters.received],
        [counts['Condition'] ?? 0, counts['AllergyIntolerance'] ?? 0, counts['MedicationRequest'] ?? 0, counts['Encounter'] ?? 0],
        file,
      );
      for (const { type, count } of chart.inventory.lines) assert.equal(count, counts[type], `${file} ${type}`);
      assert.equal(
        chart.inventory.lines.length +
          ['Patient', 'Condition', 'AllergyIntolerance', 'MedicationRequest', 'Encounter'].filter((type) => counts[type]).length,
        Object.keys(counts).length,
      );
      assert.deepEqual(
        [(chart.patient as { birthDate?: string }).birthDate, banner.gender.code, banner.deceased ? 'deceased' : 'alive'],
        [birthDate, gender, vital],
      );
      rows++;
    }
    assert.ok(rows >= 10);
  });

  it('reads what the odd ones say', () => {
    const first = (part: string) => {
      const { data } = named(part);
      return open(data, patientReferences(data)[0]!);
    };
    const unknowns = first('Bundle-aups-section-emptyreason');
    assert.equal(allergyStrip('ready', unknowns.allergies, true).state, 'nothing-recorded');
    assert.deepEqual(
      [unknowns.allergies.emptyReasons[0]?.code, unknowns.banner.birth.absent, unknowns.banner.identifierAbsent],
      ['unavailable', 'unknown', 'masked'],
    );

    const none = first('Bundle-aups-noknownx');
    assert.equal(allergyStrip('ready', none.allergies, true).state, 'none-known');
    assert.deepEqual([none.problems.statements.length, none.medications.statements.length], [1, 1]);

    const ips = first('Bundle-IPS-examples-Bundle-01');
    const strip = allergyStrip('ready', ips.allergies, true);
    assert.deepEqual([strip.state, strip.contradiction, strip.statements[0]?.scope], ['listed', false, 'food']);

    const stu3 = first('patient-1032702');
    assert.ok(stu3.problems.groups[0]!.rows.every(({ cautions }) => cautions.some(({ code }) => code === 'other-version')));
    assert.equal(allergyStrip('ready', stu3.allergies, true).state, 'unclear', 'a list of 2000 without a status settles nothing');

    const masked = open(named('bennelong-anne').data, 'Patient/bennelong-anne').problems.groups[0]!.rows[0]!;
    assert.deepEqual(masked.title, { text: undefined, from: 'record', absent: 'masked' });

    const mother = open(named('banks-mia-leanne').data, 'Patient/banks-mia-leanne');
    assert.equal(mother.chart.sections.allergies.withheld.other, 1, 'her baby\'s "no known allergy" is not hers');
    assert.equal(mother.allergies.contradiction, false);

    const howe = open(named('howe-deangelo').data, 'Patient/howe-deangelo');
    assert.equal(howe.problems.contradiction, true);
    assert.equal(
      howe.medications.groups[0]!.rows.filter(({ title }) => title.absent === 'unknown').every(({ alsoListed }) => alsoListed === 0),
      true,
    );
  });
});
