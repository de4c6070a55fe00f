/** A generated module whose exploration ends as soon as it has found more states than a reduced one did. Pure. */

export const REDUCTION_MODULE = 'WbReductionProbe';

/** @param states distinct states that the exploration with the reduction found */
export function reductionProbe(extended: string, states: number): { text: string; invariant: string } {
  const text = [
    `---- MODULE ${REDUCTION_MODULE} ----`,
    `EXTENDS ${extended}`,
    'WbTLC == INSTANCE TLC',
    'WbNat == INSTANCE Naturals',
    `WbNoMore == WbNat!<=(WbTLC!TLCGet("distinct"), ${String(states)})`,
    '====',
    '',
  ].join('\n');
  return { text, invariant: 'WbNoMore' };
}
