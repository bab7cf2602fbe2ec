/** Times of one store behind a function from URL to text. Runs in Node and in a page. */

/**
 * @param ask answers a search by its URL, below the base.
 * @returns per search: how many it found, ms of the first answer, which builds what indexes it needs, and ms of the others.
 */
export async function timeSearches(searches, ask, rounds) {
  const results = [];
  for (const [name, url] of searches) {
    const times = [];
    let total;
    for (let i = 0; i <= rounds; i++) {
      const start = performance.now();
      const text = await ask(url(i));
      times.push(performance.now() - start);
      if (i === 0) total = JSON.parse(text).total;
    }
    results.push({ name, first: times[0], times: times.slice(1), total });
  }
  return results;
}

/** Loads rows as NDJSON text through `load`, and gives the microseconds of a row. */
export async function timeLoad(text, count, load) {
  const start = performance.now();
  await load(text);
  return ((performance.now() - start) * 1000) / count;
}
