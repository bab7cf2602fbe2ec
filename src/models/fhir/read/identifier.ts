/** Identifiers: which kind they are, what to call them, how to print them, and which of several to show. */
import {
  checkHpii,
  checkHpio,
  checkIhi,
  checkMedicare,
  checkNhsNumber,
  checkNpi,
  checkProviderNumber,
  type CheckResult,
} from './check-digits.js';
import { conceptText, hasCode } from './coding.js';
import { isInForce } from './date-compare.js';
import { entriesOf, recordOf, textOf } from './loose.js';
import type { Moment } from './moment.js';
import type { Identifier } from '../generated/types/index.js';

export const IDENTIFIER_KINDS = [
  'mrn', 'ihi', 'medicare', 'dva', 'concession', 'hpii', 'hpio', 'provider-number', 'prescriber-number', 'ahpra', 'abn',
  'ssn', 'npi', 'mbi', 'dea', 'nhs', 'driver-licence', 'passport', 'member',
] as const; // prettier-ignore
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

interface KindRule {
  /** What clinicians call it. */
  label: string;
  systems: readonly string[];
  /** v2-0203 codes that alone tell the kind; codes that several countries share (MC, NI, NOI) are not among them. */
  types: readonly string[];
  format?: (value: string) => string;
  check?: (value: string) => CheckResult;
}

const AU = 'http://ns.electronichealth.net.au/id/';
const SID = 'http://hl7.org/fhir/sid/';

/** Sources of the systems: AU Base 4 NamingSystems, HL7 THO identifier systems, NHS Digital. */
const RULES: Readonly<Record<IdentifierKind, KindRule>> = {
  mrn: { label: 'MRN', systems: [], types: ['MR'] },
  ihi: { label: 'IHI', systems: [`${AU}hi/ihi/1.0`], types: [], format: groups(4, 4, 4, 4), check: checkIhi },
  medicare: { label: 'Medicare', systems: [`${AU}medicare-number`], types: [], format: medicare, check: checkMedicare },
  dva: { label: 'DVA', systems: [`${AU}dva`], types: ['DVAU', 'DVG', 'DVL', 'DVW', 'DVO'] },
  concession: {
    label: 'Concession card',
    systems: [`${AU}centrelink-customer-reference-number`, `${AU}pensioner-concession-card`, `${AU}health-care-card`],
    types: ['PEN', 'HC', 'SEN'],
  },
  hpii: { label: 'HPI-I', systems: [`${AU}hi/hpii/1.0`], types: [], format: groups(4, 4, 4, 4), check: checkHpii },
  hpio: { label: 'HPI-O', systems: [`${AU}hi/hpio/1.0`], types: [], format: groups(4, 4, 4, 4), check: checkHpio },
  'provider-number': { label: 'Provider number', systems: [`${AU}medicare-provider-number`], types: [], check: checkProviderNumber },
  'prescriber-number': { label: 'Prescriber number', systems: [`${AU}medicare-prescriber-number`], types: ['PRES'] },
  ahpra: { label: 'AHPRA', systems: ['http://hl7.org.au/id/ahpra-registration-number'], types: ['AHPRA'] },
  abn: { label: 'ABN', systems: ['http://hl7.org.au/id/abn'], types: ['ABN'], format: groups(2, 3, 3, 3) },
  ssn: { label: 'SSN', systems: [`${SID}us-ssn`, 'urn:oid:2.16.840.1.113883.4.1'], types: ['SS'], format: groups(3, 2, 4, '-') },
  npi: { label: 'NPI', systems: [`${SID}us-npi`, 'urn:oid:2.16.840.1.113883.4.6'], types: [], check: checkNpi },
  mbi: {
    label: 'MBI',
    systems: [`${SID}us-mbi`, 'http://terminology.hl7.org/NamingSystem/cmsMBI'],
    types: [],
    format: groups(4, 3, 4, '-'),
  },
  dea: { label: 'DEA', systems: ['http://terminology.hl7.org/NamingSystem/usDEA', 'urn:oid:2.16.840.1.113883.4.814'], types: ['DEA'] },
  nhs: {
    label: 'NHS number',
    systems: ['https://fhir.nhs.uk/Id/nhs-number', 'http://fhir.nhs.net/Id/nhs-number'],
    types: [],
    format: groups(3, 3, 4),
    check: checkNhsNumber,
  },
  'driver-licence': { label: 'Driver licence', systems: [], types: ['DL'] },
  passport: { label: 'Passport', systems: [], types: ['PPN'] },
  member: { label: 'Member number', systems: [], types: ['MB', 'SN'] },
};

/** Prints digits in groups where the value has exactly as many; any other value stays as it was recorded. */
function groups(...sizes: readonly (number | string)[]): (value: string) => string {
  const widths = sizes.filter((size): size is number => typeof size === 'number');
  const mark = sizes.find((size) => typeof size === 'string') ?? ' ';
  const length = widths.reduce((sum, size) => sum + size, 0);
  return (value) => {
    const plain = value.replace(/[\s-]+/g, '');
    if (plain.length !== length || !/^[0-9A-Z]+$/i.test(plain)) return value;
    let at = 0;
    return widths.map((size) => plain.slice(at, (at += size))).join(mark);
  };
}

/** As on the card: `2950 64117 1`, and the person's own number after it, `2950 64117 1 / 2`. */
function medicare(value: string): string {
  const [, a, b, c, person] = /^(\d{4})(\d{5})(\d)(\d)?$/.exec(value.replace(/[\s/-]+/g, '')) ?? [];
  return a === undefined ? value : `${a} ${b} ${c}${person === undefined ? '' : ` / ${person}`}`;
}

const TYPE_SYSTEMS = [
  'http://terminology.hl7.org/CodeSystem/v2-0203',
  'http://terminology.hl7.org.au/CodeSystem/v2-0203',
  'http://hl7.org/fhir/v2/0203',
  'http://hl7.org/fhir/identifier-type',
];

function hasType(identifier: Identifier, codes: readonly string[]): boolean {
  const type = recordOf(identifier.type) as Identifier['type'];
  return TYPE_SYSTEMS.some((system) => hasCode(type, system, ...codes));
}

/** The kind of an identifier, by its system, else by its type code. Undefined for local and unknown ones. */
export function identifierKind(identifier: Identifier | undefined | null): IdentifierKind | undefined {
  const system = textOf(identifier?.system);
  if (!identifier) return undefined;
  return (
    IDENTIFIER_KINDS.find((kind) => system !== undefined && RULES[kind].systems.includes(system)) ??
    IDENTIFIER_KINDS.find((kind) => RULES[kind].types.length > 0 && hasType(identifier, RULES[kind].types))
  );
}

/** What to call it: its kind's own name, else the words or code of its type, else who assigned it. The caller may translate by {@link identifierKind}. */
export function identifierLabel(identifier: Identifier | undefined | null): string | undefined {
  const kind = identifierKind(identifier);
  return kind ? RULES[kind].label : (conceptText(identifier?.type) ?? textOf(recordOf(identifier?.assigner)?.['display']));
}

/** The value in the groups it is read aloud in. */
export function formatIdentifier(identifier: Identifier | undefined | null): string | undefined {
  const value = textOf(identifier?.value);
  const kind = identifierKind(identifier);
  return value === undefined || kind === undefined ? value : (RULES[kind].format?.(value) ?? value);
}

/** What its check digit says; undefined where the kind has none that we know. A warning, never a reason to refuse. */
export function checkIdentifier(identifier: Identifier | undefined | null): CheckResult | undefined {
  const value = textOf(identifier?.value);
  const kind = identifierKind(identifier);
  return value === undefined || kind === undefined ? undefined : RULES[kind].check?.(value);
}

export interface PickIdentifierOptions {
  now: Moment;
  zone?: string | undefined;
  /** Kinds or systems in the order wanted. Others are not picked, unless the list is left out. */
  prefer?: readonly string[] | undefined;
}

const USE_ORDER: readonly (string | undefined)[] = ['official', 'usual', undefined, 'secondary', 'temp', 'old'];

/**
 * The identifier to show: of those wanted the first in the order of `prefer`, in force before lapsed, then by use. One that
 * is `old` is picked only when nothing else is there.
 */
export function pickIdentifier<T extends Identifier>(
  identifiers: readonly T[] | T | undefined | null,
  { now, zone, prefer }: PickIdentifierOptions,
): T | undefined {
  let best: { identifier: T; rank: number } | undefined;
  for (const identifier of entriesOf(identifiers)) {
    if (textOf(identifier.value) === undefined) continue;
    const wanted = prefer ? prefer.findIndex((want) => want === identifierKind(identifier) || want === textOf(identifier.system)) : 0;
    if (wanted < 0) continue;
    const use = USE_ORDER.indexOf(identifier.use);
    const rank = (isInForce(identifier.period, now, zone) && identifier.use !== 'old' ? 0 : 10_000) + wanted * 10 + (use < 0 ? 2 : use);
    if (!best || rank < best.rank) best = { identifier, rank };
  }
  return best?.identifier;
}
