/** Records to the one view. Contract: pure; what the records do not say stands as not measured, never as a pass. */
import { basename } from 'node:path';
import type { HistoryPoint } from '../../domain/history.js';
import type { RunRecord } from '../../domain/run-record.js';
import { viewClaims } from './claims.js';
import { viewFunctions, type Texts } from './excerpts.js';
import type { Graphs } from './graphs.js';
import { mergeRecords, type Merged } from './merge.js';
import type { ModelView, Standing } from './model-view.js';
import { viewModels } from './models.js';
import { viewModules } from './modules.js';
import { findNotMeasured } from './not-measured.js';
import { findReasons } from './reasons.js';
import { VIEW_SCHEMA, type ChangeView, type ClaimView, type ReportView } from './report-view.js';
import { standingOfState, tally, tallyRungs } from './standing.js';
import { viewVerdict } from './verdict.js';

/** What a view is made from besides records; each may be left out. */
export interface ViewInputs {
  /** Name of the repository, for the title. */
  project?: string;
  /** Records that were asked for and could not be read. */
  unread?: ReportView['head']['unread'];
  /** Source texts by sha256. */
  texts?: Texts;
  /** Of each graph that a record names and that is there; absent where nobody looked. */
  graphs?: Graphs;
  changes?: ReportView['changes'];
  /** Earlier runs, oldest first. */
  history?: HistoryPoint[];
}

/** @param records sound ones, at least one */
export function buildView(records: readonly RunRecord[], inputs: ViewInputs = {}): ReportView {
  const merged = mergeRecords(records);
  const texts = inputs.texts ?? new Map<string, string>();
  const unread = inputs.unread ?? [];
  const models = viewModels(merged.inventory, merged.models, inputs.graphs);
  const claims = viewClaims(merged, models);
  const reasons = findReasons(merged, models, claims, { unread, changes: judgedBy(inputs) });
  const notMeasured = findNotMeasured(merged, models, claims);
  const smoke = merged.smoke.map((s) => ({
    name: s.name,
    claims: s.claims,
    what: s.what,
    standing: standingOfState(s.state),
    reason: s.reason,
    record: s.record,
    seconds: s.attempts.reduce((sum, attempt) => sum + attempt.milliseconds, 0) / 1000,
    attempts: s.attempts,
    ...(s.reused ? { reused: s.reused } : {}),
  }));
  const builds = merged.builds.map((b) => ({
    preset: b.preset,
    standing: standingOfState(b.state),
    reason: b.reason,
    record: b.record,
    seconds: b.milliseconds / 1000,
    artefacts: b.artefacts,
    checks: b.checks ?? [],
    log: b.log === '' ? '' : `runs/${b.record}/${b.log}`,
  }));
  const { reachability } = merged;
  return {
    schema: VIEW_SCHEMA,
    head: viewHead(merged, inputs.project ?? '', unread),
    verdict: viewVerdict(merged, claims, reasons, notMeasured, unread),
    totals: countTotals(merged, models, claims, [smoke, builds]),
    conflicts: merged.conflicts,
    modules: viewModules(merged, models, claims),
    claims,
    models,
    functions: viewFunctions(merged.anchors, texts),
    anchorFaults: merged.anchors?.faults ?? [],
    builds,
    smoke,
    ...(reachability
      ? {
          handlers: {
            standing: standingOfState(reachability.state),
            reason: reachability.reason,
            compiler: reachability.compiler,
            handlers: reachability.handlers,
            faults: reachability.faults,
          },
        }
      : {}),
    findings: merged.findings,
    probes: merged.probes ?? [],
    assumptions: merged.inventory.assumptions.map((assumption) => ({
      ...assumption,
      models: models.filter((m) => m.assumptions.includes(assumption.id)).map((m) => m.id),
    })),
    problems: merged.problems.map(({ code, message, hint }) => ({ code, message, hint })),
    ...(inputs.changes ? { changes: inputs.changes } : {}),
    notMeasured,
    history: inputs.history ?? [],
    sources: findSources(merged, texts),
  };
}

/** What the gate found; a comparison without it is shown and judges nothing. */
const judgedBy = ({ changes }: ViewInputs): ChangeView[] => (changes?.judged === true ? changes.list : []);

const secondsOf = (r: RunRecord): number => (Date.parse(r.finishedAt) - Date.parse(r.startedAt)) / 1000;

function viewHead(merged: Merged, project: string, unread: ReportView['head']['unread']): ReportView['head'] {
  const { records } = merged;
  const tlc = merged.tools.find((t) => t.name === 'tlc');
  const version = /Version (\S+)/.exec(tlc?.version ?? '')?.[1] ?? tlc?.version;
  return {
    project,
    workbench: merged.tools.find((t) => t.name === 'workbench')?.version ?? 'unknown',
    runs: records.map((r) => ({
      id: r.id,
      command: r.command,
      startedAt: r.startedAt,
      finishedAt: r.finishedAt,
      seconds: secondsOf(r),
      state: r.state,
      exitCode: r.exitCode,
      git: r.git,
      tools: r.tools,
      runs: r.models.length,
    })),
    startedAt: records[0]?.startedAt ?? '',
    finishedAt:
      records
        .map((r) => r.finishedAt)
        .sort()
        .at(-1) ?? '',
    seconds: records.reduce((sum, r) => sum + secondsOf(r), 0),
    engine: tlc ? `TLC ${version ?? 'unknown'}, jar ${(tlc.sha256 ?? 'unknown').slice(0, 8)}` : 'no engine',
    unread,
  };
}

function countTotals(
  merged: Merged,
  models: readonly ModelView[],
  claims: readonly ClaimView[],
  [smoke, builds]: [{ standing: Standing }[], { standing: Standing }[]],
): ReportView['totals'] {
  const standings = (parts: readonly { standing: Standing }[]): Standing[] => parts.map((p) => p.standing);
  const declared = models.flatMap((m) => m.runs.filter((run) => run.purpose.kind === 'declared'));
  const functions = merged.anchors?.functions;
  const accepted = merged.findings.filter((f) => f.accepted !== undefined).length;
  return {
    models: tally(standings(models)),
    runs: tally(standings(models.flatMap((m) => m.runs))),
    reused: {
      runs: merged.models.filter((run) => run.reused !== undefined).length,
      smoke: merged.smoke.filter((test) => test.reused !== undefined).length,
    },
    claims: tally(standings(claims)),
    smoke: tally(standings(smoke)),
    builds: tally(standings(builds)),
    rungs: tallyRungs(claims),
    states: declared.reduce((sum, run) => sum + (run.counts.distinct ?? 0), 0),
    generated: declared.reduce((sum, run) => sum + (run.counts.generated ?? 0), 0),
    functions: functions
      ? {
          anchored: functions.filter((f) => f.claims.length > 0).length,
          unmodelled: functions.filter((f) => f.unmodelled !== undefined).length,
        }
      : null,
    findings: { open: merged.findings.length - accepted, accepted },
  };
}

/** Modules and configurations whose text is the one that ran; the root module of each model first. */
function findSources(merged: Merged, texts: Texts): ReportView['sources'] {
  const hashes = new Map<string, string>();
  for (const run of merged.models) {
    for (const { path, sha256 } of run.closure) hashes.set(path, sha256);
    if (run.purpose.kind === 'declared') hashes.set(run.config.path, run.config.sha256);
  }
  return [...hashes]
    .sort(([a], [b]) => (basename(a) < basename(b) ? -1 : basename(a) > basename(b) ? 1 : a < b ? -1 : 1))
    .flatMap(([path, sha256]) => {
      const text = texts.get(sha256);
      return text === undefined ? [] : [{ path, sha256, text }];
    });
}
