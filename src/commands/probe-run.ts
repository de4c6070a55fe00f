/** Starts TLC on a generated module in the place of a model's own: what every probe has in common. */
import { join } from 'node:path';
import type { Config } from '../domain/config.js';
import type { Model } from '../domain/model.js';
import type { Reading } from '../domain/outcome.js';
import { Problem } from '../domain/problem.js';
import type { ModelRun } from '../domain/run-record.js';
import { runCached } from '../engine/cached-run.js';
import type { EngineJob } from '../engine/run-model.js';
import type { LoadedModule } from '../project/loaded-module.js';
import { renderConfig } from '../source/config-edit.js';
import type { StageContext, StagedRun } from './model-stage.js';

/** A module whose models have run, as probes of it need them. */
export interface ProbedModule {
  module: LoadedModule;
  /** Its declared runs among them, for profile, heap and deadline. */
  staged: StagedRun[];
  runs: ModelRun[];
  context: StageContext;
}

/** One question to TLC. */
export interface ProbeRequest {
  /** The generated module that TLC starts with, first; then those it needs. */
  generated: { name: string; text: string }[];
  config: Config;
  /** What the log is named after, besides the model. */
  log: string;
  /** TLC counts how often actions fire. */
  coverage?: boolean;
  /** Deadline where it is to be shorter than the model's own. */
  seconds?: number;
}

const wordsOf = (text: string): string => text.replace(/[^A-Za-z0-9]+/g, '_');

/** The declared run of a model and how it ended. */
export function declaredRun(probed: ProbedModule, model: Model): ModelRun | undefined {
  return probed.runs.find((r) => r.purpose.kind === 'declared' && r.model === model.id);
}

const statesOf = (run: ModelRun | undefined): number =>
  run?.attempts.at(-1)?.reading.counts.distinct ?? Infinity;

/** Models that TLC explores, fewest states first. */
export function bySize(probed: ProbedModule, models: Model[]): Model[] {
  return models
    .filter((m) => m.mode === 'exhaustive search' && m.unavailable === undefined)
    .sort((a, b) => statesOf(declaredRun(probed, a)) - statesOf(declaredRun(probed, b)));
}

/** Positive models that were explored to the end, fewest states first. */
export function completeModels(probed: ProbedModule): Model[] {
  const positive = probed.module.models.filter((m) => m.role === 'positive');
  return bySize(probed, positive).filter((m) => declaredRun(probed, m)?.outcome.kind === 'Holds');
}

/** Whether TLC came to an end of a model's declared run: what it says of the same model again will come to one too. */
export function isExplored(probed: ProbedModule, model: Model): boolean {
  const kind = declaredRun(probed, model)?.outcome.kind;
  return kind === 'Holds' || kind === 'Violated' || kind === 'Deadlock';
}

/** What TLC says to a probe; undefined where the model has no declared run, or a tool is missing. */
export async function runProbe(
  probed: ProbedModule,
  model: Model,
  request: ProbeRequest,
): Promise<Reading | undefined> {
  const { cache, run, toolchain } = probed.context;
  const base = probed.staged.find((s) => s.planned.model === model && s.planned.purpose.kind === 'declared');
  const [root] = request.generated;
  if (toolchain instanceof Problem || !base || !root) return undefined;
  const log = `${wordsOf(request.log)}-${wordsOf(model.id)}.log`;
  const job: EngineJob = {
    ...base.job,
    rootModule: root.name,
    generated: request.generated,
    configText: renderConfig(request.config),
    workers: 1,
    coverage: request.coverage ?? false,
    graph: false,
    timeoutSeconds: Math.min(base.job.timeoutSeconds, request.seconds ?? Infinity),
    enabledProperties: request.config.properties.map((p) => p.name),
    log: { file: join(base.job.log.file, '..', log), name: `logs/${log}` },
  };
  const { attempt } = await runCached(job, { toolchain, cache, runId: run.id });
  return attempt.reading;
}

/** Why a probe's run says nothing, in a few words. */
export function whyOpen(reading: Reading | undefined): string {
  const outcome = reading?.outcome;
  if (outcome === undefined) return 'it was not run';
  switch (outcome.kind) {
    case 'Timeout':
      return `it did not end within ${String(outcome.seconds)} s`;
    case 'NotRun':
      return outcome.reason;
    case 'AssumptionFalse':
    case 'SpecError':
    case 'EvaluationError':
    case 'OutOfMemory':
    case 'Crashed':
    case 'Incomplete':
    case 'NoResult':
      return `TLC says: ${outcome.message.replace(/\s+/g, ' ').slice(0, 160)}`;
    case 'Interrupted':
      return 'it was interrupted';
    case 'Holds':
    case 'Violated':
    case 'Deadlock':
    case 'Sampled':
      return `it ended as ${outcome.kind}`;
  }
}
