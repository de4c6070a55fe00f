/** Progress: the launcher's lines on standard error, about four times a second, and TLC's own messages. Pure. */

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

/** TLC's own message, once a minute: `Progress(21) at …: 246 states generated (…), 182 distinct states found (…), 0 …`. */
const MESSAGE =
  /Progress\((\d+)\) at [^\n]*?: ([\d,]+) states generated[^\n]*?, ([\d,]+) distinct states found[^\n]*?, ([\d,]+) states left/g;

/** The last progress message within a piece of TLC's output; undefined when it holds none whole. */
export function readProgressMessage(chunk: string): Progress | undefined {
  const match = [...chunk.matchAll(MESSAGE)].at(-1);
  if (!match) return undefined;
  const [depth, generated, distinct, queue] = match.slice(1).map((text) => Number(text.replaceAll(',', '')));
  if (generated === undefined || distinct === undefined || queue === undefined) return undefined;
  return { generated, distinct, queue, ...(depth === undefined ? {} : { depth }) };
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
