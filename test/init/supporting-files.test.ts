import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { listIgnore, listWorkflow } from '../../src/init/supporting-files.js';

describe('what init writes beside manifests', () => {
  const own = { name: 'tla-workbench', version: '1.2.3', folder: '/usr/lib/node_modules/tla-workbench' };
  let root = '';
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'workbench supporting '));
    execFileSync('git', ['init', '-q', root]);
  });
  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  it('is a workflow that installs what package.json names, else this version', async () => {
    const [plain] = (await listWorkflow(root, own, undefined)).files;
    expect(plain?.path).to.equal('.github/workflows/workbench.yml');
    expect(plain?.text).to.contain('npm install --no-save --no-audit --no-fund tla-workbench@1.2.3');
    write('package.json', '{"devDependencies": {"tla-workbench": "1"}}');
    expect((await listWorkflow(root, own, undefined)).files[0]?.text).to.contain('- run: npm ci');
  });

  it('uses the action of the checkout that runs, where GitHub has it; else what npm may not know is said', async () => {
    const checkout = join(root, 'the workbench');
    const git = (...args: string[]): string => execFileSync('git', args, { cwd: checkout }).toString().trim();
    mkdirSync(checkout);
    git('init', '-q', '-b', 'main');
    git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-q', '--allow-empty', '-m', 'first');
    const from = async () => listWorkflow(root, { ...own, folder: checkout }, undefined);
    const doubt = (await from()).byHand;
    expect(doubt.map(({ path }) => path)).to.deep.equal(['.github/workflows/workbench.yml']);
    expect(doubt[0]?.reason).to.contain('use --action');
    git('remote', 'add', 'origin', 'git@github.com:them/the.workbench.git');
    // Not pushed yet: GitHub would not find it.
    expect((await from()).byHand).to.have.length(1);
    git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    const { files, byHand } = await from();
    expect(byHand).to.deep.equal([]);
    expect(files[0]?.text).to.contain(`uses: them/the.workbench@${git('rev-parse', 'HEAD')}\n`);
    write('package.json', '{"devDependencies": {"tla-workbench": "1"}}');
    expect((await from()).files[0]?.text).to.contain('- run: npm ci');
  });

  it('is no second workflow where one runs the workbench, and nothing outside of a repository', async () => {
    write('.github/workflows/ci.yml', 'jobs:\n  a:\n    steps:\n      - run: npm test\n');
    expect((await listWorkflow(root, own, undefined)).files).to.have.length(1);
    write('.github/workflows/specs.yaml', 'jobs:\n  a:\n    steps:\n      - run: npx workbench verify\n');
    expect(await listWorkflow(root, own, undefined)).to.deep.equal({ files: [], byHand: [] });
    const bare = mkdtempSync(join(tmpdir(), 'workbench bare '));
    expect(await listWorkflow(bare, own, undefined)).to.deep.equal({ files: [], byHand: [] });
    rmSync(bare, { recursive: true });
  });

  it('stands at the top of the repository for a project in a folder of it', async () => {
    const folder = join(root, 'a b/c');
    mkdirSync(folder, { recursive: true });
    const [file] = (await listWorkflow(folder, own, 'them/workbench@v1')).files;
    expect(file?.path).to.equal('../../.github/workflows/workbench.yml');
    expect(file?.text).to.contain("working-directory: 'a b/c'");
  });

  it('keeps records out of git, unless git leaves them alone already', async () => {
    expect(await listIgnore(root)).to.have.length(1);
    write('.gitignore', 'runs/*\n');
    expect(await listIgnore(root)).to.deep.equal([]);
  });
});
