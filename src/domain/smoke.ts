/** A file of smoke tests and what one of them showed. */
import { z } from 'zod';
import { claimIdSchema } from './claim.js';
import { reusedSchema } from './reused.js';

export const smokeExpectationSchema = z
  .strictObject({
    exit: z.number().int().optional(),
    signal: z
      .string()
      .regex(/^SIG[A-Z0-9]+$/, 'a name such as SIGSEGV')
      .optional(),
    faultAddress: z
      .string()
      .regex(/^0x[0-9A-Fa-f]+$/, 'a number such as 0x5f4')
      .optional(),
    /**
     * Kind of sanitizer report, e.g. `heap-use-after-free`; an array: any of these; null: there must be none. Where
     * threads run freely, it is chance which of two accesses to freed memory, or to shared memory, is seen first.
     */
    sanitizer: z
      .union([z.string(), z.array(z.string()).min(1)])
      .nullable()
      .optional(),
    /** Keys the program's last JSON line must carry, with equal values; `{"atLeast": 1}` asks for a number not below it. */
    report: z.record(z.string(), z.unknown()).optional(),
  })
  .refine((e) => e.exit !== undefined || e.signal !== undefined || (e.sanitizer ?? null) !== null, {
    message: 'expected exit, signal or sanitizer: an expectation that nothing can fail is none',
  });
/** A value of an expected report that stands for every number from it upwards. */
export const atLeastSchema = z.strictObject({ atLeast: z.number() });

export type SmokeExpectation = z.infer<typeof smokeExpectationSchema>;

export const smokeRunSchema = z.strictObject({
  preset: z.string(),
  program: z.string(),
  args: z.array(z.string()),
  inject: z.array(z.string()),
  env: z.record(z.string(), z.string()),
  expect: smokeExpectationSchema,
});
export type SmokeRun = z.infer<typeof smokeRunSchema>;

export const smokeTestSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'kebab-case'),
  claims: z.array(claimIdSchema).min(1),
  what: z.string().min(1),
  attempts: z.number().int().positive().default(1),
  /** The control: shows the failure. */
  without: smokeRunSchema,
  /** With the fix: shows its absence. */
  with: smokeRunSchema,
});
export type SmokeTest = z.infer<typeof smokeTestSchema>;

export const smokeFileSchema = z.strictObject({
  $schema: z.string().optional(),
  tests: z.array(smokeTestSchema).min(1),
});

/** What one process of a smoke test did. */
export const smokeAttemptSchema = z.object({
  side: z.enum(['without', 'with']),
  attempt: z.number().int(),
  command: z.array(z.string()),
  injected: z.array(z.string()),
  exit: z.number().int().nullable(),
  signal: z.string().nullable(),
  faultAddress: z.string().nullable(),
  sanitizer: z.string().nullable(),
  report: z.record(z.string(), z.unknown()).nullable(),
  milliseconds: z.number(),
  timedOut: z.boolean(),
  asExpected: z.boolean(),
  /** One line: what differs from the expectation; empty when nothing does. */
  difference: z.string(),
});
export type SmokeAttempt = z.infer<typeof smokeAttemptSchema>;

export const smokeResultSchema = z.object({
  name: z.string(),
  claims: z.array(claimIdSchema),
  what: z.string(),
  /** `not run` where a compiler, a sanitizer or the platform is missing: never a pass. */
  state: z.enum(['passed', 'failed', 'not run']),
  reason: z.string(),
  attempts: z.array(smokeAttemptSchema),
  /** The attempts are those of an earlier run on the same bytes; what they show is judged anew. */
  reused: reusedSchema.optional(),
});
export type SmokeResult = z.infer<typeof smokeResultSchema>;

/** What one process did, as `smoke.jsonl` has it; the last five are there where the program reported them. */
export const smokeLineAttemptSchema = z.strictObject({
  side: z.enum(['without', 'with']),
  attempt: z.number().int(),
  command: z.array(z.string()),
  exit: z.number().int().nullable(),
  signal: z.string().nullable(),
  faultAddress: z.string().nullable(),
  sanitizer: z.string().nullable(),
  milliseconds: z.number(),
  asExpected: z.boolean(),
  /** The steps of the schedule, where the program died in it and could not say which were taken. */
  planned: z.array(z.string()).optional(),
  /** `complete`, `incomplete`, or `infeasible`: whether the schedule happened. */
  schedule: z.string().optional(),
  /** The steps that were taken, in their order. */
  taken: z.array(z.string()).optional(),
  /** Of a stress run: repeats the operations of each thread. */
  seed: z.number().optional(),
  /** Of an exploration: how many schedules were run, whether they are all there are, and the first bad one. */
  explored: z
    .strictObject({
      schedules: z.number(),
      exploration: z.string(),
      bad: z.number(),
      firstBad: z.string().nullable(),
    })
    .optional(),
});

/** One line of `runs/<id>/smoke.jsonl`: one smoke test. */
export const smokeLineSchema = z.strictObject({
  test: z.string(),
  claims: z.array(claimIdSchema),
  what: z.string(),
  state: z.enum(['passed', 'failed', 'not run']),
  reason: z.string(),
  attempts: z.array(smokeLineAttemptSchema),
});
export type SmokeLine = z.infer<typeof smokeLineSchema>;
