/**
 * What is asserted of a Mach-O library. Contract: one line for each assertion; a file that cannot be read fails the first
 * and leaves the others not run; nothing holds for a file without images.
 */
import type { LibraryExpectation } from '../../domain/project.js';
import type { BuildCheck } from '../../domain/run-record.js';
import { compareNames, MACHO_CHECKS, toCheck, type Finding } from './checks.js';
import { readMachO, type MachOFile } from './macho.js';
import type { MachOImage } from './macho-image.js';
import { boundImport } from './macho-linkedit.js';

type MachOExpectation = NonNullable<LibraryExpectation['macho']>;

export interface ExpectedLibrary {
  /** As the preset names them: `arm64`, `x86_64`. */
  architectures: string[];
  /** Functions of the header. */
  functions: string[];
  macho: MachOExpectation & { installName: string };
}

const DYNAMIC_LIBRARY = 6;
const MACOS = 1;
const ARM64E = 2;
/** Subtypes are compared whole: a version or a capability in the upper byte is another subtype. */
const PROCESSORS: Record<string, { type: number; subtype: number }> = {
  arm64: { type: 0x0100000c, subtype: 0 },
  x86_64: { type: 0x01000007, subtype: 3 },
};
const SECTION_TYPE = { functionOffsets: 0x16, interposing: 0xd };
const INSTRUCTIONS = 0x80000000;

/** Every assertion about one Mach-O library. */
export function checkMachO(artefact: string, file: Buffer, expected: ExpectedLibrary): BuildCheck[] {
  const read = readMachO(file);
  if ('fault' in read) {
    return MACHO_CHECKS.map((check, i) => ({
      check,
      artefact,
      state: i === 0 ? 'fails' : 'not run',
      detail: i === 0 ? read.fault : 'the file cannot be read',
    }));
  }
  const each = (look: (image: MachOImage) => Finding): Finding => lookAtEach(read, look);
  const findings: Record<(typeof MACHO_CHECKS)[number], Finding> = {
    architectures: findArchitectures(read, expected.architectures),
    'install name': each((image) => findInstallName(image, expected.macho.installName)),
    'minimum macOS': each((image) => findMinimum(image, expected.macho.minimumMacOS)),
    exports: each((image) => findExports(image, expected.functions)),
    constructors: each((image) => findConstructors(image, expected.macho.constructors)),
    'interposed functions': each((image) => findInterposers(image, expected.macho.interposes)),
    signature: each(findSignature),
  };
  return MACHO_CHECKS.map((check) => toCheck(check, artefact, findings[check]));
}

/** One finding of all images: what they share is told once. */
function lookAtEach(file: MachOFile, look: (image: MachOImage) => Finding): Finding {
  const found = file.images.map((image) => ({ of: describeProcessor(image), ...look(image) }));
  const faults = found.flatMap(({ of, faults: list }) => list.map((fault) => `${of}: ${fault}`));
  const seen = [...new Set(found.map((finding) => finding.seen))];
  const [only] = seen;
  if (only !== undefined && seen.length === 1) return { faults, seen: only };
  return { faults, seen: found.map((finding) => `${finding.of}: ${finding.seen}`).join('; ') };
}

function describeProcessor({ cpuType, cpuSubtype }: MachOImage): string {
  for (const [name, { type, subtype }] of Object.entries(PROCESSORS)) {
    if (type === cpuType && subtype === cpuSubtype) return name;
  }
  if (cpuType === PROCESSORS.arm64?.type && (cpuSubtype & 0xffffff) === ARM64E) return 'arm64e';
  return `processor 0x${cpuType.toString(16).padStart(8, '0')}/0x${cpuSubtype.toString(16)}`;
}

function findArchitectures(file: MachOFile, wanted: readonly string[]): Finding {
  const names = file.images.map(describeProcessor);
  const faults = compareNames(wanted, names, 'architecture');
  if (new Set(names).size < names.length) faults.push(`${names.join(', ')}: one of them twice`);
  if (names.includes('arm64e') || wanted.includes('arm64e')) {
    faults.push('arm64e is refused: lld 19 links it with a wrong subtype and without authenticated pointers');
  }
  for (const image of file.images) {
    if (image.fileType !== DYNAMIC_LIBRARY) faults.push(`file type ${image.fileType}, not a dynamic library`);
  }
  const seen = file.images.map(({ cpuType, cpuSubtype }, i) => {
    return `${names[i] ?? ''} 0x${cpuType.toString(16).padStart(8, '0')}/${cpuSubtype}`;
  });
  return { faults, seen: seen.join(', ') };
}

function findInstallName({ installName }: MachOImage, wanted: string): Finding {
  return { faults: installName === wanted ? [] : [`${installName ?? 'none'}, not ${wanted}`], seen: wanted };
}

function findMinimum({ target }: MachOImage, wanted: string): Finding {
  if (target === null) return { faults: ['names no platform and no version'], seen: '' };
  const faults: string[] = [];
  if (target.platform !== MACOS) faults.push(`is for platform ${target.platform}, not macOS`);
  if (target.minimum !== wanted) faults.push(`${target.minimum}, not ${wanted}`);
  return { faults, seen: wanted };
}

function findExports(image: MachOImage, functions: readonly string[]): Finding {
  const reexported = image.exports.filter((symbol) => symbol.reexport).map((symbol) => symbol.name);
  const isCode = codeOf(image);
  const found = image.exports.map((symbol) => cName(symbol.name));
  const faults = compareNames(functions, found, 'export');
  if (new Set(found).size < found.length) faults.push('one of them twice');
  const astray = image.exports.find((symbol) => !symbol.reexport && !isCode(symbol.address));
  if (astray !== undefined)
    faults.push(`${astray.name} at 0x${astray.address.toString(16)} is outside the code`);
  if (reexported.length > 0) faults.push(`${reexported.join(', ')} handed on from another library`);
  if (functions.length === 0) faults.push('the header declares no function');
  return { faults, seen: `${found.length} functions, those of the header` };
}

/** C's names begin with an underscore here; what has none is found by no program in C, and is named as it stands. */
function cName(symbol: string): string {
  return symbol.startsWith('_') ? symbol.slice(1) : `${symbol} (without an underscore)`;
}

/** Says of an offset from the image's start whether instructions lie there. */
function codeOf({ sections }: MachOImage): (offset: number) => boolean {
  const code = sections.filter((section) => (section.flags & INSTRUCTIONS) !== 0);
  return (offset) => code.some(({ address, size }) => offset >= address && offset < address + size);
}

/** Chained fixups come with constructors as offsets; `__mod_init_func` would need a rebase for each. */
function findConstructors(image: MachOImage, least: number): Finding {
  const isCode = codeOf(image);
  const faults: string[] = [];
  const offsets: number[] = [];
  for (const section of image.sections) {
    if (section.name !== '__init_offsets' || section.bytes === null) continue;
    if ((section.flags & 0xff) !== SECTION_TYPE.functionOffsets) {
      faults.push(
        `__init_offsets has flags 0x${section.flags.toString(16)}, so that dyld would pass over it`,
      );
    }
    for (let at = 0; at + 4 <= section.size; at += 4) offsets.push(section.bytes.u32(at));
  }
  if (offsets.length < least) faults.push(`${offsets.length} in __init_offsets, ${least} or more are needed`);
  const astray = offsets.filter((offset) => !isCode(offset));
  if (astray.length > 0) faults.push(`0x${(astray[0] ?? 0).toString(16)} is outside the code`);
  return { faults, seen: `${offsets.length} in __init_offsets` };
}

/** A pair of pointers for each: the replacement, and the import it replaces. */
function findInterposers(image: MachOImage, wanted: readonly string[]): Finding {
  const faults: string[] = [];
  const found: string[] = [];
  for (const section of image.sections) {
    if (section.name !== '__interpose' || section.bytes === null) continue;
    if ((section.flags & 0xff) !== SECTION_TYPE.interposing) {
      faults.push(`__interpose has flags 0x${section.flags.toString(16)}, so that dyld would pass over it`);
    }
    if (section.size % 16 !== 0)
      faults.push(`__interpose has ${section.size} bytes, which are no pairs of pointers`);
    for (let at = 0; at + 16 <= section.size; at += 16) {
      const name = boundImport(section.bytes, at + 8, image.imports ?? []);
      if (name === null) faults.push(`pair ${at / 16 + 1} of __interpose replaces no imported function`);
      else found.push(name.replace(/^_/, ''));
    }
  }
  faults.push(...compareNames(wanted, found, 'function'));
  return { faults, seen: found.length === 0 ? 'none, as declared' : found.join(', ') };
}

function findSignature({ signature }: MachOImage): Finding {
  if (signature === null) return { faults: ['not signed: macOS refuses to load it on arm64'], seen: '' };
  const faults = [...signature.faults];
  if (!signature.adHoc) faults.push('not an ad-hoc signature');
  if (signature.pages === 0 && faults.length === 0) faults.push('covers nothing');
  return { faults, seen: `ad hoc, ${signature.pages} page hashes recomputed` };
}
