/** Systems and small builders of R4 datatypes. The practice's own systems are invented; nobody licences their codes. */
import { parseJson } from '../../models/fhir/index.js';
import type { CodeableConcept, Coding, Extension, Money, Quantity, Reference } from '../../models/fhir/index.js';

/** The practice's own namespace. `.example` belongs to nobody (RFC 2606). */
export const OWN = 'https://harbourstreet.example/fhir';
export const OWN_SERVICE = `${OWN}/CodeSystem/service`;
/** Billing codes that mean nothing to any payer. */
export const OWN_BILLING = `${OWN}/CodeSystem/billing`;
export const OWN_TEST = `${OWN}/CodeSystem/test`;

export const SNOMED = 'http://snomed.info/sct';
export const LOINC = 'http://loinc.org';
export const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';
export const ICD10CM = 'http://hl7.org/fhir/sid/icd-10-cm';
export const CVX = 'http://hl7.org/fhir/sid/cvx';
export const UCUM = 'http://unitsofmeasure.org';
export const V2 = 'http://terminology.hl7.org/CodeSystem/v2-';
export const V3_ACT = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
export const HL7 = 'http://terminology.hl7.org/CodeSystem/';
export const INTERPRETATION = `${HL7}v3-ObservationInterpretation`;
export const STRUCTURE = 'http://hl7.org/fhir/StructureDefinition/';

export function coding(system: string, code: string, display?: string): Coding {
  return display === undefined ? { system, code } : { system, code, display };
}

export function concept(system: string, code: string, display?: string, text?: string): CodeableConcept {
  return { coding: [coding(system, code, display)], ...(text === undefined ? {} : { text }) };
}

export function words(text: string): CodeableConcept {
  return { text };
}

export function reference(type: string, id: string, display?: string): Reference {
  return display === undefined ? { reference: `${type}/${id}` } : { reference: `${type}/${id}`, display };
}

export function extension(url: string, value: Omit<Extension, 'url' | 'id' | 'extension'>): Extension {
  return { url, ...value };
}

/**
 * A Quantity with as many decimals as its test is reported with: 4.0 mmol/L stays 4.0, since the literal is kept beside the
 * number (models/fhir/json.ts).
 */
export function quantity(value: number, decimals: number, unit: string, code: string): Quantity {
  const literal = value.toFixed(decimals);
  const plain = Number(literal);
  const holder = String(plain) === literal ? { value: plain } : (parseJson(`{"value":${literal}}`) as { value: number });
  return Object.assign(holder, { unit, system: UCUM, code });
}

/** Money from whole cents. */
export function money(cents: number, currency: 'AUD' | 'USD'): Money {
  return { value: cents / 100, currency };
}

/** Narrative: paragraphs of plain text. */
export function narrative(...paragraphs: readonly string[]): { status: 'generated'; div: string } {
  const body = paragraphs.map((text) => `<p>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</p>`).join('');
  return { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${body}</div>` };
}
