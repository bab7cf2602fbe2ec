// Runs in the page before anything else (plain script). Tracks DOM mutations in the document AND in every
// shadow root, and tells when the last one was painted. Exposed as window.__m.
(() => {
  // kept from before any library patches them (zone.js does)
  const requestAnimationFrame = window.requestAnimationFrame.bind(window),
    setTimeout = window.setTimeout.bind(window);
  const now = () => performance.now();
  let ignore = null; // selector: mutations under it don't count (ripples, blinking marks)
  let lastMutation = 0,
    lastPaint = 0,
    probing = false,
    dirtySinceProbe = false,
    mutations = 0;
  let cond = null,
    condAt = 0,
    condPaint = 0,
    condBusy = false;

  const doubleRaf = (cb) => requestAnimationFrame(() => requestAnimationFrame(() => cb(now())));
  function probe() {
    if (probing) {
      dirtySinceProbe = true;
      return;
    }
    probing = true;
    dirtySinceProbe = false;
    doubleRaf((t) => {
      probing = false;
      lastPaint = t;
      if (dirtySinceProbe) probe();
    });
  }
  function checkCond() {
    if (!cond || condAt || condBusy) return;
    let ok = false;
    try {
      ok = !!cond();
    } catch {
      ok = false;
    }
    if (ok) {
      condAt = now();
      condBusy = true;
      doubleRaf((t) => {
        condPaint = t;
        condBusy = false;
      });
    }
  }
  const relevant = (r) => {
    if (!ignore) return true;
    const el = r.target.nodeType === 1 ? r.target : r.target.parentElement;
    return !(el && el.closest && el.closest(ignore));
  };
  const mo = new MutationObserver((records) => {
    if (ignore && !records.some(relevant)) return;
    mutations += records.length;
    lastMutation = now();
    checkCond();
    probe();
  });
  const opts = { childList: true, subtree: true, attributes: true, characterData: true };
  mo.observe(document, opts);
  const attach = Element.prototype.attachShadow;
  const roots = new Set();
  Element.prototype.attachShadow = function (init) {
    const root = attach.call(this, init);
    mo.observe(root, opts);
    roots.add(new WeakRef(root));
    Object.defineProperty(this, '__shadow', { value: root, configurable: true });
    return root;
  };

  const longtasks = [];
  try {
    new PerformanceObserver((l) => {
      for (const e of l.getEntries()) longtasks.push([e.startTime, e.duration]);
    }).observe({ type: 'longtask', buffered: true });
  } catch {}
  const events = [];
  try {
    new PerformanceObserver((l) => {
      for (const e of l.getEntries())
        if (e.interactionId)
          events.push({ name: e.name, start: e.startTime, duration: e.duration, proc: e.processingEnd - e.processingStart });
    }).observe({ type: 'event', durationThreshold: 16, buffered: true });
  } catch {}

  const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
  let start = 0;

  async function settle({ quiet, timeout, resolvedAt }) {
    const limit = now() + timeout;
    for (;;) {
      await sleep(20);
      const t = now();
      if (t > limit) return 'timeout';
      const last = Math.max(lastMutation, resolvedAt, cond ? condPaint : 0);
      if (cond && (!condAt || condBusy)) {
        checkCond();
        continue;
      }
      if (!probing && t - last >= quiet) return 'ok';
    }
  }
  function begin(t, until) {
    start = t;
    lastMutation = t;
    lastPaint = 0;
    mutations = 0;
    cond = until || null;
    condAt = 0;
    condPaint = 0;
    condBusy = false;
  }
  function result(status, resolvedAt, resolvedPaint) {
    const painted = Math.max(lastPaint, resolvedPaint || 0);
    const lts = longtasks.filter(([s, d]) => s + d > start && s < Math.max(painted, lastMutation) + 5);
    const sum = lts.reduce((a, [, d]) => a + d, 0);
    const ev = events.filter((e) => e.start >= start - 1);
    return {
      status,
      painted: painted - start, // start -> frame after the last mutation is on screen
      resolved: (resolvedAt || start) - start, // start -> the adapter's promise resolved
      cond: cond && condPaint ? condPaint - start : null, // start -> the awaited state is on screen
      longtasks: sum,
      longest: lts.reduce((a, [, d]) => Math.max(a, d), 0),
      tbt: lts.reduce((a, [, d]) => a + Math.max(0, d - 50), 0),
      mutations,
      inp: ev.length ? Math.max(...ev.map((e) => e.duration)) : null,
    };
  }

  // Measure an action started by code.
  async function measure(fn, { quiet = 150, timeout = 120000, until = null } = {}) {
    await new Promise((r) => doubleRaf(r));
    await sleep(0);
    begin(now(), until);
    await fn();
    const resolvedAt = now();
    let resolvedPaint = 0;
    doubleRaf((t) => {
      resolvedPaint = t;
    });
    let status = await settle({ quiet, timeout, resolvedAt });
    while (!resolvedPaint) await sleep(10);
    cond = until;
    return result(status, resolvedAt, resolvedPaint);
  }
  // Measure an action started by a real input event sent over CDP: arm() first, then send, then finish().
  let armed = null;
  function arm(type, { until = null } = {}) {
    begin(now(), until);
    armed = new Promise((resolve) => {
      addEventListener(
        type,
        (e) => {
          start = e.timeStamp;
          lastMutation = Math.max(lastMutation, now());
          probe();
          resolve();
        },
        { capture: true, once: true },
      );
    });
  }
  async function finish({ quiet = 150, timeout = 60000 } = {}) {
    await armed;
    const status = await settle({ quiet, timeout, resolvedAt: start });
    await sleep(120); // let Event Timing entries arrive
    return result(status, start, 0);
  }

  function deepCount(root = document.documentElement) {
    let elements = 0,
      nodes = 0;
    const walk = (r) => {
      const w = document.createTreeWalker(r, NodeFilter.SHOW_ALL);
      let n = w.currentNode;
      while (n) {
        nodes++;
        if (n.nodeType === 1) {
          elements++;
          const s = n.shadowRoot || n.__shadow;
          if (s) walk(s);
        }
        n = w.nextNode();
      }
    };
    walk(root);
    return { elements, nodes };
  }
  function deepQuery(sel, root = document) {
    const hit = root.querySelector(sel);
    if (hit) return hit;
    for (const el of root.querySelectorAll('*')) {
      const s = el.shadowRoot || el.__shadow;
      if (s) {
        const h = deepQuery(sel, s);
        if (h) return h;
      }
    }
    return null;
  }
  // Fixed CPU work; shows how loaded the machine was.
  function calibrate() {
    const t = now();
    let x = 1;
    for (let i = 0; i < 6e6; i++) x = (Math.imul(x, 1664525) + 1013904223) | 0;
    window.__sink = x;
    return now() - t;
  }
  window.__m = {
    measure,
    arm,
    finish,
    deepCount,
    deepQuery,
    calibrate,
    sleep,
    doubleRaf,
    get ignore() {
      return ignore;
    },
    set ignore(v) {
      ignore = v;
    },
    longtasks,
    events,
  };
})();
