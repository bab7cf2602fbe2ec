/** A primitive as text, '' for anything else: String() of an object from a record can throw (`{"toString": 1}`). */
export const scalarText = (value: unknown): string => (typeof value === 'object' || value === undefined ? '' : String(value));
