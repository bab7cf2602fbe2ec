import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { drawnEnd, layoutLanes, type Extent } from '../../../src/models/scheduling/lanes.js';

const extent = fc
  .tuple(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 120 }))
  .map(([start, length]): Extent => ({ start, end: start + length }));
const overlaps = (a: Extent, b: Extent, minimum: number): boolean => a.start < drawnEnd(b, minimum) && b.start < drawnEnd(a, minimum);

/** The extents connected with one another by overlap, found naively. */
function clusterOf(extents: readonly Extent[], first: number, minimum: number): Set<number> {
  const found = new Set([first]);
  for (const i of found) extents.forEach((other, j) => overlaps(extents[i]!, other, minimum) && found.add(j));
  return found;
}

test('no two that overlap as drawn share a lane, and no cluster has a lane too many', () => {
  fc.assert(
    fc.property(fc.array(extent, { maxLength: 25 }), fc.integer({ min: 1, max: 30 }), (extents, minimum) => {
      const lanes = layoutLanes(extents, minimum);
      assert.equal(lanes.length, extents.length);
      extents.forEach((a, i) => {
        const mine = lanes[i]!;
        assert.ok(mine.lane >= 0 && mine.lane + mine.span <= mine.lanes && mine.span >= 1);
        extents.forEach((b, j) => {
          if (i === j || !overlaps(a, b, minimum)) return;
          const theirs = lanes[j]!;
          assert.equal(mine.lanes, theirs.lanes);
          // Neither's lanes, the ones it is widened into included, touch the other's.
          assert.ok(mine.lane + mine.span <= theirs.lane || theirs.lane + theirs.span <= mine.lane, 'two boxes lie on each other');
        });
        const cluster = [...clusterOf(extents, i, minimum)];
        const depth = Math.max(
          ...cluster.map(
            (j) =>
              cluster.filter((k) => extents[k]!.start <= extents[j]!.start && drawnEnd(extents[k]!, minimum) > extents[j]!.start).length,
          ),
        );
        assert.equal(mine.lanes, depth, 'fewest lanes = most at one place');
      });
    }),
    { numRuns: 500 },
  );
});

test('appointments that only touch stand in one lane', () => {
  assert.deepEqual(
    layoutLanes([
      { start: 0, end: 30 },
      { start: 30, end: 60 },
    ]).map(({ lane, lanes }) => [lane, lanes]),
    [[0, 1], [0, 1]], // prettier-ignore
  );
});

test('a short box is drawn tall enough to hit, so its neighbour moves aside', () => {
  const short = [
    { start: 0, end: 5 },
    { start: 10, end: 40 },
  ];
  assert.deepEqual(layoutLanes(short, 0).map(({ lanes }) => lanes), [1, 1]); // prettier-ignore
  assert.deepEqual(layoutLanes(short, 20).map(({ lane, lanes }) => [lane, lanes]), [[0, 2], [1, 2]]); // prettier-ignore
});
