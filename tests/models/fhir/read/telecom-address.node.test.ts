import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  addressLines,
  countryCode,
  formatAddress,
  pickAddress,
  pickTelecom,
  sortTelecom,
  telecomHref,
} from '../../../../src/models/fhir/read/index.js';
import type { Address, ContactPoint } from '../../../../src/models/fhir/index.js';

const now = '2026-11-24T04:00:00Z';

test('contact points in the order to try: rank, then use; old and lapsed ones not at all', () => {
  const home: ContactPoint = { system: 'phone', value: '1', use: 'home' };
  const mobile: ContactPoint = { system: 'phone', value: '2', use: 'mobile' };
  const first: ContactPoint = { system: 'phone', value: '3', use: 'work', rank: 1 };
  const old: ContactPoint = { system: 'phone', value: '4', use: 'old', rank: 1 };
  const over: ContactPoint = { system: 'phone', value: '5', period: { end: '2020' } };
  const mail: ContactPoint = { system: 'email', value: 'a@b.org' };
  assert.deepEqual(sortTelecom([home, mobile, first, old, over, mail], { now, systems: ['phone'] }), [first, mobile, home]);
  assert.equal(pickTelecom([home, mail], { now, systems: ['email'] }), mail);
  assert.equal(pickTelecom([over], { now }), undefined);
});

test('links are tel, mailto and https only', () => {
  assert.equal(telecomHref({ system: 'phone', value: '+61 2 9000-0000 ext. 12' }), 'tel:+61290000000;ext=12');
  assert.equal(telecomHref({ system: 'sms', value: '(0491) 570 156' }), 'tel:0491570156');
  assert.equal(telecomHref({ system: 'phone', value: 'tel:+15555550123' }), 'tel:+15555550123');
  assert.equal(telecomHref({ system: 'email', value: 'ann.o+x@clinic.org.au' }), 'mailto:ann.o+x@clinic.org.au');
  assert.equal(telecomHref({ system: 'url', value: 'https://clinic.example/a b' }), 'https://clinic.example/a%20b');
  for (const value of [
    'javascript:alert(1)',
    'a@b.org?bcc=x@y.org',
    'call Ann',
    '12',
    '0491\u202e570156',
    'http://clinic.example',
    'https://clinic.example@evil.org/',
  ])
    for (const system of ['phone', 'email', 'url', 'sms', 'fax', 'other'] as const)
      assert.equal(telecomHref({ system, value }), undefined, `${system} ${value}`);
  assert.equal(telecomHref({ value: '0491570156' }), undefined, 'no system, no link');
});

test('no value makes a link with another scheme', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl(), fc.emailAddress()),
      fc.constantFrom('phone', 'email', 'url', 'sms', 'fax', 'pager', 'other', undefined),
      (value, system) => {
        const href = telecomHref({ system, value } as never);
        if (href !== undefined) assert.ok(['tel:', 'mailto:', 'https:'].includes(new URL(href).protocol), href);
      },
    ),
  );
});

test('addresses in the order of their country', () => {
  const at = (parts: Address): string[] => addressLines(parts, { locale: 'en', home: parts.country });
  assert.deepEqual(
    at({ line: ['1 Main St', 'Apt 2'], city: 'Boston', district: 'Suffolk', state: 'MA', postalCode: '02108', country: 'USA' }),
    ['1 Main St', 'Apt 2', 'Boston, MA 02108'],
  );
  assert.deepEqual(at({ line: ['1 George St'], city: 'Sydney', state: 'NSW', postalCode: '2000', country: 'Australia' }), [
    '1 George St',
    'Sydney NSW 2000',
  ]);
  assert.deepEqual(at({ line: ['10 Downing St'], city: 'London', postalCode: 'SW1A 2AA', country: 'GB' }), [
    '10 Downing St',
    'London',
    'SW1A 2AA',
  ]);
  assert.deepEqual(at({ line: ['Hauptstr. 1'], city: 'Berlin', postalCode: '10115', country: 'DEU' }), ['Hauptstr. 1', '10115 Berlin']);
  assert.deepEqual(at({ line: ['5 rue de Lille'], city: 'Paris', postalCode: '75007', country: 'FR' }), ['5 rue de Lille', '75007 Paris']);
  assert.deepEqual(at({ line: ['千代田1-1'], city: '千代田区', state: '東京都', postalCode: '100-0001', country: 'JP' }), [
    '〒100-0001',
    '東京都千代田区千代田1-1',
  ]);
});

test('partial and untidy addresses: what is there is shown, and no stray commas', () => {
  assert.deepEqual(addressLines({ state: 'MA', postalCode: '02108', country: 'US' }, { home: 'US' }), ['MA 02108']);
  assert.deepEqual(addressLines({ district: 'Suffolk', country: 'US' }, { home: 'US' }), ['Suffolk']);
  assert.deepEqual(addressLines({ text: '1 Main St\r\nBoston' }), ['1 Main St', 'Boston']);
  assert.deepEqual(addressLines({ line: 'one line', city: 5 } as never), ['one line', '5']);
  assert.deepEqual(addressLines({ country: 'Swizterland' }), ['Swizterland'], 'a country that is not known stays as written');
  assert.equal(formatAddress({ city: 'Roma', country: 'IT' }, { locale: 'en', home: 'AU' }), 'Roma, Italy');
  assert.equal(formatAddress({}), undefined);
  assert.equal(countryCode('United States of America'), 'US');
  assert.equal(countryCode('999990000'), undefined);
});

test('nothing of an address whose country is unknown is lost', () => {
  const part = fc.stringMatching(/^[A-Z][a-z]{2,8}$/);
  fc.assert(
    fc.property(
      fc.record(
        { line: fc.array(part, { maxLength: 2 }), city: part, district: part, state: part, postalCode: part },
        { requiredKeys: [] },
      ),
      (address) => {
        const text = formatAddress(address) ?? '';
        for (const value of Object.values(address).flat()) assert.ok(text.includes(value), `${value} in ${text}`);
      },
    ),
  );
});

test('the address to use: in force, by use, old ones last', () => {
  const old: Address = { use: 'old', city: 'A' };
  const home: Address = { use: 'home', city: 'B' };
  const billing: Address = { use: 'billing', city: 'C' };
  assert.equal(pickAddress([old, billing, home], { now }), home);
  assert.equal(pickAddress([old, billing, home], { now, prefer: ['billing'] }), billing);
  assert.equal(pickAddress([old, { use: 'home' }], { now }), old);
});
