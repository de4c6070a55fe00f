/** The commit a run was made on; null where there is no git or no commit. */
import { execFile } from 'node:child_process';
import { posix } from 'node:path';

const TIMEOUT_MILLISECONDS = 10_000;

/** Without execa: git ends by itself, and at the end of most runs it is the only process they start. */
function git(root: string, args: string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile('git', args, { cwd: root, timeout: TIMEOUT_MILLISECONDS }, (error, stdout) => {
      resolve(error === null ? stdout.trimEnd() : undefined);
    });
  });
}

/**
 * Commit hash, and whether what ran differs from it: tracked files that were changed, or one that is used and not tracked.
 * @param used files and folders relative to `root`; what else is not tracked (reports, notes) has no part in a run
 */
export async function readGit(
  root: string,
  used: readonly string[],
): Promise<{ commit: string; dirty: boolean } | null> {
  const [head, status] = await Promise.all([
    git(root, ['rev-parse', 'HEAD', '--show-prefix']),
    git(root, ['status', '--porcelain', '-z', '--untracked-files=normal']),
  ]);
  const [commit, prefix = ''] = head?.split('\n') ?? [];
  if (commit === undefined) return null;
  const names = used.map((path) => posix.join(prefix, path).replace(/\/$/, ''));
  return { commit, dirty: status === undefined || listChanges(status).some((one) => concerns(one, names)) };
}

interface Change {
  isTracked: boolean;
  /** Relative to the top of the work tree; of a folder in which nothing is tracked its name alone. */
  path: string;
}

/** Entries of `git status --porcelain -z`; the old name of what was renamed stands in an entry of its own, and is as good. */
function listChanges(status: string): Change[] {
  const entries = status.split('\0').filter((entry) => entry !== '');
  return entries.map((entry) => ({
    isTracked: !entry.startsWith('?? '),
    path: entry.slice(3).replace(/\/$/, ''),
  }));
}

function concerns({ isTracked, path }: Change, names: readonly string[]): boolean {
  return isTracked || names.some((name) => isIn(path, name) || isIn(name, path));
}

const isIn = (path: string, folder: string): boolean =>
  folder === '.' || path === folder || path.startsWith(`${folder}/`);
