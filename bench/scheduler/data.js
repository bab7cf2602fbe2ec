// Appointments as plain records with ISO local times (what a FHIR search would give after mapping).
import { prng } from '../lib/prng.js';

const DAY = 86400000;
const MONDAY = Date.UTC(2026, 2, 2); // 2 March 2026
const iso = (t) => new Date(t).toISOString().slice(0, 16);
const given = ['Ava', 'Noah', 'Mia', 'Leo', 'Zoe', 'Kai', 'Ivy', 'Max', 'Amy', 'Sam', 'Lin', 'Raj', 'Eli', 'Una', 'Tom', 'Kim'];
const family = [
  'Nguyen',
  'Smith',
  'Patel',
  'Brown',
  'Rossi',
  'Kaur',
  'Wilson',
  'Chen',
  'Kelly',
  'Haddad',
  'Silva',
  'Ito',
  'Young',
  'Osei',
  'Novak',
  'Reid',
];
const types = ['Initial consult', 'Follow-up', 'Telehealth', 'Assessment', 'Group session', 'Case review', 'Medication review'];
const colors = ['#2563eb', '#059669', '#d97706', '#7c3aed', '#db2777', '#0891b2', '#65a30d'];

export function makeData(s, seed = 1) {
  const r = prng(seed * 7919 + s.shown + s.resources * 31 + s.days);
  const resources = Array.from({ length: s.resources }, (_, i) => ({ id: `p${i}`, title: `Dr ${family[i % family.length]}` }));
  const periods = s.periods ?? 2;
  const events = [];
  const periodDays = s.days === 1 ? 1 : 7;
  for (let p = 0; p < periods; p++) {
    // the shown period is number `s.first ?? 0`; every period holds the same number of appointments
    const count = s.total ? Math.floor(s.total / periods) : s.shown;
    const base = MONDAY + (p - (s.first ?? 0)) * periodDays * DAY;
    for (let i = 0; i < count; i++) {
      const day = i % periodDays;
      const minutes = r.pick([15, 20, 30, 30, 45, 50, 60]);
      const start = base + day * DAY + (8 * 60 + Math.floor(r.next() * ((600 - minutes) / 5)) * 5) * 60000;
      const t = r.int(0, types.length - 1);
      events.push({
        id: `e${p}-${i}`,
        start: iso(start),
        end: iso(start + minutes * 60000),
        title: `${r.pick(given)} ${r.pick(family)}`,
        type: types[t],
        color: colors[t],
        resourceId: resources.length ? resources[i % resources.length].id : null,
        period: p,
      });
    }
  }
  return {
    date: iso(MONDAY).slice(0, 10),
    view: s.days === 1 ? 'day' : 'week',
    resources,
    events,
    minTime: '07:00',
    maxTime: '19:00',
    slotMinutes: 15,
    first: s.first ?? 0,
  };
}
// Move targets: n appointments of the shown period, each 30 minutes later (or earlier near the end of the day).
export function moves(data, n) {
  const shown = data.events.filter((e) => e.period === data.first);
  return Array.from({ length: n }, (_, k) => {
    const e = shown[(k * 37 + 11) % shown.length];
    const late = e.end.slice(11) > '17:00';
    const shift = (s) => new Date(Date.parse(s + 'Z') + (late ? -30 : 30) * 60000).toISOString().slice(0, 16);
    return { id: e.id, start: shift(e.start), end: shift(e.end), resourceId: e.resourceId };
  });
}
