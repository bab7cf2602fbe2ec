import { prng } from '../lib/prng.js';
// A lab trend: n points over 10 years, with a reference range.
export function makeTrend(n) {
  const r = prng(7);
  const t0 = Date.UTC(2016, 0, 1) / 1000,
    step = (10 * 365.25 * 86400) / n;
  const x = [],
    y = [];
  let v = 6;
  for (let i = 0; i < n; i++) {
    v += r.normal(0, 0.12) + (6 - v) * 0.02;
    x.push(Math.round(t0 + i * step));
    y.push(Math.round(v * 100) / 100);
  }
  return { x, y, low: 4, high: 7.8, width: 1200, height: 400, next: [Math.round(t0 + n * step), 6.1] };
}
