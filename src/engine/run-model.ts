/**
 * Runs one planned model: stages its modules in a private folder, starts TLC there, reads what it said.
 * Contract: returns an attempt whatever happens to the process; nothing of the run stays behind but the log.
 */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { EXIT, Problem } from '../domain/problem.js';
import type { Attempt } from '../domain/run-record.js';
import { runProcess, type ProcessResult } from '../host/processes.js';
import { makeTempFolder, removeTempFolder } from '../host/temp-folders.js';
import { javaCommand, javaEnvironment, type Profile, type Toolchain } from './launcher.js';
import { readPhase, readProgressLine, type Phase, type Progress } from './progress.js';
import { foldReading } from './reading.js';

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
}

/** TLC prints coverage every so many minutes and at the end; only the last matters, so the interval is long. */
const COVERAGE_MINUTES = 60;

export interface Watch {
  onProgress?: (progress: Progress) => void;
  onPhase?: (phase: Phase) => void;
  /** Ends this run early. */
  signal?: AbortSignal;
}

/** TLC's own arguments, after the main class. */
export function tlcArguments(job: EngineJob, metadir: string): string[] {
  return [
    '-tool',
    ...['-workers', String(job.workers), '-fp', String(job.fingerprint), '-seed', String(job.seed)],
    ...(job.coverage ? ['-coverage', String(COVERAGE_MINUTES)] : []),
    ...(job.simulate === undefined ? [] : ['-simulate', `num=${job.simulate}`]),
    ...['-metadir', metadir, '-config', `${job.rootModule}.cfg`, `${job.rootModule}.tla`],
  ];
}

async function stage(job: EngineJob, folder: string): Promise<void> {
  await mkdir(join(folder, 'tmp'));
  await Promise.all([
    ...job.closure.map((file) => copyFile(file, join(folder, basename(file)))),
    ...job.generated.map((m) => writeFile(join(folder, `${m.name}.tla`), m.text)),
    writeFile(join(folder, `${job.rootModule}.cfg`), job.configText),
    keepConfiguration(job),
  ]);
}

/** The configuration stays beside the log, so that a derived run can be repeated by hand. */
async function keepConfiguration(job: EngineJob): Promise<void> {
  await mkdir(dirname(job.log.file), { recursive: true });
  await writeFile(job.log.file.replace(/\.log$/, '.cfg'), job.configText);
}

/** The command as it would be run, for `--dry-run`; the private folder is shown as `<run>`. */
export function commandLine(job: EngineJob, toolchain: Toolchain): string[] {
  const java = javaCommand(toolchain, {
    profile: job.profile,
    heapMb: job.heapMb,
    tmpdir: '<run>/tmp',
    workers: job.workers,
  });
  return [...java, ...tlcArguments(job, '<run>/meta')];
}

/** Starts TLC once. Throws only when Java itself cannot be started. */
export async function runModel(job: EngineJob, toolchain: Toolchain, watch: Watch): Promise<Attempt> {
  const folder = await makeTempFolder();
  try {
    await stage(job, folder);
    const java = javaCommand(toolchain, {
      profile: job.profile,
      heapMb: job.heapMb,
      tmpdir: join(folder, 'tmp'),
      workers: job.workers,
    });
    const command = [...java, ...tlcArguments(job, join(folder, 'meta'))];
    const startedAt = new Date().toISOString();
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
      },
      onStderrLine: (line) => {
        const progress = readProgressLine(line);
        if (progress) watch.onProgress?.(progress);
      },
      ...(watch.signal ? { signal: watch.signal } : {}),
    });
    return toAttempt(job, command, startedAt, result);
  } finally {
    await removeTempFolder(folder);
  }
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
