/** The probe that explains a violated invariant: which of its conjuncts is false. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../domain/problem.js';
import type { ModelRun } from '../domain/run-record.js';
import { runCached, type RunPlace } from '../engine/cached-run.js';
import { conjunctProbe, CONJUNCT_MODULE, type ConjunctText } from '../engine/conjunct-probe.js';
import type { Toolchain } from '../engine/launcher.js';
import type { EngineJob } from '../engine/run-model.js';
import { renderConfig } from '../source/config-edit.js';
import type { StageContext, StagedRun } from './model-stage.js';

function probeJob(base: EngineJob, name: string, text: string, config: string, log: string): EngineJob {
  return {
    ...base,
    rootModule: name,
    generated: [{ name, text }],
    configText: config,
    workers: 1,
    coverage: false,
    graph: false,
    enabledProperties: [],
    log: { file: join(base.log.file, '..', log), name: `logs/${log}` },
  };
}

/** Every probe starts TLC by way of `runCached`, so that one on unchanged inputs is not run again. */
const placeOf = ({ cache, run }: StageContext, toolchain: Toolchain): RunPlace => ({
  toolchain,
  cache,
  runId: run.id,
});

/** Column (from 1) of an offset in a text. */
const columnOf = (text: string, offset: number): number => offset - text.lastIndexOf('\n', offset - 1);

/** Names the false conjunct of a violated invariant by one more run; undefined where it cannot be told. */
export async function probeConjunct(
  run: ModelRun,
  staged: StagedRun,
  context: StageContext,
): Promise<ModelRun['conjunct']> {
  const { toolchain } = context;
  if (toolchain instanceof Problem) return undefined;
  if (run.outcome.kind !== 'Violated' || run.outcome.of !== 'invariant') return undefined;
  const name = run.outcome.property;
  const state = run.attempts.at(-1)?.reading.behaviour?.states.at(-1);
  const { outlines } = staged.module;
  const home = outlines.find((o) => o.definitions.some((d) => d.name === name));
  const definition = home?.definitions.find((d) => d.name === name);
  if (!state || !home || !definition || definition.conjuncts.length < 2) return undefined;
  const source = readFileSync(join(context.root, home.file), 'utf8');
  const conjuncts: ConjunctText[] = definition.conjuncts.map((c) => ({
    text: c.text,
    column: columnOf(source, c.start),
  }));
  const declared = outlines.flatMap((o) => [...o.constants, ...o.definitions].map((d) => d.name));
  const probe = conjunctProbe(run.module, state, conjuncts, staged.planned.config, declared);
  if (!probe) return undefined;
  const log = `conjunct-${run.model.replace(/[^A-Za-z0-9]+/g, '_')}.log`;
  const job = probeJob(staged.job, CONJUNCT_MODULE, probe.text, renderConfig(probe.config), log);
  const { outcome } = (await runCached(job, placeOf(context, toolchain))).attempt.reading;
  if (outcome.kind !== 'Violated' || outcome.property === undefined) return undefined;
  const conjunct = definition.conjuncts[probe.names.indexOf(outcome.property)];
  return conjunct
    ? { text: conjunct.text.replace(/\s+/g, ' '), path: home.file, line: conjunct.line }
    : undefined;
}
