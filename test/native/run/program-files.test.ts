import { expect } from 'chai';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../../../src/domain/problem.js';
import { makeTempFolder, removeTempFolder } from '../../../src/host/temp-folders.js';
import { findProgramFiles } from '../../../src/native/run/program-files.js';

describe('the file behind a command word', () => {
  let folder: string;
  before(async () => {
    folder = await makeTempFolder();
    await mkdir(join(folder, 'tools'));
    // Only the magic numbers of programs are looked at here.
    await make('tools/worker', '\x7fELF');
    await make('tools/env', '\x7fELF');
    await symlink('worker', join(folder, 'tools/alias'));
  });
  after(() => removeTempFolder(folder));

  async function make(name: string, text: string, mode = 0o755): Promise<void> {
    await writeFile(join(folder, name), text);
    await chmod(join(folder, name), mode);
  }
  const find = (word: string, PATH = join(folder, 'tools')): string[] =>
    findProgramFiles(word, { PATH }, folder).map(
      ({ path, script }) => `${path.replace(`${folder}/`, '')}${script ? ' script' : ''}`,
    );
  const problem = (word: string, PATH?: string): Problem => {
    try {
      return expect.fail(`found ${find(word, PATH).join()}`);
    } catch (error) {
      if (error instanceof Error && 'code' in error && 'hint' in error) return error as Problem;
      throw error;
    }
  };

  it('is looked for on PATH without a slash, and from the working directory with one', async () => {
    await make('local', '\x7fELF');
    expect(find('worker')).to.deep.equal(['tools/worker']);
    expect(find('./local')).to.deep.equal(['local']);
    expect(problem('local').message).to.equal('local: no such program on PATH');
    // An empty element of PATH is the working directory.
    expect(find('local', `${folder}/tools:`)).to.deep.equal(['local']);
  });

  it('behind a script is its interpreter, and behind env what env starts', async () => {
    await make('script', `#! ${folder}/tools/worker -x\n`);
    await make('by-env', `#!${folder}/tools/env A=1 alias\n`);
    await make('by-env-s', `#!${folder}/tools/env -S B=2 worker -u\n`);
    expect(find('./script')).to.deep.equal(['script script', 'tools/worker']);
    expect(find('./by-env')).to.deep.equal(['by-env script', 'tools/env', 'tools/alias']);
    expect(find('./by-env-s')).to.deep.equal(['by-env-s script', 'tools/env', 'tools/worker']);
  });

  it('behind a text without #! is the shell, and an option of env that is not read ends the search', async () => {
    await make('text', 'echo hello\n');
    await make('odd', `#!${folder}/tools/env -i worker\n`);
    expect(find('./text')).to.deep.equal(['text script', '/bin/sh']);
    expect(find('./odd')).to.deep.equal(['odd script', 'tools/env']);
  });

  it('an interpreter that is missing, or cannot be executed, is told with the script', async () => {
    await make('lost', '#!/no/such/python\n');
    await make('tools/dull', 'text', 0o644);
    await make('blunt', `#!${folder}/tools/dull\n`);
    await make('by-env-lost', `#!${folder}/tools/env nowhere\n`);
    expect(problem('./lost')).to.include({ code: 'PROGRAM-INTERPRETER' });
    expect(problem('./lost').message).to.match(/lost: its interpreter \/no\/such\/python does not exist$/);
    expect(problem('./blunt').message).to.contain('cannot be executed');
    expect(problem('./by-env-lost').message).to.contain('its interpreter nowhere does not exist');
  });

  it('a script with the line ends of Windows is told as such', async () => {
    await make('windows', `#!${folder}/tools/worker\r\necho\r\n`);
    expect(problem('./windows')).to.include({
      code: 'PROGRAM-INTERPRETER',
      hint: 'save it with the line ends of Unix',
    });
  });

  it('scripts that interpret each other for ever are told', async () => {
    await make('snake', `#!${folder}/snake\n`);
    expect(problem('./snake').message).to.contain('more than 5 deep');
  });

  it('a missing file, a folder, a file without the right, and nothing at all are each told', async () => {
    await make('data', 'text', 0o644);
    expect(problem('./none')).to.include({ code: 'PROGRAM-MISSING', message: './none: no such file' });
    expect(problem('./tools')).to.include({ code: 'PROGRAM-KIND' });
    expect(problem('./data')).to.include({ code: 'PROGRAM-RIGHTS' });
    expect(problem('')).to.include({ code: 'PROGRAM-MISSING', message: 'the command is empty' });
  });
});
