/** What signal and fork handlers may do: the list of allowed functions, and what one check of the handlers showed. */
import { z } from 'zod';
import { claimIdSchema, placeSchema } from './claim.js';
import { reusedSchema } from './reused.js';

/** `native.reachability` of workbench.json. */
export const reachabilityConfigSchema = z.strictObject({
  /** C, C++ and Objective-C files, or folders of them. */
  files: z.array(z.string().min(1)).min(1),
  /** Flags for the compiler, which is started at the root; `-std=` goes to the files of its language only. */
  flags: z.array(z.string().min(1)).optional(),
  /** The list of allowed functions; default `async-signal-safe.json` below `native.root`. */
  allowed: z.string().optional(),
});
export type ReachabilityConfig = z.infer<typeof reachabilityConfigSchema>;

/** native/async-signal-safe.json. */
export const allowListSchema = z.strictObject({
  $schema: z.string().optional(),
  /** Functions a handler may reach, each group with its source or its reason. */
  safe: z
    .array(z.strictObject({ reason: z.string().min(1), names: z.array(z.string().min(1)).min(1) }))
    .min(1),
  /** What the tool cannot follow and a person has judged. */
  exceptions: z
    .array(
      z.strictObject({
        /** The function in which it stands, e.g. `mps::onInterrupt`. */
        function: z.string().min(1),
        /** `handler`: a registration whose handler is not resolved. */
        kind: z.enum(['indirect call', 'inline assembly', 'handler']),
        /** How many of them the function has; one more is a fault. */
        count: z.number().int().positive().default(1),
        reason: z.string().min(1),
      }),
    )
    .default([]),
});
export type AllowList = z.infer<typeof allowListSchema>;
export type HandlerException = AllowList['exceptions'][number];

export const handlerFaultSchema = placeSchema.extend({
  kind: z.enum([
    'unsafe call',
    'indirect call',
    'inline assembly',
    'handler not resolved',
    'handler not seen',
    'does not compile',
    'nothing to check',
    'unused exception',
  ]),
  /** Name of the handler; absent where the fault belongs to none. */
  handler: z.string().optional(),
  /** One line without its place. */
  message: z.string(),
  hint: z.string(),
  /** The calls from the handler down to the fault: `native/a.cpp:4: onInterrupt calls logStats`. */
  trail: z.array(z.string()),
});
export type HandlerFault = z.infer<typeof handlerFaultSchema>;

export const handlerReportSchema = placeSchema.extend({
  name: z.string(),
  kinds: z.array(z.enum(['signal handler', 'child handler of a fork'])),
  /** Where it is registered, and by which function. */
  registered: z.array(placeSchema.extend({ by: z.string() })),
  /** Claims of the anchor above it. */
  claims: z.array(claimIdSchema),
  /** Functions of the files that it reaches, itself included. */
  functions: z.number().int(),
  /** Functions outside the files that it reaches and that are allowed. */
  calls: z.array(z.string()),
  /** Calls and assembly that the list excuses, as `function: kind: reason`. */
  excused: z.array(z.string()),
  faults: z.number().int(),
});
export type HandlerReport = z.infer<typeof handlerReportSchema>;

export const reachabilityResultSchema = z.object({
  /** `not run` where the compiler or a header is missing: never a pass. */
  state: z.enum(['passed', 'failed', 'not run']),
  reason: z.string(),
  /** First line of the compiler's version; empty where there is none. */
  compiler: z.string(),
  files: z.array(z.object({ path: z.string(), sha256: z.string() })),
  handlers: z.array(handlerReportSchema),
  /** Registrations that install no handler: SIG_IGN, SIG_DFL, null. */
  without: z.number().int(),
  faults: z.array(handlerFaultSchema),
  milliseconds: z.number(),
  /** Taken from an earlier run on the same sources, headers, list and compiler. */
  reused: reusedSchema.optional(),
});
export type ReachabilityResult = z.infer<typeof reachabilityResultSchema>;
