/**
 * Process groups: which ones this program has started and not yet seen end, and how to end one for certain.
 * Contract: a group that was ended here has no running member left when the promise resolves.
 */
import { readdirSync, readFileSync } from 'node:fs';

/** Time a group gets between TERM and KILL. A JVM that is out of memory ignores TERM (tlc.md, hazard 5). */
export const GRACE_MILLISECONDS = 1500;

const live = new Set<number>();

/** Puts a group under the registry; it must be taken out by `forgetGroup` once it is gone. */
export function registerGroup(pid: number): void {
  live.add(pid);
}

/** Takes a group that is gone out of the registry. */
export function forgetGroup(pid: number): void {
  live.delete(pid);
}

/** Ids of the groups that have not ended yet. */
export function liveGroups(): number[] {
  return [...live];
}

/** Sends a signal to every member of a group; a group that is gone is no error. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // ESRCH: gone. EPERM: macOS answers this for a group that has only zombies left.
  }
}

/** KILLs every group at once, without waiting: for a second Ctrl-C and for the exit of the program. */
export function killAllGroups(): void {
  for (const pid of live) signalGroup(pid, 'SIGKILL');
}

/** Whether a group still has a member that runs. A zombie does not count: under some containers nobody reaps it. */
export function isGroupAlive(pid: number): boolean {
  try {
    process.kill(-pid, 0);
  } catch {
    return false;
  }
  if (process.platform !== 'linux') return true;
  return readdirSync('/proc').some((entry) => /^\d+$/.test(entry) && isRunningMember(entry, pid));
}

function isRunningMember(entry: string, group: number): boolean {
  try {
    const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
    // The command name stands in parentheses and may hold anything, so fields are counted from the last one.
    const [state, , memberOf] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(memberOf) === group && state !== 'Z' && state !== 'X';
  } catch {
    return false;
  }
}

/** Ends a group: TERM, then KILL after the grace; resolves when no member runs any more. */
export async function endGroup(pid: number, graceMilliseconds = GRACE_MILLISECONDS): Promise<void> {
  signalGroup(pid, 'SIGTERM');
  if (await waitUntilGone(pid, graceMilliseconds)) return;
  signalGroup(pid, 'SIGKILL');
  // Only a process stuck in the kernel survives this; waiting for it for ever would hang the workbench as well.
  await waitUntilGone(pid, 10_000);
}

/** Waits until a group is gone, at most so long; tells whether it is. */
export async function waitUntilGone(pid: number, milliseconds: number): Promise<boolean> {
  const until = Date.now() + milliseconds;
  let pause = 2;
  while (isGroupAlive(pid)) {
    if (Date.now() >= until) return false;
    await new Promise((resolve) => setTimeout(resolve, pause));
    pause = Math.min(pause * 2, 50);
  }
  return true;
}
