/**
 * Starts processes, and is the only importer of execa. Contract of `runProcess`: it never throws for what the process
 * does; when it resolves, no member of the process group runs any more, whoever ended it.
 */
import { setMaxListeners } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { interruption } from './interruption.js';
import { makeCapture } from './output-capture.js';
import { endGroup, forgetGroup, registerGroup, waitUntilGone } from './process-groups.js';

export interface ProcessOptions {
  /** The program, then its arguments; no shell. */
  command: string[];
  cwd: string;
  /** The whole environment of the process; nothing is inherited besides. */
  env: NodeJS.ProcessEnv;
  /** Deadline; the group is ended when it has passed. */
  timeoutSeconds?: number;
  /** Each complete line of standard error, without its end; the last one also without. */
  onStderrLine?: (line: string) => void;
  /** Standard output as it comes, cut at no character. */
  onStdoutChunk?: (text: string) => void;
  /** True: standard input is a pipe that stays open as long as we live. False: it is empty. */
  keepStdin: boolean;
  /** Ends this one process; the result says `interrupted`. An interrupted workbench ends all of them besides. */
  signal?: AbortSignal;
  /** Raw standard output and error are written here as they come; folders are made. */
  logFile?: string;
  /** What comes after that much is not written to the log file; `logError` says so. Default: everything is. */
  logLimitBytes?: number;
  /** Memory for each of `stdout` and `stderr` of the result. */
  captureLimitBytes?: number;
}

export interface ProcessResult {
  stdout: string;
  stderr: string;
  /** Exit code; null when a signal ended it or it never started. */
  exit: number | null;
  signal: string | null;
  timedOut: boolean;
  interrupted: boolean;
  /** Why it could not be started, e.g. `ENOENT`. */
  startError?: string;
  milliseconds: number;
  /** `stdout` or `stderr` was longer than the limit: its middle is missing. The log file is complete. */
  truncated: boolean;
  /** Why the log file is incomplete, e.g. a full disk. */
  logError?: string;
}

/** How long members that outlive the leader of their group are left to end by themselves. */
const STRAGGLER_MILLISECONDS = 250;

/** Runs one process in a group of its own, to its end. */
export async function runProcess(options: ProcessOptions): Promise<ProcessResult> {
  const [program, ...args] = options.command;
  if (program === undefined) throw new Error('runProcess: empty command');
  const startedAt = performance.now();
  const nothing = { stdout: '', stderr: '', exit: null, signal: null, timedOut: false, truncated: false };
  const elapsed = (): number => Math.round(performance.now() - startedAt);
  if (interruption().aborted || options.signal?.aborted === true) {
    return { ...nothing, interrupted: true, milliseconds: 0 };
  }
  const log =
    options.logFile === undefined
      ? undefined
      : await openLog(options.logFile, options.logLimitBytes ?? Infinity);
  // Loaded here: a start that reuses everything starts no process, and needs none of its hundred files.
  const { execa } = await import('execa');
  const child = execa(program, args, {
    cwd: options.cwd,
    env: options.env,
    extendEnv: false,
    detached: true,
    cleanup: false,
    reject: false,
    buffer: false,
    stdin: options.keepStdin ? 'pipe' : 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
    stripFinalNewline: false,
  });
  const pid = child.pid;
  if (pid === undefined) {
    const failed = await child;
    await log?.close();
    return { ...nothing, interrupted: false, startError: readStartError(failed), milliseconds: elapsed() };
  }
  registerGroup(pid);
  // A process that ends while we hold its input must not end us with EPIPE.
  child.stdin?.on('error', () => undefined);
  void child.catch(() => undefined);

  const exited = new Promise<{ exit: number | null; signal: string | null }>((resolve) => {
    child.once('exit', (exit, signal) => {
      resolve({ exit, signal });
    });
  });
  const stdout = makeCapture(options.captureLimitBytes);
  const stderr = makeCapture(options.captureLimitBytes);
  const streams = [
    pump(child.stdout, log, stdout.add, decodeChunks(options.onStdoutChunk)),
    pump(child.stderr, log, stderr.add, splitLines(options.onStderrLine)),
  ];

  let timedOut = false;
  let interrupted = false;
  let ending: Promise<void> | undefined;
  const end = (): void => {
    ending ??= endGroup(pid);
  };
  const onAbort = (): void => {
    interrupted = true;
    end();
  };
  const onDeadline = (): void => {
    timedOut = true;
    end();
  };
  const timer =
    options.timeoutSeconds === undefined
      ? undefined
      : setTimeout(onDeadline, Math.min(options.timeoutSeconds * 1000, 2 ** 31 - 1));
  const aborts = [interruption(), ...(options.signal ? [options.signal] : [])];
  for (const signal of aborts) {
    // As many listeners as jobs run at once: no leak, and no reason for Node's warning about one.
    setMaxListeners(0, signal);
    signal.addEventListener('abort', onAbort, { once: true });
  }

  const { exit, signal } = await exited;
  clearTimeout(timer);
  for (const abort of aborts) abort.removeEventListener('abort', onAbort);
  const milliseconds = elapsed();
  if (ending === undefined && !(await waitUntilGone(pid, STRAGGLER_MILLISECONDS))) end();
  await ending;
  forgetGroup(pid);
  child.stdin?.destroy();
  await closeStreams(streams, [child.stdout, child.stderr]);
  const logError = await log?.close();
  return {
    stdout: stdout.text(),
    stderr: stderr.text(),
    exit,
    signal,
    timedOut,
    interrupted,
    milliseconds,
    truncated: stdout.truncated() || stderr.truncated(),
    ...(logError === undefined ? {} : { logError }),
  };
}

function readStartError(failed: { code?: unknown; cause?: unknown; message?: unknown }): string {
  const cause = failed.cause as { code?: unknown } | undefined;
  for (const code of [failed.code, cause?.code]) if (typeof code === 'string') return code;
  return typeof failed.message === 'string' ? (failed.message.split('\n')[0] ?? '') : 'cannot start';
}

interface Log {
  stream: WriteStream;
  /** False: wait for `drain` or `error` before the next. */
  write: (chunk: Buffer) => boolean;
  /** Flushes; the text says why something is missing. */
  close(): Promise<string | undefined>;
}

async function openLog(path: string, limit: number): Promise<Log> {
  await mkdir(dirname(path), { recursive: true });
  const stream = createWriteStream(path);
  let error: string | undefined;
  stream.on('error', (cause: NodeJS.ErrnoException) => {
    error ??= cause.code ?? cause.message;
  });
  let room = limit;
  const write = (chunk: Buffer): boolean => {
    if (error !== undefined || room < 0) return true;
    const kept = chunk.subarray(0, room);
    room -= chunk.length;
    return stream.write(room < 0 ? Buffer.concat([kept, Buffer.from(`\n${cutOff(limit)}\n`)]) : kept);
  };
  const close = (): Promise<string | undefined> =>
    new Promise((resolve) => {
      const done = (): void => {
        resolve(error ?? (room < 0 ? cutOff(limit) : undefined));
      };
      if (stream.closed || error !== undefined) done();
      else stream.once('close', done).end();
    });
  return { stream, write, close };
}

function cutOff(limit: number): string {
  return `cut off after ${limit} bytes`;
}

/** Reads a stream to its end. A slow disk slows the process down instead of filling memory. */
function pump(
  source: Readable,
  log: Log | undefined,
  keep: (chunk: Buffer) => void,
  tell: (chunk: Buffer | null) => void,
): Promise<void> {
  source.on('data', (chunk: Buffer) => {
    keep(chunk);
    tell(chunk);
    if (log === undefined || log.write(chunk)) return;
    source.pause();
    const resume = (): void => {
      log.stream.off('drain', resume).off('error', resume);
      source.resume();
    };
    log.stream.once('drain', resume).once('error', resume);
  });
  return new Promise((resolve) => {
    const done = (): void => {
      tell(null);
      resolve();
    };
    source.once('close', done).on('error', () => undefined);
  });
}

/** A process that left the group may hold our pipe for ever; what it prints is not waited for. */
async function closeStreams(reading: Promise<void>[], sources: Readable[]): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      for (const source of sources) source.destroy();
      resolve();
    }, 2000);
  });
  await Promise.race([Promise.all(reading), late]);
  clearTimeout(timer);
  await Promise.all(reading);
}

function decodeChunks(tell: ((text: string) => void) | undefined): (chunk: Buffer | null) => void {
  if (tell === undefined) return () => undefined;
  const decoder = new StringDecoder('utf8');
  return (chunk) => {
    const text = chunk === null ? decoder.end() : decoder.write(chunk);
    if (text !== '') tell(text);
  };
}

function splitLines(tell: ((line: string) => void) | undefined): (chunk: Buffer | null) => void {
  if (tell === undefined) return () => undefined;
  const decoder = new StringDecoder('utf8');
  let rest = '';
  return (chunk) => {
    rest += chunk === null ? decoder.end() : decoder.write(chunk);
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) tell(line.endsWith('\r') ? line.slice(0, -1) : line);
    if (chunk === null && rest !== '') tell(rest);
  };
}
