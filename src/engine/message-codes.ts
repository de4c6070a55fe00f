/**
 * What each message code of TLC means for the outcome of a run (numbers: tlc2.output.EC of TLC 2.18). A code that is
 * not here is kept and shown as unknown, and with an error class it is an error.
 */
import type { MessageFrame } from './message-stream.js';

/**
 * `heading`: introduces or complements another message (a trace, nested positions).
 * `engine`: TLC or the machine failed. `noise`: true, but about settings that we choose on purpose.
 */
export type Meaning =
  | 'invariant'
  | 'initial property'
  | 'action property'
  | 'temporal property'
  | 'deadlock'
  | 'assumption'
  | 'spec'
  | 'evaluation'
  | 'general'
  | 'memory'
  | 'engine'
  | 'heading'
  | 'state'
  | 'warning'
  | 'noise'
  | 'info';

const MEANINGS: Record<Meaning, readonly (number | readonly [from: number, to: number])[]> = {
  invariant: [2107, 2110],
  'initial property': [2108],
  'action property': [2112],
  'temporal property': [2116],
  deadlock: [2114],
  assumption: [2104],
  // 2146: an invariant with primes; 2171, 3002: SANY; 2213-2214, 2238-2240, 2301: formulas TLC does not take;
  // 2300: symmetry set too small.
  spec: [
    2115,
    2118,
    2119,
    2136,
    [2139, 2140],
    2146,
    2156,
    2171,
    2173,
    [2213, 2214],
    [2222, 2245],
    2249,
    [2280, 2281],
    [2300, 2301],
    3002,
    [4000, 4002],
    [5001, 5006],
  ],
  evaluation: [
    1005,
    [2000, 2001],
    2102,
    [2105, 2106],
    2109,
    2111,
    2113,
    2132,
    [2141, 2145],
    2147,
    [2154, 2155],
    [2157, 2158],
    [2164, 2165],
    [2169, 2170],
    2172,
    [2176, 2184],
    2215,
    [2246, 2248],
    [2250, 2253],
    [2260, 2261],
    [2265, 2266],
    2282,
    2283,
  ],
  // TLC's catch-all: what it is about stands in its text, or in a message inside of it.
  general: [1000],
  memory: [[1001, 1003]],
  // 11xx, 31xx: options, which the workbench writes and not the user.
  engine: [
    [2100, 2101],
    2117,
    [2123, 2131],
    [2133, 2135],
    [2137, 2138],
    [2159, 2163],
    [2166, 2167],
    [2174, 2175],
    [3000, 3001],
    [3100, 3114],
    [1101, 1102],
    7004,
    [7006, 7007],
  ],
  heading: [2103, [2120, 2121], 2264],
  state: [2122, [2216, 2218]],
  warning: [2270, 2279, 2284, 2400, [2402, 2403], 2776, 2777],
  // 2401 asks for ParallelGC; the profile decides that. 2168 tells of operators overridden in Java.
  noise: [2168, 2401],
  info: [
    [2185, 2212],
    [2219, 2221],
    2262,
    [2267, 2269],
    2271,
    [2772, 2775],
    [7000, 7003],
    7005,
    [7008, 7010],
    20000,
  ],
};

/** The meaning of a code; undefined for a code that TLC 2.18 does not have. */
export function meaningOfCode(code: number): Meaning | undefined {
  for (const meaning of Object.keys(MEANINGS) as Meaning[]) {
    const hit = MEANINGS[meaning].some((entry) =>
      typeof entry === 'number' ? entry === code : entry[0] <= code && code <= entry[1],
    );
    if (hit) return meaning;
  }
  return undefined;
}

/**
 * The meaning of a message. 1000 is judged by its text; a message of no known meaning with an error class is
 * `engine`, so that it can never pass unseen; the same code with class 0 or 3 is as harmless as it says it is.
 */
export function meaningOf(message: MessageFrame): Meaning {
  const meaning = meaningOfCode(message.code);
  const isError = message.severity === 'error' || message.severity === 'bug';
  if (meaning === 'general') return isError ? meaningOfGeneral(message.text) : 'info';
  if (meaning === undefined) return isError ? 'engine' : message.severity === 'warning' ? 'warning' : 'info';
  if (isError && (meaning === 'info' || meaning === 'noise' || meaning === 'warning')) return 'engine';
  return meaning;
}

function meaningOfGeneral(text: string): Meaning {
  if (/OutOfMemoryError/.test(text)) return 'memory';
  if (/ConfigFileException/.test(text)) return 'spec';
  if (/No space left on device|java\.io\.\w*Exception|java\.rmi\./.test(text)) return 'engine';
  return 'evaluation';
}
