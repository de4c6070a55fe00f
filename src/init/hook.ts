/**
 * Puts the workbench's hook into a git repository. Contract: an existing hook is kept under another name and run first;
 * nothing is overwritten; hooks that other repositories share are not touched.
 */
import { lstat, readFile, rename, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Problem } from '../domain/problem.js';
import { askGit, findTop } from './git-repository.js';
import { beforeName, HOOKS, hookScript, MARK, PROGRAM_KEY, type HookName } from './hook-script.js';
import { toRelative } from '../project/paths.js';
import { writeNew } from './new-files.js';

export interface HookPlan {
  name: HookName;
  /** Absolute. */
  file: string;
  /** Relative to the root where it lies below it. */
  shown: string;
  text: string;
  /** `kept`: ours is there already. `chain`: another's is there, and is run first. */
  state: 'new' | 'chain' | 'kept';
  /** The workbench that is running now; git's own configuration remembers it. */
  program: string;
  root: string;
  /** Whether another's hook is, or will be, beside ours under its new name. */
  hasBefore: boolean;
}

/** What is to be done, before anything is. @throws Problem where a hook cannot be put in place */
export async function planHook(root: string, wanted: string, program: string): Promise<HookPlan> {
  const name = HOOKS.find((hook) => hook === wanted);
  if (name === undefined) {
    throw new Problem('USAGE', `--hook ${wanted}: expected one of ${HOOKS.join(', ')}`, 'for example --hook');
  }
  const prefix = await askGit(root, ['rev-parse', '--show-prefix']);
  if (prefix === undefined || (await findTop(root)) === undefined) {
    throw new Problem(
      'HOOK-NO-REPOSITORY',
      `${root} is no git working tree, so a hook has nowhere to go`,
      'run git init first, or leave --hook out',
    );
  }
  await refuseShared(root);
  const folder = resolve(root, (await askGit(root, ['rev-parse', '--git-path', 'hooks'])) ?? '.git/hooks');
  await refuseNoFolder(folder);
  const file = join(folder, name);
  const text = hookScript(name, prefix.replace(/\/$/, ''));
  const shown = toRelative(root, file);
  const before = join(folder, beforeName(name));
  const hasBefore = (await lstat(before).catch(() => undefined)) !== undefined;
  const plan = { name, hasBefore, file, shown: shown.startsWith('..') ? file : shown, text, program, root };
  const there = await lstat(file).catch(() => undefined);
  if (there === undefined) return { ...plan, state: 'new' };
  const old = there.isDirectory() ? '' : await readFile(file, 'utf8').catch(() => '');
  if (old === text) return { ...plan, state: 'kept' };
  if (old.includes(MARK)) {
    throw new Problem(
      'HOOK-OTHER',
      `${plan.shown} is a hook of the workbench, for another folder or of another version`,
      `delete it, and run this again`,
    );
  }
  refuseNamed(plan.shown, name, old);
  if (hasBefore) {
    throw new Problem(
      'HOOK-TAKEN',
      `${plan.shown} cannot be kept as ${beforeName(name)}, which exists`,
      'move one of the two away, and run this again',
    );
  }
  return { ...plan, state: 'chain', hasBefore: true };
}

/**
 * A hook that another program wrote and that looks at its own name does something else, or nothing, under another one; and
 * that program will write it again.
 */
function refuseNamed(shown: string, name: HookName, text: string): void {
  const isHusky = /^\s*(?:\.|source)\s.*(?:\/h["']?|husky\.sh["']?)\s*$/m.test(text);
  const asksItsName = /basename\b.*(?:\$0|\$\{0|BASH_SOURCE|argv|__file__)|\$\{0##/.test(text);
  if (!isHusky && !asksItsName) return;
  const command = 'npx --no-install workbench check --quiet';
  throw new Problem(
    'HOOK-BY-NAME',
    `${shown} goes by its own name, so it cannot be renamed to run beside another`,
    isHusky
      ? `husky made it: add this line to .husky/${name}: ${command} || [ $? -eq 4 ]`
      : `let it run this command as well: ${command} || [ $? -eq 4 ]`,
  );
}

/** Hooks of the user or the machine serve all repositories: one project's check has no place there. */
async function refuseShared(root: string): Promise<void> {
  const answer = await askGit(root, ['config', '--show-scope', '--get', 'core.hooksPath']);
  const [scope = '', path = ''] = (answer ?? '').split('\t');
  if (scope !== 'global' && scope !== 'system') return;
  throw new Problem(
    'HOOK-SHARED',
    `core.hooksPath is ${path} in the ${scope} configuration: every repository would run this hook`,
    'give this repository hooks of its own: git config --local core.hooksPath .githooks',
  );
}

/** `core.hooksPath` is set to /dev/null by people who want no hooks at all. */
async function refuseNoFolder(folder: string): Promise<void> {
  const there = await stat(folder).catch(() => undefined);
  if (there === undefined || there.isDirectory()) return;
  throw new Problem(
    'HOOK-NO-FOLDER',
    `${folder} is where git looks for hooks, and no folder: no hook runs here`,
    'git config --unset core.hooksPath, or set it to a folder',
  );
}

/** Does what was planned. */
export async function installHook(plan: HookPlan): Promise<void> {
  if (plan.state !== 'kept') {
    const before = join(plan.file, '..', beforeName(plan.name));
    if (plan.state === 'chain') await rename(plan.file, before);
    const isWritten = await writeNew(plan.file, plan.text, 0o755).catch(async (error: unknown) => {
      // No hook at all would be worse than the old one alone.
      if (plan.state === 'chain') await rename(before, plan.file);
      throw error;
    });
    if (!isWritten) throw new Problem('HOOK-TAKEN', `${plan.shown} appeared just now`, 'run this again');
  }
  if (!plan.program.startsWith(join(plan.root, 'node_modules')))
    await askGit(plan.root, ['config', '--local', PROGRAM_KEY, plan.program]);
}

/** What a person reads about it. */
export function describeHook(plan: HookPlan, dryRun: boolean): string[] {
  const { state, shown, name } = plan;
  const before = beforeName(name);
  const place = quote(shown);
  const remove = [
    ...(plan.hasBefore ? [`mv ${quote(shown.replace(/[^/]+$/, before))} ${place}`] : [`rm ${place}`]),
    `git config --unset ${PROGRAM_KEY}`,
  ].join('; ');
  const verb = { new: 'wrote', chain: 'wrote', kept: 'kept' }[state];
  const lines = [`${dryRun && state !== 'kept' ? 'would write' : verb} ${shown}`];
  if (state === 'chain') lines.push(`  the hook that was there is ${before} now, and is run first`);
  lines.push(`  all working trees of this repository run it; to remove it: ${remove}`);
  return lines;
}

const quote = (path: string): string =>
  /^[\w./@+-]+$/.test(path) ? path : `'${path.replace(/'/g, `'\\''`)}'`;
