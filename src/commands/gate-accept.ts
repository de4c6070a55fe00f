/** `gate --accept`: writes runs/baseline.json. Contract: only from conclusive, clean evidence of exactly this work tree. */
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { BASELINE_FILE, type Baseline, type Change } from '../domain/baseline.js';
import { EXIT, Problem, type ExitCode } from '../domain/problem.js';
import {
  applyApprovals,
  approve,
  findNewApprovals,
  findUnusedApprovals,
  isFailure,
} from '../gate/approval.js';
import { assembleBaseline } from '../gate/assemble.js';
import { renderBaseline, sealBaseline } from '../gate/baseline-file.js';
import { compare } from '../gate/compare.js';
import { findBelowRequired, findVerdicts } from '../gate/verdicts.js';
import { writeFileAtomic } from '../host/files.js';
import { isIgnored, listAtCommit } from '../host/git-base.js';
import { note, print } from '../host/output.js';
import { readTerminal } from '../host/terminal.js';
import { mapTexts, oneLine } from '../report/formats/control-characters.js';
import { changeLines } from '../report/gate-lines.js';
import { makePaint } from '../report/paint.js';
import { readStored, type ReadBaseline } from './gate-base.js';
import { everything, findEvidence, type GateTree } from './gate-evidence.js';

export interface AcceptRequest {
  tree: GateTree;
  /** What the new one is compared with: the base's, else the last commit's, else the file's. */
  before: ReadBaseline;
  /** Short name of the commit it comes from. */
  commit: string;
  /** The base that the user named: entries that approve nothing against it are then dropped. */
  ref: string | undefined;
  reason: string | undefined;
  json: boolean;
  /** Show what would be written, and write nothing. */
  dryRun: boolean;
}

export async function acceptBaseline(request: AcceptRequest): Promise<ExitCode> {
  const { tree, before, reason } = request;
  const { root } = tree.project;
  const shown = await showTree(tree);
  const unreadable =
    before.fault === undefined ? [] : [{ ...before.fault, kind: 'baseline-unreadable' as const }];
  const comparing = await comparingOf(tree, request.commit);
  const compared = before.baseline === undefined ? [] : compare(before.baseline, shown, comparing);
  const changes = [...unreadable, ...compared];
  const kept = ((await readStored(root)).baseline ?? before.baseline)?.accepted ?? [];
  const unused = request.ref !== undefined ? findUnusedApprovals(changes, kept) : [];
  const approvals = kept.filter((entry) => !unused.includes(entry));
  // What the base has is history: the same loss once more needs an entry once more.
  const judged = applyApprovals(changes, findNewApprovals(before.baseline, { accepted: approvals }));
  const weakened = judged.filter(isFailure);
  if (weakened.length > 0 && reason === undefined) {
    if (!request.json) note(`${listChanges(weakened, 'weaker')}\n`);
    throw new Problem(
      'GATE-REASON',
      `${weakened.length} of the changes ${weakened.length === 1 ? 'is a loss' : 'are losses'}, the first: ${weakened[0]?.kind ?? ''} ${weakened[0]?.subject ?? ''}`,
      `restore what was lost, or say why it is intended: workbench gate --accept${request.ref === undefined ? '' : ` --base ${request.ref}`} --reason "why"`,
      EXIT.notAsDeclared,
    );
  }
  const fresh = reason === undefined ? [] : approve(weakened, reason);
  const baseline = sealBaseline({ ...shown, accepted: [...approvals, ...fresh] });
  if (!request.dryRun) await writeFileAtomic(join(root, BASELINE_FILE), renderBaseline(baseline));
  const shownChanges = applyApprovals(changes, baseline.accepted);
  if (request.json) print(`${JSON.stringify({ file: BASELINE_FILE, changes: shownChanges, exitCode: 0 })}\n`);
  else {
    const figures = `${baseline.modules.length} modules, ${baseline.modules.flatMap((m) => m.models).length} models, ${baseline.modules.flatMap((m) => m.claims).length} claims`;
    const lines = shownChanges.length === 0 ? '' : `${listChanges(shownChanges, 'changed')}\n`;
    const done = request.dryRun ? 'would be written' : 'written';
    const next = request.dryRun ? '' : '; commit it with the change';
    print(`${lines}${BASELINE_FILE} ${done}: ${figures}${next}\n`);
    if (await isIgnored(root, BASELINE_FILE))
      note(`git ignores ${BASELINE_FILE}: add the line !/${BASELINE_FILE} to .gitignore, below runs/*\n`);
  }
  return EXIT.asDeclared;
}

/** The baseline of this tree, from records alone. */
async function showTree(tree: GateTree): Promise<Baseline> {
  const { evidence, because } = await findEvidence(tree, everything(tree), true);
  const [first] = because;
  if (first !== undefined)
    throw new Problem(
      'GATE-NO-EVIDENCE',
      `no record shows the work tree as it is: ${first}`,
      'workbench verify, then workbench gate --accept',
      EXIT.incomplete,
    );
  const shown = assembleBaseline(tree.head, tree.inventory, evidence, undefined, tree.tools);
  const faults = [
    ...findVerdicts(tree.head, evidence),
    ...findBelowRequired(tree.head, shown, tree.project.requiredRung),
  ];
  const [fault] = faults;
  if (fault !== undefined)
    throw new Problem(
      'GATE-NOT-CLEAN',
      `${fault.place.path}:${fault.place.line}: ${fault.subject}: ${fault.is}${faults.length > 1 ? `; and ${faults.length - 1} more` : ''}`,
      `a baseline is only made of clean evidence; ${fault.mend}`,
      EXIT.notAsDeclared,
    );
  return shown;
}

function listChanges(changes: Change[], mark: string): string {
  const { width, color } = readTerminal();
  const paint = makePaint(color);
  return mapTexts(changes, oneLine)
    .flatMap((c) => changeLines(c, c.severity === 'note' ? paint.dim('note') : paint.yellow(mark), width))
    .join('\n');
}

/** How a tree is compared: its places, and the commit to restore from. */
export async function comparingOf(
  { head, project }: GateTree,
  commit: string,
): Promise<Parameters<typeof compare>[2]> {
  const files = await listAtCommit(project.root, commit);
  const gone = [...files].filter((path) => !existsSync(join(project.root, path))).sort();
  const root = relative(process.cwd(), project.root);
  return { places: head.places, base: { commit: commit.slice(0, 10), files, gone, root } };
}
