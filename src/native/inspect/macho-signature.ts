/**
 * Reads a code signature and recomputes its page hashes from the bytes it covers. Contract: what is wrong with it is
 * listed; nothing here knows who signed.
 */
import { createHash } from 'node:crypto';
import { readBytes, type Bytes } from './bytes.js';

export interface Signature {
  /** Signed by nobody: hashes only, as the kernel asks for on arm64. */
  adHoc: boolean;
  pages: number;
  pageSize: number;
  /** Empty: the hashes are those of the bytes, and cover all that comes before the signature. */
  faults: string[];
}

const SUPER_BLOB = 0xfade0cc0;
const CODE_DIRECTORY = 0xfade0c02;
const AD_HOC = 0x2;
const SHA256 = 2;

/** @param start where the signature begins in the image; it is the last of it, since nothing vouches for what follows */
export function readSignature(image: Buffer, start: number, blob: Bytes): Signature {
  const none: Signature = { adHoc: false, pages: 0, pageSize: 0, faults: [] };
  const broken = (fault: string): Signature => ({ ...none, faults: [fault] });
  const bytes = readBytes(blob.raw, true, 'the signature');
  if (bytes.u32(0) !== SUPER_BLOB) return broken('does not begin as a signature does');
  const directories: Bytes[] = [];
  for (let i = 0; i < bytes.u32(8); i += 1) {
    const at = bytes.u32(12 + i * 8 + 4);
    if (bytes.u32(at) === CODE_DIRECTORY)
      directories.push(bytes.part(at, bytes.u32(at + 4), 'the code directory'));
  }
  const [directory] = directories;
  if (directory === undefined) return broken('has no code directory');
  if (directories.length > 1) return broken('has several code directories, of which only one is looked at');
  const signature = readDirectory(image, start, directory);
  const behind = image.length - start - blob.length;
  if (behind > 0) signature.faults.push(`has ${behind} bytes behind it, which it does not cover`);
  return signature;
}

function readDirectory(image: Buffer, start: number, directory: Bytes): Signature {
  const pages = directory.u32(28);
  const limit = directory.u32(32);
  const pageSize = 2 ** directory.u8(39);
  const faults: string[] = [];
  const adHoc = (directory.u32(12) & AD_HOC) !== 0;
  const [hashSize, hashType] = [directory.u8(36), directory.u8(37)];
  if (hashType !== SHA256 || hashSize !== 32) {
    return { adHoc, pages, pageSize, faults: [`has hashes of type ${hashType}, not SHA-256`] };
  }
  if (limit !== start) faults.push(`covers ${limit} of the ${start} bytes before it`);
  if (pages !== Math.ceil(limit / pageSize)) faults.push(`has ${pages} pages for ${limit} bytes`);
  const hashes = directory.part(directory.u32(16), pages * 32, 'the page hashes').raw;
  const wrong: number[] = [];
  for (let page = 0; page < pages; page += 1) {
    const content = image.subarray(page * pageSize, Math.min((page + 1) * pageSize, limit));
    const hash = createHash('sha256').update(content).digest();
    if (!hash.equals(hashes.subarray(page * 32, page * 32 + 32))) wrong.push(page);
  }
  if (wrong.length > 0) {
    const first = ((wrong[0] ?? 0) * pageSize).toString(16);
    faults.push(`the hash of ${wrong.length} of ${pages} pages is wrong, first of the one at 0x${first}`);
  }
  return { adHoc, pages, pageSize, faults };
}
