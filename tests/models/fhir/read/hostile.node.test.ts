import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as read from '../../../../src/models/fhir/read/index.js';
import { anyLocale, anyMoment, anyZone, hostile } from './hostile.js';

// Each reader with hostile data in every place that a record fills. Options come from carelet's own code and are typed.
const readers: Record<
  string,
  (value: never, locale: string | undefined, zone: string | undefined, now: read.Moment, other: never) => unknown
> = {
  absentReasonAt: (v) => ['birthDate', 'value', 'name', 'text'].map((key) => read.absentReasonAt(v, key)),
  absentReasonOfConcept: (v) => read.absentReasonOfConcept(v),
  addressLines: (v, locale) => [read.addressLines(v, { locale }), read.formatAddress(v, { locale, home: 'AU' })],
  ageAt: (v, locale, zone, now, other) => [
    read.ageAt(read.textOf(v), read.textOf(other), { zone }),
    read.patientAge(v, now, zone),
    read.formatAge(read.patientAge(v, now, zone).age, locale),
  ],
  bannerName: (v) => read.bannerName(v),
  checkIdentifier: (v) => [read.checkIdentifier(v), read.formatIdentifier(v), read.identifierLabel(v), read.identifierKind(v)],
  chooseName: (v, locale, zone, now) => [
    read.chooseName(v, { now, zone }),
    read.formerNames(v, now, zone),
    read.knownAs(v, { now, zone }),
    read.nameAbsentReason(v),
  ],
  codingText: (v, locale) => [
    read.codingText(v, locale),
    read.conceptText(v, locale),
    read.conceptView(v, locale),
    read.codeIn(v, 'a'),
    read.hasCode(v, 'a', 'b'),
  ],
  compareDates: (v, _locale, zone, _now, other) => [
    read.compareDates(read.textOf(v), read.textOf(other), zone),
    read.dateSortKey(read.textOf(v), zone),
  ],
  createResolver: (v, _locale, _zone, _now, other) => read.createResolver(v, 'https://x.org/fhir').resolve(other, v),
  extension: (v) => [
    read.extensionsOf(v, 'a'),
    read.extensionValue(v, 'a'),
    read.extensionPath(v, ['a', 'b']),
    read.primitiveElement(v, 'given', 0),
  ],
  formatDate: (v, locale, zone) => [
    read.formatDate(read.textOf(v), { locale, zone }),
    read.formatTime(read.textOf(v), locale),
    read.formatPeriod(v, { locale, zone }),
  ],
  formatName: (v, locale) => [
    read.formatName(v, { locale }),
    read.formatName(v, { locale, form: 'list' }),
    read.formatName(v, { locale, form: 'inline' }),
    read.initials(v, locale),
  ],
  periods: (v, _locale, zone, now, other) => [
    read.periodContains(v, read.textOf(other), zone),
    read.periodsOverlap(v, other, zone),
    read.isInForce(v, now, zone),
  ],
  person: (v, locale, _zone, now) => [read.pronouns(v, now, locale), read.genderIdentity(v, now, locale), read.languageNeed(v, locale)],
  pick: (v, _locale, zone, now) => [
    read.pickAddress(v, { now, zone }),
    read.pickTelecom(v, { now, zone }),
    read.pickIdentifier(v, { now, zone }),
    read.sortTelecom(v, { now, zone, systems: ['phone'] }),
  ],
  quantity: (v, locale) => [
    read.formatQuantity(v, locale),
    read.formatRange(v, locale),
    read.formatRatio(v, locale),
    read.quantityView(v, locale),
  ],
  reference: (v, _locale, _zone, _now, other) => [
    read.parseReference(v),
    read.referenceType(v),
    read.referenceId(v),
    read.referenceText(v),
    read.sameReference(v, other),
    read.sameReference(v, v),
  ],
  shareCode: (v, _locale, _zone, _now, other) => read.shareCode(v, other),
  telecomHref: (v) => read.telecomHref(v),
  unitText: (v) => [
    read.unitText(read.textOf(v) ?? ''),
    read.systemName(read.textOf(v)),
    read.parseCanonical(read.textOf(v) ?? ''),
    read.formatDecimal(read.textOf(v) ?? '', 'en'),
  ],
};

for (const [name, reader] of Object.entries(readers)) {
  test(`${name} never throws, and leaves its input as it was`, () => {
    fc.assert(
      fc.property(hostile, anyLocale, anyZone, anyMoment, hostile, (value, locale, zone, now, other) => {
        const before = JSON.stringify(value);
        reader(value as never, locale, zone, now, other as never);
        assert.equal(JSON.stringify(value), before);
      }),
      { numRuns: 400 },
    );
  });
}
