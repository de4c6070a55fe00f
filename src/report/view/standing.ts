/** How things stand, and how many of each: the one place where results are counted. Pure. */
import type { Tally } from '../../domain/history.js';
import { unreachable } from '../../domain/problem.js';
import type { BuildResult, Verdict } from '../../domain/run-record.js';
import type { SmokeResult } from '../../domain/smoke.js';
import type { Standing } from './model-view.js';

export function standingOfVerdict(verdict: Verdict): Standing {
  if (verdict.asDeclared) return 'as declared';
  return verdict.incomplete ? 'open' : 'not as declared';
}

/** Of builds, smoke tests and the check of handlers. */
export function standingOfState(state: BuildResult['state'] | SmokeResult['state']): Standing {
  switch (state) {
    case 'built':
    case 'passed':
      return 'as declared';
    case 'failed':
      return 'not as declared';
    case 'not run':
      return 'open';
    default:
      return unreachable(state);
  }
}

/** How a whole stands whose parts stand so: red outweighs open, and open outweighs what is as declared. */
export function worstOf(parts: readonly Standing[]): Standing {
  for (const standing of ['not as declared', 'open', 'as declared'] as const)
    if (parts.includes(standing)) return standing;
  return 'not measured';
}

export function tally(parts: readonly Standing[]): Tally {
  const count = (standing: Standing): number => parts.filter((part) => part === standing).length;
  return {
    total: parts.length,
    asDeclared: count('as declared'),
    notAsDeclared: count('not as declared'),
    open: count('open'),
    notMeasured: count('not measured'),
  };
}

/** How many claims stand on rung 0, 1, … 6. */
export function tallyRungs(claims: readonly { rung: number }[]): number[] {
  return [0, 1, 2, 3, 4, 5, 6].map((rung) => claims.filter((claim) => claim.rung === rung).length);
}
