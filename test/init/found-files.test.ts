import { expect } from 'chai';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findFiles, type Entry } from '../../src/init/found-files.js';

describe('the files that init finds', () => {
  it('are people’s: nothing of TLC, the Toolbox, packages, hidden folders or our own runs', async () => {
    const root = mkdtempSync(join(tmpdir(), 'workbench found ü '));
    const files = [
      'Größe und Maß/Foo.tla',
      'Größe und Maß/Foo.cfg',
      'a/manifest.json',
      'a/runs/Kept.tla',
      'Foo_TTrace_1700000000.tla',
      'a/states/23-11-23/Foo.tla',
      'a/Foo.toolbox/Model_1/MC.tla',
      'node_modules/x/Foo.tla',
      '.hidden/Foo.tla',
      '.Foo.tla',
      'runs/20261123T/logs/0001-a.cfg',
      'a/readme.txt',
    ];
    for (const path of files) {
      mkdirSync(join(root, dirname(path)), { recursive: true });
      writeFileSync(join(root, path), '');
    }
    symlinkSync(join(root, 'a'), join(root, 'link'));
    symlinkSync(join(root, 'a/runs/Kept.tla'), join(root, 'a/Linked.tla'));
    const found = await findFiles(root);
    rmSync(root, { recursive: true });
    expect(found).to.deep.equal({
      modules: ['Größe und Maß/Foo.tla', 'a/Linked.tla', 'a/runs/Kept.tla'],
      configs: ['Größe und Maß/Foo.cfg'],
      manifests: ['a/manifest.json'],
      unreadable: [],
      toolboxes: ['a/Foo.toolbox'],
    });
  });

  it('a folder that cannot be read is listed, and the others are read all the same', async () => {
    const readFolder = (path: string): Promise<Entry[]> => {
      if (path === '/r') {
        const folders = ['closed', 'open'].map((name): Entry => ({ name, kind: 'folder' }));
        return Promise.resolve(folders);
      }
      if (path === '/r/open') return Promise.resolve([{ name: 'Foo.tla', kind: 'file' }]);
      return Promise.reject(Object.assign(new Error('no'), { code: 'EACCES' }));
    };
    const found = await findFiles('/r', readFolder);
    expect(found.modules).to.deep.equal(['open/Foo.tla']);
    expect(found.unreadable).to.deep.equal([{ path: 'closed', reason: 'EACCES' }]);
    expect((await findFiles('/gone', readFolder)).unreadable).to.deep.equal([
      { path: '.', reason: 'EACCES' },
    ]);
  });
});
