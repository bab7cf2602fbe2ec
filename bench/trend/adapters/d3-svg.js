// deps: charts
// Hand-made SVG on d3's scale, shape and axis modules; hover by bisection.
import { scaleLinear, scaleUtc } from 'd3-scale';
import { line } from 'd3-shape';
import { axisBottom, axisLeft } from 'd3-axis';
import { select } from 'd3-selection';
const NS = 'http://www.w3.org/2000/svg';
function draw(s) {
  const { d } = s,
    m = { t: 10, r: 10, b: 30, l: 45 };
  const x = scaleUtc([d.x[0] * 1000, d.x.at(-1) * 1000], [m.l, d.width - m.r]),
    lo = Math.min(...d.y, d.low),
    hi = Math.max(...d.y, d.high),
    y = scaleLinear([lo, hi], [d.height - m.b, m.t]).nice();
  s.x = x;
  s.y = y;
  s.band.setAttribute('x', m.l);
  s.band.setAttribute('width', d.width - m.l - m.r);
  s.band.setAttribute('y', y(d.high));
  s.band.setAttribute('height', y(d.low) - y(d.high));
  s.path.setAttribute(
    'd',
    line(
      (_, i) => x(d.x[i] * 1000),
      (v) => y(v),
    )(d.y),
  );
  select(s.ax)
    .attr('transform', `translate(0,${d.height - m.b})`)
    .call(axisBottom(x));
  select(s.ay).attr('transform', `translate(${m.l},0)`).call(axisLeft(y));
}
export default {
  name: 'd3 modules + SVG',
  setup(container, d) {
    const el = (n, p) => {
      const e = document.createElementNS(NS, n);
      p.append(e);
      return e;
    };
    const svg = document.createElementNS(NS, 'svg');
    svg.setAttribute('width', d.width);
    svg.setAttribute('height', d.height);
    const s = {
      d,
      svg,
      band: el('rect', svg),
      path: el('path', svg),
      ax: el('g', svg),
      ay: el('g', svg),
      dot: el('circle', svg),
      tip: el('text', svg),
    };
    s.band.setAttribute('fill', '#e8f5e9');
    s.path.setAttribute('fill', 'none');
    s.path.setAttribute('stroke', '#2563eb');
    s.dot.setAttribute('r', 4);
    svg.addEventListener('pointermove', (e) => {
      const t = s.x.invert(e.offsetX) / 1000;
      let a = 0,
        b = d.x.length - 1;
      while (b - a > 1) {
        const c = (a + b) >> 1;
        if (d.x[c] < t) a = c;
        else b = c;
      }
      s.dot.setAttribute('cx', s.x(d.x[a] * 1000));
      s.dot.setAttribute('cy', s.y(d.y[a]));
      s.tip.setAttribute('x', e.offsetX + 8);
      s.tip.setAttribute('y', 24);
      s.tip.textContent = `${d.y[a]} mmol/L`;
    });
    draw(s);
    container.append(svg);
    return s;
  },
  update(s, [x, y]) {
    s.d.x.push(x);
    s.d.y.push(y);
    draw(s);
  },
  teardown: ({ svg }) => svg.remove(),
};
