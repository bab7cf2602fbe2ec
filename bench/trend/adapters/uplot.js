// deps: charts
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
export default {
  name: 'uPlot 1.6.32',
  setup(container, d) {
    const band = {
      hooks: {
        drawClear: [
          (u) => {
            const c = u.ctx;
            c.save();
            c.fillStyle = '#e8f5e9';
            const t = u.valToPos(d.high, 'y', true),
              b = u.valToPos(d.low, 'y', true);
            c.fillRect(u.bbox.left, t, u.bbox.width, b - t);
            c.restore();
          },
        ],
      },
    };
    const u = new uPlot(
      {
        width: d.width,
        height: d.height,
        plugins: [band],
        series: [{}, { label: 'Glucose', stroke: '#2563eb', width: 1.5 }],
        axes: [{}, { label: 'mmol/L' }],
      },
      [d.x, d.y],
      container,
    );
    return { u, d };
  },
  update({ u, d }, [x, y]) {
    d.x.push(x);
    d.y.push(y);
    u.setData([d.x, d.y]);
  },
  teardown: ({ u }) => u.destroy(),
};
