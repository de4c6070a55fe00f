/** Reads what dyld reads when it links an image: the trie of its exports, the imports of its chained fixups. */
import { Malformed, readUleb, type Bytes } from './bytes.js';

export interface Export {
  /** As the linker knows it, with the leading underscore. */
  name: string;
  /** Offset from the image's start; 0 for a re-export. */
  address: number;
  /** The symbol is another library's, handed on. */
  reexport: boolean;
}

const REEXPORT = 0x8;
const LONGEST_NAME = 4096;

/** Every exported symbol, in the trie's order. */
export function readExportsTrie(trie: Bytes): Export[] {
  const found: Export[] = [];
  const seen = new Set<number>();
  const walk = (at: number, prefix: string): void => {
    // A node that is reached twice is a loop or a damaged offset: a trie has one way to each.
    if (seen.has(at)) throw new Malformed(`the exports lead to byte ${at} twice`);
    if (prefix.length > LONGEST_NAME)
      throw new Malformed(`the exports have a name of ${prefix.length} letters`);
    seen.add(at);
    const terminal = readUleb(trie, at);
    if (terminal.value > 0) found.push(readExport(trie, terminal.next, prefix));
    let next = terminal.next + terminal.value;
    for (let children = trie.u8(next++); children > 0; children -= 1) {
      const edge = trie.text(next);
      // Without it a chain of them would be followed as deep as the file is long.
      if (edge === '') throw new Malformed(`the exports have an edge without letters at byte ${next}`);
      const child = readUleb(trie, next + Buffer.byteLength(edge) + 1);
      next = child.next;
      walk(child.value, prefix + edge);
    }
  };
  // An image that exports nothing has no trie.
  if (trie.length > 0) walk(0, '');
  return found;
}

function readExport(trie: Bytes, at: number, name: string): Export {
  const flags = readUleb(trie, at);
  const reexport = (flags.value & REEXPORT) !== 0;
  return { name, reexport, address: reexport ? 0 : readUleb(trie, flags.next).value };
}

/** Formats of an import: a word, a word and an addend, two words and an addend. */
const SIZES: Partial<Record<number, number>> = { 1: 4, 2: 8, 3: 16 };

/** Names of the imported symbols; a bind in a chain names one by its index. */
export function readImports(fixups: Bytes): string[] {
  const [imports, symbols, count, format] = [8, 12, 16, 20].map((at) => fixups.u32(at)) as [
    number,
    number,
    number,
    number,
  ];
  const size = SIZES[format];
  if (size === undefined) throw new Malformed(`chained fixups have imports of an unknown format, ${format}`);
  fixups.part(imports, count * size, 'the imports');
  return Array.from({ length: count }, (_, i) => {
    const at = imports + i * size;
    const offset = format === 3 ? fixups.u32(at + 4) : fixups.u32(at) >>> 9;
    return fixups.text(symbols + offset);
  });
}

/**
 * The import that a pointer in a chain is bound to; null where it is none. For the plain 64-bit formats of chained
 * fixups, which arm64 and x86_64 use: the highest bit says bind, the lowest 24 are the index.
 */
export function boundImport(section: Bytes, at: number, imports: readonly string[]): string | null {
  const isBind = section.u8(at + 7) >= 0x80;
  return isBind ? (imports[section.u32(at) & 0xffffff] ?? null) : null;
}
