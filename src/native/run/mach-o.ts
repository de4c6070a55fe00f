/**
 * Reads the head of a Mach-O file, thin or universal, as far as it decides whether dyld would insert a library. Pure.
 * Made from the published headers of the format and tried on files of a cross linker: none of this has met a Mac.
 */
import type { ReadBytes } from './elf.js';

export interface MachOSlice {
  /** `arm64`, `arm64e`, `x86_64`, else `cpu <number>`. */
  cpu: string;
  /** Names a dynamic loader: without one nothing is inserted. */
  dynamic: boolean;
  /** Has a segment `__RESTRICT`: dyld then ignores DYLD_ variables. */
  restricted: boolean;
}

const FAT = 0xcafebabe;
const FAT_64 = 0xcafebabf;
const LC_LOAD_DYLINKER = 0xe;
const LC_SEGMENT_64 = 0x19;
const ARM64 = 0x0100000c;
const X86_64 = 0x01000007;
const ARM64E = 2;
/** A Java class file begins like a universal one, and has its version where that has the number of slices. */
const MOST_SLICES = 30;
const MOST_COMMAND_BYTES = 1 << 20;

/** The slices; `undefined` for what is no Mach-O file, a cut one included. */
export function readMachO(read: ReadBytes): MachOSlice[] | undefined {
  const head = read(0, 8);
  if (head.length < 8) return undefined;
  const magic = head.readUInt32BE(0);
  if (magic !== FAT && magic !== FAT_64) {
    const slice = readSlice(read, 0);
    return slice === undefined ? undefined : [slice];
  }
  const count = head.readUInt32BE(4);
  if (count === 0 || count > MOST_SLICES) return undefined;
  const size = magic === FAT ? 20 : 32;
  const table = read(8, size * count);
  if (table.length < size * count) return undefined;
  const slices: MachOSlice[] = [];
  for (let i = 0; i < count; i += 1) {
    const at = i * size + 8;
    const offset = magic === FAT ? table.readUInt32BE(at) : Number(table.readBigUInt64BE(at));
    const slice = Number.isSafeInteger(offset) ? readSlice(read, offset) : undefined;
    if (slice === undefined) return undefined;
    slices.push(slice);
  }
  return slices;
}

function readSlice(read: ReadBytes, start: number): MachOSlice | undefined {
  const head = read(start, 32);
  if (head.length < 32 || head.readUInt32LE(0) !== 0xfeedfacf) return undefined;
  const cpuType = head.readUInt32LE(4);
  const subtype = head.readUInt32LE(8) & 0x00ffffff;
  const count = head.readUInt32LE(16);
  const bytes = head.readUInt32LE(20);
  if (bytes > MOST_COMMAND_BYTES) return undefined;
  const commands = read(start + 32, bytes);
  if (commands.length < bytes) return undefined;
  const slice: MachOSlice = { cpu: nameCpu(cpuType, subtype), dynamic: false, restricted: false };
  let at = 0;
  for (let i = 0; i < count; i += 1) {
    if (at + 8 > bytes) return undefined;
    const kind = commands.readUInt32LE(at);
    const size = commands.readUInt32LE(at + 4);
    if (size < 8 || at + size > bytes) return undefined;
    if (kind === LC_LOAD_DYLINKER) slice.dynamic = true;
    if (kind === LC_SEGMENT_64 && size >= 24) {
      const name = commands.toString('latin1', at + 8, at + 24).replace(/\0.*$/s, '');
      if (name === '__RESTRICT') slice.restricted = true;
    }
    at += size;
  }
  return slice;
}

function nameCpu(type: number, subtype: number): string {
  if (type === ARM64) return subtype === ARM64E ? 'arm64e' : 'arm64';
  return type === X86_64 ? 'x86_64' : `cpu ${type}`;
}

/** `x86_64, arm64`, as in a message. */
export function nameCpus(slices: readonly MachOSlice[]): string {
  return slices.map((slice) => slice.cpu).join(', ');
}

/** Whether dyld could find a slice of the library for the one of the program that runs. */
export function shareCpu(program: readonly MachOSlice[], library: readonly MachOSlice[]): boolean {
  return program.some(({ cpu }) => library.some((slice) => slice.cpu === cpu));
}
