/** Invented people who are easily taken for one another, and a client whose answers a story chooses. */
import type { Capabilities, CareClient, SearchPage, SearchParams, SearchWarning } from '../../src/client/index.js';
import { CareError, type CareErrorKind } from '../../src/models/errors.js';
import type { Patient } from '../../src/models/fhir/index.js';
import { matchPatient, parsePatientQuery } from '../../src/models/search/index.js';
import { NOW, ZONE } from '../support/practice.js';

const MRN = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }] };
const MEDICARE = 'http://ns.electronichealth.net.au/id/medicare-number';

const person = (id: string, family: string, given: string[], birthDate: string, mrn: string, more: Partial<Patient> = {}): Patient => ({
  resourceType: 'Patient',
  id,
  name: [{ use: 'official', family, given }],
  birthDate,
  gender: 'female',
  identifier: [
    { type: MRN, value: mrn },
    { system: MEDICARE, value: `2950${mrn}` },
  ],
  ...more,
});

export const people: Patient[] = [
  person('1', 'Quispe Flores', ['Mariana'], '1984-03-14', '7042281'),
  person('2', 'Quispe Flores', ['Mariana', 'Inés'], '1984-03-14', '7042990'),
  person('3', 'Quispe', ['Joaquín', 'Alejandro'], '2019-08-02', '7051120', { gender: 'male' }),
  person('4', 'Quispe Florez', ['Mariana'], '1991-12-01', '7033007', { active: false }),
  person('5', 'Quispe', ['Aurelia'], '1931-01-30', '6990031', { deceasedDateTime: '2020-05-01' }),
  person('6', 'Quispe-Huamán', ['Rosa'], '1984', '7012345', { link: [{ type: 'replaced-by', other: { reference: 'Patient/1' } }] }),
  person('7', 'حسن', ['ليلى'], '1990-06-05', '7000007'),
  person('8', 'حسن', ['ليلى', 'نور'], '1990-06-05', '7000008'),
  person('9', 'Mamani', ['Mariana'], '1975-02-11', '7000009', {
    name: [
      { use: 'official', family: 'Mamani', given: ['Mariana'] },
      { use: 'maiden', family: 'Quispe', given: ['Mariana'] },
    ],
  }),
  person('10', 'Nakamura', ['Ben'], '1984-04-03', '7000010', { gender: 'male' }),
  person('11', 'Nakamura', ['Yuki'], '1984-03-04', '7000011', { gender: 'other' }),
];

export interface Answer {
  /** It never answers. */
  never?: boolean;
  error?: CareErrorKind;
  warnings?: SearchWarning[];
  /** The server has no patient search. */
  cannot?: boolean;
}

/** Searches these people as a server would; the text is read back from the parameters. */
export function fakeClient({ never, error, warnings = [], cannot }: Answer = {}): CareClient {
  const client = {
    backend: { kind: 'fake', baseUrl: 'https://fhir.example/r4' },
    capabilities: async () =>
      ({ name: 'A server', fhirVersion: '4.0.1', type: () => ({ search: cannot ? 'no' : 'yes' }) }) as unknown as Capabilities,
    read: async (_type: string, id: string) => people.find((one) => one.id === id),
    close: () => undefined,
    search: (_type: string, params: SearchParams) => ({
      async *[Symbol.asyncIterator]() {
        if (never) await new Promise(() => undefined);
        if (error) throw new CareError(error, 'A story.');
        const items = people.filter((one) => fits(one, params));
        yield { items, included: [], total: undefined, complete: warnings.length === 0, warnings } satisfies SearchPage<Patient>;
      },
    }),
  };
  return client as unknown as CareClient;
}

function fits(one: Patient, params: SearchParams): boolean {
  return ['family', 'given', 'name', 'birthdate', 'identifier', 'phone'].every((param) =>
    [params[param] ?? []].flat().every((value) =>
      String(value)
        .split(',')
        .some((text) => matchPatient(one, parsePatientQuery(text, { locale: 'en-AU', now: NOW, zone: ZONE })) !== undefined),
    ),
  );
}
