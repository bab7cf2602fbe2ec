/**
 * Side-by-side lanes for what overlaps in one column. Computed on drawn extents: a box of five minutes is drawn tall enough to hit
 * with a finger, so two boxes whose times do not overlap may still need two lanes.
 */

/** Anything with a beginning and an end on one axis. Units are the caller's. */
export interface Extent {
  readonly start: number;
  readonly end: number;
}

export interface Lane {
  /** From 0. */
  readonly lane: number;
  /** How many lanes the cluster it belongs to needs: the most extents at any one place. */
  readonly lanes: number;
  /** Lanes it may fill before it meets a neighbour; at least 1. */
  readonly span: number;
}

/** What an extent is drawn as: at least `minimum` long. */
export function drawnEnd({ start, end }: Extent, minimum: number): number {
  return Math.max(end, start + minimum);
}

/**
 * A lane for each extent, in the order given. No two that overlap as drawn share a lane; each cluster of overlapping extents uses
 * the fewest lanes that this allows (an interval graph coloured in order of its beginnings). Extents that only touch share a lane.
 */
export function layoutLanes(extents: readonly Extent[], minimum = 0): Lane[] {
  const result: Lane[] = [];
  const order = extents
    .map((extent, index) => ({ index, start: extent.start, end: drawnEnd(extent, minimum) }))
    // Longer ones first where they begin together, so that short ones stand to the side of long ones.
    .sort((a, b) => a.start - b.start || b.end - a.end || a.index - b.index);
  let cluster: { index: number; start: number; end: number; lane: number }[] = [];
  let ends: number[] = [];
  let clusterEnd = -Infinity;
  const close = (): void => {
    for (const item of cluster) {
      let span = 1;
      while (
        item.lane + span < ends.length &&
        !cluster.some((other) => other.lane === item.lane + span && other.start < item.end && item.start < other.end)
      )
        span++;
      result[item.index] = { lane: item.lane, lanes: ends.length, span };
    }
    cluster = [];
    ends = [];
  };
  for (const item of order) {
    if (item.start >= clusterEnd) close();
    let lane = ends.findIndex((end) => end <= item.start);
    if (lane < 0) lane = ends.length;
    ends[lane] = item.end;
    cluster.push({ ...item, lane });
    clusterEnd = Math.max(cluster.length === 1 ? -Infinity : clusterEnd, item.end);
  }
  close();
  return result;
}
