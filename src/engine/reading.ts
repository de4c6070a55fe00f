/** Everything that is read from one engine run: the log and the exit as one Reading. Pure. */
import type { Counts, EngineMessage, Reading } from '../domain/outcome.js';
import { readActionCoverage } from './action-coverage.js';
import { findJvmFailure, tellingLines } from './jvm-lines.js';
import { meaningOf, meaningOfCode } from './message-codes.js';
import { flattenFrame, readFrames, type Frame, type MessageFrame } from './message-stream.js';
import { toOneLine } from './one-line.js';
import { foldOutcome } from './outcome-fold.js';
import type { Circumstances } from './run-log.js';
import { findDecisiveMessage, findFaults } from './faults.js';
import { readPrinted } from './printed.js';
import { readProgressLine } from './progress.js';
import { readCounts } from './run-counts.js';
import { readSanyError } from './sany-errors.js';
import { readBehaviour, readStateInMessage } from './states.js';

export interface RunOutput extends Circumstances {
  stdout: string;
  stderr: string;
  /** Behaviours a simulation was asked for; E1 does not print how many it made. */
  simulatedTraces?: number;
}

const VERSION = 2262;
const SUCCESS = 2193;
const SANY_END = 2219;
/** Complements an error with the positions of the nested expressions. */
const POSITIONS = 2103;

/** The one reading of a run. */
export function foldReading(run: RunOutput): Reading {
  const output = readFrames(run.stdout);
  const errorOutput = readFrames(run.stderr);
  // TLC throws some messages as exceptions, so that their frames are on standard error.
  const messages = [...output, ...errorOutput].flatMap((f) => (f.kind === 'message' ? flattenFrame(f) : []));
  const unframed = textLines(output);
  const errorLines = textLines(errorOutput);
  const counts = { ...countsOfLauncher(run.stderr), ...readCounts(messages) };
  const outcome = foldOutcome({ ...run, messages, unframed, errorLines, counts });
  if (outcome.kind === 'Sampled' && run.simulatedTraces !== undefined) counts.traces ??= run.simulatedTraces;
  const behaviour = behaviourOf(messages);
  const version = messages.find((message) => message.code === VERSION)?.text.trim();
  const collision = /val = (\S+)/.exec(messages.find((message) => message.code === SUCCESS)?.text ?? '')?.[1];
  return {
    outcome,
    counts,
    ...(behaviour && { behaviour }),
    coverage: readActionCoverage(messages),
    messages: [
      ...framedMessages(messages),
      ...unframedMessages(textLines(beforeSanyEnds(output)), unframed, errorLines),
    ],
    ...(version !== undefined && { engineVersion: version }),
    ...(collision !== undefined && { collisionProbability: collision }),
    printed: readPrinted(output),
  };
}

function textLines(frames: Frame[]): string[] {
  return frames.flatMap((frame) => (frame.kind === 'text' ? [frame.text] : []));
}

/** The last figures of the launcher, for a run that ended before TLC reported any. */
function countsOfLauncher(stderr: string): Counts {
  return stderr.split('\n').reduce<Counts>((last, line) => readProgressLine(line) ?? last, {});
}

/** The trace that follows the decisive message, up to the next fault; else the state inside of that message. */
function behaviourOf(messages: MessageFrame[]): Reading['behaviour'] {
  const decisive = findDecisiveMessage(messages);
  if (decisive === undefined) return undefined;
  const after = messages.slice(messages.indexOf(decisive) + 1);
  const faults = new Set(findFaults(messages));
  const next = after.findIndex((message) => faults.has(message));
  return readBehaviour(next === -1 ? after : after.slice(0, next)) ?? readStateInMessage(decisive.text);
}

/** Faults, warnings and unknown codes, each once, in order. */
function framedMessages(messages: MessageFrame[]): EngineMessage[] {
  const faults = new Set(findFaults(messages));
  const shown = messages.flatMap((message): EngineMessage[] => {
    const known = meaningOfCode(message.code) !== undefined;
    const isShown = faults.has(message) || meaningOf(message) === 'warning' || message.code === POSITIONS;
    if (known && !isShown) return [];
    return [{ code: message.code, severity: message.severity, known, text: toOneLine(message.text) }];
  });
  const seen = new Set<string>();
  return shown.filter((message) => {
    const key = `${message.code} ${message.text}`;
    return seen.has(key) ? false : seen.add(key);
  });
}

/** What the spec prints later may be millions of lines, and none of them is SANY's. */
function beforeSanyEnds(frames: Frame[]): Frame[] {
  const end = frames.findIndex((frame) => frame.kind === 'message' && frame.code === SANY_END);
  return end === -1 ? frames : frames.slice(0, end);
}

function unframedMessages(sany: string[], unframed: string[], errorLines: string[]): EngineMessage[] {
  const texts = [
    readSanyError(sany.join('\n'))?.message,
    ...sany.flatMap((line) => /^!! WARNING: (.+)$/.exec(line)?.[1] ?? []),
    findJvmFailure(unframed),
    ...tellingLines(errorLines).map(toOneLine),
  ];
  return texts.flatMap((text) =>
    text === undefined || text === '' ? [] : [{ code: 0, severity: 'unframed', known: true, text }],
  );
}
