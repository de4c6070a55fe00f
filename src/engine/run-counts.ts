/** The figures of a run: 2199 (breadth first), 2204 (depth first), 2209 and 2210 (simulation), 2194 (depth). */
import type { Counts } from '../domain/outcome.js';
import type { MessageFrame } from './message-stream.js';

const TOTALS: ReadonlySet<number> = new Set([2199, 2204, 2210]);
const PROGRESS: ReadonlySet<number> = new Set([2190, 2200, 2206, 2209]);
const DEPTH = 2194;
/** After a recovery TLC counts generated states from the checkpoint on, so the figure is not the run's. */
const RECOVERED = 2198;

/** The last figures that the run reported; totals are taken over progress, whatever their order. */
export function readCounts(messages: MessageFrame[]): Counts {
  const counts: Counts = {};
  const whole = messages.filter((message) => message.complete);
  for (const message of whole)
    if (PROGRESS.has(message.code)) Object.assign(counts, readFigures(message.text));
  for (const message of whole) if (TOTALS.has(message.code)) Object.assign(counts, readFigures(message.text));
  const depth = whole.findLast((message) => message.code === DEPTH);
  const level = depth && readNumber(/search is ([\d,]+)/, depth.text);
  if (level !== undefined) counts.depth = level;
  if (messages.some((message) => message.code === RECOVERED)) delete counts.generated;
  return counts;
}

function readFigures(text: string): Counts {
  const generated =
    readNumber(/([\d,]+) states (?:generated|checked)/, text) ??
    readNumber(/number of states generated: ([\d,]+)/, text);
  const distinct = readNumber(/([\d,]+) distinct states found/, text);
  const queue = readNumber(/([\d,]+) states left on queue/, text);
  const depth = readNumber(/Progress\(([\d,]+)\)/, text);
  const traces = readNumber(/([\d,]+) traces generated/, text);
  return {
    ...(generated !== undefined && { generated }),
    ...(distinct !== undefined && { distinct }),
    ...(queue !== undefined && { queue }),
    ...(depth !== undefined && { depth }),
    ...(traces !== undefined && { traces }),
  };
}

/** TLC writes -1 where a mode has no such figure. */
function readNumber(pattern: RegExp, text: string): number | undefined {
  const match = pattern.exec(text);
  if (match?.[1] === undefined || text[match.index - 1] === '-') return undefined;
  return Number(match[1].replaceAll(',', ''));
}
