import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { chromeArgs, chromePath, findFirefox } from './scripts/browsers.mjs';
import { testDir } from './scripts/parts.mjs';
import { countInto } from './scripts/reporter.mjs';
import { webdriverLauncher } from './scripts/webdriver-launcher.mjs';
import { startWebKit } from './scripts/webkit-driver.mjs';

const vendor = JSON.parse(readFileSync(`${testDir}/importmap.json`, 'utf8')).imports;
const engine = process.env.CARELET_ENGINE ?? 'chromium';

/** Puppeteer speaks WebDriver BiDi with it. One page at a time: requestAnimationFrame stands still in a tab behind another. */
function firefox() {
  const launcher = chromeLauncher({ concurrency: 1, launchOptions: { browser: 'firefox', executablePath: findFirefox() } });
  return Object.assign(launcher, { name: 'Firefox' });
}

const launchers = {
  chromium: () => chromeLauncher({ launchOptions: { executablePath: chromePath(), args: chromeArgs } }),
  firefox,
  webkit: () => webdriverLauncher({ name: 'WebKit', start: startWebKit, concurrency: 2 }),
};

export default {
  files: [`${testDir}/**/*.test.js`, `!${testDir}/vendor/**`],
  rootDir: '.',
  browsers: [launchers[engine]()],
  concurrency: 2,
  reporters: [
    defaultReporter({ reportTestResults: true, reportTestProgress: process.stdout.isTTY === true }),
    countInto(`${testDir}/${engine}-counts.json`),
  ],
  browserStartTimeout: 60_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 180_000,
  testFramework: { config: { ui: 'bdd', timeout: 20_000 } },
  filterBrowserLogs: ({ args }) => !/Lit is in dev mode/.test(String(args[0])),
  coverage: process.env.COVERAGE === '1',
  coverageConfig: { include: [`${testDir}/src/**`], reporters: ['lcovonly', 'text-summary'], reportDir: 'coverage' },
  plugins: [
    {
      name: 'vendor',
      resolveImport: ({ source }) => vendor[source],
    },
    {
      // What the page looks like now, for the few tests that must see it (tests/support/pixels.ts): a PNG in base64.
      name: 'screenshot',
      async executeCommand({ command, session }) {
        if (command !== 'screenshot') return undefined;
        return session.browser.getPage(session.id).screenshot({ encoding: 'base64' });
      },
    },
    {
      name: 'mock-service-worker',
      async serve(context) {
        if (!context.path.endsWith('/mockServiceWorker.js')) return undefined;
        return { body: await readFile(fileURLToPath(import.meta.resolve('msw/mockServiceWorker.js')), 'utf8'), type: 'js' };
      },
    },
  ],
};
