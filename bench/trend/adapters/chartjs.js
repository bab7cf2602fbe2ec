// deps: charts
import { Chart, LineController, LineElement, PointElement, LinearScale, Tooltip, Legend } from 'chart.js';
Chart.register(LineController, LineElement, PointElement, LinearScale, Tooltip, Legend);
export default {
  name: 'Chart.js 4.6.1',
  setup(container, d) {
    const canvas = document.createElement('canvas');
    canvas.width = d.width;
    canvas.height = d.height;
    container.append(canvas);
    const points = d.x.map((x, i) => ({ x: x * 1000, y: d.y[i] }));
    const ref = {
      id: 'ref',
      beforeDatasetsDraw({ ctx, chartArea: a, scales: { y } }) {
        ctx.fillStyle = '#e8f5e9';
        ctx.fillRect(a.left, y.getPixelForValue(d.high), a.width, y.getPixelForValue(d.low) - y.getPixelForValue(d.high));
      },
    };
    const chart = new Chart(canvas, {
      type: 'line',
      plugins: [ref],
      data: { datasets: [{ label: 'Glucose', data: points, borderColor: '#2563eb', borderWidth: 1.5, pointRadius: 0 }] },
      options: {
        animation: false,
        responsive: false,
        parsing: false,
        normalized: true,
        interaction: { mode: 'nearest', axis: 'x', intersect: false },
        scales: {
          x: { type: 'linear', ticks: { callback: (v) => new Date(v).toISOString().slice(0, 7) } },
          y: { title: { display: true, text: 'mmol/L' } },
        },
      },
    });
    return { chart, points };
  },
  update({ chart, points }, [x, y]) {
    points.push({ x: x * 1000, y });
    chart.update('none');
  },
  teardown: ({ chart }) => chart.destroy(),
};
