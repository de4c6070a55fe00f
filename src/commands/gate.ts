/**
 * `workbench gate --base REF`: fails where a change loses evidence that the base commit had; `--accept` writes the
 * baseline. Contract: the baseline compared with is the one in the base commit, so that no change approves itself.
 */
import type { Baseline, Change } from '../domain/baseline.js';
import { EXIT, Problem, type ExitCode } from '../domain/problem.js';
import type { RunRecord } from '../domain/run-record.js';
import { applyApprovals, findNewApprovals, isFailure } from '../gate/approval.js';
import { assembleBaseline, type Evidence, type Source } from '../gate/assemble.js';
import { compare } from '../gate/compare.js';
import { dropConsequences } from '../gate/consequences.js';
import { findOutdated } from '../gate/currency.js';
import { findTouched } from '../gate/touched.js';
import { findBelowRequired, findVerdicts } from '../gate/verdicts.js';
import { findBase, listChanged, type GitBase } from '../host/git-base.js';
import { print } from '../host/output.js';
import { readTerminal } from '../host/terminal.js';
import { gateLines, type GateView } from '../report/gate-lines.js';
import { makePaint } from '../report/paint.js';
import { describeExits, type WorkbenchCommand } from './command.js';
import { acceptBaseline, comparingOf } from './gate-accept.js';
import { readBaseOf, readStored } from './gate-base.js';
import { findEvidence, readTree, runOpen, whatChanged, type GateTree } from './gate-evidence.js';
import { keepParts } from '../report/view/parts.js';
import { deliverReports, viewRecords } from './report-stage.js';
import { addRunOptions, readRunOptions, type RunOptions } from './run-options.js';

async function runGate(ref: string, options: RunOptions): Promise<ExitCode> {
  const found: { git?: GitBase } = {};
  const { tree, base: read } = await readTree(async (root) => {
    found.git = await findBase(root, ref);
    return readBaseOf(root, found.git.commit);
  });
  const { git } = found;
  if (git === undefined) throw new Error('runGate: no base was looked for');
  const base = read.baseline;
  const needed = whatChanged(tree, base);
  const looked = await findEvidence(tree, needed, !options.fresh);
  if (options.dryRun) {
    print(dryRunText(looked.because, options.json));
    return EXIT.asDeclared;
  }
  const evidence = await runOpen(tree, looked, options);
  const shown = assembleBaseline(tree.head, tree.inventory, evidence, base, tree.tools);
  const stored = await readStored(tree.project.root);
  const comparing = await comparingOf(tree, git.commit);
  const changes = applyApprovals(
    dropConsequences(
      [
        ...(base === undefined ? [] : compare(base, shown, comparing)),
        ...(read.fault === undefined ? [] : [read.fault]),
        ...findVerdicts(tree.head, evidence),
        ...findBelowRequired(tree.head, shown, tree.project.requiredRung),
        ...(stored.fault ? [stored.fault] : findOutdated(stored.baseline, shown, stored.text)),
      ],
      tree.head,
    ),
    findNewApprovals(base, stored.baseline),
  );
  const exitCode = exitOf(changes, recordsOf(evidence));
  const view: GateView = {
    base: { ref, commit: git.commit },
    head: { commit: git.head, dirty: git.dirty },
    first: base === undefined && read.fault === undefined,
    touched: await findTouchedFiles(tree, base, git.commit),
    evidence: describeEvidence(tree, evidence),
    changes,
    exitCode,
  };
  if (options.json) print(`${JSON.stringify(view)}\n`);
  else {
    const { width, color } = readTerminal();
    print(`${gateLines(view, width, makePaint(color)).join('\n')}\n`);
  }
  if (options.reports.length > 0) {
    await deliverReports(
      await viewRecords(tree.project.root, {
        records: partsOf(evidence),
        unread: [],
        changes: { base: git.commit, judged: true, list: changes },
      }),
      options.reports,
    );
  }
  return exitCode;
}

async function findTouchedFiles(
  { head, project, modules }: GateTree,
  base: Baseline | undefined,
  commit: string,
): Promise<GateView['touched']> {
  const manifests = new Map(modules.map((m) => [m.fileRel, m.manifestRel ?? '']));
  const changed = await listChanged(project.root, commit);
  return findTouched(changed, head, base, { manifests, nativeRoot: project.native?.root });
}

/** Every record that some part's evidence comes from, once. */
function recordsOf(evidence: Evidence): RunRecord[] {
  const sources = [...evidence.modules.values(), evidence.native];
  return [...new Set(sources.flatMap((s) => (s.kind === 'record' ? [s.record] : [])))];
}

/** The same, each with no more than the parts that it is evidence of. */
function partsOf(evidence: Evidence): RunRecord[] {
  return recordsOf(evidence).map((record) => {
    const isOf = (source: Source): boolean => source.kind === 'record' && source.record === record;
    const own = [...evidence.modules].flatMap(([path, source]) => (isOf(source) ? [path] : []));
    return keepParts(record, new Set(own), isOf(evidence.native));
  });
}

function describeEvidence({ head }: GateTree, evidence: Evidence): GateView['evidence'] {
  const from = (source: Source | undefined): string => {
    if (source?.kind === 'record') return `record runs/${source.record.id}`;
    return source?.kind === 'base' ? 'the base: nothing that it rests on changed' : 'none';
  };
  return [
    ...head.modules.map((m) => ({ part: m.name, from: from(evidence.modules.get(m.path)) })),
    ...(head.native === null ? [] : [{ part: 'native code', from: from(evidence.native) }]),
  ];
}

/** What was shown to be wrong outweighs what was not shown; a tool that is missing has a code of its own. */
function exitOf(changes: readonly Change[], records: readonly RunRecord[]): ExitCode {
  const failures = changes.filter(isFailure);
  if (failures.length === 0) return EXIT.asDeclared;
  // A rung that fell with what was not shown is no finding of its own.
  const isOpen = failures.some((c) => c.kind === 'not-shown');
  if (!isOpen || failures.some((c) => c.kind !== 'not-shown' && c.kind !== 'rung-lower'))
    return EXIT.notAsDeclared;
  return records.some((r) => r.exitCode === EXIT.environment) ? EXIT.environment : EXIT.incomplete;
}

function dryRunText(open: string[], json: boolean): string {
  if (json) return `${JSON.stringify({ runs: open })}\n`;
  return open.length === 0
    ? 'nothing would be run: every part has evidence\n'
    : `${open.map((line) => `would run ${line}`).join('\n')}\n`;
}

async function runAccept(
  ref: string | undefined,
  reason: string | undefined,
  options: RunOptions,
): Promise<ExitCode> {
  let commit = 'HEAD';
  const { tree, base } = await readTree(async (root) => {
    if (ref === undefined) return readBaseOf(root, commit);
    commit = (await findBase(root, ref)).commit;
    return readBaseOf(root, commit);
  });
  // Before its first commit, the file itself is what there is to compare with.
  const isThere = ref !== undefined || base.baseline !== undefined || base.fault !== undefined;
  const before = isThere ? base : await readStored(tree.project.root);
  const { json, dryRun } = options;
  return acceptBaseline({ tree, before, commit, ref, reason, json, dryRun });
}

export const gate: WorkbenchCommand = {
  name: 'gate',
  register: (program, run) => {
    addRunOptions(
      program
        .command('gate')
        .description('base against head: fails where a change loses evidence; runs only what changed')
        .option('--base <ref>', 'branch, tag or commit to compare with, e.g. origin/main')
        .option('--accept', 'write runs/baseline.json from the newest clean record of this work tree')
        .option('--reason <text>', 'with --accept: why what is lost or weaker is intended'),
    )
      .addHelpText(
        'after',
        describeExits({
          asDeclared: 'nothing is lost or weaker, or it is accepted in this change',
          notAsDeclared: 'a verdict fails, or something is lost or weaker',
          incomplete: 'evidence is missing, and nothing else is wrong',
        }),
      )
      .action((raw) =>
        run(() => {
          const options = readRunOptions(raw);
          if (raw.base?.trim() === '')
            throw new Problem(
              'GATE-NO-BASE',
              '--base is empty: there is nothing to compare with',
              'where it comes from a variable, that is not set here; for example --base origin/main',
            );
          if (raw.accept === true) return runAccept(raw.base, raw.reason?.trim() || undefined, options);
          if (raw.reason !== undefined)
            throw new Problem('USAGE', '--reason without --accept', 'a reason belongs to what is accepted');
          if (raw.base === undefined)
            throw new Problem(
              'GATE-NO-BASE',
              'no --base: there is nothing to compare with',
              'for example workbench gate --base origin/main',
            );
          return runGate(raw.base, options);
        }),
      );
  },
};
