import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProcess } from '../../../src/host/processes.js';
import { readElfExports } from '../../../src/native/inspect/elf.js';
import { toolEnvironment } from '../../../src/native/toolchain.js';
import { makeDylibLab, type DylibLab } from '../dylib-lab.js';

describe('reading the exports of an ELF library', function () {
  this.timeout(60_000);
  let lab: DylibLab;
  let path: string;
  let bytes: Buffer;
  before(async () => {
    lab = await makeDylibLab();
    await lab.edit(
      'src/thing.cpp',
      'static int',
      'THING_API extern __thread int own;\n__thread int own;\nstatic int',
    );
    await lab.edit(
      'src/thing.cpp',
      'static int',
      '__attribute__((weak)) THING_API void weak() {}\nstatic int',
    );
    path = join((await lab.build('elf')).folder, 'libthing.so');
    bytes = await readFile(path);
  });
  after(() => lab.remove());

  it('they are what nm lists as defined', async () => {
    const command = ['llvm-nm-19', '-D', '--defined-only', '--format=just-symbols', path];
    const listed = await runProcess({ command, cwd: '/', env: toolEnvironment(), keepStdin: false });
    expect(readElfExports(bytes)).to.deep.equal(listed.stdout.trim().split('\n').sort());
    expect(readElfExports(bytes)).to.deep.equal(['_Z4weakv', 'own', 'thing_call', 'thing_read']);
  });

  it('a file cut off anywhere, or another one, is no library without exports', () => {
    for (let length = 0; length < bytes.length; length += 61) {
      expect(readElfExports(bytes.subarray(0, length)), `at ${length}`).to.have.property('fault');
    }
    expect(readElfExports(Buffer.from('no library'))).to.deep.equal({
      fault: 'it does not begin as an ELF file does',
    });
    const narrow = Buffer.from(bytes);
    narrow[4] = 1;
    expect(readElfExports(narrow)).to.have.property('fault').that.contains('64 bits');
  });
});
