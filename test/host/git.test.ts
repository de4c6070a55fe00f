import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readGit } from '../../src/host/git.js';

describe('the commit that a run was made on', () => {
  let root: string;
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: root }).toString();
  const write = async (path: string, text = 'x'): Promise<void> => {
    await mkdir(join(root, path, '..'), { recursive: true });
    await writeFile(join(root, path), text);
  };
  const used = ['specs/Ä b/A.tla', 'specs/Ä b/A.cfg', 'native'];
  const isDirty = async (at = '', paths = used): Promise<boolean | undefined> =>
    (await readGit(join(root, at), paths))?.dirty;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'wb-git-'));
    git('init', '-q');
    for (const path of ['specs/Ä b/A.tla', 'specs/Ä b/A.cfg', 'README.md']) await write(path);
    git('add', '.');
    git('commit', '-q', '-m', 'first');
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('is the whole of what ran where everything that is used is tracked and unchanged', async () => {
    expect(await readGit(root, used)).to.deep.equal({
      commit: git('rev-parse', 'HEAD').trim(),
      dirty: false,
    });
    await write('report.html');
    await write('notes/today.txt');
    expect(await isDirty()).to.equal(false);
  });

  it('is not where a tracked file was changed, whichever', async () => {
    await write('README.md', 'y');
    expect(await isDirty()).to.equal(true);
  });

  it('is not where a file that is used is not tracked: alone, in a new folder, or below a folder that is used', async () => {
    const cases: [string, string[]][] = [
      ['specs/Ä b/Other.tla', ['specs/Ä b/Other.tla']],
      ['new/specs/N.tla', ['new/specs/N.tla']],
      ['native/src/a.c', used],
      ['anything.tla', ['.']],
    ];
    for (const [path, paths] of cases) {
      await write(path);
      expect(await isDirty('', paths), path).to.equal(true);
      git('clean', '-fdq');
      expect(await isDirty('', paths), path).to.equal(false);
    }
  });

  it('is told for a project in a subfolder, by paths relative to it', async () => {
    await write('specs/Ä b/New.tla');
    expect(await isDirty('specs', ['Ä b/New.tla'])).to.equal(true);
    expect(await isDirty('specs', ['Ä b/A.tla'])).to.equal(false);
  });

  it('is none where nothing was committed', async () => {
    await rm(join(root, '.git'), { recursive: true });
    expect(await readGit(root, used)).to.equal(null);
    git('init', '-q');
    expect(await readGit(root, used)).to.equal(null);
  });
});
