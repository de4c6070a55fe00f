/** Reads one Mach-O image: its header, its load commands, and what they point to. Throws only `Malformed`. */
import { Malformed, type Bytes } from './bytes.js';
import { readExportsTrie, readImports, type Export } from './macho-linkedit.js';
import { readSignature, type Signature } from './macho-signature.js';

export interface Section {
  segment: string;
  name: string;
  address: number;
  size: number;
  /** Type in the lowest byte, attributes above. */
  flags: number;
  /** Empty where the section has no bytes in the file. */
  bytes: Bytes | null;
}

export interface MachOImage {
  cpuType: number;
  cpuSubtype: number;
  /** 6 is a dynamic library. */
  fileType: number;
  installName: string | null;
  /** Platform number and lowest version, `13.0`; 1 is macOS. */
  target: { platform: number; minimum: string } | null;
  /** Install names of the libraries it is linked against. */
  dependencies: string[];
  sections: Section[];
  exports: Export[];
  /** Names in the table of chained fixups, in its order; null where there is no such table. */
  imports: string[] | null;
  signature: Signature | null;
}

const COMMAND = {
  segment: 0x19,
  idDylib: 0xd,
  loadDylib: [0xc, 0x80000018, 0x8000001f, 0x20],
  versionMin: 0x24,
  buildVersion: 0x32,
  signature: 0x1d,
  dyldInfo: [0x22, 0x80000022],
  exportsTrie: 0x80000033,
  chainedFixups: 0x80000034,
} as const;

const HEADER = 32;
/** Sections of these types have no bytes in the file: zero-filled ones, also of threads. */
const ZERO_FILLED = [0x1, 0xc, 0x12];

export function readImage(bytes: Bytes): MachOImage {
  const image: MachOImage = {
    cpuType: bytes.u32(4),
    cpuSubtype: bytes.u32(8),
    fileType: bytes.u32(12),
    installName: null,
    target: null,
    dependencies: [],
    sections: [],
    exports: [],
    imports: null,
    signature: null,
  };
  const commands = bytes.part(HEADER, bytes.u32(20), 'the load commands');
  let at = 0;
  for (let left = bytes.u32(16); left > 0; left -= 1) {
    const size = commands.u32(at + 4);
    if (size < 8) throw new Malformed(`the load command at byte ${HEADER + at} has a size of ${size}`);
    readCommand(image, bytes, commands.part(at, size, 'a load command'));
    at += size;
  }
  if (at !== commands.length)
    throw new Malformed(`the load commands fill ${at} of their ${commands.length} bytes`);
  return image;
}

function readCommand(image: MachOImage, bytes: Bytes, command: Bytes): void {
  const kind = command.u32(0);
  const pointed = (what: string): Bytes => bytes.part(command.u32(8), command.u32(12), what);
  if (kind === COMMAND.segment) readSegment(image, bytes, command);
  else if (kind === COMMAND.idDylib) image.installName = command.text(command.u32(8));
  else if (COMMAND.loadDylib.some((k) => k === kind)) image.dependencies.push(command.text(command.u32(8)));
  else if (kind === COMMAND.buildVersion) {
    image.target = { platform: command.u32(8), minimum: showVersion(command.u32(12)) };
  } else if (kind === COMMAND.versionMin) {
    image.target ??= { platform: 1, minimum: showVersion(command.u32(8)) };
  } else if (kind === COMMAND.exportsTrie) image.exports = readExportsTrie(pointed('the exports'));
  else if (COMMAND.dyldInfo.some((k) => k === kind)) {
    image.exports = readExportsTrie(bytes.part(command.u32(40), command.u32(44), 'the exports'));
  } else if (kind === COMMAND.chainedFixups) image.imports = readImports(pointed('the chained fixups'));
  else if (kind === COMMAND.signature) {
    image.signature = readSignature(bytes.raw, command.u32(8), pointed('the signature'));
  }
}

function readSegment(image: MachOImage, bytes: Bytes, command: Bytes): void {
  const segment = command.field(8, 16);
  bytes.part(command.u64(40), command.u64(48), `segment ${segment}`);
  for (let i = 0, at = 72; i < command.u32(64); i += 1, at += 80) {
    const name = command.field(at, 16);
    const [size, offset, flags] = [command.u64(at + 40), command.u32(at + 48), command.u32(at + 64)];
    const filled = !ZERO_FILLED.includes(flags & 0xff);
    image.sections.push({
      segment: command.field(at + 16, 16),
      name,
      address: command.u64(at + 32),
      size,
      flags,
      bytes: filled ? bytes.part(offset, size, `section ${segment},${name}`) : null,
    });
  }
}

/** `xxxx.yy.zz` in nibbles; the last part only where it is not zero. */
function showVersion(packed: number): string {
  const patch = packed & 0xff;
  return `${packed >>> 16}.${(packed >>> 8) & 0xff}${patch === 0 ? '' : `.${patch}`}`;
}
