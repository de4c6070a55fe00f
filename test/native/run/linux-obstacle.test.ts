import { expect } from 'chai';
import type { ElfFacts } from '../../../src/native/run/elf.js';
import {
  findPrivilege,
  judgeLinuxFile,
  type FileFacts,
  type Starter,
} from '../../../src/native/run/linux-obstacle.js';

const elf: ElfFacts = {
  ...{ bits: 64, order: 'little', machine: 'x86_64', shared: true, dynamic: true },
  loader: '/lib64/ld.so',
};
const { loader: _loader, ...withoutLoader } = elf;
const plain: FileFacts = {
  ...{ path: '/opt/app', mode: 0o100755, uid: 0, gid: 0, capabilities: '', loaderMissing: false },
  elf,
};
const user: Starter = { uid: 1000, gid: 1000, noNewPrivileges: false };
const code = (file: Partial<FileFacts>, worker = true, starter = user, library: ElfFacts | undefined = elf) =>
  judgeLinuxFile({ ...plain, ...file }, worker, starter, library)?.code;

describe('what keeps a library out on Linux', () => {
  it('nothing, for a plain program', () => {
    expect(code({})).to.equal(undefined);
  });

  it('set-user-id to another user; not to the starter, nor where the kernel ignores the bit', () => {
    expect(code({ mode: 0o104755 })).to.equal('PROGRAM-PRIVILEGED');
    expect(code({ mode: 0o104755, uid: 1000 })).to.equal(undefined);
    expect(code({ mode: 0o104755 }, true, { ...user, noNewPrivileges: true })).to.equal(undefined);
    // `env` on the way to a script must not be one, either.
    expect(code({ mode: 0o104755 }, false)).to.equal('PROGRAM-PRIVILEGED');
  });

  it('set-group-id to another group; without the right of the group to execute it means locking', () => {
    expect(code({ mode: 0o102755 })).to.equal('PROGRAM-PRIVILEGED');
    expect(code({ mode: 0o102745 })).to.equal(undefined);
    expect(code({ mode: 0o102755, gid: 1000 })).to.equal(undefined);
  });

  it('capabilities of the file, which give root nothing', () => {
    const file = { ...plain, capabilities: 'cap_net_raw=ep' };
    expect(findPrivilege(file, user)).to.equal('has capabilities (cap_net_raw=ep)');
    expect(findPrivilege(file, { ...user, uid: 0 })).to.equal(undefined);
  });

  it('static linkage, of the program that does the work; the loader itself has no loader and loads', () => {
    expect(code({ elf: withoutLoader })).to.equal('PROGRAM-STATIC');
    expect(code({ elf: withoutLoader }, false)).to.equal(undefined);
    expect(code({ elf: withoutLoader, path: '/lib64/ld-linux-x86-64.so.2' })).to.equal(undefined);
    expect(code({ elf: { ...withoutLoader, shared: false }, path: '/lib/ld-x.so' })).to.equal(
      'PROGRAM-STATIC',
    );
  });

  it('a loader that is not installed', () => {
    expect(code({ loaderMissing: true })).to.equal('PROGRAM-LOADER');
  });

  it('another machine, width or byte order; where the library could not be read the report decides', () => {
    const library = (more: Partial<ElfFacts>) => code({}, true, user, { ...elf, ...more });
    expect(library({ machine: 'aarch64' })).to.equal('PROGRAM-MACHINE');
    expect(library({ bits: 32 })).to.equal('PROGRAM-MACHINE');
    expect(library({ order: 'big' })).to.equal('PROGRAM-MACHINE');
    expect(judgeLinuxFile(plain, true, user, undefined)).to.equal(undefined);
    const { elf: _elf, ...unread } = plain;
    expect(judgeLinuxFile(unread, true, user, elf)).to.equal(undefined);
  });
});
