/** On real files of the cross linker; that a Mac says the same of them was never tried. */
import { expect } from 'chai';
import fc from 'fast-check';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProcess } from '../../../src/host/processes.js';
import type { Problem } from '../../../src/domain/problem.js';
import { toolEnvironment } from '../../../src/native/toolchain.js';
import type { ReadBytes } from '../../../src/native/run/elf.js';
import { refuseForeign } from '../../../src/native/run/injected-library.js';
import { readMachO } from '../../../src/native/run/mach-o.js';
import { refuseObstacles } from '../../../src/native/run/obstacles.js';
import { makeDylibLab, type DylibLab } from '../dylib-lab.js';

const LC_LOAD_DYLINKER = 0xe;

const from =
  (bytes: Buffer): ReadBytes =>
  (offset, length) =>
    bytes.subarray(offset, offset + length);

describe('programs and libraries for macOS', function () {
  this.timeout(60_000);
  let lab: DylibLab;
  let tools: string;
  let program: string;
  let library: string;
  let thin: Buffer;
  let fat: Buffer;
  before(async () => {
    lab = await makeDylibLab();
    const both = await lab.build('fat');
    library = join(both.folder, 'libthing.dylib');
    tools = join(both.folder, 'tools');
    await writeFile(join(lab.root, 'main.c'), 'int main(void) { return 0; }\n');
    expect(await link('program')).to.equal('');
    program = join(lab.root, 'program');
    [thin, fat] = await Promise.all([readFile(program), readFile(library)]);
  });
  after(() => lab.remove());

  /** What the linker says; nothing when it made the program. */
  const link = async (name: string, ...options: string[]): Promise<string> => {
    const target = ['--target=arm64-apple-macos13', '-isysroot', join(lab.root, 'native/macho/sysroot')];
    const command = ['clang-19', ...target, '-fuse-ld=lld', `-B${tools}`, ...options, 'main.c', '-o', name];
    const ran = await runProcess({ command, cwd: lab.root, env: toolEnvironment(), keepStdin: false });
    return ran.exit === 0 ? '' : `${ran.startError ?? ''}${ran.stderr}`;
  };
  const write = async (name: string, bytes: Buffer): Promise<string> => {
    const path = join(lab.root, name);
    await writeFile(path, bytes);
    await chmod(path, 0o755);
    return path;
  };
  /** Where the load command of a kind begins. */
  const commandAt = (bytes: Buffer, kind: number): number => {
    for (let at = 32; at < 32 + bytes.readUInt32LE(20); at += bytes.readUInt32LE(at + 4)) {
      if (bytes.readUInt32LE(at) === kind) return at;
    }
    throw new Error('no such command');
  };
  const changed = (change: (bytes: Buffer) => void): Buffer => {
    const copy = Buffer.from(thin);
    change(copy);
    return copy;
  };
  const arm64e = () => changed((bytes) => bytes.writeUInt32LE(2, 8));
  const refuse = async (path: string, launcher = false): Promise<Problem | undefined> =>
    refuseObstacles([{ path, script: false }], library, launcher, 'darwin').then(
      () => undefined,
      (error: unknown) => error as Problem,
    );

  it('a thin program has a loader, and a universal library one slice for each machine', () => {
    expect(readMachO(from(thin))).to.deep.equal([{ cpu: 'arm64', dynamic: true, restricted: false }]);
    expect(readMachO(from(fat))).to.deep.equal([
      { cpu: 'x86_64', dynamic: false, restricted: false },
      { cpu: 'arm64', dynamic: false, restricted: false },
    ]);
    expect(readMachO(from(arm64e()))![0]!.cpu).to.equal('arm64e');
  });

  it('a file that is cut, an ELF file and a Java class are none', () => {
    const commands = 32 + thin.readUInt32LE(20);
    for (const length of [0, 7, 31, 32, commands - 1]) {
      expect(readMachO(from(thin.subarray(0, length))), `${length} bytes`).to.equal(undefined);
    }
    expect(readMachO(from(fat.subarray(0, 100)))).to.equal(undefined);
    expect(readMachO(from(Buffer.from('\x7fELF'.padEnd(64), 'latin1')))).to.equal(undefined);
    expect(readMachO(from(Buffer.from('cafebabe00000041'.padEnd(200, '0'), 'hex')))).to.equal(undefined);
  });

  it('damage is never an exception', () => {
    fc.assert(
      fc.property(fc.nat(400), fc.nat(255), (at, value) => {
        for (const whole of [thin, fat]) {
          const damaged = Buffer.from(whole.subarray(0, 40_000));
          damaged[at] = value;
          readMachO(from(damaged));
        }
      }),
    );
  });

  it('nothing speaks against a program of the user, in a folder of the user', async () => {
    expect(await refuse(program)).to.equal(undefined);
  });

  it('a folder of the system is refused, also behind a link, and also for a launcher', async () => {
    for (const launcher of [false, true]) {
      const problem = await refuse('/usr/bin/env', launcher);
      expect(problem).to.include({ code: 'PROGRAM-PROTECTED', exit: 3 });
      expect(problem!.message).to.contain('System Integrity Protection');
      expect(problem!.hint).to.contain('docs/deploy.md');
    }
  });

  it('set-user-id is refused', async () => {
    const path = await write('setuid', thin);
    await chmod(path, 0o4755);
    expect((await refuse(path))!.message).to.contain('is set-user-id');
  });

  it('a segment __RESTRICT is refused', async () => {
    expect(await link('restricted', '-Wl,-sectcreate,__RESTRICT,__restrict,/dev/null')).to.equal('');
    expect((await refuse(join(lab.root, 'restricted')))!.message).to.contain('__RESTRICT');
  });

  it('a program without a loader is refused, but not as a launcher', async () => {
    const at = commandAt(thin, LC_LOAD_DYLINKER);
    const path = await write(
      'static',
      changed((bytes) => bytes.writeUInt32LE(0x1b, at)),
    );
    expect((await refuse(path))!.message).to.contain('names no dynamic loader');
    expect(await refuse(path, true)).to.equal(undefined);
  });

  it('a program for arm64e cannot load what is built for arm64', async () => {
    const problem = await refuse(await write('arm64e', arm64e()));
    expect(problem).to.include({ code: 'PROGRAM-MACHINE', exit: 3 });
    expect(problem!.message).to.match(/arm64e: is arm64e, the library x86_64, arm64$/);
  });

  it('a library for macOS is refused on Linux before anything starts, and taken on macOS', () => {
    expect(() => {
      refuseForeign(library, 'libthing.dylib', 'linux');
    }).to.throw('libthing.dylib: is a library for macOS, this is linux');
    expect(() => {
      refuseForeign(library, 'libthing.dylib', 'darwin');
    }).to.not.throw();
  });
});
