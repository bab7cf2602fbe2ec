/**
 * Where a resource holds what its reference parameters search (hl7.org/fhir/R4/searchparameter-registry), for the types that carelet
 * works with: a line a type, `parameter=path` where the element is not the parameter's name in camel case; `>Type` where only
 * references to that type count. It is what an `_include` follows.
 */
const PATHS = `
Account patient=subject>Patient
Appointment actor=participant.actor location=participant.actor>Location patient=participant.actor>Patient practitioner=participant.actor>Practitioner supporting-info=supportingInformation
AppointmentResponse location=actor>Location patient=actor>Patient practitioner=actor>Practitioner
AuditEvent agent=agent.who entity=entity.what patient=agent.who|entity.what>Patient source=source.observer
CarePlan activity-reference=activity.reference condition=addresses patient=subject>Patient performer=activity.detail.performer
CareTeam participant=participant.member patient=subject>Patient
ChargeItem patient=subject>Patient performer-actor=performer.actor
Claim care-team=careTeam.provider detail-udi=item.detail.udi encounter=item.encounter item-udi=item.udi payee=payee.party procedure-udi=procedure.udi subdetail-udi=item.detail.subDetail.udi
Communication patient=subject>Patient
Composition attester=attester.party entry=section.entry patient=subject>Patient related-ref=relatesTo.targetReference
Condition evidence-detail=evidence.detail patient=subject>Patient
Consent actor=provision.actor.reference consentor=performer data=provision.data.reference
Coverage patient=beneficiary
DiagnosticReport media=media.link patient=subject>Patient
DocumentReference encounter=context.encounter patient=subject>Patient related=context.related relatesto=relatesTo.target
Encounter diagnosis=diagnosis.condition location=location.location participant=participant.individual patient=subject>Patient practitioner=participant.individual>Practitioner
EpisodeOfCare care-manager=careManager>Practitioner condition=diagnosis.condition incoming-referral=referralRequest organization=managingOrganization
ExplanationOfBenefit care-team=careTeam.provider coverage=insurance.coverage detail-udi=item.detail.udi encounter=item.encounter item-udi=item.udi payee=payee.party procedure-udi=procedure.udi subdetail-udi=item.detail.subDetail.udi
Flag patient=subject>Patient
Goal patient=subject>Patient
HealthcareService organization=providedBy
Immunization performer=performer.actor reaction=reaction.detail
Invoice participant=participant.actor patient=subject>Patient
Location organization=managingOrganization partof=partOf
MedicationRequest intended-dispenser=dispenseRequest.performer intended-performer=performer medication=medicationReference patient=subject>Patient
MedicationStatement medication=medicationReference patient=subject>Patient source=informationSource
Observation patient=subject>Patient
Organization partof=partOf
Patient link=link.other organization=managingOrganization
PractitionerRole service=healthcareService
Procedure patient=subject>Patient performer=performer.actor
Provenance agent=agent.who entity=entity.what patient=target>Patient
QuestionnaireResponse patient=subject>Patient
ServiceRequest patient=subject>Patient
Task patient=for>Patient subject=for
`;

export interface ReferencePath {
  path: readonly string[];
  /** Only references to this type count. */
  target: string | undefined;
}

const paths = new Map<string, ReferencePath[]>();
for (const line of PATHS.trim().split('\n')) {
  const [type, ...params] = line.split(' ');
  for (const param of params) {
    const [name, places = ''] = param.split('=');
    const [path = '', target] = places.split('>');
    paths.set(
      `${type} ${name}`,
      path.split('|').map((one) => ({ path: one.split('.'), target })),
    );
  }
}

const camelCase = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** The element paths of a reference parameter. */
export const referencePaths = (type: string, param: string): readonly ReferencePath[] =>
  paths.get(`${type} ${param}`) ?? [{ path: [camelCase(param)], target: undefined }];
