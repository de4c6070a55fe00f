/**
 * Private temp folders. Contract: each is readable by this user only and goes away with the work it was made for; one
 * that a killed workbench left behind is swept at the next start, and only when its owner surely runs no more.
 */
import { lstatSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT, Problem } from '../domain/problem.js';

const live = new Set<string>();

/** Owner as it stands in a folder's name: pid namespace, pid, and start time, since pids are used again. */
function describeOwner(pid: number): string {
  return `${readNamespace()}-${pid}-${readStartTime(pid) ?? '0'}`;
}

function readNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid').replace(/\D/g, '');
  } catch {
    return '0';
  }
}

/** Start of a process in clock ticks since boot; undefined where it is not running or this system does not say. */
function readStartTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

function isOwnerAlive(pid: number, startTime: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return startTime === '0' || readStartTime(pid) === startTime;
}

/** Makes a private folder; the caller removes it with `removeTempFolder`. */
export async function makeTempFolder(root: string = tmpdir()): Promise<string> {
  try {
    const folder = await mkdtemp(join(root, `tla-workbench-${describeOwner(process.pid)}-`));
    live.add(folder);
    return folder;
  } catch (error) {
    throw new Problem(
      'TMP-UNWRITABLE',
      `${root}: no folder can be made in it (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`,
      'set TMPDIR to a folder that exists, is yours and has room',
      EXIT.environment,
    );
  }
}

/** Removes a folder made here with all that is in it. */
export async function removeTempFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  live.delete(folder);
}

/** Runs `work` with a private folder that is gone afterwards, however `work` ends. */
export async function withTempFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await makeTempFolder();
  try {
    return await work(folder);
  } finally {
    await removeTempFolder(folder);
  }
}

/** Removes every folder of this process at once; for the exit of the program. */
export function removeTempFoldersNow(): void {
  for (const folder of live) {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // A process just killed may still be writing; the next start sweeps what is left.
    }
  }
  live.clear();
}

/** Removes folders whose workbench is gone; returns their paths. Other users' folders are left alone. */
export async function sweepTempFolders(root: string = tmpdir()): Promise<string[]> {
  const swept: string[] = [];
  const namespace = readNamespace();
  for (const name of await readdir(root)) {
    const match = /^tla-workbench-(\d+)-(\d+)-(\d+)-\w{6}$/.exec(name);
    // A folder of another pid namespace (a container that shares /tmp) may be in use: its pids mean nothing here.
    if (match?.[2] === undefined || match[3] === undefined || match[1] !== namespace) continue;
    if (isOwnerAlive(Number(match[2]), match[3])) continue;
    const folder = join(root, name);
    try {
      const facts = lstatSync(folder);
      if (!facts.isDirectory() || facts.uid !== process.getuid?.()) continue;
      await rm(folder, { recursive: true, force: true });
      swept.push(folder);
    } catch {
      // Another workbench sweeps at the same time, or a file cannot be removed: tried again at the next start.
    }
  }
  return swept;
}
