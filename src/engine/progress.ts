/** The launcher's progress lines on standard error: TLC's own counters, about four times a second. Pure. */

export interface Progress {
  generated: number;
  distinct: number;
  queue: number;
  depth?: number;
}

/** Reads `@wb progress <generated> <distinct> <queue> [<depth>]`; undefined for any other line. */
export function readProgressLine(line: string): Progress | undefined {
  const match = /^@wb progress (\d+) (\d+) (\d+)(?: (\d+))?$/.exec(line.trim());
  if (!match) return undefined;
  const [, generated, distinct, queue, depth] = match;
  return {
    generated: Number(generated),
    distinct: Number(distinct),
    queue: Number(queue),
    ...(depth === undefined ? {} : { depth: Number(depth) }),
  };
}

/** What TLC is doing, in the order it does it. */
export type Phase =
  'starting' | 'parsing' | 'initial states' | 'exploring' | 'checking liveness' | 'finishing';

/** Message codes that begin a phase (tlc2.output.EC). */
const PHASE_OF_CODE: Record<string, Phase> = {
  '2220': 'parsing',
  '2189': 'initial states',
  '2190': 'exploring',
  '2192': 'checking liveness',
  '2267': 'checking liveness',
  '2193': 'finishing',
  '2199': 'finishing',
};

/** The last phase that a piece of TLC's output announces; undefined when it announces none. */
export function readPhase(chunk: string): Phase | undefined {
  let phase: Phase | undefined;
  for (const match of chunk.matchAll(/@!@!@STARTMSG (\d+):/g)) phase = PHASE_OF_CODE[match[1] ?? ''] ?? phase;
  return phase;
}
