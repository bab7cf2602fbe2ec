/**
 * The R4 search parameters (hl7.org/fhir/R4/searchparameter-registry) of the types that carelet works with. Types only: nothing of
 * it runs.
 */
import type { ResourceType } from '../models/fhir/index.js';

type Agent = 'Practitioner' | 'PractitionerRole' | 'Organization' | 'Patient' | 'RelatedPerson' | 'Device' | 'CareTeam';
type Actor = 'Patient' | 'Practitioner' | 'PractitionerRole' | 'RelatedPerson' | 'Device' | 'HealthcareService' | 'Location';
type Subject = 'Patient' | 'Group';
type Names =
  | 'name'
  | 'identifier'
  | 'telecom'
  | 'phone'
  | 'email'
  | 'address'
  | 'address-city'
  | 'address-country'
  | 'address-postalcode'
  | 'address-state'
  | 'address-use';
type Person = Names | 'family' | 'given' | 'phonetic' | 'gender' | 'active';
type About = { patient: 'Patient'; subject: Subject; encounter: 'Encounter' };

/** `plain`: token, string, date, quantity, uri, composite. `to`: reference parameters with the types they can lead to. */
export interface SearchTable {
  Account: { plain: 'identifier' | 'name' | 'owner' | 'period' | 'status' | 'type'; to: { patient: 'Patient'; subject: Subject } };
  AllergyIntolerance: {
    plain:
      | 'category'
      | 'clinical-status'
      | 'code'
      | 'criticality'
      | 'date'
      | 'identifier'
      | 'last-date'
      | 'manifestation'
      | 'onset'
      | 'route'
      | 'severity'
      | 'type'
      | 'verification-status';
    to: { patient: 'Patient'; asserter: Agent; recorder: Agent };
  };
  Appointment: {
    plain:
      | 'appointment-type'
      | 'date'
      | 'identifier'
      | 'part-status'
      | 'reason-code'
      | 'service-category'
      | 'service-type'
      | 'specialty'
      | 'status';
    to: {
      actor: Actor;
      patient: 'Patient';
      practitioner: 'Practitioner';
      location: 'Location';
      slot: 'Slot';
      'based-on': 'ServiceRequest';
      'reason-reference': 'Condition' | 'Procedure' | 'Observation';
    };
  };
  AppointmentResponse: {
    plain: 'identifier' | 'part-status';
    to: { actor: Actor; appointment: 'Appointment'; patient: 'Patient'; practitioner: 'Practitioner'; location: 'Location' };
  };
  AuditEvent: {
    plain: 'action' | 'date' | 'outcome' | 'subtype' | 'type' | 'agent-role' | 'entity-type';
    to: { agent: Agent; patient: 'Patient'; entity: ResourceType };
  };
  CarePlan: {
    plain: 'category' | 'date' | 'identifier' | 'intent' | 'status' | 'activity-date';
    to: About & { 'care-team': 'CareTeam'; condition: 'Condition'; goal: 'Goal'; performer: Agent };
  };
  CareTeam: { plain: 'category' | 'date' | 'identifier' | 'status'; to: About & { participant: Agent } };
  ChargeItem: {
    plain: 'code' | 'entered-date' | 'identifier' | 'occurrence' | 'price-override' | 'quantity';
    to: {
      patient: 'Patient';
      subject: Subject;
      account: 'Account';
      context: 'Encounter' | 'EpisodeOfCare';
      enterer: Agent;
      'performer-actor': Agent;
      service: ResourceType;
    };
  };
  Claim: {
    plain: 'created' | 'identifier' | 'priority' | 'status' | 'use';
    to: { patient: 'Patient'; encounter: 'Encounter'; facility: 'Location'; insurer: 'Organization'; provider: Agent; enterer: Agent };
  };
  ClaimResponse: {
    plain: 'created' | 'disposition' | 'identifier' | 'outcome' | 'payment-date' | 'status' | 'use';
    to: { patient: 'Patient'; request: 'Claim'; insurer: 'Organization'; requestor: Agent };
  };
  Communication: {
    plain: 'category' | 'identifier' | 'medium' | 'received' | 'sent' | 'status';
    to: About & { sender: Agent; recipient: Agent };
  };
  Composition: {
    plain: 'category' | 'confidentiality' | 'date' | 'identifier' | 'period' | 'status' | 'title' | 'type' | 'section';
    to: About & { author: Agent };
  };
  Condition: {
    plain:
      | 'abatement-date'
      | 'body-site'
      | 'category'
      | 'clinical-status'
      | 'code'
      | 'identifier'
      | 'onset-date'
      | 'recorded-date'
      | 'severity'
      | 'stage'
      | 'verification-status';
    to: About & { asserter: Agent };
  };
  Consent: {
    plain: 'action' | 'category' | 'date' | 'identifier' | 'period' | 'purpose' | 'scope' | 'status';
    to: { patient: 'Patient'; consentor: Agent; organization: 'Organization' };
  };
  Coverage: {
    plain: 'class-type' | 'class-value' | 'dependent' | 'identifier' | 'status' | 'type';
    to: {
      patient: 'Patient';
      beneficiary: 'Patient';
      payor: 'Organization' | 'Patient' | 'RelatedPerson';
      subscriber: 'Patient' | 'RelatedPerson';
      'policy-holder': 'Patient' | 'Organization' | 'RelatedPerson';
    };
  };
  DiagnosticReport: {
    plain: 'category' | 'code' | 'conclusion' | 'date' | 'identifier' | 'issued' | 'status';
    to: About & { result: 'Observation'; performer: Agent; 'based-on': 'ServiceRequest'; specimen: 'Specimen' };
  };
  DocumentReference: {
    plain: 'category' | 'contenttype' | 'date' | 'description' | 'facility' | 'identifier' | 'period' | 'status' | 'type';
    to: About & { author: Agent; custodian: 'Organization' };
  };
  Encounter: {
    plain: 'class' | 'date' | 'identifier' | 'length' | 'location-period' | 'participant-type' | 'reason-code' | 'status' | 'type';
    to: {
      patient: 'Patient';
      subject: Subject;
      appointment: 'Appointment';
      account: 'Account';
      'episode-of-care': 'EpisodeOfCare';
      location: 'Location';
      participant: Agent;
      practitioner: 'Practitioner';
      'service-provider': 'Organization';
      diagnosis: 'Condition' | 'Procedure';
    };
  };
  EpisodeOfCare: {
    plain: 'date' | 'identifier' | 'status' | 'type';
    to: { patient: 'Patient'; 'care-manager': 'Practitioner'; organization: 'Organization'; condition: 'Condition' };
  };
  ExplanationOfBenefit: {
    plain: 'created' | 'disposition' | 'identifier' | 'status';
    to: { patient: 'Patient'; claim: 'Claim'; coverage: 'Coverage'; encounter: 'Encounter'; provider: Agent };
  };
  Flag: { plain: 'date' | 'identifier'; to: About & { author: Agent } };
  Goal: {
    plain: 'achievement-status' | 'category' | 'identifier' | 'lifecycle-status' | 'start-date' | 'target-date';
    to: { patient: 'Patient'; subject: Subject };
  };
  HealthcareService: {
    plain: 'active' | 'characteristic' | 'identifier' | 'name' | 'program' | 'service-category' | 'service-type' | 'specialty';
    to: { location: 'Location'; organization: 'Organization' };
  };
  Immunization: {
    plain: 'date' | 'identifier' | 'lot-number' | 'reason-code' | 'series' | 'status' | 'status-reason' | 'target-disease' | 'vaccine-code';
    to: { patient: 'Patient'; performer: Agent; location: 'Location' };
  };
  Invoice: {
    plain: 'date' | 'identifier' | 'status' | 'totalgross' | 'totalnet' | 'type';
    to: { patient: 'Patient'; subject: Subject; account: 'Account'; issuer: 'Organization'; recipient: Agent };
  };
  Location: {
    plain:
      | 'address'
      | 'address-city'
      | 'address-country'
      | 'address-postalcode'
      | 'address-state'
      | 'identifier'
      | 'name'
      | 'operational-status'
      | 'status'
      | 'type';
    to: { organization: 'Organization'; partof: 'Location' };
  };
  MedicationRequest: {
    plain: 'authoredon' | 'category' | 'code' | 'date' | 'identifier' | 'intent' | 'priority' | 'status';
    to: About & { medication: 'Medication'; requester: Agent; 'intended-performer': Agent };
  };
  MedicationStatement: {
    plain: 'category' | 'code' | 'effective' | 'identifier' | 'status';
    to: { patient: 'Patient'; subject: Subject; context: 'Encounter' | 'EpisodeOfCare'; medication: 'Medication'; source: Agent };
  };
  Observation: {
    plain:
      | 'category'
      | 'code'
      | 'code-value-quantity'
      | 'combo-code'
      | 'component-code'
      | 'data-absent-reason'
      | 'date'
      | 'identifier'
      | 'method'
      | 'status'
      | 'value-concept'
      | 'value-date'
      | 'value-quantity'
      | 'value-string';
    to: About & {
      performer: Agent;
      'derived-from': 'Observation' | 'QuestionnaireResponse' | 'DocumentReference';
      'has-member': 'Observation' | 'QuestionnaireResponse';
      specimen: 'Specimen';
      device: 'Device';
      'based-on': 'ServiceRequest';
    };
  };
  Organization: { plain: Names | 'active' | 'phonetic' | 'type'; to: { partof: 'Organization'; endpoint: 'Endpoint' } };
  Patient: {
    plain: Person | 'birthdate' | 'death-date' | 'deceased' | 'language';
    to: {
      'general-practitioner': 'Practitioner' | 'PractitionerRole' | 'Organization';
      organization: 'Organization';
      link: 'Patient' | 'RelatedPerson';
    };
  };
  PaymentReconciliation: {
    plain: 'created' | 'disposition' | 'identifier' | 'outcome' | 'status';
    to: { 'payment-issuer': 'Organization'; request: 'Task'; requestor: Agent };
  };
  Practitioner: { plain: Person | 'communication'; to: Record<never, never> };
  PractitionerRole: {
    plain: 'active' | 'date' | 'email' | 'identifier' | 'phone' | 'role' | 'specialty' | 'telecom';
    to: { practitioner: 'Practitioner'; organization: 'Organization'; location: 'Location'; service: 'HealthcareService' };
  };
  Procedure: {
    plain: 'category' | 'code' | 'date' | 'identifier' | 'reason-code' | 'status';
    to: About & { performer: Agent; location: 'Location'; 'based-on': 'ServiceRequest' };
  };
  Provenance: {
    plain: 'recorded' | 'signature-type' | 'when';
    to: { agent: Agent; patient: 'Patient'; target: ResourceType; location: 'Location' };
  };
  Questionnaire: {
    plain:
      | 'code'
      | 'date'
      | 'definition'
      | 'description'
      | 'effective'
      | 'identifier'
      | 'name'
      | 'publisher'
      | 'status'
      | 'subject-type'
      | 'title'
      | 'url'
      | 'version';
    to: Record<never, never>;
  };
  QuestionnaireResponse: {
    plain: 'authored' | 'identifier' | 'status';
    to: About & { questionnaire: 'Questionnaire'; author: Agent; source: Agent; 'based-on': 'ServiceRequest' | 'CarePlan' };
  };
  RelatedPerson: { plain: Person | 'birthdate' | 'relationship'; to: { patient: 'Patient' } };
  Schedule: { plain: 'active' | 'date' | 'identifier' | 'service-category' | 'service-type' | 'specialty'; to: { actor: Actor } };
  ServiceRequest: {
    plain: 'authored' | 'category' | 'code' | 'identifier' | 'intent' | 'occurrence' | 'priority' | 'requisition' | 'status';
    to: About & { performer: Agent; requester: Agent; 'based-on': 'ServiceRequest' | 'CarePlan' };
  };
  Slot: {
    plain: 'appointment-type' | 'identifier' | 'service-category' | 'service-type' | 'specialty' | 'start' | 'status';
    to: { schedule: 'Schedule' };
  };
  Task: {
    plain:
      | 'authored-on'
      | 'business-status'
      | 'code'
      | 'group-identifier'
      | 'identifier'
      | 'intent'
      | 'modified'
      | 'period'
      | 'performer'
      | 'priority'
      | 'status';
    to: About & { owner: Agent; requester: Agent; focus: ResourceType; 'based-on': ResourceType; 'part-of': 'Task' };
  };
  ValueSet: {
    plain: 'code' | 'date' | 'expansion' | 'identifier' | 'name' | 'publisher' | 'reference' | 'status' | 'title' | 'url' | 'version';
    to: Record<never, never>;
  };
}
