/** Says of a result that it was not shown now but taken from an earlier run on which everything it depends on was the same. */
import { z } from 'zod';

export const reusedSchema = z.object({
  /** Id of the record of the run that showed it; it may have been pruned since. */
  from: z.string(),
  /** When it was shown, ISO 8601. */
  at: z.string(),
});
export type Reused = z.infer<typeof reusedSchema>;
