// Chromium, a fresh page of it with what can be read of its main thread, and a quiet machine.
import { existsSync, readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { chromeArgs, chromePath } from '../../scripts/browsers.mjs';

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? chromePath(),
    headless: true,
    args: [...chromeArgs, '--enable-precise-memory-info'],
  });

/** A fresh context: a new renderer, cold caches, cold JIT. */
export async function open(browser, url) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    timezoneId: 'UTC',
    locale: 'en-AU',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  const cdp = await context.newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.goto(url, { waitUntil: 'load' });
  await page.evaluate(() => window.__ready);
  return {
    context,
    page,
    cdp,
    errors,
    metrics: async () => Object.fromEntries((await cdp.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value])),
    heap: async () => {
      for (let i = 0; i < 3; i++) await cdp.send('HeapProfiler.collectGarbage');
      return (await cdp.send('Runtime.getHeapUsage')).usedSize;
    },
  };
}

/** Idle and whole CPU time so far, in ticks, of a Linux machine. */
function cpuTimes() {
  const fields = readFileSync('/proc/stat', 'utf8').split('\n')[0].trim().split(/\s+/).slice(1, 9).map(Number);
  return { idle: fields[3] + fields[4], all: fields.reduce((sum, value) => sum + value, 0) };
}

/** Waits, at most `limit` ms, until less than a third of the machine is at work on something else. */
export async function quiet(limit = 6000) {
  if (!existsSync('/proc/stat')) return;
  for (const end = Date.now() + limit; Date.now() < end;) {
    const before = cpuTimes();
    await new Promise((resolve) => setTimeout(resolve, 400));
    const after = cpuTimes();
    if (1 - (after.idle - before.idle) / (after.all - before.all || 1) < 0.35) return;
  }
}
