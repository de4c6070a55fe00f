/** Signal and fork handlers on the screen: one line for each, then what they must not reach, with what to do. Pure. */
import { unreachable } from '../domain/problem.js';
import type { HandlerFault, HandlerReport, ReachabilityResult } from '../domain/reachability.js';
import type { Paint } from './paint.js';
import { wrapText } from './wrap.js';

/** A handler that formats a string reaches a dozen functions of the library; the first ones say enough. */
const MOST_FAULTS = 4;

export function handlerMark(state: ReachabilityResult['state'], paint: Paint): string {
  switch (state) {
    case 'passed':
      return paint.green(' ok ');
    case 'failed':
      return paint.red('FAIL');
    case 'not run':
      return paint.yellow('open');
    default:
      return unreachable(state);
  }
}

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;

/** One line for each handler that was found. */
export function handlerLines(handlers: readonly HandlerReport[], width: number, paint: Paint): string[] {
  return handlers.flatMap((handler) => {
    const mark = handlerMark(handler.faults === 0 ? 'passed' : 'failed', paint);
    const [first = '', ...rest] = wrapText(describeHandler(handler), width, 5);
    return [`${mark} ${first.trimStart()}`, ...rest];
  });
}

/** `onInterrupt, signal handler, a.cpp:41: reaches 3 functions and calls raise, write; 1 exception; M!Claim`. */
function describeHandler(handler: HandlerReport): string {
  const calls = handler.calls.length === 0 ? 'calls nothing outside' : `calls ${handler.calls.join(', ')}`;
  const parts = [
    `${handler.name}, ${handler.kinds.join(' and ')}, ${handler.path}:${handler.line}: reaches ${count(handler.functions, 'function')} and ${calls}`,
    ...(handler.faults > 0 ? [count(handler.faults, 'fault')] : []),
    ...(handler.excused.length > 0 ? [`excused: ${handler.excused.join(' | ')}`] : []),
    handler.claims.length === 0 ? 'no claim' : handler.claims.join(', '),
  ];
  return parts.join('; ');
}

/** Faults with the calls that lead to them and a hint. */
export function handlerFaultLines(faults: readonly HandlerFault[], paint: Paint): string[] {
  const seen = new Map<string, number>();
  const lines = faults.flatMap((fault) => {
    const key = fault.handler ?? '';
    const nth = (seen.get(key) ?? 0) + 1;
    seen.set(key, nth);
    if (key !== '' && nth > MOST_FAULTS) return [];
    return [
      `${paint.red('FAIL')} ${fault.path}:${fault.line}: ${fault.message}`,
      ...(fault.trail.length > 1 ? fault.trail.map((step) => paint.dim(`       ${step}`)) : []),
      paint.dim(`     hint: ${fault.hint}`),
    ];
  });
  const more = [...seen].filter(([key, n]) => key !== '' && n > MOST_FAULTS);
  return [
    ...lines,
    ...more.map(([key, n]) => `${paint.red('FAIL')} handler ${key}: ${n - MOST_FAULTS} more in the record`),
  ];
}
