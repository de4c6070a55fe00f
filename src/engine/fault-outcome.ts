/** The outcome of a run in which TLC reported a fault. */
import type { Outcome } from '../domain/outcome.js';
import { unreachable } from '../domain/problem.js';
import { isFault, isViolation } from './faults.js';
import { lostTemporaryFile, tellingLines } from './jvm-lines.js';
import { meaningOf } from './message-codes.js';
import type { MessageFrame } from './message-stream.js';
import { toOneLine } from './one-line.js';
import type { Log } from './run-log.js';
import { readSanyError } from './sany-errors.js';
import { findLastSpan, findSpan } from './spans.js';

/** Exit codes a run may have that found a violation: its own, 0 with -continue, ended by us, out of memory later. */
const EXITS_AFTER_VIOLATION = new Set([0, 3, 10, 11, 12, 13, 14, 75, 76, 77, 130, 137, 143]);
/** SANY's own errors stand outside of the frame that reports them. */
const SANY_FAILED = new Set([2171, 3002]);
/** The positions of the nested expressions TLC was evaluating. */
const POSITIONS = 2103;

/** The outcome that a fault leads to; `message` is the decisive one of the log. */
export function foldFault(log: Log, message: MessageFrame): Outcome {
  const meaning = meaningOf(message);
  switch (meaning) {
    case 'invariant':
    case 'initial property':
    case 'action property':
    case 'temporal property':
    case 'deadlock':
      return contradictsViolation(log) ?? foldViolation(log, message, meaning);
    case 'assumption':
      return foldAssumption(log, message);
    case 'spec':
      return foldSpecError(log, message);
    case 'evaluation':
    case 'general': {
      const positions = log.messages.find((other) => other.code === POSITIONS);
      const span = findSpan(message.text) ?? (positions && findLastSpan(positions.text));
      return { kind: 'EvaluationError', message: toOneLine(message.text), ...(span && { span }) };
    }
    case 'memory':
      return { kind: 'OutOfMemory', message: toOneLine(message.text) };
    case 'engine':
    case 'heading':
    case 'state':
    case 'warning':
    case 'noise':
    case 'info':
      return { kind: 'Crashed', message: toOneLine(message.text) };
    default:
      return unreachable(meaning);
  }
}

/** A violation together with an exit code that nothing in the log explains is not believed either. */
function contradictsViolation(log: Log): Outcome | undefined {
  if (log.exit === null || EXITS_AFTER_VIOLATION.has(log.exit)) return undefined;
  const otherFault = log.messages.some((message) => isFault(message) && !isViolation(message));
  if (otherFault) return undefined;
  return { kind: 'Crashed', message: `TLC reported a violation but exited with ${log.exit}` };
}

function foldViolation(
  log: Log,
  message: MessageFrame,
  meaning: 'invariant' | 'initial property' | 'action property' | 'temporal property' | 'deadlock',
): Outcome {
  if (meaning === 'deadlock') return { kind: 'Deadlock' };
  const named = /(?:Invariant|[Pp]roperty) ([\w!]+) (?:is|was) violated/.exec(message.text)?.[1];
  const only = log.enabledProperties?.length === 1 ? log.enabledProperties[0] : undefined;
  const property = named ?? (meaning === 'invariant' ? undefined : only);
  const of = meaning === 'initial property' ? 'temporal property' : meaning;
  return { kind: 'Violated', of, ...(property !== undefined && { property }) };
}

function foldAssumption(log: Log, message: MessageFrame): Outcome {
  const others = log.messages.filter((other) => meaningOf(other) === 'assumption').length - 1;
  const more = others > 0 ? ` (and ${others} more)` : '';
  const span = findSpan(message.text);
  return { kind: 'AssumptionFalse', message: `${toOneLine(message.text)}${more}`, ...(span && { span }) };
}

function foldSpecError(log: Log, message: MessageFrame): Outcome {
  const lost = lostTemporaryFile(log.errorLines);
  if (lost !== undefined)
    return { kind: 'Crashed', message: `TLC lost a file of its temporary folder: ${lost}` };
  if (!SANY_FAILED.has(message.code)) {
    const span = findSpan(message.text);
    return { kind: 'SpecError', message: toOneLine(message.text), ...(span && { span }) };
  }
  const fault = readSanyError(log.unframed.join('\n')) ?? {
    message: toOneLine(tellingLines(log.errorLines)[0] ?? message.text),
  };
  return { kind: 'SpecError', ...fault };
}
