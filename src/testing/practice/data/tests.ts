/** Laboratory tests with their usual ranges, in SI units. Ranges are those of common adult reference intervals, for show only. */
export interface Test {
  id: string;
  name: string;
  loinc?: string;
  unit: string;
  ucum: string;
  decimals: number;
  low?: number;
  high?: number;
  /** Beyond these somebody has to be rung. */
  criticalLow?: number;
  criticalHigh?: number;
  /** What a well person has, and how far it strays. */
  usual: number;
  spread: number;
  /** Where years of disease take it. */
  drift: number;
}

export interface Panel {
  id: string;
  name: string;
  tests: readonly Test[];
}

const TESTS = {
  lithium: { id: 'lithium', name: 'Lithium', loinc: '14334-7', unit: 'mmol/L', ucum: 'mmol/L', decimals: 1, low: 0.6, high: 1, criticalHigh: 1.5, usual: 0.7, spread: 0.06, drift: 0.4 },
  potassium: { id: 'potassium', name: 'Potassium', loinc: '2823-3', unit: 'mmol/L', ucum: 'mmol/L', decimals: 1, low: 3.5, high: 5.2, criticalLow: 2.8, criticalHigh: 6.2, usual: 4.3, spread: 0.25, drift: 0.9 },
  sodium: { id: 'sodium', name: 'Sodium', loinc: '2951-2', unit: 'mmol/L', ucum: 'mmol/L', decimals: 0, low: 135, high: 145, criticalLow: 125, criticalHigh: 155, usual: 139, spread: 1.6, drift: -5 },
  creatinine: { id: 'creatinine', name: 'Creatinine', loinc: '14682-9', unit: 'µmol/L', ucum: 'umol/L', decimals: 0, low: 45, high: 90, criticalHigh: 400, usual: 72, spread: 6, drift: 34 },
  egfr: { id: 'egfr', name: 'eGFR', loinc: '62238-1', unit: 'mL/min/1.73 m²', ucum: 'mL/min/{1.73_m2}', decimals: 0, low: 60, usual: 86, spread: 6, drift: -34 },
  tsh: { id: 'tsh', name: 'TSH', loinc: '3016-3', unit: 'mIU/L', ucum: 'm[IU]/L', decimals: 1, low: 0.4, high: 4, usual: 2.1, spread: 0.5, drift: 4.5 },
  ferritin: { id: 'ferritin', name: 'Ferritin', loinc: '2276-4', unit: 'µg/L', ucum: 'ug/L', decimals: 0, low: 30, high: 200, criticalLow: 5, usual: 85, spread: 20, drift: -68 },
  haemoglobin: { id: 'haemoglobin', name: 'Haemoglobin', loinc: '718-7', unit: 'g/L', ucum: 'g/L', decimals: 0, low: 115, high: 165, criticalLow: 70, usual: 138, spread: 7, drift: -30 },
  whiteCells: { id: 'white-cells', name: 'White cells', loinc: '6690-2', unit: '×10⁹/L', ucum: '10*9/L', decimals: 1, low: 4, high: 11, criticalLow: 1, criticalHigh: 30, usual: 6.8, spread: 1.1, drift: 2 },
  platelets: { id: 'platelets', name: 'Platelets', loinc: '777-3', unit: '×10⁹/L', ucum: '10*9/L', decimals: 0, low: 150, high: 400, criticalLow: 30, usual: 255, spread: 35, drift: 60 },
  hba1c: { id: 'hba1c', name: 'HbA1c', loinc: '4548-4', unit: '%', ucum: '%', decimals: 1, high: 6.5, usual: 5.4, spread: 0.2, drift: 2.4 },
  cholesterol: { id: 'cholesterol', name: 'Total cholesterol', loinc: '14647-2', unit: 'mmol/L', ucum: 'mmol/L', decimals: 1, high: 5.5, usual: 4.7, spread: 0.4, drift: 1.4 },
  hdl: { id: 'hdl', name: 'HDL cholesterol', loinc: '14646-4', unit: 'mmol/L', ucum: 'mmol/L', decimals: 1, low: 1, usual: 1.4, spread: 0.15, drift: -0.4 },
  ldl: { id: 'ldl', name: 'LDL cholesterol', loinc: '22748-8', unit: 'mmol/L', ucum: 'mmol/L', decimals: 1, high: 3.5, usual: 2.6, spread: 0.35, drift: 1.5 },
  triglycerides: { id: 'triglycerides', name: 'Triglycerides', loinc: '14927-8', unit: 'mmol/L', ucum: 'mmol/L', decimals: 1, high: 2, usual: 1.2, spread: 0.3, drift: 1.1 },
} as const satisfies Record<string, Test>; // prettier-ignore

export const PANELS: Readonly<Record<string, Panel>> = {
  lithium: {
    id: 'lithium',
    name: 'Renal, lithium and thyroid',
    tests: [TESTS.lithium, TESTS.potassium, TESTS.sodium, TESTS.creatinine, TESTS.egfr, TESTS.tsh, TESTS.ferritin],
  },
  renal: { id: 'renal', name: 'Urea and electrolytes', tests: [TESTS.potassium, TESTS.sodium, TESTS.creatinine, TESTS.egfr] },
  'blood-count': {
    id: 'blood-count',
    name: 'Full blood count',
    tests: [TESTS.haemoglobin, TESTS.whiteCells, TESTS.platelets, TESTS.ferritin],
  },
  lipids: { id: 'lipids', name: 'Lipids', tests: [TESTS.cholesterol, TESTS.hdl, TESTS.ldl, TESTS.triglycerides] },
  diabetes: { id: 'diabetes', name: 'HbA1c', tests: [TESTS.hba1c] },
  thyroid: { id: 'thyroid', name: 'Thyroid', tests: [TESTS.tsh] },
};

/** The last four collections of the one whose chart is full; `null` not done, `undefined` still to come. */
export const COMPLEX_RESULTS: Readonly<Record<string, readonly (number | null | undefined)[]>> = {
  lithium: [0.7, 0.8, 0.9, 1.2],
  potassium: [4.4, 4.6, 5.3, 6.4],
  sodium: [139, 138, 136, 131],
  creatinine: [78, 84, 96, 118],
  egfr: [74, 68, 58, 46],
  tsh: [2.1, null, 3.2, undefined],
  ferritin: [12, 24, 41, 48],
};
/** Days before now on which they were collected, near enough. */
export const COMPLEX_DAYS: readonly number[] = [294, 190, 96, 5];
