/** Probes of rung 2: what was asked about vacuity, and what the answer rests on. */
import { z } from 'zod';
import { placeSchema } from './claim.js';

/**
 * What a probe asks: is this antecedent ever true, is this quantified set ever not empty, does this action ever fire,
 * does this variable ever change; does the claim say more than TypeOK; does any claim need this fairness; does this
 * reduction hide states.
 */
export const probeKindSchema = z.enum([
  'antecedent',
  'set',
  'action',
  'variable',
  'type',
  'fairness',
  'reduction',
]);
export type ProbeKind = z.infer<typeof probeKindSchema>;

export const probeSchema = z.object({
  kind: probeKindSchema,
  module: z.string(),
  /** Names of the claims that the answer speaks of. */
  claims: z.array(z.string()),
  /** What was asked for, in one line: the antecedent, the set, the variable, the conjunct, the reduction. */
  subject: z.string(),
  place: placeSchema,
  answer: z.enum(['live', 'vacuous', 'not measured']),
  /** One line: what was seen, or why it could not be told. */
  because: z.string(),
  /** Vacuous only because this one around it is, which has the finding. */
  under: z.string().optional(),
  /** Reason of the declaration that allows for it, where that is not an entry of `accepted`. */
  accepted: z.string().optional(),
  /** The model in which it was seen. */
  model: z.string().optional(),
  /** Distinct states found, and steps taken, when it was seen. */
  states: z.number().int().optional(),
  depth: z.number().int().optional(),
  /** Models that were explored to the end, or until it was seen. */
  lookedIn: z.array(z.string()),
});
export type Probe = z.infer<typeof probeSchema>;
