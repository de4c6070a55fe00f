/**
 * Runs one planned model: stages its modules in a private folder, starts TLC there, reads what it said.
 * Contract: returns an attempt whatever happens to the process; nothing of the run stays behind but the log.
 */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EXIT, Problem } from '../domain/problem.js';
import type { Attempt } from '../domain/run-record.js';
import { runProcess, type ProcessResult } from '../host/processes.js';
import { makeTempFolder, removeTempFolder } from '../host/temp-folders.js';
import { javaCommand, javaEnvironment, type Profile, type Toolchain } from './launcher.js';
import { readModules, type ModuleFile } from './module-files.js';
import { readPhase, readProgressLine, readProgressMessage, type Phase, type Progress } from './progress.js';
import { foldReading } from './reading.js';
import { makeSampler } from './samples.js';

export interface EngineJob {
  /** Name of the module TLC starts with; its file is in `closure` or `generated`. */
  rootModule: string;
  /** Absolute paths of every .tla file that is not a standard module. */
  closure: string[];
  /** Modules made for this run (probes). */
  generated: { name: string; text: string }[];
  configText: string;
  profile: Profile;
  workers: number;
  heapMb: number;
  timeoutSeconds: number;
  coverage: boolean;
  seed: number;
  /** Index of the fingerprint polynomial; fixed, so that a run can be repeated. */
  fingerprint: number;
  /** Number of behaviours for simulation mode; absent for exhaustive search. */
  simulate?: number;
  assumeOnly: boolean;
  /** Temporal and action properties enabled: TLC does not name a violated one. */
  enabledProperties: string[];
  /** Absolute path and the name records use for it. */
  log: { file: string; name: string };
  /** Keep the state graph, every state in full, beside the log. */
  graph: boolean;
}

/** TLC prints coverage every so many minutes and at the end; only the last matters, so the interval is long. */
const COVERAGE_MINUTES = 60;

export interface Watch {
  onProgress?: (progress: Progress) => void;
  onPhase?: (phase: Phase) => void;
  /** Ends this run early. */
  signal?: AbortSignal;
}

/** The name TLC gives to the graph in its private folder; the graph of liveness checks beside it is not kept. */
const GRAPH = 'graph.dot';

/** Path of the graph that belongs to a log. */
export const graphOf = (log: string): string => log.replace(/\.log$/, '.dot');

/** TLC's own arguments, after the main class. */
export function tlcArguments(job: EngineJob, folder: string): string[] {
  return [
    '-tool',
    ...['-workers', String(job.workers), '-fp', String(job.fingerprint), '-seed', String(job.seed)],
    ...(job.coverage ? ['-coverage', String(COVERAGE_MINUTES)] : []),
    ...(job.simulate === undefined ? [] : ['-simulate', `num=${job.simulate}`]),
    ...(job.graph ? ['-dump', 'dot,actionlabels', `${folder}/${GRAPH}`] : []),
    ...['-metadir', `${folder}/meta`, '-config', `${job.rootModule}.cfg`, `${job.rootModule}.tla`],
  ];
}

/** Path of the configuration that belongs to a log. */
export const configOf = (log: string): string => log.replace(/\.log$/, '.cfg');

async function stage(job: EngineJob, folder: string, modules: readonly ModuleFile[]): Promise<void> {
  await mkdir(join(folder, 'tmp'));
  await Promise.all([
    ...modules.map(({ name, bytes }) => writeFile(join(folder, name), bytes)),
    writeFile(join(folder, `${job.rootModule}.cfg`), job.configText),
    keepConfiguration(job),
  ]);
}

/** The configuration stays beside the log, so that a derived run can be repeated by hand. */
async function keepConfiguration(job: EngineJob): Promise<void> {
  await mkdir(dirname(job.log.file), { recursive: true });
  await writeFile(configOf(job.log.file), job.configText);
}

/** The command as it would be run, for `--dry-run`; the private folder is shown as `<run>`. */
export function commandLine(job: EngineJob, toolchain: Toolchain): string[] {
  const java = javaCommand(toolchain, {
    profile: job.profile,
    heapMb: job.heapMb,
    tmpdir: '<run>/tmp',
    workers: job.workers,
  });
  return [...java, ...tlcArguments(job, '<run>')];
}

/**
 * Starts TLC once. Throws only when Java itself cannot be started. For a result call `runCached`, which calls this.
 * @param modules what is put into the folder of the run, where it was read before
 */
export async function runModel(
  job: EngineJob,
  toolchain: Toolchain,
  watch: Watch,
  modules: readonly ModuleFile[] = readModules(job),
): Promise<Attempt> {
  const folder = await makeTempFolder();
  try {
    await stage(job, folder, modules);
    const java = javaCommand(toolchain, {
      profile: job.profile,
      heapMb: job.heapMb,
      tmpdir: join(folder, 'tmp'),
      workers: job.workers,
    });
    const command = [...java, ...tlcArguments(job, folder)];
    const startedAt = new Date().toISOString();
    const start = performance.now();
    const sampler = makeSampler();
    const result = await runProcess({
      command,
      cwd: folder,
      env: javaEnvironment(process.env),
      timeoutSeconds: job.timeoutSeconds,
      keepStdin: true,
      logFile: job.log.file,
      onStdoutChunk: (chunk) => {
        const phase = readPhase(chunk);
        if (phase) watch.onPhase?.(phase);
        const progress = readProgressMessage(chunk);
        if (progress) sampler.note(performance.now() - start, progress);
      },
      onStderrLine: (line) => {
        const progress = readProgressLine(line);
        if (!progress) return;
        sampler.note(performance.now() - start, progress);
        watch.onProgress?.(progress);
      },
      ...(watch.signal ? { signal: watch.signal } : {}),
    });
    const attempt = toAttempt(job, command, startedAt, result);
    await keepGraph(job, folder, attempt);
    return { ...attempt, samples: sampler.finish(attempt.milliseconds, attempt.reading.counts) };
  } finally {
    await removeTempFolder(folder);
  }
}

/** Of a run that was cut short, the graph is cut as well: it is not kept. */
async function keepGraph(job: EngineJob, folder: string, attempt: Attempt): Promise<void> {
  const ended = ['Holds', 'Violated', 'Deadlock'].includes(attempt.reading.outcome.kind);
  const file = join(folder, GRAPH);
  if (job.graph && ended && existsSync(file)) await copyFile(file, graphOf(job.log.file));
}

function toAttempt(job: EngineJob, command: string[], startedAt: string, result: ProcessResult): Attempt {
  if (result.startError !== undefined)
    throw new Problem(
      'JAVA-MISSING',
      `${command[0] ?? 'java'} cannot be started (${result.startError})`,
      'install Java 11 or newer, or set JAVA_HOME; `workbench doctor` shows what was found',
      EXIT.environment,
    );
  const reading = foldReading({
    stdout: result.stdout,
    stderr: result.stderr,
    exit: result.exit,
    signal: result.signal,
    timedOut: result.timedOut ? job.timeoutSeconds : false,
    interrupted: result.interrupted,
    assumeOnly: job.assumeOnly,
    simulate: job.simulate !== undefined,
    truncated: result.truncated,
    ...(result.logError === undefined ? {} : { logError: result.logError }),
    ...(job.simulate === undefined ? {} : { simulatedTraces: job.simulate }),
    enabledProperties: job.enabledProperties,
  });
  return {
    startedAt,
    milliseconds: result.milliseconds,
    command,
    exit: result.exit,
    signal: result.signal,
    reading,
    log: job.log.name,
  };
}
