/**
 * runs/baseline.json: what was shown and declared when it was last accepted, small and in a stable order, without times
 * and without anything of one machine. And a change between two of them, as the gate reports it.
 */
import { z } from 'zod';
import { RUNGS, rungStateSchema, placeSchema } from './claim.js';
import { modeSchema, resultKind } from './manifest.js';

/** One more with every change of what the file holds: test/gate/baseline-file.test.ts asks for it. */
export const BASELINE_SCHEMA = 3;
export const BASELINE_FILE = 'runs/baseline.json';

/**
 * A formula by its structure, whatever its layout: a text, or an operator with its parts. `forall` has its bounds first.
 * `with parameters` is a definition that has some, its head first. All else is a text, one blank between two tokens.
 */
export type FormulaTree =
  string | ['and' | 'or' | 'implies' | 'always' | 'forall' | 'with parameters', ...FormulaTree[]];
export const formulaTreeSchema: z.ZodType<FormulaTree> = z.lazy(() =>
  z.union([
    z.string(),
    z.tuple(
      [z.enum(['and', 'or', 'implies', 'always', 'forall', 'with parameters'])],
      formulaTreeSchema,
    ) as unknown as z.ZodType<Exclude<FormulaTree, string>>,
  ]),
);

const rungName = z.enum(rungStateSchema.options.map((option) => option.shape.state.value));
export type RungStateName = z.infer<typeof rungName>;
const rungState = rungName.default('not measured');

// What most entries have is left out of the file: those are the defaults below.
const names = z.array(z.string()).default([]);

export const baselineClaimSchema = z.strictObject({
  name: z.string(),
  statement: z.string(),
  kind: z.enum(['invariant', 'property']),
  auxiliary: z.boolean().default(false),
  redundant: z.boolean().default(false),
  /** Definitions it refers to, itself included; their formulas stand in the module's `definitions`. */
  operators: names,
  outcome: z.enum(['holds', 'not supported', 'not shown']).default('holds'),
  rung: z.number().int().min(0).max(RUNGS.length),
  rungs: z
    .strictObject({
      checked: rungState,
      live: rungState,
      falsifiable: rungState,
      anchored: rungState,
      exercised: rungState,
      sensitive: rungState,
    })
    .prefault({}),
});
export type BaselineClaim = z.infer<typeof baselineClaimSchema>;

export const baselineModelSchema = z.strictObject({
  path: z.string(),
  role: z.enum(['positive', 'control', 'unknown']),
  result: resultKind,
  mode: modeSchema.default('exhaustive search'),
  constants: z.record(z.string(), z.string()).default({}),
  /** Properties that its configuration enables. */
  checks: names,
  deadlock: z.boolean().default(true),
  /** Controls: the full set, the named property first. */
  violates: names,
  /** Controls: that set is pinned, so that every other claim must hold. */
  fullSet: z.boolean().default(false),
  /** Controls: the positive model it is a variant of, and all that it may differ in. */
  variantOf: z.string().optional(),
  differsIn: names,
  /** `SPECIFICATION Spec`, or `INIT Init NEXT Next`. */
  behaviour: z.string(),
  fairness: names,
  /** `SYMMETRY Alike`, sorted. */
  reductions: names,
  /** Definitions behind reductions and substituted constants. */
  operators: names,
  assumptions: names,
  /** State counts that the manifest pins. */
  pinned: z.record(z.string(), z.number().int()).default({}),
  /** Declared by `init` from what a run showed: a violation of it is then an open question and no failure. */
  observed: z.boolean().default(false),
  /** Distinct states of a completed exploration; absent where the run ended with a violation. */
  distinct: z.number().int().optional(),
  /** The initial ones among them. */
  initial: z.number().int().optional(),
});
export type BaselineModel = z.infer<typeof baselineModelSchema>;

export const baselineStepSchema = z.strictObject({
  step: z.string(),
  model: z.string(),
  noticedBy: names,
  /** Over what is deleted. */
  text: z.string(),
});

/** A vacuous part of the spec that its manifest accepts. */
export const baselineAcceptedSchema = z.strictObject({
  /** Kind, name, and which one where there are several. */
  finding: z.string(),
  reason: z.string(),
});

export const baselineModuleSchema = z.strictObject({
  name: z.string(),
  path: z.string(),
  /** Over everything that what its models show depends on: module files, configurations, its manifest entry. */
  inputs: z.string(),
  /** Over the definitions alone: comments and layout count for nothing. */
  text: z.string(),
  /** What claims, reductions and ASSUMEs say: `Op` as the module sees it, `Other!Op` by an instance. */
  definitions: z.record(z.string(), formulaTreeSchema),
  /** Hashes of the other definitions that its models explore: Init, Next and what these are made of. */
  explored: z.record(z.string(), z.string()),
  assumes: z.array(z.strictObject({ formula: formulaTreeSchema, operators: names })),
  claims: z.array(baselineClaimSchema),
  models: z.array(baselineModelSchema),
  steps: z.array(baselineStepSchema),
  accepted: z.array(baselineAcceptedSchema),
});
export type BaselineModule = z.infer<typeof baselineModuleSchema>;

export const baselineFunctionSchema = z.strictObject({
  name: z.string(),
  path: z.string(),
  claims: names,
  unmodelled: z.string().optional(),
  /** Over its text without comments and layout. */
  code: z.string(),
});
export type BaselineFunction = z.infer<typeof baselineFunctionSchema>;

export const baselineSmokeSchema = z.strictObject({
  name: z.string(),
  claims: names,
  state: z.enum(['passed', 'failed', 'not run']),
  /** What it expects, with the fix and without: `with exit 0`. */
  asserts: names,
  /** Over what is started. */
  text: z.string(),
});

/** An intended weakening: it approves exactly this change, and only in the change that adds the entry. */
export const approvalSchema = z.strictObject({
  kind: z.string(),
  subject: z.string(),
  was: z.string(),
  is: z.string(),
  reason: z.string().min(1),
});
export type Approval = z.infer<typeof approvalSchema>;

export const policySchema = z.strictObject({
  requiredRung: z.number().int(),
  /** Part of its states that a model may lose. */
  fewerStates: z.number(),
  codeWithoutSpec: z.enum(['note', 'fails']),
  specWithoutCode: z.enum(['note', 'fails']),
});
export type Policy = z.infer<typeof policySchema>;

export const baselineSchema = z.strictObject({
  schema: z.literal(BASELINE_SCHEMA),
  /** Of the jar and of the workbench's own program. */
  tools: z.strictObject({ jar: z.string(), workbench: z.string() }),
  /** What workbench.json asks for. A change is judged by what the base asks, so that it cannot ask less of itself. */
  policy: policySchema,
  /** Where specs are looked for, and what of it is not read. */
  scope: z.strictObject({ specs: z.string(), leftOut: names }),
  modules: z.array(baselineModuleSchema),
  native: z
    .strictObject({
      /** Over every file that builds, smoke tests and the check of handlers read. */
      inputs: z.string(),
      /** Over what those files say: comments and layout count for nothing. */
      text: z.string(),
      functions: z.array(baselineFunctionSchema),
      smoke: z.array(baselineSmokeSchema),
      builds: z.array(z.string()),
      /** What workbench.json asks of it: `covered src`, `handlers src`, `library.fix.marker FIX_API`. */
      requires: names,
      /** What signal and fork handlers may reach. */
      allows: names,
    })
    .nullable(),
  assumptions: z.array(
    z.strictObject({
      id: z.string(),
      statement: z.string(),
      /** How a breach would be seen. */
      monitored: z.string(),
      owner: z.string().optional(),
    }),
  ),
  /** Scores by what they rate; higher is better. */
  scores: z.record(z.string(), z.number()),
  accepted: z.array(approvalSchema),
  /** sha256 over the canonical JSON of the file as it is written, without this key: any version can tell it. */
  hash: z.string(),
});
export type Baseline = z.infer<typeof baselineSchema>;

/** Every kind of change, with what it means for the gate. `policy`: a note unless workbench.json says that it fails. */
export const CHANGE_KINDS = {
  // What runs showed, and of what: never accepted.
  'verdict-failed': 'never accepted',
  'not-shown': 'never accepted',
  'evidence-old': 'never accepted',
  'baseline-unreadable': 'fails',
  'claim-lost': 'fails',
  'model-lost': 'fails',
  'control-lost': 'fails',
  'property-lost': 'fails',
  'anchor-lost': 'fails',
  'smoke-lost': 'fails',
  'smoke-weaker': 'fails',
  'smoke-changed': 'fails',
  'build-lost': 'fails',
  'step-lost': 'fails',
  'claim-weaker': 'fails',
  'claim-changed': 'fails',
  'claim-kind': 'fails',
  'claim-auxiliary': 'fails',
  'operator-changed': 'fails',
  'assume-lost': 'fails',
  'behaviour-changed': 'fails',
  'constants-smaller': 'fails',
  'constants-changed': 'fails',
  'reduction-added': 'fails',
  'fairness-added': 'fails',
  'states-fewer': 'fails',
  'pin-lost': 'fails',
  'assumption-taken': 'fails',
  'deadlock-off': 'fails',
  'result-weaker': 'fails',
  'mode-weaker': 'fails',
  'model-observed': 'fails',
  'left-out': 'fails',
  'control-weaker': 'fails',
  'step-weaker': 'fails',
  'rung-lower': 'fails',
  'score-lower': 'fails',
  'function-unmodelled': 'fails',
  'assumption-unowned': 'fails',
  'requirement-lower': 'fails',
  // With the reason in the manifest: shown beside what a baseline's entry approves.
  'finding-accepted': 'fails',
  'claim-added': 'note',
  'claim-stronger': 'note',
  'claim-statement': 'note',
  'assume-added': 'note',
  'behaviour-edited': 'note',
  'layout-changed': 'note',
  'model-added': 'note',
  'model-moved': 'note',
  'model-stronger': 'note',
  'property-added': 'note',
  'model-changed': 'note',
  'constants-larger': 'note',
  'states-more': 'note',
  'rung-higher': 'note',
  'score-higher': 'note',
  'anchor-added': 'note',
  'function-moved': 'note',
  'step-changed': 'note',
  'smoke-added': 'note',
  'smoke-stronger': 'note',
  'assumption-changed': 'note',
  'tool-changed': 'note',
  'code-without-spec': 'policy',
  'spec-without-code': 'policy',
} as const;
export type ChangeKind = keyof typeof CHANGE_KINDS;

export const changeSchema = z.object({
  kind: z.enum(Object.keys(CHANGE_KINDS) as [ChangeKind, ...ChangeKind[]]),
  severity: z.enum(['fails', 'note']),
  /** A claim's, a model's, a function's or an assumption's id. */
  subject: z.string(),
  place: placeSchema,
  was: z.string(),
  is: z.string(),
  /** The command that mends it; empty where there is nothing to mend. */
  mend: z.string(),
  /** Why it was accepted in this very change; it then fails no more. */
  accepted: z.string().optional(),
});
export type Change = z.infer<typeof changeSchema>;
