/** What one run showed. Nothing but a completed exploration with an empty queue is Holds. */
import { z } from 'zod';
import { spanSchema } from './behaviour.js';
import { behaviourSchema } from './stored-behaviour.js';

/** Counts of a run; absent numbers were never reported. `generated` is TLC's "states generated". */
export const countsSchema = z.object({
  generated: z.number().int().optional(),
  distinct: z.number().int().optional(),
  queue: z.number().int().optional(),
  depth: z.number().int().optional(),
  /** Behaviours generated, simulation only. */
  traces: z.number().int().optional(),
});
export type Counts = z.infer<typeof countsSchema>;

export const outcomeSchema = z.discriminatedUnion('kind', [
  /** Completed, queue empty, at least one state (or an ASSUME-only module). */
  z.object({ kind: z.literal('Holds') }),
  /** `property` is absent where TLC does not name it (temporal properties with several enabled). */
  z.object({
    kind: z.literal('Violated'),
    property: z.string().optional(),
    of: z.enum(['invariant', 'action property', 'temporal property']),
  }),
  z.object({ kind: z.literal('Deadlock') }),
  z.object({ kind: z.literal('AssumptionFalse'), message: z.string(), span: spanSchema.optional() }),
  /** The spec or configuration could not be read; `message` is TLC's or SANY's own line. */
  z.object({ kind: z.literal('SpecError'), message: z.string(), span: spanSchema.optional() }),
  /** TLC could not evaluate an expression, an Assert failed, a next state was half assigned. */
  z.object({ kind: z.literal('EvaluationError'), message: z.string(), span: spanSchema.optional() }),
  /** Simulation ended without a violation: says nothing about unvisited behaviours. */
  z.object({ kind: z.literal('Sampled') }),
  z.object({ kind: z.literal('Timeout'), seconds: z.number() }),
  z.object({ kind: z.literal('OutOfMemory'), message: z.string() }),
  /** The engine failed, or its exit code and its messages disagree. */
  z.object({ kind: z.literal('Crashed'), message: z.string() }),
  /** Ended without exploring everything (states left on the queue, a limit reached). */
  z.object({ kind: z.literal('Incomplete'), message: z.string() }),
  z.object({ kind: z.literal('Interrupted') }),
  /** Never started: a tool is missing, an earlier stage failed, `--fail-fast`. */
  z.object({ kind: z.literal('NotRun'), reason: z.string() }),
  /** The engine ran and said nothing that can be read as a result. */
  z.object({ kind: z.literal('NoResult'), message: z.string() }),
]);
export type Outcome = z.infer<typeof outcomeSchema>;
export type OutcomeKind = Outcome['kind'];

/** `<Act line …>: distinct:total` of a coverage run. `total` 0: never enabled; `distinct` 0: found nothing new. */
export const actionCoverageSchema = z.object({
  name: z.string(),
  span: spanSchema.optional(),
  distinct: z.number().int(),
  total: z.number().int(),
  initial: z.boolean(),
});
export type ActionCoverage = z.infer<typeof actionCoverageSchema>;

/** A message of the engine that is shown to the user as it is: a warning, an error, or a code we do not know. */
export const engineMessageSchema = z.object({
  code: z.number().int(),
  severity: z.enum(['info', 'error', 'bug', 'warning', 'state', 'unframed']),
  known: z.boolean(),
  text: z.string(),
});
export type EngineMessage = z.infer<typeof engineMessageSchema>;

/** All that is read from one engine run's message stream and exit. */
export const readingSchema = z.object({
  outcome: outcomeSchema,
  counts: countsSchema,
  behaviour: behaviourSchema.optional(),
  coverage: z.array(actionCoverageSchema),
  /** Errors, warnings and unknown codes, in order. */
  messages: z.array(engineMessageSchema),
  /** TLC's own version line, e.g. `TLC2 Version 2.18 of …`. */
  engineVersion: z.string().optional(),
  /** TLC's estimate that a fingerprint collision hid a state; from message 2193. */
  collisionProbability: z.string().optional(),
  /** What the spec printed with Print/PrintT (unframed or code 1-class text), in order. */
  printed: z.array(z.string()),
});
export type Reading = z.infer<typeof readingSchema>;
