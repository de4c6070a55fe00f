/** Which messages of a log say that something is wrong, and which one of them decides the outcome. */
import { meaningOf, type Meaning } from './message-codes.js';
import type { MessageFrame } from './message-stream.js';

type Fault = Exclude<Meaning, 'heading' | 'state' | 'warning' | 'noise' | 'info'>;

const FAULTS: ReadonlySet<Meaning> = new Set<Fault>([
  ...(['invariant', 'initial property', 'action property', 'temporal property', 'deadlock'] as const),
  ...(['assumption', 'spec', 'evaluation', 'general', 'memory', 'engine'] as const),
]);
const VIOLATIONS: ReadonlySet<Meaning> = new Set<Fault>([
  ...(['invariant', 'initial property', 'action property', 'temporal property', 'deadlock'] as const),
]);
/** TLC's catch-all. */
const GENERAL = 1000;

/** True for a message that says something is wrong. */
export function isFault(message: MessageFrame): boolean {
  return FAULTS.has(meaningOf(message));
}

/** True for a message that reports a violated property or a deadlock. */
export function isViolation(message: MessageFrame): boolean {
  return VIOLATIONS.has(meaningOf(message));
}

/**
 * Faults that speak for themselves, each once: TLC's catch-all 1000 stands back for a fault inside of it, any other
 * fault speaks for those inside of it (2111 names the invariant, the 2154 in it only the operator).
 */
export function findFaults(messages: MessageFrame[]): MessageFrame[] {
  const faults = messages.filter(isFault);
  const spokenFor = new Set(
    faults.filter((fault) => fault.code !== GENERAL).flatMap((fault) => fault.nested),
  );
  return faults.filter(
    (fault) => !spokenFor.has(fault) && !(fault.code === GENERAL && fault.nested.some(isFault)),
  );
}

/**
 * The message that decides the outcome: the first violation, else out of memory, else the first fault. An unfinished
 * message decides nothing: its text may be cut.
 */
export function findDecisiveMessage(messages: MessageFrame[]): MessageFrame | undefined {
  const faults = findFaults(messages).filter((message) => message.complete);
  return faults.find(isViolation) ?? faults.find((message) => meaningOf(message) === 'memory') ?? faults[0];
}
