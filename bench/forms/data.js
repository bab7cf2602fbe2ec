// FHIR R4 Questionnaires of n items in sections of 10 (1 group + 9 questions), the same for every peer:
// boolean -> string (enableWhen) -> choice (enableWhen on that string), 3 integers, either a calculated sum
// (every 5th section) or a 4th integer, a free string, a drop-down. Section 1 repeats. The last question
// is a calculated count over the whole form (so every integer answer may change it).
const ext = (url, v) => ({ url, ...v });
const CALC = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression';
const CONTROL = 'http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl';
const calc = (expression) => [ext(CALC, { valueExpression: { language: 'text/fhirpath', expression } })];
const control = (code) => [
  ext(CONTROL, { valueCodeableConcept: { coding: [{ system: 'http://hl7.org/fhir/questionnaire-item-control', code }] } }),
];
const options = ['Never', 'Several days', 'More than half the days', 'Nearly every day', 'Not sure'].map((display, i) => ({
  valueCoding: { system: 'urn:bench', code: `o${i}`, display },
}));

export function makeQuestionnaire(n) {
  const sections = Math.round(n / 10);
  const item = [];
  for (let i = 0; i < sections; i++) {
    const id = (s) => `s${i}-${s}`;
    // iif() sums, since not every peer's FHIRPath has sum() or aggregate()
    const n = (k) => `%resource.item.where(linkId='s${i}').item.where(linkId='s${i}-n${k}').answer.value`;
    const sum = [1, 2, 3].map((k) => `iif(${n(k)}.exists(), ${n(k)}, 0)`).join(' + ');
    item.push({
      linkId: `s${i}`,
      text: `Section ${i + 1}`,
      type: 'group',
      ...(i === 1 ? { repeats: true } : {}),
      item: [
        { linkId: id('b'), text: `${i + 1}.1 Any concerns in the last two weeks?`, type: 'boolean' },
        {
          linkId: id('t1'),
          text: `${i + 1}.2 Describe the concern`,
          type: 'string',
          enableWhen: [{ question: id('b'), operator: '=', answerBoolean: true }],
        },
        {
          linkId: id('c1'),
          text: `${i + 1}.3 How often?`,
          type: 'choice',
          extension: control('radio-button'),
          answerOption: options,
          enableWhen: [{ question: id('t1'), operator: 'exists', answerBoolean: true }],
        },
        { linkId: id('n1'), text: `${i + 1}.4 Score A`, type: 'integer' },
        { linkId: id('n2'), text: `${i + 1}.5 Score B`, type: 'integer' },
        { linkId: id('n3'), text: `${i + 1}.6 Score C`, type: 'integer' },
        i % 5 === 0
          ? { linkId: id('sum'), text: `${i + 1}.7 Total`, type: 'integer', readOnly: true, extension: calc(sum) }
          : { linkId: id('n4'), text: `${i + 1}.7 Score D`, type: 'integer' },
        { linkId: id('t2'), text: `${i + 1}.8 Comment`, type: 'string' },
        i === sections - 1
          ? {
              linkId: 'grand',
              text: 'Number of A scores answered',
              type: 'integer',
              readOnly: true,
              extension: calc("%resource.item.item.where(linkId.endsWith('-n1')).answer.count()"),
            }
          : { linkId: id('c2'), text: `${i + 1}.9 Severity`, type: 'choice', extension: control('drop-down'), answerOption: options },
      ],
    });
  }
  return {
    resourceType: 'Questionnaire',
    id: `bench-${n}`,
    url: `http://example.org/Questionnaire/bench-${n}`,
    status: 'active',
    title: `Bench ${n}`,
    subjectType: ['Patient'],
    item,
  };
}
