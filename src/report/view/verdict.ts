/** The verdict over everything merged: what `verify` would end with, had it seen all of it at once. Pure. */
import { EXIT, type ExitCode } from '../../domain/problem.js';
import { exitCodeOf } from '../../evidence/exit-code.js';
import type { Merged } from './merge.js';
import type { ClaimView, Reason, ReportView } from './report-view.js';

type VerdictView = ReportView['verdict'];

export function viewVerdict(
  merged: Merged,
  claims: readonly ClaimView[],
  reasons: Reason[],
  notMeasured: ReportView['notMeasured'],
  unread: ReportView['head']['unread'],
): VerdictView {
  const hasLoss = reasons.some((reason) => reason.kind === 'change');
  const exitCode = codeOf(merged, claims, { hasLoss, hasUnread: unread.length > 0 });
  const state = stateOf(exitCode);
  const missing = notMeasured.filter((n) => /^models? of /.test(n.what)).reduce((sum, n) => sum + n.count, 0);
  const rest =
    missing === 0 ? '' : `; ${missing} declared model${missing === 1 ? ' was' : 's were'} not run here`;
  return { state, exitCode, headline: `${sentenceOf(state)}${rest}`, reasons };
}

function codeOf(
  merged: Merged,
  claims: readonly ClaimView[],
  { hasLoss, hasUnread }: { hasLoss: boolean; hasUnread: boolean },
): ExitCode {
  const code = exitCodeOf({
    // A merged record that was interrupted is not whole, whatever the others have.
    state: merged.records.some((r) => r.state === 'interrupted') ? 'interrupted' : 'finished',
    models: merged.models,
    builds: merged.builds,
    smoke: merged.smoke,
    anchors: merged.anchors,
    reachability: merged.reachability,
    findings: merged.findings,
    claims: [...claims],
    problems: merged.problems.map((p) => ({
      exit: p.exit === EXIT.wrongInput ? EXIT.wrongInput : EXIT.environment,
    })),
    requiredRung: merged.inventory.requiredRung,
  });
  if (code === EXIT.interrupted || code === EXIT.wrongInput) return code;
  if (hasLoss || merged.conflicts.length > 0) return EXIT.notAsDeclared;
  return code === EXIT.asDeclared && hasUnread ? EXIT.incomplete : code;
}

function stateOf(code: ExitCode): VerdictView['state'] {
  switch (code) {
    case EXIT.asDeclared:
      return 'as declared';
    case EXIT.notAsDeclared:
      return 'not as declared';
    case EXIT.wrongInput:
      return 'wrong input';
    case EXIT.environment:
      return 'environment cannot do it';
    case EXIT.incomplete:
      return 'incomplete';
    case EXIT.interrupted:
      return 'interrupted';
  }
}

function sentenceOf(state: VerdictView['state']): string {
  switch (state) {
    case 'as declared':
      return 'everything that ran is as declared';
    case 'not as declared':
      return 'not as declared';
    case 'wrong input':
      return 'wrong input';
    case 'environment cannot do it':
      return 'the environment cannot do it';
    case 'incomplete':
      return 'incomplete: some of it was not run';
    case 'interrupted':
      return 'interrupted';
  }
}
