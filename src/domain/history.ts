/** runs/<id>/summary.json: what charts over many runs need of one, so that no report reads every record. */
import { z } from 'zod';

/** Parts counted by how they stand; `total` is their sum. */
export const tallySchema = z.object({
  total: z.number().int(),
  asDeclared: z.number().int(),
  notAsDeclared: z.number().int(),
  open: z.number().int(),
  notMeasured: z.number().int(),
});
export type Tally = z.infer<typeof tallySchema>;

export const historyPointSchema = z.object({
  id: z.string(),
  startedAt: z.string(),
  command: z.array(z.string()),
  seconds: z.number(),
  exitCode: z.number().int(),
  commit: z.string().nullable(),
  /** Engine runs by standing. */
  runs: tallySchema,
  /** Distinct states of all declared runs together. */
  states: z.number().int(),
  /** How many claims stand on rung 0, 1, … 6; empty where the run rated none. */
  rungs: z.array(z.number().int()),
});
export type HistoryPoint = z.infer<typeof historyPointSchema>;
