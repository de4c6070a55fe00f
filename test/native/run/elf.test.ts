import { expect } from 'chai';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { canLoad, describeElf, readElf, type ReadBytes } from '../../../src/native/run/elf.js';
import { findNamedLibrary, refuseForeign } from '../../../src/native/run/injected-library.js';
import { readPart } from '../../../src/native/run/program-files.js';

/** A library of this process, as the kernel lists it. */
const library = /\/\S+\/libc\.so\S*$/m.exec(readFileSync('/proc/self/maps', 'utf8'))?.[0] ?? 'none';

const from =
  (bytes: Buffer): ReadBytes =>
  (offset, length) =>
    bytes.subarray(offset, offset + length);

const PT_LOAD = 1;
const PT_DYNAMIC = 2;
const PT_INTERP = 3;
const LOADER = '/lib/ld.so.1\0';

interface Made {
  wide: boolean;
  little: boolean;
  /** Kinds of segments, each the whole file but the loader's. */
  segments: number[];
  type?: number;
}

/** The smallest file with these segments. */
function make({ wide, little, segments, type = 3 }: Made): Buffer {
  const header = wide ? 64 : 52;
  const entry = wide ? 56 : 32;
  const bytes = Buffer.alloc(header + entry * segments.length + LOADER.length);
  const put = (at: number, width: 2 | 4 | 8, value: number): void => {
    const number = Buffer.alloc(8);
    number.writeUInt32BE(value, 4);
    const digits = number.subarray(8 - width);
    (little ? digits.reverse() : digits).copy(bytes, at);
  };
  bytes.write('\x7fELF', 0, 'latin1');
  bytes[4] = wide ? 2 : 1;
  bytes[5] = little ? 1 : 2;
  put(16, 2, type);
  put(18, 2, 20);
  put(wide ? 32 : 28, wide ? 8 : 4, header);
  put(wide ? 54 : 42, 2, entry);
  put(wide ? 56 : 44, 2, segments.length);
  segments.forEach((kind, i) => {
    const at = header + i * entry;
    const [offset, size] =
      kind === PT_INTERP ? [bytes.length - LOADER.length, LOADER.length] : [0, bytes.length];
    put(at, 4, kind);
    put(at + (wide ? 8 : 4), wide ? 8 : 4, offset);
    put(at + (wide ? 32 : 16), wide ? 8 : 4, size);
  });
  bytes.write(LOADER, bytes.length - LOADER.length, 'latin1');
  return bytes;
}

describe('reading the head of an ELF file', () => {
  const real = readFileSync(library);

  it('a real library is shared and dynamic, and this process loads it', () => {
    const facts = readElf(from(real));
    expect(facts).to.include({ shared: true, dynamic: true });
    expect(readPart(library, readElf)).to.deep.equal(facts);
    const own = readPart(process.execPath, readElf);
    expect(own).to.include({ dynamic: true }).and.have.property('loader');
    expect(canLoad(own!, facts!)).to.equal(true);
  });

  for (const wide of [true, false]) {
    for (const little of [true, false]) {
      it(`${wide ? 64 : 32} bits, ${little ? 'little' : 'big'}-endian`, () => {
        const facts = readElf(from(make({ wide, little, segments: [PT_LOAD, PT_INTERP, PT_DYNAMIC] })));
        expect(facts).to.deep.equal({
          ...{ bits: wide ? 64 : 32, order: little ? 'little' : 'big', machine: 'ppc' },
          ...{ shared: true, dynamic: true, loader: '/lib/ld.so.1' },
        });
        expect(describeElf(facts!)).to.equal(`${wide ? 64 : 32}-bit ppc${little ? '' : ' (big-endian)'}`);
      });
    }
  }

  it('without a loader and a dynamic section it is static', () => {
    const facts = readElf(from(make({ wide: true, little: true, segments: [PT_LOAD], type: 2 })));
    expect(facts).to.include({ shared: false, dynamic: false }).and.not.have.property('loader');
  });

  it('an object file, a text and an empty file are none', () => {
    expect(readElf(from(make({ wide: true, little: true, segments: [], type: 1 })))).to.equal(undefined);
    expect(readElf(from(Buffer.from('#!/bin/sh\n'.padEnd(80))))).to.equal(undefined);
    expect(readElf(from(Buffer.alloc(0)))).to.equal(undefined);
  });

  it('a file that was cut anywhere is none, since a process dies where it is mapped', () => {
    const whole = make({ wide: true, little: true, segments: [PT_LOAD, PT_INTERP] });
    for (let length = 0; length < whole.length; length += 1) {
      expect(readElf(from(whole.subarray(0, length))), `${length} bytes`).to.equal(undefined);
    }
    expect(readElf(from(real.subarray(0, real.length >> 1)))).to.equal(undefined);
  });

  it('damage is never an exception', () => {
    const whole = make({ wide: true, little: true, segments: [PT_LOAD, PT_INTERP, PT_DYNAMIC] });
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length - 1), (at, value, other) => {
        const damaged = Buffer.from(whole);
        damaged[at] = value;
        damaged[other] = 255;
        readElf(from(damaged));
      }),
    );
  });
});

describe('the library behind --library', () => {
  const named = (name: string): unknown => {
    try {
      return findNamedLibrary(name, '/');
    } catch (error) {
      return error;
    }
  };

  it('is one that the loader takes: no folder, no text, no missing file', () => {
    expect(named(library)).to.deep.include({ runtimes: [] }).and.have.property('path');
    expect(named('/etc')).to.include({ code: 'LIBRARY-KIND', exit: 2 });
    expect(named('/dev/null')).to.include({ code: 'LIBRARY-KIND' });
    expect(named('/etc/passwd')).to.include({ code: 'LIBRARY-KIND' });
    expect(named('/no/such.so')).to.include({ code: 'LIBRARY-MISSING', exit: 2 });
  });

  it('is one for this system', () => {
    expect(() => {
      refuseForeign(library, 'libc.so', 'darwin');
    }).to.throw(/^libc\.so: is a library for Linux \(ELF\)/);
    expect(() => {
      refuseForeign(library, 'libc.so', 'linux');
    }).to.not.throw();
  });
});
