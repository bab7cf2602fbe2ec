export const makeBoxes = (n) =>
  Array.from({ length: n }, (_, i) => ({
    id: i,
    x: (i * 37) % 1360,
    y: (i * 53) % 820,
    title: `Patient ${i}`,
    time: `${8 + (i % 10)}:${String((i * 5) % 60).padStart(2, '0')}`,
  }));
export const css =
  '.ev{position:absolute;width:36px;height:28px;box-sizing:border-box;background:#2563eb;color:#fff;font-size:11px;overflow:hidden;border-radius:3px;border:1px solid #fff}.ev div{white-space:nowrap;overflow:hidden}';
