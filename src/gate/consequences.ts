/**
 * Leaves out what only follows from a failed or missing verdict: rungs that it lowers, a baseline that cannot be made
 * before it is mended. What follows is gone with its cause; the cause stays. Pure.
 */
import type { Change } from '../domain/baseline.js';
import type { Head } from './head.js';

const isCause = (change: Change): boolean => change.kind === 'verdict-failed' || change.kind === 'not-shown';

export function dropConsequences(changes: readonly Change[], head: Head): Change[] {
  const causes = changes.filter(isCause);
  if (causes.length === 0) return [...changes];
  // A claim is no cause for itself: the run or the finding that fails is.
  const hurt = new Set(
    head.modules
      .filter((module) => {
        const models = new Set(module.models.map((m) => m.path));
        return causes.some(
          (c) =>
            c.subject === module.name || models.has(c.subject) || c.subject.startsWith(`${module.name}: `),
        );
      })
      .map((module) => module.name),
  );
  const moduleOf = (claim: string): string => claim.split('!')[0] ?? '';
  return changes.filter((change) => {
    if (change.kind === 'evidence-old') return false;
    // A build that failed or was not made says so itself.
    if (change.kind === 'build-lost')
      return !causes.some((c) => c.subject === change.subject || c.subject === 'native code');
    const isClaims = change.subject.includes('!') && (change.kind === 'rung-lower' || isCause(change));
    return !(isClaims && hurt.has(moduleOf(change.subject)));
  });
}
