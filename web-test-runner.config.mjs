import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { chromeArgs, chromePath } from './scripts/browsers.mjs';
import { countInto } from './scripts/reporter.mjs';

const vendor = JSON.parse(readFileSync('.wtr/importmap.json', 'utf8')).imports;

export default {
  files: ['.wtr/**/*.test.js', '!.wtr/vendor/**'],
  rootDir: '.',
  browsers: [chromeLauncher({ launchOptions: { executablePath: chromePath(), args: chromeArgs } })],
  concurrency: 2,
  reporters: [
    defaultReporter({ reportTestResults: true, reportTestProgress: process.stdout.isTTY === true }),
    countInto('.wtr/browser-counts.json'),
  ],
  browserStartTimeout: 60_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 240_000,
  testFramework: { config: { ui: 'bdd', timeout: 20_000 } },
  filterBrowserLogs: ({ args }) => !/Lit is in dev mode/.test(String(args[0])),
  coverage: process.env.COVERAGE === '1',
  coverageConfig: { include: ['.wtr/src/**'], reporters: ['lcovonly', 'text-summary'], reportDir: 'coverage' },
  plugins: [
    {
      name: 'vendor',
      resolveImport: ({ source }) => vendor[source],
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
