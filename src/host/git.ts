/** The commit a run was made on; null where there is no git or no commit. */
import { execFile } from 'node:child_process';

const TIMEOUT_MILLISECONDS = 10_000;

/** Without execa: git ends by itself, and at the end of most runs it is the only process they start. */
function git(root: string, args: string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile('git', args, { cwd: root, timeout: TIMEOUT_MILLISECONDS }, (error, stdout) => {
      resolve(error === null ? stdout.trim() : undefined);
    });
  });
}

/** Commit hash and whether tracked files differ from it. */
export async function readGit(root: string): Promise<{ commit: string; dirty: boolean } | null> {
  const [commit, status] = await Promise.all([
    git(root, ['rev-parse', 'HEAD']),
    git(root, ['status', '--porcelain', '--untracked-files=no']),
  ]);
  return commit === undefined ? null : { commit, dirty: status !== '' };
}
