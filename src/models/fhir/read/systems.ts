/** Everyday names of well-known code systems. Sources: R4 terminologies-systems, HL7 THO, and the owners' own pages. */
const NAMES: Readonly<Record<string, string>> = {
  'http://snomed.info/sct': 'SNOMED CT',
  'http://loinc.org': 'LOINC',
  'http://www.nlm.nih.gov/research/umls/rxnorm': 'RxNorm',
  'http://unitsofmeasure.org': 'UCUM',
  'http://www.ama-assn.org/go/cpt': 'CPT',
  'https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets': 'HCPCS',
  'http://hl7.org/fhir/sid/icd-10': 'ICD-10',
  'http://hl7.org/fhir/sid/icd-10-cm': 'ICD-10-CM',
  'http://www.cms.gov/Medicare/Coding/ICD10': 'ICD-10-PCS',
  'http://hl7.org/fhir/sid/icd-10-am': 'ICD-10-AM',
  'http://hl7.org/fhir/sid/icd-9-cm': 'ICD-9-CM',
  'http://id.who.int/icd/release/11/mms': 'ICD-11',
  'http://hl7.org/fhir/sid/icd-o-3': 'ICD-O-3',
  'http://hl7.org/fhir/sid/icpc-1': 'ICPC',
  'http://hl7.org/fhir/sid/icpc-2': 'ICPC-2',
  'http://hl7.org/fhir/sid/ndc': 'NDC',
  'http://hl7.org/fhir/sid/cvx': 'CVX',
  'http://hl7.org/fhir/sid/mvx': 'MVX',
  'http://hl7.org/fhir/sid/us-ndc': 'NDC',
  'http://www.whocc.no/atc': 'ATC',
  'http://fdasis.nlm.nih.gov': 'UNII',
  'http://dicom.nema.org/resources/ontology/DCM': 'DICOM',
  'http://nucc.org/provider-taxonomy': 'NUCC',
  'http://pbs.gov.au/code/item': 'PBS',
  'http://www.pbs.gov.au/code/item': 'PBS',
  'http://dmd.nhs.uk': 'dm+d',
  'https://dmd.nhs.uk': 'dm+d',
  'https://fhir.hl7.org.uk/Id/dmd': 'dm+d',
  'urn:iso:std:iso:3166': 'ISO 3166',
  'urn:ietf:bcp:47': 'BCP 47',
  'urn:iso:std:iso:4217': 'ISO 4217',
};

/** The same systems by the OIDs that C-CDA and older feeds use. */
const OIDS: Readonly<Record<string, string>> = {
  '2.16.840.1.113883.6.96': 'SNOMED CT',
  '2.16.840.1.113883.6.1': 'LOINC',
  '2.16.840.1.113883.6.88': 'RxNorm',
  '2.16.840.1.113883.6.8': 'UCUM',
  '2.16.840.1.113883.6.12': 'CPT',
  '2.16.840.1.113883.6.285': 'HCPCS',
  '2.16.840.1.113883.6.90': 'ICD-10-CM',
  '2.16.840.1.113883.6.3': 'ICD-10',
  '2.16.840.1.113883.6.103': 'ICD-9-CM',
  '2.16.840.1.113883.6.69': 'NDC',
  '2.16.840.1.113883.12.292': 'CVX',
  '2.16.840.1.113883.6.73': 'ATC',
  '2.16.840.1.113883.4.9': 'UNII',
};

const HL7_TABLE = /^(?:http:\/\/terminology\.hl7\.org\/CodeSystem\/|http:\/\/hl7\.org\/fhir\/)(v[23])[-/](.+)$/;

/** `SNOMED CT` for `http://snomed.info/sct` (national editions too); `HL7 v2-0203` for HL7's tables; undefined when not well known. */
export function systemName(system: string | undefined): string | undefined {
  if (system === undefined) return undefined;
  const uri = system.split('|')[0] ?? system;
  if (Object.hasOwn(NAMES, uri)) return NAMES[uri];
  if (uri.startsWith('http://snomed.info/sct/')) return 'SNOMED CT';
  if (uri.startsWith('urn:oid:') && Object.hasOwn(OIDS, uri.slice(8))) return OIDS[uri.slice(8)];
  const table = HL7_TABLE.exec(uri);
  return table ? `HL7 ${table[1]}-${table[2]}` : undefined;
}
