/**
 * Keeps what a process prints within bounded memory: the first and the last part of it, with a mark between them.
 * Contract: output shorter than the limit is kept exactly.
 */

/** Default limit for one stream. A state dump can be hundreds of megabytes; the log file has all of it. */
export const CAPTURE_LIMIT_BYTES = 64 * 1024 * 1024;

/** Collects chunks of one stream. */
export interface Capture {
  add: (chunk: Buffer) => void;
  /** The text, decoded once so that no character is cut at a chunk's edge. */
  text: () => string;
  truncated: () => boolean;
}

/** A capture that keeps at most about `limit` bytes. */
export function makeCapture(limit: number = CAPTURE_LIMIT_BYTES): Capture {
  const half = Math.floor(limit / 2);
  const head: Buffer[] = [];
  const tail: Buffer[] = [];
  let headBytes = 0;
  let tailBytes = 0;
  let dropped = 0;

  const add = (chunk: Buffer): void => {
    const room = half - headBytes;
    if (room > 0) {
      head.push(chunk.subarray(0, room));
      headBytes += Math.min(room, chunk.length);
    }
    const rest = chunk.subarray(Math.max(room, 0));
    if (rest.length === 0) return;
    tail.push(rest);
    tailBytes += rest.length;
    for (let first = tail[0]; first && tailBytes - first.length >= half; first = tail[0]) {
      tail.shift();
      tailBytes -= first.length;
      dropped += first.length;
    }
  };

  const text = (): string => {
    const mark = dropped > 0 ? [Buffer.from(`\n[${dropped} bytes left out]\n`)] : [];
    return Buffer.concat([...head, ...mark, ...tail]).toString('utf8');
  };

  return { add, text, truncated: () => dropped > 0 };
}
