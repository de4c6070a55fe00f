/** What the spec printed (Print, PrintT): unframed lines after SANY has finished, a value of several lines as one. */
import { findJvmFailure, findMemoryFailure, tellingLines } from './jvm-lines.js';
import type { Frame } from './message-stream.js';

const SANY_END = 2219;
/** So many printed values are kept; the log has all of them. */
const MOST_PRINTED = 1000;
/** What our own probes print is always kept. */
const OWN = '"@wb ';

/** The printed values and texts, in order: the first thousand, and what probes print. */
export function readPrinted(frames: Frame[]): string[] {
  const start = frames.findIndex((frame) => frame.kind === 'message' && frame.code === SANY_END);
  if (start === -1) return [];
  const printed: string[] = [];
  let open = '';
  const finish = (): void => {
    if (open !== '') printed.push(open);
    open = '';
  };
  for (const frame of frames.slice(start + 1)) {
    if (frame.kind === 'message') {
      finish();
      continue;
    }
    const isKept = printed.length < MOST_PRINTED || open !== '' || frame.text.includes(OWN);
    if (!isKept || !isPrinted(frame.text)) continue;
    open = open === '' ? frame.text : `${open} ${frame.text.trim()}`;
    if (isBalanced(open)) finish();
  }
  finish();
  return printed;
}

function isPrinted(line: string): boolean {
  const isJvm =
    line.startsWith('#') || findJvmFailure([line]) !== undefined || findMemoryFailure([line]) !== undefined;
  return tellingLines([line]).length > 0 && !isJvm;
}

/** True unless a bracket is open at the end; what stands in strings does not count. */
function isBalanced(text: string): boolean {
  const signs = text.replace(/"(?:[^"\\]|\\.)*"/g, '').match(/<<|>>|[{}[\]()]/g) ?? [];
  const depth = signs.reduce((sum, sign) => sum + (/^(?:<<|[{[(])$/.test(sign) ? 1 : -1), 0);
  return depth <= 0;
}
