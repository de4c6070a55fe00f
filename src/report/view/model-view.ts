/** The part of the report view that is about models: what is declared, every run, every behaviour. Schemas only. */
import { z } from 'zod';
import { endingSchema, valueSchema } from '../../domain/behaviour.js';
import { claimIdSchema, placeSchema } from '../../domain/claim.js';
import { reductionKind, resultKind } from '../../domain/manifest.js';
import { countsSchema, engineMessageSchema, outcomeSchema } from '../../domain/outcome.js';
import { modelRunSchema, purposeSchema, sampleSchema } from '../../domain/run-record.js';
import { reusedSchema } from '../../domain/reused.js';
import { stateGraphSchema } from '../../domain/state-graph.js';

/**
 * How something stands. `open`: it was to run and did not, or not to an end; `not measured`: none of the merged runs
 * was asked for it. Neither is ever a pass.
 */
export const standingSchema = z.enum(['as declared', 'not as declared', 'open', 'not measured']);
export type Standing = z.infer<typeof standingSchema>;

/** A place that a reader can open: path relative to the root of the repository, lines and columns from 1. */
export const spotSchema = placeSchema.extend({ column: z.number().int().optional() });

/** One state of a behaviour and the step into it. */
export const stepSchema = z.object({
  /** 1 for the initial state. */
  number: z.number().int(),
  /** `Lock(t1)`, or `Initial predicate`. */
  action: z.string(),
  name: z.string(),
  arguments: z.array(z.string()),
  place: spotSchema.optional(),
  /** Index into `lanes` of the thread that made the step; null where it cannot be told. */
  lane: z.number().int().nullable(),
  /** Paths that differ from the state before, as texts; for the initial state every variable, with `after` alone. */
  changes: z.array(
    z.object({
      variable: z.string(),
      /** `pc["t1"]`. */
      path: z.string(),
      /** Absent for what came: into a set, at an end of a sequence, under a new key. */
      before: z.string().optional(),
      /** Absent for what went. */
      after: z.string().optional(),
    }),
  ),
  /** Whole values of the variables that differ from the state before (all of them in the first step). */
  values: z.record(z.string(), valueSchema),
});
export type Step = z.infer<typeof stepSchema>;

/** A counterexample: fold `values` of the steps from the first on to have every state whole. */
export const behaviourViewSchema = z.object({
  /** `specs/M/small.cfg: violates NoLeak in a behaviour of 12 states`. */
  title: z.string(),
  variables: z.array(z.string()),
  /** Names of the threads as TLA+ text; empty where the states tell of none. */
  lanes: z.array(z.string()),
  steps: z.array(stepSchema),
  ending: endingSchema,
  /** `then nothing happens any more (stuttering)`; empty where it just stops. */
  endingText: z.string(),
});
export type BehaviourView = z.infer<typeof behaviourViewSchema>;

/** How often one action was taken in one run. */
export const actionCountSchema = z.object({
  name: z.string(),
  module: z.string(),
  initial: z.boolean(),
  /** States that were new. */
  distinct: z.number().int(),
  /** 0: never enabled in this run. */
  total: z.number().int(),
  place: spotSchema.extend({ endLine: z.number().int(), endColumn: z.number().int() }).optional(),
});
export type ActionCount = z.infer<typeof actionCountSchema>;

/** One engine run of a model; a control has several. */
export const runViewSchema = z.object({
  /** Unique in the view, stable over runs of the same thing: `specs/M/small.cfg`, `specs/M/broken.cfg [NoLeak alone]`. */
  name: z.string(),
  /** Id of the record it comes from. */
  record: z.string(),
  purpose: purposeSchema,
  standing: standingSchema,
  /** One line: what was shown, or what differs from the declaration. */
  reason: z.string(),
  outcome: outcomeSchema,
  /** What the run showed in a few words: `holds in all 94 reachable states`. */
  shown: z.string(),
  /** Properties that were really enabled. */
  enabled: z.object({
    invariants: z.array(z.string()),
    properties: z.array(z.string()),
    deadlock: z.boolean(),
  }),
  reductions: z.array(z.object({ kind: reductionKind, name: z.string() })),
  counts: countsSchema,
  seconds: z.number(),
  attempts: z.array(
    z.object({
      startedAt: z.string(),
      seconds: z.number(),
      command: z.array(z.string()),
      exit: z.number().int().nullable(),
      signal: z.string().nullable(),
      /** Path of the raw log, relative to the root. */
      log: z.string(),
    }),
  ),
  seed: z.number().int(),
  fingerprint: z.number().int(),
  profile: modelRunSchema.shape.profile,
  /** Hash over all the result depends on. */
  inputs: z.string(),
  /** TLC's estimate that two states were taken for one. */
  collisionProbability: z.string().optional(),
  /** Warnings and errors of the engine, as it words them. */
  messages: z.array(engineMessageSchema),
  coverage: z.array(actionCountSchema),
  behaviour: behaviourViewSchema.optional(),
  /** The conjunct of the violated invariant that is false in the last state. */
  conjunct: modelRunSchema.shape.conjunct,
  /** How far the last attempt was, second by second; absent where nothing was sampled. */
  samples: z.array(sampleSchema).optional(),
  /** State graph (path of its DOT file, relative to the root); absent where none was written or it cannot be read. */
  graph: stateGraphSchema.extend({ path: z.string() }).optional(),
  /** Why the graph that the record names cannot be shown, its path included; absent where it can. */
  graphFault: z.string().optional(),
  /** The record whose outcome was taken over, and when that was made; absent where the engine ran. */
  reused: reusedSchema.optional(),
});
export type RunView = z.infer<typeof runViewSchema>;

/** One model: what its manifest declares and what its runs showed. */
export const modelViewSchema = z.object({
  /** The .cfg, relative to the root; for an ad hoc model what stands for it. */
  id: z.string(),
  module: z.string(),
  role: modelRunSchema.shape.role,
  standing: standingSchema,
  /** Why it stands so; the declared run's reason where all is as declared. */
  reason: z.string(),
  /** From the manifest; null where no merged record knows the manifest. */
  declared: z
    .object({
      result: resultKind,
      /** `violates NoLeak`, `holds in all 94 states`. */
      text: z.string(),
      checks: z.array(z.string()).optional(),
      violates: z.string().optional(),
      alsoViolates: z.array(z.string()),
      variantOf: z.string().optional(),
      differsIn: z.array(z.string()),
      reduces: z.array(z.object({ kind: reductionKind, name: z.string(), reason: z.string() })),
      distinctStates: z.number().int().optional(),
      totalStates: z.number().int().optional(),
      stateDepth: z.number().int().optional(),
      note: z.string().optional(),
    })
    .nullable(),
  constants: z.record(z.string(), z.string()),
  assumptions: z.array(z.string()),
  /** Claims that its declared run checks. */
  claims: z.array(claimIdSchema),
  /** Claims that its runs showed to be violated, `Deadlock` among them; null where some run came to no end. */
  violates: z.array(z.string()).nullable(),
  /** Distinct states of the declared run; null where none were reported. */
  states: z.number().int().nullable(),
  seconds: z.number(),
  /** The declared run first. */
  runs: z.array(runViewSchema),
});
export type ModelView = z.infer<typeof modelViewSchema>;
