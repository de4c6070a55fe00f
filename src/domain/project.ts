/** workbench.json at the root of a repository: where things live, the assumption ledger, what is required. */
import { z } from 'zod';
import { reachabilityConfigSchema } from './reachability.js';

/** Who guarantees what the specs take for granted, and how a breach would be seen. */
export const assumptionSchema = z.strictObject({
  id: z.string().regex(/^A-[A-Z0-9-]+$/, 'an id such as A-LIVE'),
  statement: z.string().min(1),
  believed: z.string().min(1),
  monitored: z.string().min(1),
  /** Who answers for it; the gate asks for one where an assumption is new. */
  owner: z.string().min(1).optional(),
});
export type Assumption = z.infer<typeof assumptionSchema>;

/** Where the TLC jar may come from, tried in order; the hash is the identity, the address only a place to look. */
export const jarSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('url'), name: z.string(), url: z.url(), sha256: z.string().length(64) }),
  z.strictObject({
    kind: z.literal('maven'),
    name: z.string(),
    artifact: z.string(),
    sha256: z.string().length(64),
  }),
]);
export type JarSource = z.infer<typeof jarSourceSchema>;

/** A library that others load: what `build` asserts of its artefacts. */
export const librarySchema = z.strictObject({
  /** Name without prefix and suffix: `agx_fix` for libagx_fix.so and libagx_fix.dylib. */
  name: z.string(),
  /** Its C header: the functions it declares are what the library exports. */
  header: z.string(),
  /** Macro that every one of those declarations carries. */
  marker: z.string(),
  /** Functions of others that an ELF library exports besides, to come before them. */
  interposers: z.array(z.string()).default([]),
  macho: z
    .strictObject({
      /** Default `@rpath/lib<name>.dylib`. */
      installName: z.string().optional(),
      minimumMacOS: z.string().regex(/^\d+\.\d+(\.\d+)?$/, 'a version such as 13.0'),
      /** At least so many functions run when it is loaded. */
      constructors: z.number().int().min(0).default(0),
      /** Functions that its `__interpose` section replaces, no more and no fewer. */
      interposes: z.array(z.string()).default([]),
    })
    .optional(),
});
export type LibraryExpectation = z.infer<typeof librarySchema>;

export const projectSchema = z.strictObject({
  $schema: z.string().optional(),
  /** Folder with one folder per module; default `specs`. */
  specs: z.string().optional(),
  /** Folders in which a module is looked for that is neither beside the spec nor standard, in this order. */
  moduleFolders: z.array(z.string().min(1)).optional(),
  /** Configurations, manifests or folders of them below `specs` that are not read, each with the reason. */
  leftOut: z.array(z.strictObject({ path: z.string().min(1), reason: z.string().min(1) })).optional(),
  native: z
    .strictObject({
      /** Folder with CMakeLists.txt and CMakePresets.json. */
      root: z.string(),
      /** Folders whose functions must each have an anchor or a reason. */
      covered: z.array(z.string()),
      /** Smoke tests: a file, or a folder of them; default `<root>/smoke/tests.json`. */
      smoke: z.string().optional(),
      /** Where signal and fork handlers are looked for, and what they may call. */
      reachability: reachabilityConfigSchema.optional(),
      /** Libraries whose built form is held against what is said here; `run` injects the first. */
      libraries: z.array(librarySchema).optional(),
    })
    .optional(),
  assumptions: z.array(assumptionSchema).optional(),
  /** The rung every non-auxiliary claim must stand on for `verify` to be as declared; default 1. */
  requiredRung: z.number().int().min(0).max(6).optional(),
  /** What `gate` makes of changes that are no loss by themselves. */
  gate: z
    .strictObject({
      /** Part of a model's states that it may lose without a failure, e.g. 0.05; default 0. */
      fewerStates: z.number().min(0).max(1).optional(),
      codeWithoutSpec: z.enum(['note', 'fails']).optional(),
      specWithoutCode: z.enum(['note', 'fails']).optional(),
    })
    .optional(),
  budgets: z
    .strictObject({
      jobs: z.number().int().positive().optional(),
      memoryMb: z.number().int().positive().optional(),
      timeoutSeconds: z.number().positive().optional(),
      /** Models expected to take longer than this many seconds run in the large profile. */
      largeFromSeconds: z.number().positive().optional(),
    })
    .optional(),
  jar: z.strictObject({ sources: z.array(jarSourceSchema).min(1) }).optional(),
});
export type ProjectFile = z.infer<typeof projectSchema>;
