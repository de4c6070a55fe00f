/**
 * What a project declares, as a record keeps it: claims, models and where they stand. With it a report can be made,
 * and rungs folded, from records alone, also from those of several machines; what no record ran is seen to be missing.
 */
import { z } from 'zod';
import { claimEntrySchema, manifestModelSchema, tableSchema } from './manifest.js';
import { assumptionSchema } from './project.js';
import { placeSchema } from './claim.js';

/** One model as declared. */
export const declaredModelSchema = z.object({
  /** The .cfg relative to the root; the model's identity. */
  id: z.string(),
  role: z.enum(['positive', 'control', 'unknown']),
  declared: manifestModelSchema,
  /** In the order of the configuration, which the keys of a record do not keep. */
  constants: z.array(z.object({ name: z.string(), value: z.string() })),
  /** Properties that its own configuration enables. */
  enabled: z.object({
    invariants: z.array(z.string()),
    properties: z.array(z.string()),
    deadlock: z.boolean(),
  }),
});
export type DeclaredModel = z.infer<typeof declaredModelSchema>;

export const inventoryModuleSchema = z.object({
  name: z.string(),
  /** Its .tla and its manifest, relative to the root; an ad hoc module has no manifest. */
  path: z.string(),
  manifest: z.string().optional(),
  /** In the order of the manifest. */
  claims: z.array(claimEntrySchema.extend({ name: z.string() })),
  /** Where each claim is defined, with the text of its definition. */
  definitions: z.record(z.string(), placeSchema.extend({ text: z.string() })),
  /** Variables each claim reads, directly or through operators. */
  reads: z.record(z.string(), z.array(z.string())),
  /** Whether the record's findings speak of this module; where they do not, no finding means nothing. */
  findings: z.enum(['measured', 'not measured']),
  models: z.array(declaredModelSchema),
  tables: z.array(tableSchema),
});
export type InventoryModule = z.infer<typeof inventoryModuleSchema>;

export const inventorySchema = z.object({
  /** The rung that the command asked of every claim. */
  requiredRung: z.number().int().min(0).max(6),
  assumptions: z.array(assumptionSchema),
  modules: z.array(inventoryModuleSchema),
});
export type Inventory = z.infer<typeof inventorySchema>;
