/**
 * Reads Mach-O files: thin ones, and fat ones that hold several. Contract: a file that is cut short, garbage or
 * inconsistent is one line that says where, never a half-read image.
 */
import { Malformed, readBytes, type Bytes } from './bytes.js';
import { readImage, type MachOImage } from './macho-image.js';

export interface MachOFile {
  /** True: a fat file, whatever the number of images. */
  fat: boolean;
  images: MachOImage[];
}

/** A 64-bit image of the byte order of every Mac since 2006. */
const THIN = 0xfeedfacf;
const FAT = 0xcafebabe;
const FAT_64 = 0xcafebabf;
/** Java's class files begin as fat files do; their version stands where the count would, and is 45 at least. */
const MOST_IMAGES = 16;

/** The images of a Mach-O file, or why it is none. */
export function readMachO(file: Buffer): MachOFile | { fault: string } {
  try {
    if (file.length < 4) throw new Malformed(`it has ${file.length} bytes: no Mach-O file`);
    if (file.readUInt32LE(0) === THIN) {
      return { fat: false, images: [readImage(readBytes(file, false, 'the file'))] };
    }
    const magic = file.readUInt32BE(0);
    if (magic === FAT || magic === FAT_64) return readFat(file, magic === FAT_64);
    throw new Malformed(`it begins with 0x${magic.toString(16).padStart(8, '0')}: no Mach-O file of 64 bits`);
  } catch (error) {
    if (error instanceof Malformed) return { fault: error.message };
    throw error;
  }
}

/** Whether a file claims to be Mach-O; it may still be broken. */
export function looksLikeMachO(file: Buffer): boolean {
  if (file.length < 4) return false;
  return file.readUInt32LE(0) === THIN || [FAT, FAT_64].includes(file.readUInt32BE(0));
}

function readFat(file: Buffer, wide: boolean): MachOFile {
  const whole = readBytes(file, true, 'the file');
  const count = whole.u32(4);
  if (count === 0 || count > MOST_IMAGES)
    throw new Malformed(`it says it holds ${count} images: no fat Mach-O file`);
  const images: MachOImage[] = [];
  const taken: { from: number; to: number }[] = [{ from: 0, to: 8 + count * (wide ? 32 : 20) }];
  for (let i = 0; i < count; i += 1) {
    const entry = readEntry(whole, 8 + i * (wide ? 32 : 20), wide);
    const { cpuType, cpuSubtype, offset, size, alignment } = entry;
    const name = `image ${i + 1}`;
    const bytes = whole.part(offset, size, name);
    if (taken.some(({ from, to }) => offset < to && from < offset + size)) {
      throw new Malformed(`${name} lies over another part of the file`);
    }
    if (alignment > 31 || offset % 2 ** alignment !== 0) {
      throw new Malformed(`${name} begins at ${offset}, which is no multiple of 2^${alignment}`);
    }
    taken.push({ from: offset, to: offset + size });
    if (size < 4 || bytes.raw.readUInt32LE(0) !== THIN)
      throw new Malformed(`${name} is no Mach-O image of 64 bits`);
    const image = readImage(readBytes(bytes.raw, false, name));
    if (image.cpuType !== cpuType || image.cpuSubtype !== cpuSubtype) {
      throw new Malformed(`${name} is for another processor than the fat header says`);
    }
    images.push(image);
  }
  return { fat: true, images };
}

interface FatEntry {
  cpuType: number;
  cpuSubtype: number;
  offset: number;
  size: number;
  alignment: number;
}

function readEntry(whole: Bytes, at: number, wide: boolean): FatEntry {
  const [cpuType, cpuSubtype] = [whole.u32(at), whole.u32(at + 4)];
  return wide
    ? {
        cpuType,
        cpuSubtype,
        offset: whole.u64(at + 8),
        size: whole.u64(at + 16),
        alignment: whole.u32(at + 24),
      }
    : {
        cpuType,
        cpuSubtype,
        offset: whole.u32(at + 8),
        size: whole.u32(at + 12),
        alignment: whole.u32(at + 16),
      };
}
