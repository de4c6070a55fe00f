/**
 * specs/<Module>/manifest.json: the schema of https://github.com/tlaplus/Examples, plus the workbench's own keys.
 * Every object is strict, so that a mistyped key is an error and not silence. Paths are relative to the repository root.
 */
import { z } from 'zod';

const count = z.number().int().nonnegative();

/** The member of a full set that is no claim: a run with no property enabled ends in a deadlock. */
export const DEADLOCK = 'Deadlock';

export const reductionKind = z.enum(['VIEW', 'SYMMETRY', 'CONSTRAINT', 'ACTION_CONSTRAINT', 'SUBSTITUTION']);
export type ReductionKind = z.infer<typeof reductionKind>;

export const resultKind = z.enum([
  'success',
  'safety failure',
  'liveness failure',
  'deadlock failure',
  'assumption failure',
  'unknown',
]);
export type ResultKind = z.infer<typeof resultKind>;

export const modeSchema = z.union([
  z.enum(['exhaustive search', 'generate', 'symbolic']),
  z.strictObject({ simulate: z.strictObject({ traceCount: count }) }),
]);
export type Mode = z.infer<typeof modeSchema>;

/** Workbench keys of a model; see docs/manifest.md. */
export const modelExpectationSchema = z.strictObject({
  /** Every property the run must have had enabled, and no other. */
  checks: z.array(z.string()).optional(),
  /** Controls: the one property this run must violate; `Deadlock` where the deadlock itself is the point. */
  violates: z.string().optional(),
  /** Controls: the rest of the full set, each found by a run of its own. */
  alsoViolates: z.array(z.string()).optional(),
  variantOf: z.string().optional(),
  /** Controls: exactly the constants whose values differ from `variantOf`. */
  differsIn: z.array(z.string()).optional(),
  assumptions: z.array(z.string()).optional(),
  reduces: z
    .array(z.strictObject({ kind: reductionKind, name: z.string(), reason: z.string().min(1) }))
    .optional(),
  /** Deadline of one run in seconds, where the default is not enough. */
  timeoutSeconds: z.number().positive().optional(),
  note: z.string().optional(),
  /** Written by `workbench init`: what its first run showed. Until a person removes it, nobody has confirmed it. */
  observed: z.string().min(1).optional(),
});
export type ModelExpectation = z.infer<typeof modelExpectationSchema>;

export const manifestModelSchema = z.strictObject({
  path: z.string(),
  runtime: z.string().optional(),
  size: z.string().optional(),
  mode: modeSchema.optional(),
  features: z.array(z.string()).optional(),
  result: resultKind,
  distinctStates: count.optional(),
  totalStates: count.optional(),
  stateDepth: count.optional(),
  workbench: modelExpectationSchema.optional(),
});
export type ManifestModel = z.infer<typeof manifestModelSchema>;

export const editSchema = z.strictObject({ find: z.string().min(1), replace: z.string() });
export type Edit = z.infer<typeof editSchema>;

export const claimEntrySchema = z.strictObject({
  statement: z.string().min(1),
  kind: z.enum(['invariant', 'property']),
  /** Says nothing about the code: needs no native function and stops at rung 3. */
  auxiliary: z.boolean().optional(),
  /** Why this claim is never the only one to notice anything. */
  redundant: z.string().optional(),
});
export type ClaimEntry = z.infer<typeof claimEntrySchema>;

/** Kinds of vacuity that are looked for; see docs/vacuity.md. */
export const findingKind = z.enum([
  'action-never-fires',
  'variable-never-changes',
  'claim-reads-no-variable',
  'antecedent-never-true',
  'set-always-empty',
  'listed-twice',
  'implied-by-type',
  'reduction-cuts-states',
  'fairness-not-needed',
]);
export type FindingKind = z.infer<typeof findingKind>;

export const acceptedFindingSchema = z.strictObject({
  finding: findingKind,
  name: z.string(),
  /** Which one, where a claim has several: the antecedent or set as the finding shows it. */
  text: z.string().optional(),
  reason: z.string().min(1),
});
export type AcceptedFinding = z.infer<typeof acceptedFindingSchema>;

/** A step that protects: deleting it must make `model` fail by each of `noticedBy`, or it is redundant for a reason. */
export const protectiveStepSchema = z.strictObject({
  step: z.string(),
  delete: z.array(editSchema).min(1),
  model: z.string(),
  noticedBy: z.array(z.string()).min(1).optional(),
  redundant: z.string().optional(),
});
export type ProtectiveStep = z.infer<typeof protectiveStepSchema>;

/** A table that is read off the models: a row and a column per value of two constants, a cell per model. */
export const tableSchema = z.strictObject({
  name: z.string(),
  rows: z.string(),
  columns: z.string(),
  /** Show only whether this claim holds; absent: the cell lists every claim that fails. */
  claim: z.string().optional(),
  models: z.array(z.string()).min(1),
});
export type Table = z.infer<typeof tableSchema>;

export const manifestModuleSchema = z.strictObject({
  path: z.string(),
  communityDependencies: z.array(z.string()).optional(),
  tlaLanguageVersion: z.number().optional(),
  features: z.array(z.string()).optional(),
  proof: z.looseObject({}).optional(),
  models: z.array(manifestModelSchema),
  workbench: z
    .strictObject({
      claims: z.record(z.string(), claimEntrySchema).optional(),
      accepted: z.array(acceptedFindingSchema).optional(),
      protectiveSteps: z.array(protectiveStepSchema).optional(),
      tables: z.array(tableSchema).optional(),
    })
    .optional(),
});
export type ManifestModule = z.infer<typeof manifestModuleSchema>;

export const manifestSchema = z.strictObject({
  $schema: z.string().optional(),
  path: z.string().optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  sources: z.array(z.string()).optional(),
  authors: z.array(z.string()).optional(),
  tags: z.array(z.string()).optional(),
  modules: z.array(manifestModuleSchema),
});
export type Manifest = z.infer<typeof manifestSchema>;
