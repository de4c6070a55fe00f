/** The few questions that `init` asks git. Contract: where there is no git or no repository, the answer is undefined. */
import { realpath } from 'node:fs/promises';
import { runProcess } from '../host/processes.js';

const TIMEOUT_SECONDS = 10;

/** What a git command prints, without the last line's end; undefined where it fails. */
export async function askGit(folder: string, args: string[]): Promise<string | undefined> {
  const result = await runProcess({
    command: ['git', ...args],
    cwd: folder,
    env: process.env,
    keepStdin: false,
    timeoutSeconds: TIMEOUT_SECONDS,
  });
  return result.exit === 0 ? result.stdout.replace(/\n$/, '') : undefined;
}

/** The top folder of the working tree that `folder` is in, as `folder` itself is spelled where it is that one. */
export async function findTop(folder: string): Promise<string | undefined> {
  const top = await askGit(folder, ['rev-parse', '--show-toplevel']);
  if (top === undefined || top === '') return undefined;
  // Git resolves links; a path relative to `folder` must not lead through them.
  return (await realpath(folder)) === top ? folder : top;
}

const ON_GITHUB =
  /^(?:https:\/\/(?:[^/@]*@)?|git@|ssh:\/\/git@)github\.com[:/]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/;

/** `owner/repository@commit` by which GitHub finds the checkout in `folder`; undefined where it has not been pushed there. */
export async function findOnGitHub(folder: string): Promise<string | undefined> {
  if ((await findTop(folder)) !== folder) return undefined;
  const name = ON_GITHUB.exec((await askGit(folder, ['remote', 'get-url', 'origin'])) ?? '')?.[1];
  const commit = await askGit(folder, ['rev-parse', 'HEAD']);
  const pushed = await askGit(folder, ['branch', '--remotes', '--contains', 'HEAD']);
  const isThere = name !== undefined && commit !== undefined && (pushed ?? '') !== '';
  return isThere ? `${name}@${commit}` : undefined;
}
