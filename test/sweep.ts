/**
 * Sweeps delete every declared protective step, one at a time. There are too many for each `npm test`: it tries one for
 * each spec, so that the sweep itself is known to work; `npm run test:sweeps` tries all, and CI runs it on main.
 */
export const SWEEPS_ALL = process.env.WORKBENCH_SWEEPS === 'all';

/** Of `items` the first for each name that `namesOf` gives; all of them in a sweep. */
export function chooseForSweep<T>(
  items: readonly T[],
  namesOf: (item: T) => readonly string[],
  all = SWEEPS_ALL,
): T[] {
  if (all) return [...items];
  const covered = new Set<string>();
  return items.filter((item) => {
    const fresh = namesOf(item).filter((name) => !covered.has(name));
    for (const name of fresh) covered.add(name);
    return fresh.length > 0;
  });
}
