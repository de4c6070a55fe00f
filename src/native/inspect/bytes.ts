/**
 * Reads numbers and texts out of a binary file. Contract: every read is checked against the bytes that are there; one
 * that is not inside them is a `Malformed`, which the reader of the format turns into one line.
 */

/** A file that is not what it claims to be. Never leaves this folder. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
}

/** A part of a file, with its byte order. Offsets count from the part's start. */
export interface Bytes {
  readonly length: number;
  readonly raw: Buffer;
  u8: (at: number) => number;
  u16: (at: number) => number;
  u32: (at: number) => number;
  /** Values above 2^53 are none that a file could mean. */
  u64: (at: number) => number;
  /** Text up to a zero byte, which must come before `end`. */
  text: (at: number, end?: number) => string;
  /** Text in a field of fixed width, which a zero byte may end early. */
  field: (at: number, width: number) => string;
  /** @param what said when it does not lie in the file */
  part: (at: number, length: number, what: string) => Bytes;
}

/** @param what what the bytes are, for the message when a read leaves them */
export function readBytes(raw: Buffer, bigEndian: boolean, what: string): Bytes {
  const need = (at: number, length: number, of: string): void => {
    if (at >= 0 && length >= 0 && at + length <= raw.length) return;
    const range = `bytes ${at} to ${at + length}`;
    throw new Malformed(`${of} ${range} of ${what}, which has ${raw.length}: it is cut short or damaged`);
  };
  const u32 = (at: number): number => {
    need(at, 4, 'a number at');
    return bigEndian ? raw.readUInt32BE(at) : raw.readUInt32LE(at);
  };
  return {
    length: raw.length,
    raw,
    u8: (at) => {
      need(at, 1, 'a number at');
      return raw.readUInt8(at);
    },
    u16: (at) => {
      need(at, 2, 'a number at');
      return bigEndian ? raw.readUInt16BE(at) : raw.readUInt16LE(at);
    },
    u32,
    u64: (at) => {
      need(at, 8, 'a number at');
      const value = bigEndian ? raw.readBigUInt64BE(at) : raw.readBigUInt64LE(at);
      if (value > BigInt(Number.MAX_SAFE_INTEGER)) {
        throw new Malformed(`0x${value.toString(16)} at byte ${at} of ${what} is no offset and no size`);
      }
      return Number(value);
    },
    text: (at, end = raw.length) => {
      need(at, 0, 'a text at');
      const zero = raw.indexOf(0, at);
      if (zero < 0 || zero >= end) throw new Malformed(`the text at byte ${at} of ${what} has no end`);
      return raw.toString('utf8', at, zero);
    },
    field: (at, width) => {
      need(at, width, 'a name at');
      const zero = raw.subarray(at, at + width).indexOf(0);
      return raw.toString('utf8', at, zero < 0 ? at + width : at + zero);
    },
    part: (at, length, of) => {
      need(at, length, of);
      return readBytes(raw.subarray(at, at + length), bigEndian, of);
    },
  };
}

/** A number in the variable-length form of tries: seven bits a byte, low ones first. */
export function readUleb(bytes: Bytes, at: number): { value: number; next: number } {
  let value = 0;
  let factor = 1;
  for (let next = at; ; next += 1) {
    const byte = bytes.u8(next);
    value += (byte & 0x7f) * factor;
    if (value > Number.MAX_SAFE_INTEGER)
      throw new Malformed(`the number at byte ${at} of a trie is too large`);
    if (byte < 0x80) return { value, next: next + 1 };
    factor *= 128;
  }
}
