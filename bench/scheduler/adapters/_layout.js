// The least a calendar must do: bucket by column, pack overlaps into lanes. Shared by the two floors.
export const min = (t) => +t.slice(11, 13) * 60 + +t.slice(14, 16);
export function columns(data, date) {
  const dates =
    data.view === 'day' ? [date] : Array.from({ length: 7 }, (_, i) => new Date(Date.parse(date) + i * 864e5).toISOString().slice(0, 10));
  const cols = [];
  for (const d of dates)
    for (const r of data.resources.length ? data.resources : [null])
      cols.push({ key: d + (r?.id ?? ''), date: d, resource: r, title: r ? r.title : d });
  return cols;
}
export function pack(list) {
  list.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : b.end < a.end ? -1 : 1));
  const out = [];
  let cluster = [],
    lanes = [],
    end = '';
  const flush = () => {
    for (const c of cluster) c.n = lanes.length;
    cluster = [];
    lanes = [];
  };
  for (const e of list) {
    if (e.start >= end) flush();
    let l = lanes.findIndex((x) => x <= e.start);
    if (l < 0) l = lanes.length;
    lanes[l] = e.end;
    const p = { e, l, n: 1 };
    cluster.push(p);
    out.push(p);
    if (e.end > end) end = e.end;
  }
  flush();
  return out;
}
export function index(events) {
  const byCol = new Map();
  for (const e of events) {
    const k = e.start.slice(0, 10) + (e.resourceId ?? '');
    let a = byCol.get(k);
    if (!a) byCol.set(k, (a = []));
    a.push(e);
  }
  return byCol;
}
export const shift = (date, view, dir) => new Date(Date.parse(date) + dir * (view === 'day' ? 1 : 7) * 864e5).toISOString().slice(0, 10);
export const css = `.cal{display:grid;height:100%;grid-template-rows:auto 1fr;overflow:hidden}.sc{overflow:auto}.grid{display:flex;position:relative;height:1440px}.hd{display:flex;padding-left:48px}.hd div{flex:1;text-align:center;font-size:12px;overflow:hidden;white-space:nowrap}.ax{width:48px;font-size:11px}.ax div{height:120px}.col{flex:1;position:relative;border-left:1px solid #ddd;background:repeating-linear-gradient(#fff 0 29px,#eee 29px 30px)}.ev{position:absolute;box-sizing:border-box;color:#fff;border-radius:3px;font-size:11px;overflow:hidden;padding:0 2px;border:1px solid #fff}.ev div{white-space:nowrap;overflow:hidden}`;
