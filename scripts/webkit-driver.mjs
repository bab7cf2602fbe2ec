// Starts a display of its own (Xvfb) with a WebKitWebDriver in it, and stops both by their own process groups.
// One driver holds one browser, and two windows of one display fight for the keyboard's focus: so one of each per session.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { findWebKit, howToGet } from './browsers.mjs';

const running = new Set();
const stopGroup = (child) => {
  running.delete(child);
  try {
    process.kill(-child.pid);
  } catch {
    // It has ended by itself.
  }
};
process.once('exit', () => running.forEach(stopGroup));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

function start(command, args, options) {
  const child = spawn(command, args, { ...options, detached: true });
  running.add(child);
  child.once('exit', () => running.delete(child));
  child.unref();
  return child;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Resolves to the driver's address, the capabilities that ask it for MiniBrowser, and what ends it all. */
export async function startWebKit() {
  const found = findWebKit();
  if (!found) throw new Error(howToGet('webkit'));
  const display = start(found.display, ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [number] = await Promise.race([once(display.stdio[3], 'data'), once(display, 'exit').then(() => [])]);
  if (number === undefined) throw new Error('Xvfb ended before it had a display');
  const port = await freePort();
  const driver = start(found.driver, [`--port=${port}`, '--host=127.0.0.1'], {
    stdio: 'ignore',
    env: { ...process.env, DISPLAY: `:${String(number).trim()}`, LIBGL_ALWAYS_SOFTWARE: '1' },
  });
  const stop = () => [driver, display].forEach(stopGroup);
  const address = `http://127.0.0.1:${port}`;
  for (
    let tries = 0;
    !(await fetch(`${address}/status`).then(
      (answer) => answer.ok,
      () => false,
    ));
    tries++
  ) {
    if (tries === 200 || driver.exitCode !== null) {
      stop();
      throw new Error('WebKitWebDriver did not start');
    }
    await wait(50);
  }
  const capabilities = { 'webkitgtk:browserOptions': { binary: found.browser, args: ['--automation'] }, pageLoadStrategy: 'eager' };
  return { address, capabilities, stop };
}
