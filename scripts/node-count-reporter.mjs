// A node:test reporter that writes the counts of a run as JSON, for the total that `npm test` closes with.
export default async function* counts(source) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for await (const { type, data } of source) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details?.type === 'suite') continue;
    if (data.skip !== undefined || data.todo !== undefined) total.skipped++;
    else if (type === 'test:pass') total.passed++;
    else total.failed++;
  }
  yield JSON.stringify(total);
}
