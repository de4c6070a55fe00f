/** Claims, their evidence and the ladder's rungs. */
import { z } from 'zod';

/** `Module!Name`. */
export const claimIdSchema = z.string().regex(/^[A-Za-z0-9_]+![A-Za-z0-9_]+$/, 'Module!Claim');
export type ClaimId = z.infer<typeof claimIdSchema>;

export const RUNGS = ['checked', 'live', 'falsifiable', 'anchored', 'exercised', 'sensitive'] as const;
export type RungName = (typeof RUNGS)[number];

/** State of one rung for one claim. A rung whose check has not run is not measured, never passed over. */
export const rungStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('passed'), because: z.string() }),
  z.object({ state: z.literal('failed'), because: z.string() }),
  /** Every part that was measured holds, and some part of the rung has no measurement yet. */
  z.object({ state: z.literal('partly measured'), because: z.string() }),
  z.object({ state: z.literal('not measured'), because: z.string() }),
]);
export type RungState = z.infer<typeof rungStateSchema>;

/** A place in a source file, path relative to the repository root, lines from 1. */
export const placeSchema = z.object({ path: z.string(), line: z.number().int() });
export type Place = z.infer<typeof placeSchema>;

export const nativeFunctionSchema = z.object({ name: z.string(), path: z.string(), line: z.number().int() });
export type NativeFunction = z.infer<typeof nativeFunctionSchema>;

/** A rung-2 finding of verify, or any other fault found in the specs, with its place. */
export const findingSchema = z.object({
  finding: z.string(),
  module: z.string(),
  name: z.string(),
  place: placeSchema,
  message: z.string(),
  /** What it is about within `name`, in one line, where a claim has several such: an antecedent, a set. */
  text: z.string().optional(),
  /** Names of the claims it speaks against; absent: every claim of the module. */
  claims: z.array(z.string()).optional(),
  accepted: z.string().optional(),
});
export type Finding = z.infer<typeof findingSchema>;

/** One line of the claim table: what a claim rests on after a run. */
export const claimReportSchema = z.object({
  id: claimIdSchema,
  statement: z.string(),
  kind: z.enum(['invariant', 'property']),
  auxiliary: z.boolean(),
  redundant: z.string().optional(),
  /** What the positive models show together. */
  outcome: z.enum(['holds', 'not supported', 'not shown']),
  /** Distinct states of the largest positive model; 0 where none ended. */
  states: z.number().int(),
  models: z.array(z.string()),
  controls: z.array(z.string()),
  functions: z.array(nativeFunctionSchema),
  smoke: z.array(z.object({ name: z.string(), passed: z.boolean().nullable() })),
  rungs: z.object({
    checked: rungStateSchema,
    live: rungStateSchema,
    falsifiable: rungStateSchema,
    anchored: rungStateSchema,
    exercised: rungStateSchema,
    sensitive: rungStateSchema,
  }),
  /** 0–6: the highest rung below which every rung holds. */
  rung: z.number().int().min(0).max(6),
  /** One bounded sentence, e.g. "holds in all 94 reachable states of … with N=3; TLC 2.18, jar fc0a…". */
  sentence: z.string(),
});
export type ClaimReport = z.infer<typeof claimReportSchema>;
