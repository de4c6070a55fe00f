/** What the outcome of a run is folded from: the sorted log, and how the process came to its end. */
import type { Counts } from '../domain/outcome.js';
import type { MessageFrame } from './message-stream.js';

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
  /** The middle of the output is missing here, as there was too much of it; the log file is complete. */
  truncated?: boolean;
  /** Why the log file is incomplete, e.g. a full disk: a result without its raw log is no evidence. */
  logError?: string;
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
