/** A point in time, as callers hold it: a Date, milliseconds since 1970, or an instant as FHIR writes it (with its offset). */
export type Moment = Date | number | string;

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/;

/** Milliseconds since 1970; undefined for an invalid Date and for text that names no instant (a date alone has no zone). */
export function epochOf(moment: Moment | undefined): number | undefined {
  if (typeof moment === 'string') return INSTANT.test(moment) ? finite(Date.parse(moment)) : undefined;
  return moment === undefined ? undefined : finite(Number(moment));
}

/** Beyond this a Date is invalid (ECMAScript, Time Values). */
const LAST = 8.64e15;

function finite(epoch: number): number | undefined {
  return Math.abs(epoch) <= LAST ? epoch : undefined;
}
