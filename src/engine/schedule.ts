/** Runs jobs within the CPU budget: those that need the whole machine first and alone, then the rest side by side, longest first. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import pLimit from 'p-limit';

export interface Scheduled<T> {
  /** Expected seconds, from an earlier run or the manifest; 0 where nothing is known. */
  expectedSeconds: number;
  /** Uses every core by itself. */
  large: boolean;
  run: () => Promise<T>;
}

/** Unknown jobs go first among the small ones: one of them may be the longest. */
function longestFirst<T>(a: Scheduled<T>, b: Scheduled<T>): number {
  const rank = (job: Scheduled<T>): number => (job.expectedSeconds === 0 ? Infinity : job.expectedSeconds);
  const [x, y] = [rank(a), rank(b)];
  return x === y ? 0 : y - x;
}

/** Results in the order of the jobs given, whatever the order they ran in. */
export async function runScheduled<T>(jobs: Scheduled<T>[], slots: number): Promise<T[]> {
  const results = new Map<Scheduled<T>, T>();
  for (const job of jobs.filter((j) => j.large).sort(longestFirst)) results.set(job, await job.run());
  const limit = pLimit(slots);
  await Promise.all(
    jobs
      .filter((j) => !j.large)
      .sort(longestFirst)
      .map((job) =>
        limit(async () => {
          // Results that are reused come without waiting: the native side, at work meanwhile, must have its turns.
          await nextTurn();
          results.set(job, await job.run());
        }),
      ),
  );
  return jobs.map((job) => results.get(job) as T);
}
