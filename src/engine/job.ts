/** Turns a planned run into the job that the engine starts: profile, workers, heap, deadline, what the result depends on. Pure. */
import { basename } from 'node:path';
import type { Mode } from '../domain/manifest.js';
import { sha256Json } from '../host/files.js';
import { renderConfig } from '../source/config-edit.js';
import { MOST_DRAWN } from './drawing.js';
import type { Profile } from './launcher.js';
import type { PlannedRun } from './plan.js';
import { tlcArguments, type EngineJob } from './run-model.js';

/** Fixed, so that a run can be repeated; TLC's own default is random. */
export const SEED = 1;
export const FINGERPRINT = 0;

export interface JobSettings {
  cores: number;
  heapMb: number;
  /** Heap of a run that has the machine to itself. */
  wholeHeapMb: number;
  timeoutSeconds: number;
  largeFromSeconds: number;
}

/** Whether TLC keeps the graph of a run at once: of the run that the .cfg asks for, and of a model pinned as small. */
function isDrawn(planned: PlannedRun): boolean {
  const pinned = planned.model.declared.distinctStates ?? 0;
  const exhaustive = typeof planned.model.mode !== 'object';
  return planned.purpose.kind === 'declared' && exhaustive && pinned > 0 && pinned <= MOST_DRAWN;
}

/** `HH:MM:SS` of the Examples schema in seconds; 0 for anything else. */
export function runtimeSeconds(runtime: string | undefined): number {
  const match = /^(\d+):(\d\d):(\d\d)$/.exec(runtime ?? '');
  if (!match) return 0;
  return Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]);
}

/** Why TLC cannot run a mode; undefined when it can. */
export function unsupportedMode(mode: Mode): string | undefined {
  if (mode === 'generate') return 'mode "generate" is not available in this engine';
  if (mode === 'symbolic') return 'mode "symbolic" needs a symbolic model checker, and none is connected';
  return undefined;
}

/**
 * A violated run is pinned and compared only with one worker: with more, the states seen before the violation vary.
 * The same goes for symmetry, whose counts depend on the order of exploration.
 */
function workersFor(planned: PlannedRun, large: boolean, cores: number): number {
  const complete = planned.model.role === 'positive' && planned.model.declared.result === 'success';
  return large && complete && planned.config.symmetry.length === 0 ? cores : 1;
}

export function makeJob(
  planned: PlannedRun,
  expectedSeconds: number,
  settings: JobSettings,
  choice: { assumeOnly: boolean; coverage: boolean; log: { file: string; name: string } },
): EngineJob {
  const large = expectedSeconds >= settings.largeFromSeconds;
  const profile: Profile = large ? 'large' : 'tiny';
  const { mode } = planned.model;
  return {
    rootModule: planned.model.module,
    closure: planned.model.closure,
    generated: [],
    configText: planned.derived ? renderConfig(planned.config) : planned.model.configText,
    profile,
    workers: workersFor(planned, large, settings.cores),
    heapMb: large ? settings.wholeHeapMb : settings.heapMb,
    timeoutSeconds: planned.model.declared.workbench?.timeoutSeconds ?? settings.timeoutSeconds,
    coverage: choice.coverage,
    seed: SEED,
    fingerprint: FINGERPRINT,
    ...(typeof mode === 'object' ? { simulate: mode.simulate.traceCount } : {}),
    assumeOnly: choice.assumeOnly,
    enabledProperties: planned.config.properties.map((p) => p.name),
    log: choice.log,
    graph: isDrawn(planned),
  };
}

/**
 * Hash over what is asked of the engine: equal inputs, equal result. TLC's arguments are part of it but for the number of
 * workers, which only changes how fast a conclusion is reached; heap, deadline and profile are not.
 */
export function inputsHash(
  modules: readonly { path: string; sha256: string }[],
  config: string,
  jar: string,
  job: EngineJob,
): string {
  const { assumeOnly, enabledProperties, rootModule } = job;
  const names = modules.map((m) => `${basename(m.path)} ${m.sha256}`).sort();
  const args = tlcArguments({ ...job, workers: 1 }, '');
  return sha256Json({ modules: names, config, jar, args, assumeOnly, enabledProperties, rootModule });
}

/** The rest that a result depends on: what runs the engine, and what reads it. */
export interface EngineFacts {
  /** Major version of Java. */
  java: number;
  /** sha256 of the launcher; empty where TLC is started without it. */
  launcher: string;
  /** Hash over the parts of this program that start TLC and read what it says. */
  program: string;
}

/** The key under which a result is kept. */
export function resultKey(inputs: string, { java, launcher, program }: EngineFacts): string {
  return sha256Json({ inputs, java, launcher, program });
}
