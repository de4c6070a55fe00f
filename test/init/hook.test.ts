import { expect } from 'chai';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Problem } from '../../src/domain/problem.js';
import { describeHook, installHook, planHook } from '../../src/init/hook.js';
import { hookScript } from '../../src/init/hook-script.js';

/** A stand-in for the workbench: says what it was asked and ends with the code in STUB_EXIT. */
const STUB = '#!/bin/sh\necho "asked: $* in $(pwd) GIT_DIR=${GIT_DIR-none}"\nexit "${STUB_EXIT:-0}"\n';

describe('the git hook', () => {
  let folder = '';
  let root = '';
  /** Git without the configuration of whoever runs the tests. */
  let env: NodeJS.ProcessEnv = {};

  const git = (args: string[], cwd = root): string => execFileSync('git', args, { cwd, env }).toString();
  const write = (path: string, text: string, mode = 0o644): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { mode });
  };
  const commit = (more: NodeJS.ProcessEnv = {}, cwd = root): { exit: number | null; said: string } => {
    writeFileSync(join(cwd, `file-${String(Math.random())}`), '');
    git(['add', '.'], cwd);
    const { status, stdout, stderr } = spawnSync('git', ['commit', '-q', '-m', 'x'], {
      cwd,
      env: { ...env, ...more },
      encoding: 'utf8',
    });
    return { exit: status, said: `${stdout}${stderr}` };
  };
  const install = async (name = 'pre-commit', at = root): Promise<string[]> => {
    const plan = await planHook(at, name, join(folder, 'elsewhere', 'cli.js'));
    await installHook(plan);
    return describeHook(plan, false);
  };
  const refused = async (name = 'pre-commit', at = root): Promise<string> => {
    try {
      await install(name, at);
    } catch (error) {
      if (error instanceof Problem) return `${error.code} ${error.message}`;
      throw error;
    }
    return 'not refused';
  };

  let before: NodeJS.ProcessEnv = {};
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'workbench hook ü '));
    root = join(folder, "their 'repo'");
    mkdirSync(root);
    const person = { GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@b', GIT_COMMITTER_NAME: 'a' };
    env = { PATH: process.env.PATH, HOME: folder, ...person, GIT_COMMITTER_EMAIL: 'a@b' };
    before = { ...process.env };
    process.env.HOME = folder;
    git(['init', '-q', '-b', 'main']);
    write('node_modules/.bin/workbench', STUB, 0o755);
    write('.gitignore', 'node_modules\n');
  });
  afterEach(() => {
    process.env.HOME = before.HOME;
    rmSync(folder, { recursive: true, force: true });
  });

  it('checks before a commit, stops it where something is wrong, and says how to go past', async () => {
    const lines = await install();
    expect(lines[0]).to.equal('wrote .git/hooks/pre-commit');
    const good = commit();
    expect([good.exit, good.said]).to.deep.equal([0, `asked: check --quiet in ${root} GIT_DIR=none\n`]);
    for (const code of [1, 2, 3]) {
      const bad = commit({ STUB_EXIT: String(code) });
      expect(bad.exit).to.equal(1);
      expect(bad.said).to.contain(
        `no commit made (exit ${code}); git commit --no-verify goes past this hook`,
      );
    }
  });

  it('what is open stops nothing, and is said', async () => {
    await install();
    const open = commit({ STUB_EXIT: '4' });
    expect(open.exit).to.equal(0);
    expect(open.said).to.contain('something is open, and nothing is shown to be wrong');
  });

  it('asks the gate where the commit before has a baseline', async () => {
    await install();
    write('runs/baseline.json', '{}');
    expect(commit().said).to.contain('asked: check --quiet');
    expect(commit().said).to.contain('asked: gate --base HEAD');
  });

  it('an existing hook is kept, runs first, and stops the commit by itself', async () => {
    write('.git/hooks/pre-commit', '#!/bin/sh\necho "theirs: $#"\nexit "${THEIR_EXIT:-0}"\n', 0o755);
    const lines = await install();
    expect(lines.join('\n')).to.contain('the hook that was there is pre-commit.before-workbench now');
    expect(commit().said).to.match(/^theirs: 0\nasked: check/);
    const stopped = commit({ THEIR_EXIT: '7' });
    expect([stopped.exit, stopped.said]).to.deep.equal([1, 'theirs: 0\n']);
    // The command that removes it brings back what was there.
    const remove = /to remove it: (.+)$/m.exec(lines.join('\n'))?.[1] ?? '';
    execFileSync('sh', ['-c', remove], { cwd: root, env });
    expect(commit().said).to.equal('theirs: 0\n');
  });

  it('one that goes by its own name is left alone: renamed it would do nothing', async () => {
    git(['config', 'core.hooksPath', '.husky/_']);
    write('.husky/_/h', 'n=$(basename "$0"); f=$(dirname "$0")/../$n; [ ! -f "$f" ] || sh -e "$f" "$@"\n');
    write('.husky/_/pre-commit', '#!/usr/bin/env sh\n. "$(dirname "$0")/h"', 0o755);
    write('.husky/pre-commit', 'echo theirs\n');
    expect(await refused()).to.match(/^HOOK-BY-NAME \.husky\/_\/pre-commit goes by its own name/);
    expect(commit()).to.deep.equal({ exit: 0, said: 'theirs\n' });
    // What the hint says works: what is open stops nothing, what is wrong does.
    write('npx', '#!/bin/sh\nshift\nexec "node_modules/.bin/$@"\n', 0o755);
    write('.husky/pre-commit', 'PATH=.:$PATH npx --no-install workbench check --quiet || [ $? -eq 4 ]\n');
    const exits = ['0', '4', '1'].map((code) => commit({ STUB_EXIT: code }).exit);
    expect(exits).to.deep.equal([0, 0, 1]);
    git(['config', '--unset', 'core.hooksPath']);
    write('.git/hooks/pre-commit', '#!/usr/bin/env ruby\nhook_type = File.basename($0)\n', 0o755);
    expect(await refused()).to.match(/^HOOK-BY-NAME/);
  });

  it('one that git ignores, because it is not executable, stays ignored', async () => {
    write('.git/hooks/pre-commit', '#!/bin/sh\nexit 9\n');
    await install();
    expect(commit().exit).to.equal(0);
  });

  it('put in place twice is put in place once', async () => {
    await install();
    const text = readFileSync(join(root, '.git/hooks/pre-commit'), 'utf8');
    expect((await install())[0]).to.equal('kept .git/hooks/pre-commit');
    expect(readFileSync(join(root, '.git/hooks/pre-commit'), 'utf8')).to.equal(text);
    expect(existsSync(join(root, '.git/hooks/pre-commit.before-workbench'))).to.equal(false);
  });

  it('goes where core.hooksPath says, and remembers in git’s own settings which workbench it was', async () => {
    git(['config', 'core.hooksPath', '.githooks']);
    rmSync(join(root, 'node_modules'), { recursive: true });
    mkdirSync(join(folder, 'elsewhere'));
    writeFileSync(join(folder, 'elsewhere', 'cli.js'), 'console.log("by node:", ...process.argv.slice(2))');
    expect((await install())[0]).to.equal('wrote .githooks/pre-commit');
    // The folder is tracked: no path of this machine may stand in it.
    expect(readFileSync(join(root, '.githooks/pre-commit'), 'utf8')).to.not.contain(folder);
    expect(statSync(join(root, '.githooks/pre-commit')).mode & 0o111).to.equal(0o111);
    expect(commit().said).to.equal('by node: check --quiet\n');
    git(['config', '--unset', 'workbench.program']);
    const none = commit();
    expect([none.exit, none.said]).to.deep.equal([
      1,
      'workbench: the hook finds no workbench; install it, or: git config workbench.program <path of dist/cli.js>\n',
    ]);
  });

  it('does not go where git runs no hooks', async () => {
    git(['config', 'core.hooksPath', '/dev/null']);
    expect(await refused()).to.match(
      /^HOOK-NO-FOLDER \/dev\/null is where git looks for hooks, and no folder/,
    );
  });

  it('does not go into hooks that other repositories share', async () => {
    git(['config', '--global', 'core.hooksPath', join(folder, 'shared')]);
    expect(await refused()).to.match(/^HOOK-SHARED core\.hooksPath is .*shared in the global configuration/);
    git(['config', '--local', 'core.hooksPath', '.githooks']);
    expect(await refused()).to.equal('not refused');
  });

  it('works in a second working tree, and for a project below the top', async () => {
    commit();
    git(['worktree', 'add', '-q', join(folder, 'second')]);
    await install('pre-commit', join(folder, 'second'));
    // The second tree has no node_modules; the repository's own hooks serve both.
    expect(commit().said).to.contain('asked: check --quiet');
    rmSync(join(root, '.git/hooks/pre-commit'));
    write('sub folder/node_modules/.bin/workbench', STUB, 0o755);
    await install('pre-commit', join(root, 'sub folder'));
    expect(commit().said).to.contain(`asked: check --quiet in ${root}/sub folder`);
    expect(await refused()).to.match(/^HOOK-OTHER \.git\/hooks\/pre-commit is a hook of the workbench/);
  });

  it('before a push compares with what is there already', async () => {
    await install('pre-push');
    write('runs/baseline.json', '{}');
    commit();
    git(['init', '-q', '--bare', join(folder, 'remote')]);
    git(['remote', 'add', 'origin', join(folder, 'remote')]);
    const push = (): string => {
      const args = ['push', '-q', '-u', 'origin', 'main'];
      const { status, stdout, stderr } = spawnSync('git', args, { cwd: root, env });
      return `${String(status)} ${stdout.toString()}${stderr.toString()}`;
    };
    expect(push()).to.contain('0 asked: gate --base HEAD in');
    const pushed = git(['rev-parse', 'HEAD']).trim();
    commit();
    expect(push()).to.contain(`0 asked: gate --base ${pushed} in`);
  });

  it('refuses what cannot be done, before anything is', async () => {
    expect(await refused('post-commit')).to.match(/^USAGE --hook post-commit: expected one of pre-commit/);
    const bare = join(folder, 'no repository');
    mkdirSync(bare);
    expect(await refused('pre-commit', bare)).to.match(/^HOOK-NO-REPOSITORY .*is no git working tree/);
    write('.git/hooks/pre-commit', '#!/bin/sh\n', 0o755);
    write('.git/hooks/pre-commit.before-workbench', '#!/bin/sh\n', 0o755);
    expect(await refused()).to.match(/^HOOK-TAKEN \.git\/hooks\/pre-commit cannot be kept/);
    expect(readFileSync(join(root, '.git/hooks/pre-commit'), 'utf8')).to.equal('#!/bin/sh\n');
  });

  it('is a script that a plain shell can read, whatever the folder is called', () => {
    for (const name of ['pre-commit', 'pre-push'] as const)
      for (const place of ['', 'it\'s $HOME `x` "y"']) {
        const { status, stderr } = spawnSync('sh', ['-n'], { input: hookScript(name, place) });
        expect(status, stderr.toString()).to.equal(0);
      }
  });
});
