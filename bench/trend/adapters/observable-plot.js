// deps: charts
import * as Plot from '@observablehq/plot';
const draw = (d, points) =>
  Plot.plot({
    width: d.width,
    height: d.height,
    y: { label: 'mmol/L' },
    marks: [
      Plot.rectY([0], { y1: d.low, y2: d.high, fill: '#e8f5e9' }),
      Plot.lineY(points, { x: 'x', y: 'y', stroke: '#2563eb' }),
      Plot.crosshair(points, { x: 'x', y: 'y' }),
    ],
  });
export default {
  name: 'Observable Plot 0.6.17',
  setup(container, d) {
    const points = d.x.map((x, i) => ({ x: new Date(x * 1000), y: d.y[i] }));
    const el = draw(d, points);
    container.append(el);
    return { container, d, points };
  },
  update(s, [x, y]) {
    s.points.push({ x: new Date(x * 1000), y });
    s.container.replaceChildren(draw(s.d, s.points));
  },
  teardown: ({ container }) => container.replaceChildren(),
};
