// The engines we test in: where each is found, and what Debian calls the packages that bring it.
import { existsSync } from 'node:fs';

const firstOf = (places) => places.find((place) => place && existsSync(place));

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

export const findChrome = () =>
  firstOf([
    process.env.CHROME_PATH,
    '/usr/bin/chromium-headless-shell',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ]);

export const findFirefox = () =>
  firstOf([
    process.env.FIREFOX_PATH,
    '/usr/bin/firefox-esr',
    '/usr/bin/firefox',
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
  ]);

/** The three programs that WebKitGTK is driven with; undefined where one of them is missing. */
export function findWebKit() {
  const driver = firstOf([process.env.WEBKIT_DRIVER_PATH, '/usr/bin/WebKitWebDriver']);
  const display = firstOf(['/usr/bin/Xvfb']);
  const folders = ['x86_64', 'aarch64'].flatMap((cpu) => ['4.1', '6.0'].map((api) => `/usr/lib/${cpu}-linux-gnu/webkit2gtk-${api}`));
  const browser = firstOf([process.env.MINIBROWSER_PATH, ...folders.map((folder) => `${folder}/MiniBrowser`)]);
  return driver && display && browser ? { driver, display, browser } : undefined;
}

/** Each engine by the name that `--only` takes. The first package set that installs will do. */
export const engines = {
  chromium: {
    title: 'Chromium',
    find: findChrome,
    // Ubuntu and older Debians have no headless shell of their own; the full browser does as well.
    packages: [['chromium-headless-shell', 'fonts-dejavu-core'], ['chromium']],
    set: 'CHROME_PATH',
  },
  firefox: { title: 'Firefox', find: findFirefox, packages: [['firefox-esr', 'fonts-dejavu-core'], ['firefox']], set: 'FIREFOX_PATH' },
  webkit: { title: 'WebKit', find: findWebKit, packages: [['webkit2gtk-driver', 'xvfb', 'fonts-dejavu-core']], set: 'MINIBROWSER_PATH' },
};

/** What to do where an engine is missing, in one line. */
export const howToGet = (name) =>
  `${engines[name].title} is not here. Set ${engines[name].set}, or on Debian run as root: apt-get install -y --no-install-recommends ${engines[name].packages[0].join(' ')}`;

export function chromePath() {
  const found = findChrome();
  if (!found) throw new Error(howToGet('chromium'));
  return found;
}
