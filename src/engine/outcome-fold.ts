/**
 * One run's messages, exit and circumstances folded into exactly one Outcome. Contract: an error outweighs every sign
 * of success, and only a breadth-first search that says so, empties its queue, finds a state, finishes and exits with
 * 0 is Holds.
 */
import type { Counts, Outcome } from '../domain/outcome.js';
import { unreachable } from '../domain/problem.js';
import { findJvmFailure, findMemoryFailure, lostTemporaryFile, tellingLines } from './jvm-lines.js';
import { meaningOf, type Meaning } from './message-codes.js';
import type { MessageFrame } from './message-stream.js';
import { toOneLine } from './one-line.js';
import { readSanyError } from './sany-errors.js';
import { findLastSpan, findSpan } from './spans.js';

/** How the process ended and what it was asked to do. */
export interface Circumstances {
  exit: number | null;
  signal: string | null;
  /** The deadline in seconds, when it had passed. */
  timedOut: false | number;
  interrupted: boolean;
  /** The configuration has no behaviour: only the module's ASSUMEs are evaluated. */
  assumeOnly: boolean;
  simulate: boolean;
  /** Names under PROPERTY in the configuration; TLC does not say which temporal one is violated. */
  enabledProperties?: string[];
}

/** The log, sorted into what the fold looks at. */
export interface Log extends Circumstances {
  /** Every frame, inner ones after their outer one. */
  messages: MessageFrame[];
  /** The lines outside of all frames, of standard output and of standard error. */
  unframed: string[];
  errorLines: string[];
  counts: Counts;
}

type Fault = Exclude<Meaning, 'heading' | 'state' | 'warning' | 'noise' | 'info'>;

const FAULTS: ReadonlySet<Meaning> = new Set<Fault>([
  ...(['invariant', 'initial property', 'action property', 'temporal property', 'deadlock'] as const),
  ...(['assumption', 'spec', 'evaluation', 'general', 'memory', 'engine'] as const),
]);
const VIOLATIONS: ReadonlySet<Meaning> = new Set<Fault>([
  ...(['invariant', 'initial property', 'action property', 'temporal property', 'deadlock'] as const),
]);
/** Exit codes a run may have that found a violation: its own, 0 with -continue, ended by us, out of memory later. */
const EXITS_AFTER_VIOLATION = new Set([0, 3, 10, 11, 12, 13, 14, 75, 76, 77, 130, 137, 143]);
const EXITS_WHEN_ENDED = new Set([129, 130, 137, 143]);
const MEANING_OF_EXIT: Record<number, string> = {
  1: 'an option, a folder or the disk',
  10: 'an assumption',
  11: 'a deadlock',
  12: 'an invariant',
  13: 'a property',
  14: 'an Assert',
  75: 'an evaluation',
  76: 'the evaluation of an invariant',
  77: 'a temporal property that is a tautology',
  150: 'parsing',
  151: 'the configuration',
};
const CODE = {
  general: 1000,
  started: 2185,
  finished: 2186,
  success: 2193,
  breadthFirst: 2187,
  simulation: 2188,
  depthFirst: 2271,
};

/** True for a message that says something is wrong. */
export function isFault(message: MessageFrame): boolean {
  return FAULTS.has(meaningOf(message));
}

/**
 * Faults that speak for themselves, each once: TLC's catch-all 1000 stands back for a fault inside of it, any other
 * fault speaks for those inside of it (2111 names the invariant, the 2154 in it only the operator).
 */
export function findFaults(messages: MessageFrame[]): MessageFrame[] {
  const faults = messages.filter(isFault);
  const spokenFor = new Set(
    faults.filter((fault) => fault.code !== CODE.general).flatMap((fault) => fault.nested),
  );
  return faults.filter(
    (fault) => !spokenFor.has(fault) && !(fault.code === CODE.general && fault.nested.some(isFault)),
  );
}

/**
 * The message that decides the outcome: the first violation, else out of memory, else the first fault. An unfinished
 * message decides nothing: its text may be cut.
 */
export function findDecisiveMessage(messages: MessageFrame[]): MessageFrame | undefined {
  const faults = findFaults(messages).filter((message) => message.complete);
  return (
    faults.find((message) => VIOLATIONS.has(meaningOf(message))) ??
    faults.find((message) => meaningOf(message) === 'memory') ??
    faults[0]
  );
}

/** Exactly one outcome for a finished process. */
export function foldOutcome(log: Log): Outcome {
  const decisive = findDecisiveMessage(log.messages);
  const meaning = decisive && meaningOf(decisive);
  if (decisive !== undefined && meaning !== 'engine') return foldFault(log, decisive);
  const memory = findMemoryFailure([...log.unframed, ...log.errorLines]);
  if (memory !== undefined) return { kind: 'OutOfMemory', message: memory };
  if (log.interrupted) return { kind: 'Interrupted' };
  if (log.timedOut !== false) return { kind: 'Timeout', seconds: log.timedOut };
  if (decisive !== undefined) return { kind: 'Crashed', message: toOneLine(decisive.text) };
  return foldWithoutFault(log);
}

function foldFault(log: Log, message: MessageFrame): Outcome {
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
      const positions = log.messages.find((other) => other.code === 2103);
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
  const otherFault = log.messages.some((message) => isFault(message) && !VIOLATIONS.has(meaningOf(message)));
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
  if (message.code !== 3002 && message.code !== 2171) {
    const span = findSpan(message.text);
    return { kind: 'SpecError', message: toOneLine(message.text), ...(span && { span }) };
  }
  const fault = readSanyError(log.unframed.join('\n')) ?? {
    message: toOneLine(tellingLines(log.errorLines)[0] ?? message.text),
  };
  return { kind: 'SpecError', ...fault };
}

function foldWithoutFault(log: Log): Outcome {
  const has = (code: number): boolean =>
    log.messages.some((message) => message.code === code && message.complete);
  const jvm = findJvmFailure([...log.unframed, ...log.errorLines]);
  if (jvm !== undefined) return { kind: 'Crashed', message: jvm };
  if (log.exit === 3)
    return { kind: 'OutOfMemory', message: 'the JVM exited with 3, which is out of memory' };
  if (log.messages.length === 0) return foldSilence(log);
  if (log.signal !== null || (log.exit !== null && EXITS_WHEN_ENDED.has(log.exit))) {
    return unfinished(
      log,
      has(CODE.started),
      `TLC was ended by ${log.signal ?? `a signal (exit ${log.exit ?? ''})`}`,
    );
  }
  if (log.messages.some((message) => meaningOf(message) === 'heading' && message.severity === 'error')) {
    return { kind: 'Crashed', message: 'TLC printed a behaviour without saying what it violates' };
  }
  if (log.exit !== 0) return contradiction(log, has(CODE.success));
  if (!has(CODE.finished)) return unfinished(log, has(CODE.started), 'the log ends before TLC had finished');
  if (log.simulate || has(CODE.simulation)) return foldSimulation(log, has(CODE.simulation));
  if (has(CODE.depthFirst))
    return incomplete(log, 'a depth-first search ends at its bound and not at an empty queue');
  return foldSearch(log, has(CODE.success) && has(CODE.breadthFirst));
}

/** No frame at all: this was not TLC, or it never got as far. */
function foldSilence(log: Log): Outcome {
  const line = tellingLines([...log.unframed, ...log.errorLines])[0];
  const end = log.signal !== null ? `was ended by ${log.signal}` : `exited with ${log.exit ?? 'nothing'}`;
  if (line === undefined) return { kind: 'NoResult', message: `the engine printed nothing and ${end}` };
  const message = `the engine printed none of TLC's messages and ${end}; its first line: ${toOneLine(line)}`;
  return log.exit === 0 ? { kind: 'NoResult', message } : { kind: 'Crashed', message };
}

function contradiction(log: Log, success: boolean): Outcome {
  if (success)
    return { kind: 'Crashed', message: `TLC reported success but exited with ${log.exit ?? 'nothing'}` };
  const meaning = log.exit === null ? undefined : MEANING_OF_EXIT[log.exit];
  const about = meaning === undefined ? '' : ` (${meaning})`;
  return { kind: 'Crashed', message: `TLC exited with ${log.exit ?? 'nothing'}${about} but named no error` };
}

function foldSimulation(log: Log, simulated: boolean): Outcome {
  if (!simulated) return { kind: 'Crashed', message: 'TLC was asked to simulate but did not' };
  if ((log.counts.generated ?? 0) > 0) return { kind: 'Sampled' };
  return { kind: 'NoResult', message: 'the simulation generated no state' };
}

function foldSearch(log: Log, success: boolean): Outcome {
  const { distinct, queue } = log.counts;
  if (!success) return { kind: 'NoResult', message: 'TLC finished without saying that no error was found' };
  if (distinct === undefined || queue === undefined) {
    return { kind: 'NoResult', message: 'TLC reported success without its state counts' };
  }
  if (queue > 0) return incomplete(log, `${queue} states are left on the queue`);
  if (distinct > 0 || log.assumeOnly) return { kind: 'Holds' };
  return {
    kind: 'SpecError',
    message: 'no state satisfies the initial predicate, so nothing was checked (0 distinct states)',
  };
}

function unfinished(log: Log, started: boolean, reason: string): Outcome {
  return started
    ? incomplete(log, reason)
    : { kind: 'NoResult', message: `${reason}, before it began to check` };
}

function incomplete(log: Log, reason: string): Outcome {
  const { distinct, queue } = log.counts;
  const figures = distinct === undefined ? '' : ` after ${distinct} distinct states`;
  const left = queue === undefined || queue === 0 ? '' : `, ${queue} left on the queue`;
  return { kind: 'Incomplete', message: `${reason}${figures}${left}` };
}
