/** The commit a run was made on; null where there is no git or no commit. */
import { runProcess } from './processes.js';

const TIMEOUT_SECONDS = 10;

async function git(root: string, args: string[]): Promise<string | undefined> {
  const result = await runProcess({
    command: ['git', ...args],
    cwd: root,
    env: process.env,
    keepStdin: false,
    timeoutSeconds: TIMEOUT_SECONDS,
  });
  return result.exit === 0 ? result.stdout.trim() : undefined;
}

/** Commit hash and whether tracked files differ from it. */
export async function readGit(root: string): Promise<{ commit: string; dirty: boolean } | null> {
  const commit = await git(root, ['rev-parse', 'HEAD']);
  if (commit === undefined) return null;
  const status = await git(root, ['status', '--porcelain', '--untracked-files=no']);
  return { commit, dirty: status !== '' };
}
