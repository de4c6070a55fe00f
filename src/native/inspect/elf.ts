/**
 * Reads what a 64-bit little-endian ELF file exports and which libraries it needs. A file that is none is one line that
 * says why, and needs nothing.
 */
import { Malformed, readBytes, type Bytes } from './bytes.js';

const DYNAMIC = 6;
const NEEDED = 1;
const DYNAMIC_SYMBOLS = 11;
const ENTRY = 24;
const GLOBAL_OR_WEAK = [1, 2, 10];
const VISIBLE = [0, 3];

/** Names of the defined symbols that other libraries can bind to, sorted. */
export function readElfExports(file: Buffer): string[] | { fault: string } {
  try {
    const { bytes, sections } = readFile(file);
    const table = sections.find((section) => section.type === DYNAMIC_SYMBOLS);
    if (table === undefined) throw new Malformed('it has no table of dynamic symbols');
    const names = sections[table.link];
    if (names === undefined) throw new Malformed('its dynamic symbols have no names');
    const symbols = bytes.part(table.offset, table.size, 'the dynamic symbols');
    const texts = bytes.part(names.offset, names.size, 'the names of the dynamic symbols');
    const found: string[] = [];
    for (let at = ENTRY; at + ENTRY <= symbols.length; at += ENTRY) {
      const isDefined = symbols.u16(at + 6) !== 0;
      const isBound = GLOBAL_OR_WEAK.includes(symbols.u8(at + 4) >> 4);
      const isVisible = VISIBLE.includes(symbols.u8(at + 5) & 3);
      if (isDefined && isBound && isVisible) found.push(texts.text(symbols.u32(at)));
    }
    return found.sort();
  } catch (error) {
    if (error instanceof Malformed) return { fault: error.message };
    throw error;
  }
}

/** Names of the libraries that the loader has to load for it. */
export function readElfNeeded(file: Buffer): string[] {
  try {
    const { bytes, sections } = readFile(file);
    const table = sections.find((section) => section.type === DYNAMIC);
    const names = table && sections[table.link];
    if (table === undefined || names === undefined) return [];
    const entries = bytes.part(table.offset, table.size, 'the dynamic section');
    const texts = bytes.part(names.offset, names.size, 'the names of the dynamic section');
    const found: string[] = [];
    for (let at = 0; at + 16 <= entries.length; at += 16) {
      if (entries.u64(at) === NEEDED) found.push(texts.text(entries.u64(at + 8)));
    }
    return found;
  } catch (error) {
    if (error instanceof Malformed) return [];
    throw error;
  }
}

function readFile(file: Buffer): { bytes: Bytes; sections: ReturnType<typeof readSections> } {
  const bytes = readBytes(file, false, 'the file');
  if (file.length < 64 || bytes.u32(0) !== 0x464c457f)
    throw new Malformed('it does not begin as an ELF file does');
  if (bytes.u8(4) !== 2 || bytes.u8(5) !== 1)
    throw new Malformed('it is no ELF file of 64 bits, low byte first');
  return { bytes, sections: readSections(bytes) };
}

/** Whether a file claims to be ELF. */
export function looksLikeElf(file: Buffer): boolean {
  return file.length >= 4 && file.readUInt32BE(0) === 0x7f454c46;
}

function readSections(bytes: Bytes): { type: number; link: number; offset: number; size: number }[] {
  const [start, size, count] = [bytes.u64(40), bytes.u16(58), bytes.u16(60)];
  if (size < 64) throw new Malformed('it has no section headers');
  return Array.from({ length: count }, (_, i) => {
    const header = bytes.part(start + i * size, size, 'the section headers');
    return { type: header.u32(4), link: header.u32(40), offset: header.u64(24), size: header.u64(32) };
  });
}
