/**
 * Reads the head of an ELF file, as far as it decides whether a loader can put a library into its process. Pure: bytes
 * come from a reader, so that a large program is not read whole.
 */

/** Bytes of a file; fewer than asked for at its end. */
export type ReadBytes = (offset: number, length: number) => Buffer;

export interface ElfFacts {
  bits: 32 | 64;
  order: 'little' | 'big';
  machine: string;
  /** `ET_DYN`: a shared library, or a program that can lie anywhere. */
  shared: boolean;
  /** The dynamic loader it asks for; absent in static programs, in libraries and in the loader itself. */
  loader?: string;
  /** Has a dynamic section: not so for what `-static` links. */
  dynamic: boolean;
}

const MACHINES: Partial<Record<number, string>> = {
  3: 'i386',
  8: 'mips',
  20: 'ppc',
  21: 'ppc64',
  22: 's390',
  40: 'arm',
  62: 'x86_64',
  183: 'aarch64',
  243: 'riscv',
  258: 'loongarch',
};

const PT_LOAD = 1;
const PT_DYNAMIC = 2;
const PT_INTERP = 3;
const ET_EXEC = 2;
const ET_DYN = 3;
/** No linker writes more; a number above it is damage. */
const MOST_SEGMENTS = 4096;
const LONGEST_PATH = 4096;

/** The facts; `undefined` for what is no ELF program or library, a cut one included. */
export function readElf(read: ReadBytes): ElfFacts | undefined {
  const head = read(0, 64);
  if (head.length < 52 || head.readUInt32BE(0) !== 0x7f454c46) return undefined;
  const wide = head[4] === 2;
  if ((!wide && head[4] !== 1) || (wide && head.length < 64)) return undefined;
  const little = head[5] === 1;
  if (!little && head[5] !== 2) return undefined;
  const half = (bytes: Buffer, at: number): number =>
    little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at);
  const word = (bytes: Buffer, at: number): number =>
    little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
  const address = (bytes: Buffer, at: number): number =>
    wide ? Number(little ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at)) : word(bytes, at);

  const type = half(head, 16);
  if (type !== ET_EXEC && type !== ET_DYN) return undefined;
  const code = half(head, 18);
  const table = address(head, wide ? 32 : 28);
  const entry = half(head, wide ? 54 : 42);
  const count = half(head, wide ? 56 : 44);
  if (entry < (wide ? 56 : 32) || count > MOST_SEGMENTS || !Number.isSafeInteger(table)) return undefined;
  const segments = read(table, entry * count);
  if (segments.length < entry * count) return undefined;

  const facts: ElfFacts = {
    bits: wide ? 64 : 32,
    order: little ? 'little' : 'big',
    machine: MACHINES[code] ?? `machine ${code}`,
    shared: type === ET_DYN,
    dynamic: false,
  };
  for (let i = 0; i < count; i += 1) {
    const segment = segments.subarray(i * entry, (i + 1) * entry);
    const kind = word(segment, 0);
    const offset = address(segment, wide ? 8 : 4);
    const size = address(segment, wide ? 32 : 16);
    if (kind === PT_DYNAMIC) facts.dynamic = true;
    if (kind === PT_LOAD && size > 0) {
      const last = offset + size - 1;
      // Mapped all the same, and the process dies of SIGBUS when it gets there.
      if (!Number.isSafeInteger(last) || read(last, 1).length === 0) return undefined;
    }
    if (kind !== PT_INTERP) continue;
    if (!Number.isSafeInteger(offset) || size > LONGEST_PATH) return undefined;
    facts.loader = read(offset, size).toString('latin1').replace(/\0.*$/s, '');
  }
  return facts;
}

/** `64-bit x86_64`, as in a message. */
export function describeElf(facts: ElfFacts): string {
  return `${facts.bits}-bit ${facts.machine}${facts.order === 'big' ? ' (big-endian)' : ''}`;
}

/** Whether a loader of a program's kind can load a library. */
export function canLoad(program: ElfFacts, library: ElfFacts): boolean {
  return (
    program.bits === library.bits && program.order === library.order && program.machine === library.machine
  );
}
