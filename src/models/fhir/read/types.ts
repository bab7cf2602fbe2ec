/** The R4 shapes that readers take. All members are read loosely: what is there may not be what the type says. */
export interface Element {
  id?: string;
  extension?: Extension[];
}
export interface Extension extends Element {
  url: string;
}
export interface Period extends Element {
  start?: string;
  end?: string;
}
export interface HumanName extends Element {
  use?: 'usual' | 'official' | 'temp' | 'nickname' | 'anonymous' | 'old' | 'maiden';
  text?: string;
  family?: string;
  given?: string[];
  prefix?: string[];
  suffix?: string[];
  period?: Period;
}
export interface Coding extends Element {
  system?: string;
  version?: string;
  code?: string;
  display?: string;
  userSelected?: boolean;
}
export interface CodeableConcept extends Element {
  coding?: Coding[];
  text?: string;
}
export interface Identifier extends Element {
  use?: 'usual' | 'official' | 'temp' | 'secondary' | 'old';
  type?: CodeableConcept;
  system?: string;
  value?: string;
  period?: Period;
  assigner?: Reference;
}
export interface Reference extends Element {
  reference?: string;
  type?: string;
  identifier?: Identifier;
  display?: string;
}
export interface Quantity extends Element {
  value?: number;
  comparator?: '<' | '<=' | '>=' | '>';
  unit?: string;
  system?: string;
  code?: string;
}
export interface Range extends Element {
  low?: Quantity;
  high?: Quantity;
}
export interface Ratio extends Element {
  numerator?: Quantity;
  denominator?: Quantity;
}
export interface ContactPoint extends Element {
  system?: 'phone' | 'fax' | 'email' | 'pager' | 'url' | 'sms' | 'other';
  value?: string;
  use?: 'home' | 'work' | 'temp' | 'old' | 'mobile';
  rank?: number;
  period?: Period;
}
export interface Address extends Element {
  use?: 'home' | 'work' | 'temp' | 'old' | 'billing';
  type?: 'postal' | 'physical' | 'both';
  text?: string;
  line?: string[];
  city?: string;
  district?: string;
  state?: string;
  postalCode?: string;
  country?: string;
  period?: Period;
}
export interface Patient {
  resourceType: 'Patient';
  extension?: Extension[];
  name?: HumanName[];
  birthDate?: string;
  deceasedBoolean?: boolean;
  deceasedDateTime?: string;
}
