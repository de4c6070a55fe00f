import { expect } from 'chai';
import { existsSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import {
  makeTempFolder,
  removeTempFolder,
  sweepTempFolders,
  withTempFolder,
} from '../../src/host/temp-folders.js';

describe('host/temp-folders', () => {
  let root = '';
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'sweep-'));
  });
  afterEach(async () => {
    await rm(root, { recursive: true });
  });

  it('a temp folder is private and goes away when its work throws', async () => {
    let seen = '';
    const failure = await withTempFolder(async (folder) => {
      seen = folder;
      expect(statSync(folder).mode & 0o077).to.equal(0);
      await writeFile(join(folder, 'x'), '');
      throw new Error('work failed');
    }).catch((error: unknown) => error);
    expect(failure).to.be.an('error');
    expect(existsSync(seen)).to.equal(false);
  });

  it('a folder of a living process stays', async () => {
    const folder = await makeTempFolder(root);
    expect(await sweepTempFolders(root)).to.deep.equal([]);
    await removeTempFolder(folder);
  });

  it('a folder whose pid now belongs to another process is swept', async () => {
    const mine = basename(await makeTempFolder(root));
    const reused = mine.replace(/-\d+-\w{6}$/, '-1-abcdef');
    await mkdir(join(root, reused));
    expect(await sweepTempFolders(root)).to.deep.equal([join(root, reused)]);
  });

  it('folders of another pid namespace, other names and links are left alone', async () => {
    const mine = basename(await makeTempFolder(root));
    const gone = mine.replace(/-\d+-\d+-\w{6}$/, '-999999999-1-abcdef');
    await mkdir(join(root, gone.replace(/^tla-workbench-\d+/, 'tla-workbench-7')));
    await mkdir(join(root, 'tla-workbench-mine'));
    await symlink('/tmp', join(root, gone));
    expect(await sweepTempFolders(root)).to.deep.equal([]);
    expect(existsSync('/tmp')).to.equal(true);
  });
});
