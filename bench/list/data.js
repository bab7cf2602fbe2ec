import { prng } from '../lib/prng.js';
const labs = [
  ['Haemoglobin', 'g/L', 140, 12],
  ['Glucose', 'mmol/L', 5.4, 0.9],
  ['Creatinine', 'umol/L', 80, 14],
  ['Potassium', 'mmol/L', 4.2, 0.4],
  ['HbA1c', '%', 6.1, 0.6],
  ['eGFR', 'mL/min/1.73 m2', 90, 15],
];
export const ROW = 32;
export function makeRows(n) {
  const r = prng(11);
  return Array.from({ length: n }, (_, i) => {
    const [name, unit, m, sd] = labs[i % labs.length];
    const v = Math.round(r.normal(m, sd) * 10) / 10;
    return {
      id: i,
      name,
      value: v,
      unit,
      low: +(m - sd).toFixed(1),
      high: +(m + sd).toFixed(1),
      flag: v > m + sd ? 'H' : v < m - sd ? 'L' : '',
      date: `20${r.int(15, 25)}-${String(r.int(1, 12)).padStart(2, '0')}-${String(r.int(1, 28)).padStart(2, '0')}`,
      lab: r.pick(['QML', 'SNP', 'Douglass', 'ACL']),
    };
  });
}
