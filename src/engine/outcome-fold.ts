/**
 * One run's messages, exit and circumstances folded into exactly one Outcome. Contract: an error outweighs every sign
 * of success, and only a breadth-first search that says so, empties its queue, finds a state, finishes and exits with
 * 0 is Holds.
 */
import type { Outcome } from '../domain/outcome.js';
import { foldFault } from './fault-outcome.js';
import { findDecisiveMessage, isFault } from './faults.js';
import { findJvmFailure, findMemoryFailure, tellingLines } from './jvm-lines.js';
import { meaningOf } from './message-codes.js';
import { toOneLine } from './one-line.js';
import type { Log } from './run-log.js';

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
  started: 2185,
  finished: 2186,
  success: 2193,
  breadthFirst: 2187,
  simulation: 2188,
  depthFirst: 2271,
  totals: 2199,
};

/** Exactly one outcome for a finished process. */
export function foldOutcome(log: Log): Outcome {
  const decisive = findDecisiveMessage(log.messages);
  const meaning = decisive && meaningOf(decisive);
  const isCutShort = meaning === 'spec' && wasEnded(log);
  if (decisive !== undefined && meaning !== 'engine' && !isCutShort) return foldFault(log, decisive);
  const memory = findMemoryFailure([...log.unframed, ...log.errorLines]);
  if (memory !== undefined) return { kind: 'OutOfMemory', message: memory };
  if (log.interrupted) return { kind: 'Interrupted' };
  if (log.timedOut !== false) return { kind: 'Timeout', seconds: log.timedOut };
  if (decisive !== undefined && !isCutShort) return { kind: 'Crashed', message: toOneLine(decisive.text) };
  return foldWithoutFault(log);
}

/**
 * Whether the run was ended from outside. Java then deletes its temporary files while SANY still reads them, and SANY calls
 * that an error of the spec; one that it found by itself has an exit code of its own.
 */
function wasEnded({ exit, signal }: Log): boolean {
  return signal !== null || (exit !== null && EXITS_WHEN_ENDED.has(exit));
}

/** What is missing of a truncated output may be a fault, so its signs of success are not believed. */
function foldWithoutFault(log: Log): Outcome {
  const outcome = foldWholeLog(log);
  if (outcome.kind !== 'Holds' && outcome.kind !== 'Sampled') return outcome;
  if (log.logError !== undefined)
    return { kind: 'NoResult', message: `the log could not be written to its end (${log.logError})` };
  if (log.truncated !== true) return outcome;
  return {
    kind: 'NoResult',
    message: 'the run printed more than is kept, so an error in the middle could be missed; print less',
  };
}

function foldWholeLog(log: Log): Outcome {
  const has = (code: number): boolean =>
    log.messages.some((message) => message.code === code && message.complete);
  const jvm = findJvmFailure([...log.unframed, ...log.errorLines]);
  if (jvm !== undefined) return { kind: 'Crashed', message: jvm };
  if (log.exit === 3)
    return { kind: 'OutOfMemory', message: 'the JVM exited with 3, which is out of memory' };
  if (log.messages.length === 0) return foldSilence(log);
  if (wasEnded(log)) {
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
  if (log.messages.some(isFault)) return { kind: 'NoResult', message: 'a message about an error is cut off' };
  return foldSearch(log, has(CODE.success) && has(CODE.breadthFirst), has(CODE.totals));
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

function foldSearch(log: Log, success: boolean, totals: boolean): Outcome {
  const { distinct, queue } = log.counts;
  if (!success) return { kind: 'NoResult', message: 'TLC finished without saying that no error was found' };
  // Progress and the launcher's figures are from before the end.
  if (!totals || distinct === undefined || queue === undefined) {
    return { kind: 'NoResult', message: 'TLC reported success without its state counts' };
  }
  if (queue > 0) return incomplete(log, 'TLC stopped before the end');
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
