import { expect } from 'chai';
import { mkdir, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256 } from '../../../src/host/files.js';
import { openFileHashes } from '../../../src/store/cache/file-hashes.js';
import { hashProgram } from '../../../src/store/cache/program.js';

describe('remembered hashes of files', () => {
  let home: string;
  let env: NodeJS.ProcessEnv;
  let file: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'wb-hashes-'));
    env = { XDG_CACHE_HOME: join(home, 'cache') };
    file = join(home, 'library.so');
    await writeFile(file, 'one');
  });
  afterEach(async () => {
    await rm(home, { recursive: true, force: true });
  });

  const memory = (): string => join(home, 'cache', 'tla-workbench', 'results', 'file-hashes.txt');
  const later = () => Date.now() + 60_000;
  const hashOnce = async (now: () => number = later, fresh = false): Promise<string> => {
    const hashes = openFileHashes({ env, now, fresh });
    const hash = await hashes.hash(file);
    hashes.close();
    return hash;
  };
  /** Replaces the remembered hash with another, sealed as the program seals it: so one sees whether it is used. */
  const plant = async (): Promise<void> => {
    const body = (await readFile(memory(), 'utf8')).slice(65).replace(sha256('one'), 'planted');
    await writeFile(memory(), `${sha256(body)}\n${body}`);
  };

  it('a file that is as it was is not read again', async () => {
    expect(await hashOnce()).to.equal(sha256('one'));
    await plant();
    expect(await hashOnce()).to.equal('planted');
    expect(await hashOnce(later, true)).to.equal(sha256('one'));
  });

  it('a file with the same size and the same date, but another content, is read again', async () => {
    const { atime, mtime } = await stat(file);
    await hashOnce();
    await writeFile(file, 'two');
    await utimes(file, atime, mtime);
    expect(await hashOnce()).to.equal(sha256('two'));
  });

  it('a file that was written a moment ago is not remembered', async () => {
    await hashOnce(Date.now);
    await writeFile(file, 'two');
    expect(await hashOnce(Date.now)).to.equal(sha256('two'));
  });

  it('a damaged memory is none', async () => {
    await hashOnce();
    await writeFile(memory(), (await readFile(memory(), 'utf8')).replace(sha256('one'), sha256('two')));
    expect(await hashOnce()).to.equal(sha256('one'));
  });
});

describe('the hash of the program', () => {
  it('changes with a file of the named parts, with a further one, and with no other', async () => {
    const make = async (files: Record<string, string>): Promise<string> => {
      const folder = await mkdtemp(join(tmpdir(), 'wb-program-'));
      for (const [name, text] of Object.entries({ 'engine-a.js': '', ...files })) {
        const [part = '', rest = ''] = name.split('-');
        await mkdir(join(folder, part), { recursive: true });
        await writeFile(join(folder, part, rest), text);
      }
      const hash = hashProgram(['engine'], folder);
      await rm(folder, { recursive: true });
      return hash;
    };
    const base = await make({ 'engine-fold.js': '1' });
    expect(await make({ 'engine-fold.js': '1', 'report-x.js': '2', 'engine-fold.d.ts': '3' })).to.equal(base);
    expect(await make({ 'engine-fold.js': '2' })).to.not.equal(base);
    expect(await make({ 'engine-fold.js': '1', 'engine-more.js': '' })).to.not.equal(base);
  });

  it('is that of its sources where it was built: the build writes it down', () => {
    const folder = (name: string): string => fileURLToPath(new URL(`../../../${name}`, import.meta.url));
    for (const part of ['engine', 'native', 'source'])
      expect(hashProgram([part], folder('dist')), part).to.equal(hashProgram([part], folder('src')));
    expect(() => hashProgram(['no such part'], folder('dist'))).to.throw('ENOENT');
  });

  it('of the parts that read a run is not that of the parts that build', () => {
    expect(hashProgram(['engine'])).to.not.equal(hashProgram(['native']));
  });
});
