import { expect } from 'chai';
import fc from 'fast-check';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProcess } from '../../../src/host/processes.js';
import { readMachO, type MachOFile } from '../../../src/native/inspect/macho.js';
import type { MachOImage } from '../../../src/native/inspect/macho-image.js';
import { checkMachO, type ExpectedLibrary } from '../../../src/native/inspect/macho-checks.js';
import { toolEnvironment } from '../../../src/native/toolchain.js';
import { makeDylibLab, type DylibLab } from '../dylib-lab.js';

const expected: ExpectedLibrary = {
  architectures: ['arm64'],
  functions: ['thing_call', 'thing_read'],
  macho: {
    installName: '@rpath/libthing.dylib',
    minimumMacOS: '13.0',
    constructors: 1,
    interposes: ['getenv'],
  },
};

describe('reading Mach-O files', function () {
  this.timeout(60_000);
  let lab: DylibLab;
  let paths: { thin: string; fat: string };
  let thin: Buffer;
  let fat: Buffer;
  before(async () => {
    lab = await makeDylibLab();
    const [one, both] = await Promise.all([lab.build('thin'), lab.build('fat')]);
    paths = { thin: join(one.folder, 'libthing.dylib'), fat: join(both.folder, 'libthing.dylib') };
    [thin, fat] = await Promise.all([readFile(paths.thin), readFile(paths.fat)]);
  });
  after(() => lab.remove());

  const read = (bytes: Buffer): MachOFile => {
    const file = readMachO(bytes);
    if ('fault' in file) throw new Error(file.fault);
    return file;
  };
  const fault = (bytes: Buffer): string => {
    const file = readMachO(bytes);
    return 'fault' in file ? file.fault : 'none';
  };
  const withoutBytes = (image: MachOImage | undefined) => ({
    ...image,
    sections: image?.sections.map((section) => ({ ...section, bytes: section.bytes?.raw.toString('hex') })),
  });
  const patch = (bytes: Buffer, change: (copy: Buffer) => void): Buffer => {
    const copy = Buffer.from(bytes);
    change(copy);
    return copy;
  };
  /** Where the load command of a kind begins in a thin file. */
  const commandAt = (bytes: Buffer, kind: number): number => {
    for (let at = 32; at < 32 + bytes.readUInt32LE(20); at += bytes.readUInt32LE(at + 4)) {
      if (bytes.readUInt32LE(at) === kind) return at;
    }
    throw new Error('no such command');
  };
  const failing = (bytes: Buffer, more: Partial<ExpectedLibrary> = {}): string[] =>
    checkMachO('l', bytes, { ...expected, ...more })
      .filter((check) => check.state !== 'holds')
      .map(({ check, state, detail }) => `${check}: ${state}: ${detail}`);
  const ask = async (...command: string[]): Promise<string> => {
    const ran = await runProcess({
      command,
      cwd: '/',
      env: toolEnvironment(),
      keepStdin: false,
      timeoutSeconds: 20,
    });
    if (ran.exit !== 0) throw new Error(`${command.join(' ')}: ${ran.startError ?? ran.stderr}`);
    return ran.stdout;
  };

  it('what it reads is what LLVM reads, of both processors', async () => {
    const { images } = read(fat);
    expect(images.map((image) => image.cpuType)).to.have.members([0x0100000c, 0x01000007]);
    for (const image of images) {
      const name = image.cpuType === 0x0100000c ? 'arm64' : 'x86_64';
      const alone = join(lab.root, name);
      await ask('llvm-lipo-19', paths.fat, '-thin', name, '-output', alone);
      const commands = await ask('llvm-otool-19', '-l', alone);
      expect(image.installName).to.equal(/LC_ID_DYLIB\n.*\n\s+name (\S+)/.exec(commands)?.[1]);
      expect(image.target?.minimum).to.equal(/minos (\S+)/.exec(commands)?.[1]);
      expect(image.dependencies).to.deep.equal(
        [...commands.matchAll(/LC_LOAD_DYLIB\n.*\n\s+name (\S+)/g)].map((match) => match[1]),
      );
      const pattern =
        /sectname (\S+)\n\s+segname (\S+)\n\s+addr 0x(\w+)\n\s+size 0x(\w+)\n[^]*?flags 0x(\w+)/g;
      const sections = [...commands.matchAll(pattern)].map(([, section, segment, ...numbers]) => [
        `${segment},${section}`,
        ...numbers.map((number) => parseInt(number, 16)),
      ]);
      expect(
        image.sections.map((s) => [`${s.segment},${s.name}`, s.address, s.size, s.flags >>> 0]),
      ).to.deep.equal(sections);
      const trie = await ask('llvm-objdump-19', '--macho', '--exports-trie', alone);
      const exported = [...trie.matchAll(/^0x(\w+)\s+(\S+)$/gm)].map((m) => [m[2], parseInt(m[1] ?? '', 16)]);
      expect(image.exports.map((symbol) => [symbol.name, symbol.address])).to.have.deep.members(exported);
      const fixups = await ask('llvm-objdump-19', '--macho', '--chained-fixups', alone);
      expect(image.imports).to.deep.equal(
        [...fixups.matchAll(/name_offset = \d+ \(([^)]+)\)/g)].map((match) => match[1]),
      );
    }
  });

  it('a thin file is one image, the same as in the fat file of both', () => {
    expect(read(thin).fat).to.equal(false);
    const [image] = read(thin).images;
    const twin = read(fat).images.find((other) => other.cpuType === 0x0100000c);
    expect(withoutBytes(twin)).to.deep.equal(withoutBytes(image));
    expect(image!.signature).to.include({ adHoc: true, pageSize: 4096 });
    expect(failing(thin)).to.deep.equal([]);
    expect(failing(fat, { architectures: ['arm64', 'x86_64'] })).to.deep.equal([]);
  });

  it('a changed byte on any page makes the signature fail', () => {
    const { pageSize } = read(thin).images[0]!.signature!;
    const end = thin.readUInt32LE(commandAt(thin, 0x1d) + 8);
    // Padding of the last page before __LINKEDIT, code, and the last byte that is covered.
    for (const at of [0x4000 - 8, thin.indexOf('getenv'), end - 1]) {
      const page = Math.floor(at / pageSize) * pageSize;
      const broken = patch(thin, (copy) => (copy[at]! ^= 0x01));
      expect(failing(broken).at(-1)).to.match(
        new RegExp(
          `^signature: fails: arm64: the hash of 1 of \\d+ pages is wrong, first of the one at 0x${page.toString(16)}$`,
        ),
      );
    }
  });

  it('a signature that leaves bytes out, or is no ad-hoc one, fails', () => {
    const at =
      thin.readUInt32LE(commandAt(thin, 0x1d) + 8) +
      thin.readUInt32BE(thin.readUInt32LE(commandAt(thin, 0x1d) + 8) + 16);
    const shorter = patch(thin, (copy) => copy.writeUInt32BE(copy.readUInt32BE(at + 32) - 4096, at + 32));
    expect(failing(shorter)[0]).to.match(
      /^signature: fails: arm64: covers \d+ of the \d+ bytes before it; arm64: has \d+ pages for \d+ bytes/,
    );
    const flags = patch(thin, (copy) => copy.writeUInt32BE(0, at + 12));
    expect(failing(flags)[0]).to.match(/not an ad-hoc signature$/);
    const sha1 = patch(thin, (copy) => copy.writeUInt8(1, at + 37));
    expect(failing(sha1)[0]).to.match(/has hashes of type 1, not SHA-256$/);
    const none = patch(thin, (copy) => copy.writeUInt32BE(0, at));
    expect(failing(none)[0]).to.match(/has no code directory/);
  });

  it('arm64e is refused, patched in or asked for', () => {
    const subtype = patch(thin, (copy) => copy.writeUInt32LE(2, 8));
    expect(failing(subtype)[0]).to.match(
      /^architectures: fails: architecture arm64 missing; architecture arm64e too many; arm64e is refused/,
    );
    const versioned = patch(thin, (copy) => copy.writeUInt32LE(0x80000002, 8));
    expect(failing(versioned)[0]).to.contain('arm64e is refused');
    expect(failing(subtype, { architectures: ['arm64e'] })[0]).to.match(
      /^architectures: fails: arm64e is refused/,
    );
    const capability = patch(thin, (copy) => copy.writeUInt32LE(0x01000000, 8));
    expect(failing(capability)[0]).to.contain('processor 0x0100000c/0x1000000 too many');
  });

  it('a missing or further processor, and a program in place of a library, fail', () => {
    expect(failing(thin, { architectures: ['arm64', 'x86_64'] })).to.deep.equal([
      'architectures: fails: architecture x86_64 missing',
    ]);
    expect(failing(fat)[0]).to.equal('architectures: fails: architecture x86_64 too many');
    expect(failing(patch(thin, (copy) => copy.writeUInt32LE(2, 12)))[0]).to.contain(
      'file type 2, not a dynamic',
    );
  });

  it('macOS 12 and other platforms fail', () => {
    const at = commandAt(thin, 0x32);
    expect(failing(patch(thin, (copy) => copy.writeUInt32LE(12 << 16, at + 12)))[0]).to.equal(
      'minimum macOS: fails: arm64: 12.0, not 13.0',
    );
    expect(failing(patch(thin, (copy) => copy.writeUInt32LE(2, at + 8)))[0]).to.contain(
      'for platform 2, not macOS',
    );
    const nameless = patch(thin, (copy) => copy.writeUInt32LE(0x7fff, at));
    expect(failing(nameless)[0]).to.equal('minimum macOS: fails: arm64: names no platform and no version');
  });

  it('a constructor that lies outside the code fails', () => {
    const section = read(thin).images[0]!.sections.find((s) => s.name === '__init_offsets')!;
    const broken = patch(thin, (copy) => copy.writeUInt32LE(0x3ffc, section.address));
    expect(failing(broken)[0]).to.equal('constructors: fails: arm64: 0x3ffc is outside the code');
  });

  it('an export that lies outside the code, or whose name no C program looks for, fails', () => {
    const trie = thin.readUInt32LE(commandAt(thin, 0x80000033) + 8);
    const name = thin.indexOf('_thing_', trie);
    expect(name - trie).to.be.within(0, 64);
    const nameless = patch(thin, (copy) => copy.write('x', name));
    expect(failing(nameless)[0]).to.match(
      /^exports: fails: arm64: export thing_call, thing_read missing; arm64: export xthing_\w+ \(without an underscore\)/,
    );
    const { address } = read(thin).images[0]!.exports.find((symbol) => symbol.name === '_thing_read')!;
    const written = Buffer.from([(address & 0x7f) | 0x80, address >> 7]);
    const astray = patch(thin, (copy) => {
      copy.set([0x80 | 0x20, 0], copy.indexOf(written, trie));
    });
    expect(failing(astray)[0]).to.equal('exports: fails: arm64: _thing_read at 0x20 is outside the code');
  });

  it('bytes behind the signature fail: nothing vouches for them', () => {
    expect(failing(Buffer.concat([thin, Buffer.from('more')]))).to.deep.equal([
      'signature: fails: arm64: has 4 bytes behind it, which it does not cover',
    ]);
  });

  it('a file cut off anywhere fails, and nothing about it holds', () => {
    for (let length = 0; length < thin.length; length += 97) {
      const checks = checkMachO('l', thin.subarray(0, length), expected);
      expect(
        checks.some((check) => check.state === 'holds'),
        `at ${length}`,
      ).to.equal(false);
      expect(checks[0]!.state).to.equal('fails');
    }
    expect(fault(thin.subarray(0, thin.length - 1))).to.match(/cut short or damaged$/);
    for (const length of [0, 3, 4, 8, 27, 48, fat.length / 2, fat.length - 1]) {
      expect(fault(fat.subarray(0, length)), `at ${length}`).not.to.equal('none');
    }
  });

  it('what is no Mach-O file is said to be none', () => {
    expect(fault(Buffer.from('#!/bin/sh\n'))).to.match(/begins with 0x23212f62: no Mach-O/);
    expect(fault(Buffer.from('cafebabe0000003d', 'hex'))).to.equal(
      'it says it holds 61 images: no fat Mach-O file',
    );
    expect(fault(Buffer.from('feedface00000000', 'hex'))).to.contain('no Mach-O file of 64 bits');
  });

  it('a fat file whose parts do not fit is said to be damaged', () => {
    expect(
      fault(
        patch(fat, (copy) => copy.writeUInt32BE(0x01000007, copy.readUInt32BE(8) === 0x01000007 ? 28 : 8)),
      ),
    ).to.match(/for another processor|lies over/);
    expect(fault(patch(fat, (copy) => copy.writeUInt32BE(copy.readUInt32BE(16), 36)))).to.match(
      /lies over|cut short/,
    );
    expect(fault(patch(fat, (copy) => copy.writeUInt32BE(30, 24)))).to.match(/no multiple of 2\^30$/);
    expect(fault(patch(fat, (copy) => copy.writeUInt32BE(0, copy.readUInt32BE(16))))).to.match(
      /no Mach-O image/,
    );
  });

  it('exports that run in a circle or have no end are said to be damaged', () => {
    const at = thin.readUInt32LE(commandAt(thin, 0x80000033) + 8);
    const circle = Buffer.from([0x00, 0x01, 0x61, 0x00, 0x00]);
    expect(fault(patch(thin, (copy) => circle.copy(copy, at)))).to.equal('the exports lead to byte 0 twice');
    expect(fault(patch(thin, (copy) => copy.fill(0xff, at, at + 16)))).to.match(/too large|cut short/);
    const nameless = Buffer.from([0x00, 0x01, 0x00, 0x05, 0x00, 0x00, 0x00]);
    expect(fault(patch(thin, (copy) => nameless.copy(copy, at)))).to.match(/edge without letters at byte 2$/);
  });

  it('damaged bytes never pass: the signature covers every byte of the image before it', () => {
    const covered = thin.readUInt32LE(commandAt(thin, 0x1d) + 8);
    fc.assert(
      fc.property(fc.nat(covered - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        expect(failing(patch(thin, (copy) => (copy[at]! ^= flip)))).not.to.deep.equal([]);
      }),
      {
        numRuns: 300,
        seed: 4,
        examples: [
          [0, 1],
          [covered - 1, 255],
        ],
      },
    );
  });
});
