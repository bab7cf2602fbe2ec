/** ValueSet/$expand, ValueSet/$validate-code and CodeSystem/$validate-code. */
import { stringify } from '../../../models/fhir/json.js';
import { fold } from '../../store/text.js';
import { isObject, isResource, type JsonObject, type ResourceTree } from '../../store/tree.js';
import { temporaryId } from '../../temporary-id.js';
import { scalarText } from './scalar.js';
import { readRow } from './read.js';
import type { Reply } from './http.js';
import type { OperationInput } from './operations.js';
import { failure, notFound } from './outcome.js';
import type { Service } from './service.js';
import { Terminology, type Concept } from './terminology.js';

/** The value set that is meant: by its id in the URL, by its canonical URL, or sent along. */
function valueSetOf(service: Service, terminology: Terminology, input: OperationInput, id: string | undefined): ResourceTree {
  if (id !== undefined) return readRow(service, 'ValueSet', id).tree!;
  const given = input.resource ?? input.object('valueSet');
  if (isResource(given) && given.resourceType === 'ValueSet') return given;
  const url = input.text('url');
  if (url === undefined) throw failure(400, 'required', 'Say which value set: by url, or by a parameter "valueSet"');
  const version = input.text('valueSetVersion');
  const tree = terminology.canonical('ValueSet', version === undefined || url.includes('|') ? url : `${url}|${version}`);
  if (!tree) throw notFound('This value set is not loaded here');
  return tree;
}

/** The display in a language where there is one: `de` also takes `de-CH`, and the other way round. */
function displayIn(concept: Concept, language: string | undefined): string | undefined {
  if (language === undefined) return concept.display;
  const wanted = language.split(/[,;]/)[0]!.trim().toLowerCase();
  const same = (one: string | undefined): boolean => one?.toLowerCase() === wanted;
  const near = (one: string | undefined): boolean => one?.toLowerCase().split('-')[0] === wanted.split('-')[0];
  return (
    (concept.designations.find((one) => same(one.language)) ?? concept.designations.find((one) => near(one.language)))?.value ??
    concept.display
  );
}

/** Whether each word of the filter is in the code or in some text of the concept. */
function passes(concept: Concept, filter: string): boolean {
  const texts = [concept.code, concept.display ?? '', ...concept.designations.map((one) => one.value)].map(fold);
  return fold(filter)
    .split(' ')
    .every((word) => texts.some((one) => one.includes(word)));
}

function contained(concept: Concept, language: string | undefined, designations: boolean): JsonObject {
  const { system, version, code, inactive, abstract } = concept;
  const display = displayIn(concept, language);
  return {
    ...(system === '' ? {} : { system }),
    ...(abstract ? { abstract } : {}),
    ...(inactive ? { inactive } : {}),
    ...(version === undefined ? {} : { version }),
    code,
    ...(display === undefined ? {} : { display }),
    ...(designations && concept.designations.length > 0
      ? {
          designation: concept.designations.map(({ language: of, use, value }) => ({
            ...(of === undefined ? {} : { language: of }),
            ...(use === undefined ? {} : { use }),
            value,
          })),
        }
      : {}),
  };
}

const DESCRIBING = [
  'id',
  'url',
  'identifier',
  'version',
  'name',
  'title',
  'status',
  'experimental',
  'date',
  'publisher',
  'description',
  'copyright',
];

export function expand(service: Service, input: OperationInput, id: string | undefined): Reply {
  const terminology = new Terminology(service);
  const valueSet = valueSetOf(service, terminology, input, id);
  const [count, offset] = [input.count('count'), input.count('offset') ?? 0];
  const [filter, language] = [input.text('filter'), input.text('displayLanguage')];
  const all = terminology
    .codes(valueSet)
    .filter((concept) => (filter === undefined || passes(concept, filter)) && !(input.flag('activeOnly') && concept.inactive));
  const page = all.slice(offset, count === undefined ? undefined : offset + count);
  const parameter = ['filter', 'displayLanguage', 'activeOnly', 'includeDesignations', 'count', 'offset'].flatMap((name): JsonObject[] => {
    const value = input.all(name)[0];
    if (value === undefined) return [];
    if (name === 'count' || name === 'offset') return [{ name, valueInteger: Number(value) }];
    return [
      name === 'filter' || name === 'displayLanguage' ? { name, valueString: scalarText(value) } : { name, valueBoolean: input.flag(name) },
    ];
  });
  const expansion = {
    identifier: temporaryId(),
    timestamp: service.store.now().toISOString(),
    total: all.length,
    ...(count === undefined && offset === 0 ? {} : { offset }),
    ...(parameter.length > 0 ? { parameter } : {}),
    ...(page.length > 0 ? { contains: page.map((concept) => contained(concept, language, input.flag('includeDesignations'))) } : {}),
  };
  const described = Object.fromEntries(DESCRIBING.filter((name) => valueSet[name] !== undefined).map((name) => [name, valueSet[name]]));
  const compose = input.flag('includeDefinition') && valueSet['compose'] !== undefined ? { compose: valueSet['compose'] } : {};
  return { status: 200, headers: {}, body: stringify({ resourceType: 'ValueSet', status: 'active', ...described, ...compose, expansion }) };
}

interface Asked {
  system: string | undefined;
  code: string;
  display: string | undefined;
}

/** The codes to check: one by code, one Coding, or any of a CodeableConcept. */
function askedFor(input: OperationInput): Asked[] {
  const codings = input.object('codeableConcept')?.['coding'];
  const coding = input.object('coding');
  const given = [...(coding ? [coding] : []), ...(Array.isArray(codings) ? codings.filter(isObject) : [])];
  const fromCodings = given.flatMap((one): Asked[] =>
    typeof one['code'] === 'string'
      ? [
          {
            code: one['code'],
            system: typeof one['system'] === 'string' ? one['system'] : undefined,
            display: typeof one['display'] === 'string' ? one['display'] : undefined,
          },
        ]
      : [],
  );
  const code = input.text('code');
  const asked = code === undefined ? fromCodings : [{ code, system: input.text('system'), display: input.text('display') }];
  if (asked.length === 0) throw failure(400, 'required', 'There is no code to check: give code, coding or codeableConcept');
  return asked;
}

interface Verdict {
  result: boolean;
  message?: string | undefined;
  display?: string | undefined;
}

function verdictReply({ result, message, display }: Verdict): Reply {
  const parameter = [
    { name: 'result', valueBoolean: result },
    ...(message === undefined ? [] : [{ name: 'message', valueString: message }]),
    ...(display === undefined ? [] : [{ name: 'display', valueString: display }]),
  ];
  return { status: 200, headers: {}, body: stringify({ resourceType: 'Parameters', parameter }) };
}

function verdictOf(found: Concept | undefined, asked: Asked, absent: string): Verdict {
  if (!found) return { result: false, message: absent };
  const displays = [found.display, ...found.designations.map((one) => one.value)].filter((one) => one !== undefined);
  const known = asked.display === undefined || displays.length === 0 || displays.some((one) => fold(one) === fold(asked.display!));
  return {
    result: known,
    display: found.display,
    ...(known ? {} : { message: 'The code is right, but the display is not one of its own' }),
  };
}

export function validateCodeInValueSet(service: Service, input: OperationInput, id: string | undefined): Reply {
  const terminology = new Terminology(service);
  const codes = terminology.codes(valueSetOf(service, terminology, input, id));
  const verdicts = askedFor(input).map((asked) => {
    const system = asked.system === undefined ? undefined : terminology.codeSystem(asked.system);
    const code = system?.find(asked.code)?.code ?? asked.code;
    const found = codes.find((one) => one.code === code && (asked.system === undefined || one.system === asked.system));
    return verdictOf(found, asked, 'The code is not in the value set');
  });
  return verdictReply(verdicts.find((verdict) => verdict.result) ?? verdicts[0]!);
}

export function validateCodeInCodeSystem(service: Service, input: OperationInput, id: string | undefined): Reply {
  const terminology = new Terminology(service);
  const row = id === undefined ? undefined : readRow(service, 'CodeSystem', id);
  const asked = askedFor(input);
  const url = (row?.tree?.['url'] as string | undefined) ?? input.text('url') ?? asked[0]!.system;
  if (url === undefined) throw failure(400, 'required', 'Say which code system: by url');
  const system = terminology.codeSystem(url, input.text('version'));
  if (!system) throw notFound('This code system is not loaded here with its concepts');
  const verdicts = asked.map((one) =>
    verdictOf(
      one.system === undefined || one.system === url ? system.find(one.code) : undefined,
      one,
      'The code is not in the code system',
    ),
  );
  return verdictReply(verdicts.find((verdict) => verdict.result) ?? verdicts[0]!);
}
