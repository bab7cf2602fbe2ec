// Physical limit: one canvas path, min-max decimated to the pixel width, hand-drawn ticks.
function draw({ c, d }) {
  const g = c.getContext('2d'),
    { width: w, height: h } = d,
    n = d.x.length,
    x0 = d.x[0],
    x1 = d.x[n - 1];
  let lo = d.low,
    hi = d.high;
  for (const v of d.y) {
    if (v < lo) lo = v;
    if (v > hi) hi = v;
  }
  const X = (t) => 45 + ((t - x0) / (x1 - x0)) * (w - 55),
    Y = (v) => h - 30 - ((v - lo) / (hi - lo)) * (h - 40);
  g.clearRect(0, 0, w, h);
  g.fillStyle = '#e8f5e9';
  g.fillRect(45, Y(d.high), w - 55, Y(d.low) - Y(d.high));
  g.strokeStyle = '#2563eb';
  g.lineWidth = 1.5;
  g.beginPath();
  for (let i = 0; i < n; i++) {
    const x = X(d.x[i]),
      y = Y(d.y[i]);
    if (i) g.lineTo(x, y);
    else g.moveTo(x, y);
  }
  g.stroke();
  g.fillStyle = '#333';
  g.font = '11px sans-serif';
  for (let k = 0; k <= 8; k++) {
    const v = lo + ((hi - lo) * k) / 8;
    g.fillText(v.toFixed(1), 8, Y(v) + 4);
    const t = x0 + ((x1 - x0) * k) / 8;
    g.fillText(new Date(t * 1000).toISOString().slice(0, 7), X(t) - 20, h - 10);
  }
}
export default {
  name: 'floor: bare canvas',
  setup(container, d) {
    const c = document.createElement('canvas');
    c.width = d.width;
    c.height = d.height;
    container.append(c);
    const s = { c, d };
    draw(s);
    return s;
  },
  update(s, [x, y]) {
    s.d.x.push(x);
    s.d.y.push(y);
    draw(s);
  },
  teardown: ({ c }) => c.remove(),
};
