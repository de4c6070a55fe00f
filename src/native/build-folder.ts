/**
 * Where builds live: one folder per repository path and preset in the user's cache, never in the source tree, and one
 * build at a time in each.
 */
import { randomUUID } from 'node:crypto';
import { access, constants, link, mkdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EXIT, Problem } from '../domain/problem.js';
import { locateCache } from '../host/cache-folder.js';
import { sha256 } from '../host/files.js';
import { isInterrupted } from '../host/interruption.js';

/** Folder for a preset's build of the repository at `root`. */
export async function buildFolderOf(
  root: string,
  preset: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const key = sha256(await realpath(root)).slice(0, 16);
  return join(locateCache(env), 'native', `${preset.replace(/[^\w.-]/g, '_')}-${key}`);
}

/** Runs `work` while no other workbench builds in `folder`; waits for its turn. */
export async function withBuildLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const lock = `${folder}.lock`;
  const deadline = Date.now() + 10 * 60_000;
  await makeFolder(folder);
  while (!(await takeLock(lock))) {
    if (Date.now() > deadline || isInterrupted()) {
      throw new Problem(
        'NATIVE-LOCKED',
        `${lock}: another workbench is building here`,
        'wait for it to end, or remove the file when none runs',
        EXIT.environment,
      );
    }
    await sleep(100);
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(dirname(folder), constants.W_OK);
  } catch (error) {
    throw new Problem(
      'NATIVE-UNWRITABLE',
      `${folder}: cannot be built in (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`,
      'make the folder writable, or set XDG_CACHE_HOME to one that is',
      EXIT.environment,
    );
  }
}

async function takeLock(lock: string): Promise<boolean> {
  // Linked into place whole: a lock is never seen without its owner's pid.
  const own = `${lock}.${randomUUID()}`;
  await writeFile(own, String(process.pid));
  try {
    await link(own, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(own, { force: true });
  }
  const owner = Number(await readFile(lock, 'utf8').catch(() => ''));
  // The lock of a workbench that was killed is nobody's.
  if (owner > 0 && !isRunning(owner)) await rm(lock, { force: true });
  return false;
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
