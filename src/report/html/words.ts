/** Numbers and names as words. Pure. */

export const count = (n: number, noun: string, plural = `${noun}s`): string =>
  `${n.toLocaleString('en-US')} ${n === 1 ? noun : plural}`;

export const number = (n: number): string => n.toLocaleString('en-US');

/** `0.8 s`, `42 s`, `7 min 12 s`. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  const rest = whole % 60;
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}

/** `2026-11-23 20:37 UTC`. */
export const moment = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;

/** The last part of a path. */
export const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** `NoLeak` of `Module!NoLeak`. */
export const claimName = (id: string): string => id.slice(id.indexOf('!') + 1);

/** `t1` of `"t1"`. */
export const unquoted = (text: string): string => /^"(.*)"$/s.exec(text)?.[1] ?? text;
