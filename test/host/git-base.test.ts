import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem } from '../../src/domain/problem.js';
import { findBase, isIgnored, listChanged, listIgnored, readAtCommit } from '../../src/host/git-base.js';

const codeOf = async (work: Promise<unknown>): Promise<Problem> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('no Problem');
};

describe('git-base', () => {
  let parent: string;
  let root: string;
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', root, '-c', 'user.email=a@b', '-c', 'user.name=t', ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  const commit = (path: string, text: string): string => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
    git('add', '-A');
    git('commit', '-q', '-m', path);
    return git('rev-parse', 'HEAD');
  };
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'git base ü '));
    root = join(parent, 'repository');
    mkdirSync(root);
    git('init', '-q', '-b', 'main', '.');
  });
  afterEach(() => {
    rmSync(parent, { recursive: true, force: true });
  });

  it('compares with where HEAD and the ref part, not with what the ref became since', async () => {
    const fork = commit('a.txt', 'a');
    git('checkout', '-q', '-b', 'change');
    const head = commit('b.txt', 'b');
    git('checkout', '-q', 'main');
    commit('c.txt', 'c');
    git('checkout', '-q', 'change');
    expect(await findBase(root, 'main')).to.deep.equal({ ref: 'main', commit: fork, head, dirty: false });
    expect(await listChanged(root, fork)).to.deep.equal(['b.txt']);
  });

  it('a detached head is a head', async () => {
    const first = commit('a.txt', 'a');
    const second = commit('a.txt', 'b');
    git('checkout', '-q', '--detach');
    expect(await findBase(root, 'HEAD~1')).to.include({ commit: first, head: second });
  });

  it('the work tree is what is compared: edited and new files count, ignored ones do not', async () => {
    const base = commit('.gitignore', 'ignored\n');
    writeFileSync(join(root, '.gitignore'), 'ignored\n\n');
    writeFileSync(join(root, 'neu ä.txt'), 'x');
    writeFileSync(join(root, 'ignored'), 'x');
    expect((await findBase(root, 'main')).dirty).to.equal(true);
    expect(await listChanged(root, base)).to.deep.equal(['.gitignore', 'neu ä.txt']);
  });

  it('ignored files are listed, and a file that git would pass over is known', async () => {
    commit('.gitignore', '*.o\n/runs/*\n!/runs/baseline.json\n');
    mkdirSync(join(root, 'native'));
    writeFileSync(join(root, 'native', 'ü.o'), 'x');
    writeFileSync(join(root, 'native', 'a.c'), 'x');
    expect([...(await listIgnored(root, 'native'))]).to.deep.equal(['native/ü.o']);
    expect(await isIgnored(root, 'runs/x')).to.equal(true);
    expect(await isIgnored(root, 'runs/baseline.json')).to.equal(false);
    expect([...(await listIgnored(parent, '.'))]).to.deep.equal([]);
  });

  it('is not led astray by what git tells a hook about itself', async () => {
    const head = commit('part/a.txt', 'a');
    process.env.GIT_DIR = '.git';
    process.env.GIT_INDEX_FILE = '.git/index';
    try {
      expect((await findBase(join(root, 'part'), 'HEAD')).commit).to.equal(head);
    } finally {
      delete process.env.GIT_DIR;
      delete process.env.GIT_INDEX_FILE;
    }
  });

  it('a project below the root of the repository sees its own files', async () => {
    const base = commit('part/a.txt', 'was');
    commit('other/b.txt', 'x');
    writeFileSync(join(root, 'part', 'a.txt'), 'is');
    expect(await readAtCommit(join(root, 'part'), base, 'a.txt')).to.equal('was');
    expect(await readAtCommit(join(root, 'part'), base, 'gone.txt')).to.equal(undefined);
    expect(await listChanged(join(root, 'part'), base)).to.deep.equal(['a.txt']);
  });

  it('a file whose content the clone lacks is unreadable, and not absent', async () => {
    const base = commit('part/a.txt', 'was');
    const blob = git('rev-parse', `${base}:part/a.txt`);
    rmSync(join(root, '.git/objects', blob.slice(0, 2), blob.slice(2)));
    expect(await readAtCommit(root, base, 'part/b.txt')).to.equal(undefined);
    const problem = await codeOf(readAtCommit(root, base, 'part/a.txt'));
    expect(problem.code).to.equal('GIT-UNREADABLE');
    expect(problem.exit).to.equal(3);
  });

  it('an unknown ref says how to fetch it, and an option is no ref', async () => {
    commit('a.txt', 'a');
    expect(await codeOf(findBase(root, 'origin/main'))).to.include({
      code: 'GIT-UNKNOWN-REF',
      hint: 'correct the name, or fetch it: git fetch origin main:refs/remotes/origin/main',
    });
    expect((await codeOf(findBase(root, '--all'))).code).to.equal('GIT-UNKNOWN-REF');
  });

  it('a shallow clone says how to deepen it', async () => {
    commit('a.txt', 'a');
    git('checkout', '-q', '-b', 'change');
    commit('b.txt', 'b');
    git('checkout', '-q', 'main');
    commit('c.txt', 'c');
    const from = `file://${root}`;
    root = join(parent, 'shallow');
    mkdirSync(root);
    git('init', '-q', '.');
    git('fetch', '-q', '--depth', '1', from, 'change:change', 'main:refs/remotes/origin/main');
    git('checkout', '-q', 'change');
    const problem = await codeOf(findBase(root, 'origin/main'));
    expect(problem.code).to.equal('GIT-SHALLOW');
    expect(problem.hint).to.contain('git fetch --unshallow').and.contain('fetch-depth: 0');
    expect((await codeOf(findBase(root, 'origin/other'))).hint).to.contain('--unshallow');
  });

  it('a folder without git, and a repository without a commit, are told apart', async () => {
    expect((await codeOf(findBase(parent, 'main'))).code).to.equal('GIT-NO-REPOSITORY');
    expect((await codeOf(findBase(root, 'main'))).code).to.equal('GIT-NO-COMMIT');
  });
});
