// Counts what a run of @web/test-runner came to, for the total that `npm test` closes with.
import { writeFileSync } from 'node:fs';

export function countInto(file) {
  return {
    onTestRunFinished({ sessions }) {
      const counts = { passed: 0, failed: 0, skipped: 0 };
      const add = (suite) => {
        for (const test of suite.tests) counts[test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed']++;
        suite.suites.forEach(add);
      };
      for (const session of sessions) {
        const before = counts.failed;
        if (session.testResults) add(session.testResults);
        if (!session.passed && counts.failed === before) counts.failed++; // could not be loaded, or crashed
      }
      writeFileSync(file, JSON.stringify(counts));
    },
  };
}
