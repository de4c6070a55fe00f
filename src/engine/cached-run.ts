/**
 * The one place where TLC is started for a result: a run that was made before on the same inputs is taken from the cache.
 * Contract: only a reading is kept, never a verdict, and only of a run that came to a conclusion; everything the reading
 * depends on is in its key (job.ts).
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Behaviour } from '../domain/behaviour.js';
import type { OutcomeKind, Reading } from '../domain/outcome.js';
import type { Reused } from '../domain/reused.js';
import type { Attempt } from '../domain/run-record.js';
import { expandStates, storeStates, type StoredState } from '../domain/stored-behaviour.js';
import { insertKey, rememberText, writeCanonical } from '../host/canonical-json.js';
import { sha256 } from '../host/files.js';
import { lazyArray } from '../host/lazy.js';
import { hashProgram } from '../store/cache/program.js';
import type { ResultCache } from '../store/cache/result-cache.js';
import { firstChanges, rememberFirstChanges } from './first-changes.js';
import { inputsHash, resultKey } from './job.js';
import type { Toolchain } from './launcher.js';
import { findStrayModule, readModules, type ModuleFile } from './module-files.js';
import { isRepeatable } from './repeatable.js';
import { configOf, graphOf, runModel, type EngineJob, type Watch } from './run-model.js';

export interface RunPlace {
  toolchain: Toolchain;
  cache: ResultCache;
  /** Id of the record that will hold this run. */
  runId: string;
}

export interface RunResult {
  attempt: Attempt;
  /** Absent where TLC was started. */
  reused?: Reused;
}

/** What makes a reading of a run: the code that starts TLC, follows it and folds its messages. */
const PARTS = ['engine', 'domain', 'host'];

/** What ends an exploration for good. A sample, or a run cut short, may end otherwise the next time. */
const CONCLUSIVE: ReadonlySet<OutcomeKind> = new Set(['Holds', 'Violated', 'Deadlock', 'AssumptionFalse']);

/** The key of a job's result. */
export function keyOf(job: EngineJob, modules: readonly ModuleFile[], toolchain: Toolchain): string {
  const inputs = inputsHash(modules, sha256(job.configText), toolchain.jar.sha256, job);
  const { java, launcher } = toolchain;
  return resultKey(inputs, {
    java: java.major,
    launcher: launcher?.sha256 ?? '',
    program: hashProgram(PARTS),
  });
}

/**
 * Runs a job, or takes what it showed before.
 * @param isKept asked before an attempt is kept, about what this module cannot know
 */
export async function runCached(
  job: EngineJob,
  place: RunPlace,
  watch: Watch = {},
  isKept: (attempt: Attempt) => boolean = () => true,
): Promise<RunResult> {
  const { toolchain, cache, runId } = place;
  const modules = readModules(job);
  const key = keyOf(job, modules, toolchain);
  const found = cache.find('run', key, `${job.rootModule} (${job.log.name})`, filesOf(job));
  if (found) {
    return { attempt: restore(found.parts, job), reused: { from: found.from, at: found.at } };
  }
  const attempt = await runModel(job, toolchain, watch, modules);
  if (isConclusive(attempt, modules, job) && isKept(attempt)) {
    const files = filesOf(job).filter((file) => existsSync(file));
    cache.keep('run', key, { from: runId, at: attempt.startedAt, parts: take(attempt), files });
  }
  return { attempt };
}

/** The configuration, too: a second name for a file takes a tenth of the time that a new file does. */
const filesOf = (job: EngineJob): string[] => [
  job.log.file,
  configOf(job.log.file),
  ...(job.graph ? [graphOf(job.log.file)] : []),
];

function isConclusive(attempt: Attempt, modules: readonly ModuleFile[], job: EngineJob): boolean {
  if (!CONCLUSIVE.has(attempt.reading.outcome.kind) || !existsSync(job.log.file)) return false;
  if (!isRepeatable(modules, job.workers)) return false;
  const metadir = attempt.command[attempt.command.indexOf('-metadir') + 1] ?? '';
  const names = new Set([...modules.map((m) => m.name), `${job.rootModule}.tla`]);
  return findStrayModule(readFileSync(job.log.file, 'utf8'), dirname(metadir), names) === undefined;
}

/** An attempt as lines: all but its reading and its log, the reading without its behaviour, the behaviour in two parts. */
function take({ log: _where, reading, ...attempt }: Attempt): string[] {
  const { behaviour, ...rest } = reading;
  const { states, ...ending } = behaviour ?? { states: [] };
  const changes = behaviour ? [...firstChanges(behaviour)] : [];
  const kept = behaviour ? [{ ending, length: states.length, changes }, storeStates(states)] : [];
  return [attempt, rest, ...kept].map((part) => writeCanonical(part) ?? 'null');
}

/** States are most of it, and few are looked at: they stay text until then, also on their way into the record. */
function restore([attempt = '', rest = '', behaviour, states = '[]']: string[], job: EngineJob): Attempt {
  return {
    ...(JSON.parse(attempt) as Omit<Attempt, 'log' | 'reading'>),
    reading:
      behaviour === undefined
        ? rememberText(JSON.parse(rest) as Reading, rest)
        : withBehaviour(rest, behaviour, states),
    log: job.log.name,
  };
}

/** A behaviour but for its states. */
interface Described {
  ending: Omit<Behaviour, 'states'>;
  length: number;
  changes: [string, number][];
}

function withBehaviour(rest: string, described: string, states: string): Reading {
  const { ending, length, changes } = JSON.parse(described) as Described;
  const text = insertKey(writeCanonical(ending) ?? '', 'states', states);
  const behaviour = {
    ...ending,
    states: lazyArray(length, () => expandStates(JSON.parse(states) as StoredState[])),
  };
  rememberFirstChanges(behaviour, new Map(changes));
  const reading = { ...(JSON.parse(rest) as Reading), behaviour: rememberText(behaviour, text) };
  return rememberText(reading, insertKey(rest, 'behaviour', text));
}
