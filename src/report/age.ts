/** Says of a reused result how old it is and which record it comes from. Pure. */
import type { Reused } from '../domain/reused.js';

const MINUTE = 60_000;
const STEPS: [number, string][] = [
  [24 * 60 * MINUTE, 'd'],
  [60 * MINUTE, 'h'],
  [MINUTE, 'min'],
  [1000, 's'],
];

/** `2 h ago`; a clock that was set back makes nothing of the future. */
export function describeAge(at: string, now: number): string {
  const age = now - Date.parse(at);
  const step = STEPS.find(([length]) => age >= length);
  return step === undefined ? 'just now' : `${String(Math.floor(age / step[0]))} ${step[1]} ago`;
}

/** The one of several results that was shown first; undefined where none is reused. */
export function oldestReuse(results: readonly { reused?: Reused | undefined }[]): Reused | undefined {
  const reused = results.flatMap((result) => result.reused ?? []);
  return reused.sort((a, b) => Date.parse(a.at) - Date.parse(b.at))[0];
}

/** `from 20261123T181931Z-ae58845b, 2 h ago`. */
export function describeReuse({ from, at }: Reused, now: number): string {
  return `from ${from}, ${describeAge(at, now)}`;
}
