/** The exit code that a run's results lead to. Pure; the order of the cases is the order of their weight. */
import { RUNGS, type ClaimReport } from '../domain/claim.js';
import { EXIT, type ExitCode } from '../domain/problem.js';
import type { RunRecord } from '../domain/run-record.js';

export type Results = Pick<
  RunRecord,
  'state' | 'models' | 'builds' | 'smoke' | 'anchors' | 'reachability' | 'findings' | 'claims'
> & {
  /** Problems with the exit code each asks for. */
  problems: { exit: ExitCode }[];
  requiredRung: number;
};

const hasFailed = (claim: ClaimReport): boolean => RUNGS.some((name) => claim.rungs[name].state === 'failed');

function isRed(r: Results): boolean {
  return (
    r.models.some((m) => !m.verdict.asDeclared && !m.verdict.incomplete) ||
    r.builds.some((b) => b.state === 'failed') ||
    r.smoke.some((s) => s.state === 'failed') ||
    (r.anchors?.faults.length ?? 0) > 0 ||
    r.reachability?.state === 'failed' ||
    r.findings.some((f) => f.accepted === undefined) ||
    r.claims.some(hasFailed)
  );
}

function isIncomplete(r: Results): boolean {
  return (
    r.models.some((m) => m.verdict.incomplete && !m.verdict.asDeclared) ||
    r.builds.some((b) => b.state === 'not run') ||
    r.smoke.some((s) => s.state === 'not run') ||
    r.reachability?.state === 'not run'
  );
}

/** Red outweighs incomplete: what was shown to be wrong stays wrong whatever else could not be run. */
export function exitCodeOf(r: Results): ExitCode {
  if (r.state === 'interrupted') return EXIT.interrupted;
  if (r.problems.some((p) => p.exit === EXIT.wrongInput)) return EXIT.wrongInput;
  if (isRed(r)) return EXIT.notAsDeclared;
  if (r.problems.some((p) => p.exit === EXIT.environment)) return EXIT.environment;
  if (isIncomplete(r)) return EXIT.incomplete;
  // A claim below the required rung with nothing left to run is a promise the project does not keep.
  if (r.claims.some((c) => c.rung < r.requiredRung)) return EXIT.notAsDeclared;
  return EXIT.asDeclared;
}
