/**
 * The commit that a change is compared with, its files, and what differs from it in the work tree. Contract: a base that
 * cannot be found is a Problem that says what to fetch; nothing is ever fetched or written here.
 */
import { EXIT, Problem } from '../domain/problem.js';
import { runProcess, type ProcessResult } from './processes.js';

const TIMEOUT_SECONDS = 60;
/** A file of a commit is read whole; anything larger is no source of ours. */
const LIMIT_BYTES = 64 * 1024 * 1024;

export interface GitBase {
  /** As the user wrote it. */
  ref: string;
  /** Full hash of the commit compared with: the merge base of HEAD and the ref. */
  commit: string;
  /** HEAD's own commit. */
  head: string;
  /** Tracked or new files that HEAD's commit does not have like this. */
  dirty: boolean;
}

async function git(root: string, args: string[]): Promise<ProcessResult> {
  return runProcess({
    // Without quoting, a path with an umlaut is that path.
    command: ['git', '-c', 'core.quotePath=false', ...args],
    cwd: root,
    env: environment(),
    keepStdin: false,
    timeoutSeconds: TIMEOUT_SECONDS,
    captureLimitBytes: LIMIT_BYTES,
  });
}

/**
 * No optional locks: looking at a tree must not write into it. No prompt can be answered here. What git tells its hooks
 * about itself is left out: those paths are meant for the folder that the hook was started in.
 */
function environment(): NodeJS.ProcessEnv {
  const {
    GIT_DIR: _dir,
    GIT_WORK_TREE: _tree,
    GIT_INDEX_FILE: _index,
    GIT_PREFIX: _prefix,
    ...rest
  } = process.env;
  return { ...rest, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' };
}

const firstLine = (text: string): string => text.trim().split('\n')[0] ?? '';

/** Finds the commit to compare with. */
export async function findBase(root: string, ref: string): Promise<GitBase> {
  const inside = await git(root, ['rev-parse', '--is-inside-work-tree']);
  if (inside.startError !== undefined) {
    throw new Problem(
      'GIT-MISSING',
      `git cannot be started (${inside.startError})`,
      'install git: the gate compares with a commit',
      EXIT.environment,
    );
  }
  if (inside.stdout.trim() !== 'true') {
    throw new Problem(
      'GIT-NO-REPOSITORY',
      `${root}: is no work tree of git (${firstLine(inside.stderr)})`,
      'run the gate in a clone of the repository',
    );
  }
  const head = await git(root, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  if (head.exit !== 0) {
    throw new Problem('GIT-NO-COMMIT', 'HEAD has no commit yet', 'make a first commit, then compare with it');
  }
  const found = await git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  const shallow = (await git(root, ['rev-parse', '--is-shallow-repository'])).stdout.trim() === 'true';
  if (found.exit !== 0) throw unknownRef(ref, shallow);
  const tip = found.stdout.trim();
  const merge = await git(root, ['merge-base', tip, head.stdout.trim()]);
  if (merge.exit !== 0 && shallow) {
    throw new Problem(
      'GIT-SHALLOW',
      `the clone is shallow: it does not reach back to where HEAD and ${ref} part`,
      'git fetch --unshallow, or with actions/checkout: fetch-depth: 0',
    );
  }
  const status = await git(root, ['status', '--porcelain']);
  return {
    ref,
    // Histories that share nothing: then the commit itself is all there is to compare with.
    commit: merge.exit === 0 ? firstLine(merge.stdout) : tip,
    head: head.stdout.trim(),
    dirty: status.stdout.trim() !== '',
  };
}

function unknownRef(ref: string, shallow: boolean): Problem {
  const branch = ref.replace(/^(?:refs\/remotes\/)?origin\//, '');
  const fetch = `git fetch origin ${branch}:refs/remotes/origin/${branch}`;
  // `HEAD~1` and a hash name a commit and no branch, `main:` and `-x` nothing: nothing can be fetched by them.
  const isBranch = /^\w[\w./+-]*$/.test(branch) && !/^[0-9a-f]{7,40}$/.test(ref);
  return new Problem(
    'GIT-UNKNOWN-REF',
    `${ref}: no commit of this clone has this name`,
    shallow
      ? `the clone is shallow: git fetch --unshallow${isBranch ? `, then ${fetch}` : ''}`
      : `correct the name${isBranch ? `, or fetch it: ${fetch}` : ''}`,
  );
}

/** Text of a file in a commit; undefined where the commit has no such file. `path` is relative to `root`. */
export async function readAtCommit(root: string, commit: string, path: string): Promise<string | undefined> {
  // Before the first commit, and where there is no git, no commit has anything.
  if ((await git(root, ['rev-parse', '--verify', '--quiet', `${commit}^{commit}`])).exit !== 0)
    return undefined;
  // Asked of the tree: a file whose content this clone lacks is in the commit all the same.
  const listed = await git(root, ['ls-tree', '-z', '--name-only', commit, '--', `./${path}`]);
  if (listed.exit === 0 && listed.stdout === '') return undefined;
  const shown =
    listed.exit === 0 ? await git(root, ['show', '--no-textconv', `${commit}:./${path}`]) : listed;
  if (shown.exit !== 0 || shown.truncated) {
    throw new Problem(
      'GIT-UNREADABLE',
      `${path}: cannot be read from ${commit.slice(0, 10)} (${firstLine(shown.stderr)})`,
      'git fsck tells what is wrong with the clone; one made with --filter needs its origin to be within reach',
      EXIT.environment,
    );
  }
  return shown.stdout;
}

/** Every file of a commit below `root`, relative to it. */
export async function listAtCommit(root: string, commit: string): Promise<Set<string>> {
  const listed = await git(root, ['ls-tree', '-r', '-z', '--name-only', commit]);
  return new Set(listed.stdout.split('\0').filter((path) => path !== ''));
}

/** Files below a folder that git ignores: they belong to this machine. Empty where there is no git. */
export async function listIgnored(root: string, folder: string): Promise<Set<string>> {
  const args = ['ls-files', '--others', '--ignored', '--exclude-standard', '-z', '--', folder];
  const found = await git(root, args);
  return new Set(found.exit === 0 ? found.stdout.split('\0').filter((path) => path !== '') : []);
}

/** Whether git would pass a file over. */
export async function isIgnored(root: string, path: string): Promise<boolean> {
  return (await git(root, ['check-ignore', '--quiet', '--no-index', '--', path])).exit === 0;
}

/** Files below `root` that differ between a commit and the work tree, new ones included; sorted. */
export async function listChanged(root: string, commit: string): Promise<string[]> {
  const tracked = await git(root, ['diff', '--name-only', '--no-renames', '--relative', '-z', commit, '--']);
  const fresh = await git(root, ['ls-files', '--others', '--exclude-standard', '-z']);
  const failed = [tracked, fresh].find((result) => result.exit !== 0);
  if (failed !== undefined) {
    throw new Problem(
      'GIT-UNREADABLE',
      `git cannot compare the work tree with ${commit.slice(0, 10)} (${firstLine(failed.stderr)})`,
      'git status and git fsck tell what is wrong',
      EXIT.environment,
    );
  }
  return [...new Set(`${tracked.stdout}${fresh.stdout}`.split('\0').filter((path) => path !== ''))].sort();
}
