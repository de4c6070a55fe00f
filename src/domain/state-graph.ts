/** The state graph of a small model: every reachable state, and the steps between them. */
import { z } from 'zod';

export const stateGraphSchema = z.object({
  states: z.array(
    z.object({
      /** As TLC prints it: `/\ x = 1`, a line for each variable. */
      text: z.string(),
      initial: z.boolean(),
    }),
  ),
  /** `from` and `to` are indices into `states`. */
  steps: z.array(z.object({ from: z.number().int(), to: z.number().int(), action: z.string() })),
});
export type StateGraph = z.infer<typeof stateGraphSchema>;
