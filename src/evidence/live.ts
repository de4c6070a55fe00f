/** Rung 2 of a claim: whether what it says could have been false, as far as that was asked. Pure. */
import type { Finding, RungState } from '../domain/claim.js';
import type { Probe } from '../domain/probe.js';

export interface LiveInput {
  /** Findings of the claim's module; undefined: the check did not run. */
  findings: Finding[] | undefined;
  /** Probes of the claim's module; undefined: nothing was asked. */
  probes?: Probe[] | undefined;
  /** Variables each claim reads: what an old record has in the place of a finding's claims. */
  reads: Record<string, string[]>;
}

/** Whether a finding speaks against a claim: one that names claims against those, any other against the module's all. */
export function concernsClaim(finding: Finding, claim: string, reads: LiveInput['reads']): boolean {
  if (finding.claims) return finding.claims.includes(claim);
  return finding.finding !== 'variable-never-changes' || (reads[claim] ?? []).includes(finding.name);
}

const counted = (n: number, one: string, many: string): string => `${String(n)} ${n === 1 ? one : many}`;

export function rateLive(claim: string, input: LiveInput): RungState {
  if (input.findings === undefined) return { state: 'not measured', because: 'coverage was not measured' };
  const own = input.findings.filter((f) => concernsClaim(f, claim, input.reads));
  const fault = own.find((f) => f.accepted === undefined);
  if (fault) return { state: 'failed', because: fault.message };
  const isAccepted = (kind: string): boolean => own.some((f) => f.finding === kind);
  const open = (input.probes ?? []).filter((p) => p.claims.includes(claim) && p.answer === 'not measured');
  const isOpen = (kind: Probe['kind']): boolean => open.some((p) => p.kind === kind);
  const common = [
    ...(isOpen('action')
      ? []
      : [isAccepted('action-never-fires') ? 'every other action fires' : 'every action fires']),
    ...(isOpen('variable')
      ? []
      : [`every ${isAccepted('variable-never-changes') ? 'other ' : ''}variable it reads changes`]),
  ].join(', ');
  if (input.probes === undefined)
    return { state: 'partly measured', because: `${common}; antecedents of implications were not probed` };
  const probes = input.probes.filter((p) => p.claims.includes(claim));
  const [first] = open;
  if (first)
    return { state: 'partly measured', because: [common, first.because].filter((s) => s !== '').join('; ') };
  const of = (kind: Probe['kind']): Probe[] => probes.filter((p) => p.kind === kind && p.answer === 'live');
  const [antecedents, sets] = [of('antecedent').length, of('set').length];
  const parts = [
    common,
    ...(antecedents > 0 ? [counted(antecedents, 'antecedent is reached', 'antecedents are reached')] : []),
    ...(sets > 0 ? [counted(sets, 'quantified set has elements', 'quantified sets have elements')] : []),
    ...(own.length > 0 ? [counted(own.length, 'finding is accepted', 'findings are accepted')] : []),
  ];
  return { state: 'passed', because: parts.join(', ') };
}
