/** runs/<utc>-<hash>/run.json: everything a report is made from. One schema, one version number. */
import { z } from 'zod';
import { claimReportSchema, findingSchema, nativeFunctionSchema } from './claim.js';
import { inventorySchema } from './inventory.js';
import { reductionKind } from './manifest.js';
import { outcomeSchema, readingSchema } from './outcome.js';
import { probeSchema } from './probe.js';
import { reachabilityResultSchema } from './reachability.js';
import { reusedSchema } from './reused.js';
import { smokeResultSchema } from './smoke.js';

/** What is written. In 1, which is read as well, every state of a behaviour had all of its variables. */
export const RECORD_SCHEMA = 2;
const READ = [1, RECORD_SCHEMA] as const;
export const isReadable = (schema: number): boolean => READ.some((known) => known === schema);

const hashed = z.object({ path: z.string(), sha256: z.string() });

/** How far a run was, so many seconds after its start. */
export const sampleSchema = z.object({
  seconds: z.number(),
  generated: z.number().int(),
  distinct: z.number().int(),
  queue: z.number().int(),
});
export type Sample = z.infer<typeof sampleSchema>;

/** One start of the engine. A retry is a further attempt; none is ever hidden. */
export const attemptSchema = z.object({
  startedAt: z.string(),
  milliseconds: z.number(),
  /** The exact argument vector, program first. */
  command: z.array(z.string()),
  exit: z.number().int().nullable(),
  signal: z.string().nullable(),
  reading: readingSchema,
  /** Raw log relative to the run's folder. */
  log: z.string(),
  /** The engine's figures over time, ending in the final counts; absent in old records. */
  samples: z.array(sampleSchema).optional(),
});
export type Attempt = z.infer<typeof attemptSchema>;

export const verdictSchema = z.object({
  asDeclared: z.boolean(),
  /** One line: what differs, or what was shown. */
  reason: z.string(),
  /** Nothing ran to an end: neither as declared nor refuted. */
  incomplete: z.boolean(),
});
export type Verdict = z.infer<typeof verdictSchema>;

/** Why a run was started: as its .cfg says; one claim of a control's full set; the rest of the claims; a probe. */
export const purposeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('declared') }),
  z.object({ kind: z.literal('full set'), property: z.string() }),
  z.object({ kind: z.literal('the rest') }),
  z.object({ kind: z.literal('probe'), of: z.string() }),
]);
export type Purpose = z.infer<typeof purposeSchema>;

export const modelRunSchema = z.object({
  model: z.string(),
  module: z.string(),
  purpose: purposeSchema,
  role: z.enum(['positive', 'control', 'unknown']),
  /** Constants as the configuration states them. */
  constants: z.record(z.string(), z.string()),
  /** Properties that were really enabled in this run. */
  enabled: z.object({
    invariants: z.array(z.string()),
    properties: z.array(z.string()),
    deadlock: z.boolean(),
  }),
  assumptions: z.array(z.string()),
  /** What of the configuration hid states or behaviours: a sentence about the run must name it. */
  reductions: z.array(z.object({ kind: reductionKind, name: z.string() })).optional(),
  closure: z.array(hashed),
  config: hashed,
  /** Hash over closure, configuration, jar and flags: what the result depends on. */
  inputs: z.string(),
  profile: z.enum(['tiny', 'large', 'plain']),
  seed: z.number().int(),
  fingerprint: z.number().int(),
  attempts: z.array(attemptSchema),
  /** The attempt is one of an earlier run with the same inputs; the verdict is of now. Absent where the engine was started. */
  reused: reusedSchema.optional(),
  outcome: outcomeSchema,
  verdict: verdictSchema,
  /** State graph as TLC wrote it (DOT), relative to the run's folder; only of small models. */
  graph: z.string().optional(),
  /** The conjunct of a violated invariant that is false in the last state, where it could be told. */
  conjunct: z.object({ text: z.string(), path: z.string(), line: z.number().int() }).optional(),
});
export type ModelRun = z.infer<typeof modelRunSchema>;

/** One assertion about one artefact of a build. */
export const buildCheckSchema = z.object({
  check: z.string(),
  artefact: z.string(),
  /** `not run`: it could not be looked at, which is never a pass. */
  state: z.enum(['holds', 'fails', 'not run']),
  /** One line: what was found. */
  detail: z.string(),
});
export type BuildCheck = z.infer<typeof buildCheckSchema>;

export const buildResultSchema = z.object({
  preset: z.string(),
  state: z.enum(['built', 'failed', 'not run']),
  reason: z.string(),
  command: z.array(z.array(z.string())),
  milliseconds: z.number(),
  artefacts: z.array(hashed.extend({ bytes: z.number() })),
  /** Every file the build may read, hashed before it began. */
  sources: z.array(hashed),
  log: z.string(),
  /** What was asserted of the artefacts; absent where nothing was asked. */
  checks: z.array(buildCheckSchema).optional(),
});
export type BuildResult = z.infer<typeof buildResultSchema>;

/** Anchors read from the native sources. */
export const anchorMapSchema = z.object({
  functions: z.array(
    nativeFunctionSchema.extend({ claims: z.array(z.string()), unmodelled: z.string().optional() }),
  ),
  /** Dangling anchors, untagged functions, files that could not be parsed: each an error, one line each. */
  faults: z.array(z.object({ path: z.string(), line: z.number().int(), message: z.string() })),
  sources: z.array(hashed),
});
export type AnchorMap = z.infer<typeof anchorMapSchema>;

export const runRecordSchema = z.object({
  schema: z.literal(READ),
  id: z.string(),
  command: z.array(z.string()),
  startedAt: z.string(),
  finishedAt: z.string(),
  state: z.enum(['finished', 'interrupted']),
  exitCode: z.number().int(),
  tools: z.array(z.object({ name: z.string(), version: z.string(), sha256: z.string().optional() })),
  git: z.object({ commit: z.string(), dirty: z.boolean() }).nullable(),
  models: z.array(modelRunSchema),
  builds: z.array(buildResultSchema),
  smoke: z.array(smokeResultSchema),
  anchors: anchorMapSchema.nullable(),
  /** What signal and fork handlers reach; absent in old records and where the project asks for no such check. */
  reachability: reachabilityResultSchema.optional(),
  findings: z.array(findingSchema),
  /** What was asked about vacuity, with the answers; absent in old records. */
  probes: z.array(probeSchema).optional(),
  claims: z.array(claimReportSchema),
  /** workbench.json, manifests, smoke tests, lists of functions: what was declared when the run began. Absent in old records. */
  declared: z.array(hashed).optional(),
  /** What the project declares, so that a report needs nothing but records; absent in old ones. */
  inventory: inventorySchema.optional(),
  /** Problems that were not tied to a model: code and line, and the exit code each asks for. */
  problems: z.array(
    z.object({ code: z.string(), message: z.string(), hint: z.string(), exit: z.number().int().optional() }),
  ),
  /** sha256 over the canonical JSON of this record without this key. */
  hash: z.string(),
});
export type RunRecord = z.infer<typeof runRecordSchema>;
