/**
 * Gets a jar from one source into a folder. Contract: a source that cannot be reached is a `failure` in one line, soon;
 * what arrives is not trusted here, its hash is the caller's business.
 */
import { createWriteStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { JarSource } from '../domain/project.js';
import { findExecutable } from '../host/executables.js';
import { interruption } from '../host/interruption.js';
import { runProcess } from '../host/processes.js';

export type Fetched = { file: string } | { failure: string };

/** A server that has not begun to answer by then is left for the next source. */
const ANSWER_MILLISECONDS = 4000;
/** A download in which nothing arrives for so long is given up. */
const STALL_MILLISECONDS = 10_000;
/** Maven may have to fetch its own plugins first. */
const MAVEN_SECONDS = 180;

/** Fetches one source into `folder`. */
export async function fetchJar(source: JarSource, folder: string, env: NodeJS.ProcessEnv): Promise<Fetched> {
  switch (source.kind) {
    case 'url':
      return download(source.url, join(folder, 'tla2tools.jar'));
    case 'maven':
      return copyWithMaven(source.artifact, folder, env);
  }
}

async function download(url: string, file: string): Promise<Fetched> {
  const controller = new AbortController();
  const stop = (): void => {
    controller.abort();
  };
  interruption().addEventListener('abort', stop, { once: true });
  let timer = setTimeout(stop, ANSWER_MILLISECONDS);
  const rearm = (): void => {
    clearTimeout(timer);
    timer = setTimeout(stop, STALL_MILLISECONDS);
  };
  try {
    const response = await fetch(url, { signal: controller.signal, redirect: 'follow' });
    if (!response.ok || response.body === null) return { failure: `answered ${response.status}` };
    rearm();
    const watch = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        rearm();
        done(null, chunk);
      },
    });
    await pipeline(Readable.fromWeb(response.body as ReadableStream), watch, createWriteStream(file));
    return { file };
  } catch (error) {
    return { failure: `not reachable (${controller.signal.aborted ? 'no answer' : explain(error)})` };
  } finally {
    clearTimeout(timer);
    interruption().removeEventListener('abort', stop);
  }
}

/** fetch says only "fetch failed"; the reason is in the cause, or for several addresses in each of its errors. */
function explain(error: unknown): string {
  const cause = (error as { cause?: { code?: string; errors?: { code?: string }[] } }).cause;
  const code = cause?.code ?? cause?.errors?.[0]?.code ?? (error as { code?: string }).code;
  return code ?? (error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
}

async function copyWithMaven(artifact: string, folder: string, env: NodeJS.ProcessEnv): Promise<Fetched> {
  const mvn = findExecutable('mvn', env);
  if (mvn === undefined) return { failure: 'Maven (mvn) is not installed' };
  const out = join(folder, 'maven');
  const goal = ['dependency:copy', `-Dartifact=${artifact}`, `-DoutputDirectory=${out}`];
  const result = await runProcess({
    command: [mvn, '-q', '-B', ...goal],
    cwd: folder,
    env,
    timeoutSeconds: MAVEN_SECONDS,
    keepStdin: false,
  });
  const jars = (await readdir(out).catch(() => [])).filter((name) => name.endsWith('.jar'));
  const jar = jars[0];
  if (result.exit === 0 && jar !== undefined) return { file: join(out, jar) };
  if (result.timedOut) return { failure: `mvn took longer than ${MAVEN_SECONDS} s` };
  const line = result.stdout.split('\n').find((text) => text.includes('[ERROR]'));
  const said = line
    ?.replace(/\u001b\[[0-9;]*m/g, '')
    .replace('[ERROR]', '')
    .trim()
    .slice(0, 200);
  return { failure: `mvn failed (${said ?? result.startError ?? `exit ${result.exit ?? 'by signal'}`})` };
}
