// Finds a Chromium to test with: $CHROME_PATH, then the usual places. Says how to get one otherwise.
import { existsSync } from 'node:fs';

const places = [
  process.env.CHROME_PATH,
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

export const findChrome = () => places.find((place) => place && existsSync(place));

export function chromePath() {
  const found = findChrome();
  if (!found) {
    throw new Error(
      'No Chromium found. Set CHROME_PATH to a Chrome, Chromium or Edge, or on Debian and Ubuntu run as root: apt-get install -y --no-install-recommends chromium-headless-shell',
    );
  }
  return found;
}

export const chromeArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--force-color-profile=srgb',
  '--hide-scrollbars',
];
