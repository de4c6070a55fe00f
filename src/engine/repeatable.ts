/**
 * Whether a run shows the same when it is made again. Contract: false for a spec that may ask for what no key of the cache
 * holds: the time, the environment, files, or how far a run with several workers has come. Comments count: that only
 * costs time. Pure.
 */

/** The time, by itself or since the run began. */
const CLOCK = /\bJavaTime\b|\bTLCGet\s*\(\s*"(?:duration|stats)"\s*\)/;

/** What differs from worker to worker. */
const WORKERS = /\bTLCGet\b|\bTLCSet\b|\bRandomElement\b/;

/** Modules of the community whose Java reads files and variables, where a repository has them and its jar the Java. */
const READERS = new Set(['IOUtils.tla', 'Json.tla', 'CSV.tla']);

/** @param workers of the run that was made */
export function isRepeatable(
  modules: readonly { name: string; bytes: Uint8Array }[],
  workers: number,
): boolean {
  return !modules.some(({ name, bytes }) => {
    const text = Buffer.from(bytes).toString('latin1');
    return READERS.has(name) || CLOCK.test(text) || (workers > 1 && WORKERS.test(text));
  });
}
