/**
 * The one view that every report is rendered from. Contract: every number a report shows is computed in this folder,
 * once; a format adds nothing but words, order and escaping. Paths are relative to the root of the repository.
 */
import { z } from 'zod';
import { claimIdSchema, claimReportSchema, findingSchema, placeSchema } from '../../domain/claim.js';
import { historyPointSchema, tallySchema } from '../../domain/history.js';
import { probeSchema } from '../../domain/probe.js';
import { handlerFaultSchema, handlerReportSchema } from '../../domain/reachability.js';
import { reusedSchema } from '../../domain/reused.js';
import { buildCheckSchema } from '../../domain/run-record.js';
import { smokeAttemptSchema } from '../../domain/smoke.js';
import { modelViewSchema, spotSchema, standingSchema } from './model-view.js';

export const VIEW_SCHEMA = 1;

/** One merged record. */
const mergedRunSchema = z.object({
  id: z.string(),
  command: z.array(z.string()),
  startedAt: z.string(),
  finishedAt: z.string(),
  seconds: z.number(),
  state: z.enum(['finished', 'interrupted']),
  exitCode: z.number().int(),
  git: z.object({ commit: z.string(), dirty: z.boolean() }).nullable(),
  tools: z.array(z.object({ name: z.string(), version: z.string(), sha256: z.string().optional() })),
  /** Engine runs in it. */
  runs: z.number().int(),
});

/** Why the verdict is what it is: one entry for each thing that is red or open, the reds first. */
export const reasonSchema = z.object({
  standing: z.enum(['not as declared', 'open']),
  kind: z.enum([
    'problem',
    'record',
    'conflict',
    'model',
    'anchor',
    'build',
    'smoke test',
    'handler',
    'finding',
    'claim',
    'change',
  ]),
  /** What it is about: a run's name, a preset, a test, a claim, a code. */
  name: z.string(),
  /** One line without name and place. */
  message: z.string(),
  place: spotSchema.optional(),
  hint: z.string().optional(),
  /** Claims it speaks of. */
  claims: z.array(claimIdSchema),
});
export type Reason = z.infer<typeof reasonSchema>;

export const verdictViewSchema = z.object({
  state: z.enum([
    'as declared',
    'not as declared',
    'incomplete',
    'wrong input',
    'environment cannot do it',
    'interrupted',
  ]),
  /** What `verify` would end with, had it seen all of these records at once. */
  exitCode: z.number().int(),
  /** One sentence, what was not measured included. */
  headline: z.string(),
  reasons: z.array(reasonSchema),
});

/** Lines of a source whose hash is the one that the record has; `first` is the number of the first line. */
export const excerptSchema = z.object({ first: z.number().int(), lines: z.array(z.string()) });

/** A native function with the claims of its anchor, or the reason why no spec covers it. */
export const functionViewSchema = placeSchema.extend({
  name: z.string(),
  claims: z.array(claimIdSchema),
  unmodelled: z.string().optional(),
  /** Absent where the source is not there any more, or is another one. */
  excerpt: excerptSchema.optional(),
});
export type FunctionView = z.infer<typeof functionViewSchema>;

/** A claim with everything it rests on. */
export const claimViewSchema = claimReportSchema.extend({
  module: z.string(),
  /** The part of the id behind `!`. */
  name: z.string(),
  standing: standingSchema,
  /** Where the spec defines it; absent where no merged record says. */
  place: placeSchema.optional(),
  /** Its definition's text. */
  definition: z.string().optional(),
  /** Each positive model that lists it, with the bounded sentence that this model alone supports. */
  statements: z.array(z.object({ model: z.string(), standing: standingSchema, sentence: z.string() })),
  /** Names of the runs that violate it though nobody declared that. */
  violations: z.array(z.string()),
  /** Findings that its rung 2 rests on. */
  findings: z.array(findingSchema),
});
export type ClaimView = z.infer<typeof claimViewSchema>;

/** A table that the manifest declares, ready to print. */
export const tableViewSchema = z.object({
  name: z.string(),
  /** `Layout \ Locking`: what rows and columns are. */
  corner: z.string(),
  columns: z.array(z.string()),
  rows: z.array(
    z.object({
      name: z.string(),
      /** One text per column. */
      cells: z.array(z.string()),
    }),
  ),
});
export type TableView = z.infer<typeof tableViewSchema>;

export const moduleViewSchema = z.object({
  name: z.string(),
  /** Its .tla; absent where the records do not tell. */
  path: z.string().optional(),
  manifest: z.string().optional(),
  standing: standingSchema,
  claims: z.array(claimIdSchema),
  models: z.array(z.string()),
  tables: z.array(tableViewSchema),
  findings: z.array(findingSchema),
  /** All actions of the module over all its declared runs: taken how often, in how many models. */
  actions: z.array(
    z.object({
      name: z.string(),
      place: spotSchema.extend({ endLine: z.number().int(), endColumn: z.number().int() }).optional(),
      total: z.number().int(),
      distinct: z.number().int(),
      models: z.number().int(),
    }),
  ),
});
export type ModuleView = z.infer<typeof moduleViewSchema>;

export const smokeViewSchema = z.object({
  name: z.string(),
  claims: z.array(claimIdSchema),
  what: z.string(),
  standing: standingSchema,
  reason: z.string(),
  record: z.string(),
  seconds: z.number(),
  attempts: z.array(smokeAttemptSchema),
  /** The record whose attempts were taken over; absent where the programs were started. */
  reused: reusedSchema.optional(),
});
export type SmokeView = z.infer<typeof smokeViewSchema>;

export const buildViewSchema = z.object({
  preset: z.string(),
  standing: standingSchema,
  reason: z.string(),
  record: z.string(),
  seconds: z.number(),
  artefacts: z.array(z.object({ path: z.string(), sha256: z.string(), bytes: z.number() })),
  checks: z.array(buildCheckSchema),
  /** Path of the raw log, relative to the root. */
  log: z.string(),
});

export const handlersViewSchema = z.object({
  standing: standingSchema,
  reason: z.string(),
  compiler: z.string(),
  handlers: z.array(handlerReportSchema),
  faults: z.array(handlerFaultSchema),
});

/** Two records that contradict each other, or that were made from different sources. */
export const conflictSchema = z.object({
  kind: z.enum(['outcome', 'sources', 'engine', 'manifest']),
  /** A run's name, or a path. */
  subject: z.string(),
  /** One line: what each record has. */
  message: z.string(),
  records: z.array(z.string()),
});
export type Conflict = z.infer<typeof conflictSchema>;

/** What changed since the baseline; made by the gate, carried here so that every report can show it. */
export const changeViewSchema = z.object({
  kind: z.string(),
  severity: z.enum(['fails', 'note']),
  /** A claim's or a model's id. */
  subject: z.string(),
  place: placeSchema.optional(),
  was: z.string(),
  is: z.string(),
  /** The command that mends it. */
  mend: z.string(),
  /** Why it was accepted; it then fails no more. */
  accepted: z.string().optional(),
});
export type ChangeView = z.infer<typeof changeViewSchema>;

export const reportViewSchema = z.object({
  schema: z.literal(VIEW_SCHEMA),
  head: z.object({
    /** Name of the repository's folder. */
    project: z.string(),
    /** Version of the workbench that made the newest record. */
    workbench: z.string(),
    /** The merged records, oldest first. */
    runs: z.array(mergedRunSchema),
    startedAt: z.string(),
    finishedAt: z.string(),
    /** From the first start to the last end of one record, summed over the records. */
    seconds: z.number(),
    /** `TLC 2.18, jar fc0a7b69`. */
    engine: z.string(),
    /** Records that were asked for and could not be read. */
    unread: z.array(z.object({ id: z.string(), code: z.string(), message: z.string(), hint: z.string() })),
  }),
  verdict: verdictViewSchema,
  totals: z.object({
    models: tallySchema,
    /** Engine runs. */
    runs: tallySchema,
    /** How many engine runs and smoke tests were taken over from an earlier run on the same inputs. */
    reused: z.object({ runs: z.number().int(), smoke: z.number().int() }),
    claims: tallySchema,
    smoke: tallySchema,
    builds: tallySchema,
    /** How many claims stand on rung 0, 1, … 6. */
    rungs: z.array(z.number().int()),
    /** Distinct and generated states of all declared runs together. */
    states: z.number().int(),
    generated: z.number().int(),
    /** Native functions with a claim, and with a reason instead; null where no sources were read. */
    functions: z.object({ anchored: z.number().int(), unmodelled: z.number().int() }).nullable(),
    findings: z.object({ open: z.number().int(), accepted: z.number().int() }),
  }),
  conflicts: z.array(conflictSchema),
  modules: z.array(moduleViewSchema),
  claims: z.array(claimViewSchema),
  models: z.array(modelViewSchema),
  functions: z.array(functionViewSchema),
  anchorFaults: z.array(placeSchema.extend({ message: z.string() })),
  builds: z.array(buildViewSchema),
  smoke: z.array(smokeViewSchema),
  handlers: handlersViewSchema.optional(),
  findings: z.array(findingSchema),
  /** What was asked about vacuity, with the answers. */
  probes: z.array(probeSchema),
  /** Entries of the ledger that some model rests on, or all where the record has them. */
  assumptions: z.array(
    z.object({
      id: z.string(),
      statement: z.string(),
      believed: z.string(),
      monitored: z.string(),
      models: z.array(z.string()),
    }),
  ),
  problems: z.array(z.object({ code: z.string(), message: z.string(), hint: z.string() })),
  /** Absent where there is no baseline to compare with. */
  changes: z
    .object({
      /** A commit, or the baseline's file. */
      base: z.string(),
      /** Whether the gate made it. What a report finds by itself changes no verdict. */
      judged: z.boolean(),
      list: z.array(changeViewSchema),
    })
    .optional(),
  /** What no check has measured: a line for each rung, model or stage, with how much of it. */
  notMeasured: z.array(z.object({ what: z.string(), why: z.string(), count: z.number().int() })),
  /** Earlier runs, oldest first, the merged ones included. */
  history: z.array(historyPointSchema),
  /** Text of the modules and configurations, where it is the text that ran. */
  sources: z.array(z.object({ path: z.string(), sha256: z.string(), text: z.string() })),
});
export type ReportView = z.infer<typeof reportViewSchema>;
