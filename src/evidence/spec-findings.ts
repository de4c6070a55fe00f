/** Findings of rung 2: actions that fire in no model of their module, variables that nothing changes. Pure. */
import type { Finding } from '../domain/claim.js';
import type { Config } from '../domain/config.js';
import type { ManifestModule } from '../domain/manifest.js';
import type { ModelRun } from '../domain/run-record.js';
import { codeOf, dependsOn, type Definition, type Outline } from '../source/outline.js';

export interface FindingsInput {
  module: string;
  /** The module and everything it extends or instantiates, the module first; `file` is what findings name. */
  outlines: Outline[];
  /** Those whose variables are the module's own: itself and what it extends. */
  extended: Outline[];
  /** Configurations of every model: what they name counts as used. */
  configs: Config[];
  runs: ModelRun[];
  /** Variables seen changing; undefined: the probe did not run to an end. */
  changed: Set<string> | undefined;
  accepted: NonNullable<ManifestModule['workbench']>['accepted'];
}

/** Outcomes after which TLC has said all it can about the actions it took. */
const CONCLUSIVE = new Set(['Holds', 'Violated', 'Deadlock']);

function acceptedReason(input: FindingsInput, finding: string, name: string): { accepted?: string } {
  const entry = (input.accepted ?? []).find((a) => a.finding === finding && a.name === name);
  return entry ? { accepted: entry.reason } : {};
}

function pathOf(input: FindingsInput, module: string): string {
  const named = input.outlines.find((o) => o.module === module);
  return named?.file ?? input.outlines[0]?.file ?? module;
}

/** Actions that coverage lists and that no declared run ever took. */
function silentActions(input: FindingsInput, declared: ModelRun[]): Finding[] {
  const totals = new Map<string, { name: string; module: string; line: number; total: number }>();
  for (const run of declared)
    for (const action of run.attempts.at(-1)?.reading.coverage ?? []) {
      if (action.initial) continue;
      const module = action.span?.module ?? input.module;
      const line = action.span?.line ?? 1;
      const key = `${module}!${action.name}:${line}`;
      const before = totals.get(key)?.total ?? 0;
      totals.set(key, { name: action.name, module, line, total: before + action.total });
    }
  return [...totals.values()]
    .filter((a) => a.total === 0)
    .map((a) => ({
      finding: 'action-never-fires',
      module: input.module,
      name: a.name,
      place: { path: pathOf(input, a.module), line: a.line },
      message: `action ${a.name} fires in no model of ${input.module}`,
      ...acceptedReason(input, 'action-never-fires', a.name),
    }));
}

const isActionLevel = (d: Definition): boolean =>
  d.kind === 'operator' && /'|\bUNCHANGED\b/.test(codeOf(d.body));

/** Every operator that the names in configurations depend on. */
function reachable(input: FindingsInput): Set<string> {
  const roots = input.configs.flatMap((c) => [
    ...[c.specification, c.init, c.next].flatMap((n) => (n ? [n.name] : [])),
    ...[
      ...c.invariants,
      ...c.properties,
      ...c.constraints,
      ...c.actionConstraints,
      ...c.view,
      ...c.symmetry,
    ].map((n) => n.name),
    ...c.constants.filter((k) => k.kind === 'substitute').map((k) => k.value),
  ]);
  return new Set(roots.flatMap((root) => [...dependsOn(input.outlines, root)]));
}

/** Actions that are defined in the module itself and that no model's behaviours can contain. */
function unusedActions(input: FindingsInput): Finding[] {
  const own = input.outlines[0];
  if (!own) return [];
  const used = reachable(input);
  return own.definitions
    .filter((d) => isActionLevel(d) && !used.has(d.name))
    .map((d) => ({
      finding: 'action-never-fires',
      module: input.module,
      name: d.name,
      place: { path: own.file, line: d.line },
      message: `action ${d.name} is part of no model's next-state relation`,
      ...acceptedReason(input, 'action-never-fires', d.name),
    }));
}

function constantVariables(input: FindingsInput, changed: Set<string>): Finding[] {
  return input.extended.flatMap((outline) =>
    outline.variables
      .filter((v) => !changed.has(v.name))
      .map((v) => ({
        finding: 'variable-never-changes',
        module: input.module,
        name: v.name,
        place: { path: outline.file, line: v.line },
        message: `variable ${v.name} never changes in any model of ${input.module}`,
        ...acceptedReason(input, 'variable-never-changes', v.name),
      })),
  );
}

/** Acceptances that no finding needs any more: they would hide the next one. */
function staleAcceptances(input: FindingsInput, findings: Finding[]): Finding[] {
  const own = input.outlines[0];
  return (input.accepted ?? [])
    .filter((a) => !findings.some((f) => f.finding === a.finding && f.name === a.name))
    .map((a) => ({
      finding: 'acceptance-without-finding',
      module: input.module,
      name: a.name,
      place: { path: own?.file ?? input.module, line: 1 },
      message: `the manifest accepts ${a.finding} for ${a.name}, but there is no such finding; remove the entry`,
    }));
}

/**
 * The findings of one module. Undefined where the runs cannot tell: a declared run ended before its coverage was
 * complete, or the variable probe did not end.
 */
export function findInSpec(input: FindingsInput): Finding[] | undefined {
  const declared = input.runs.filter((r) => r.purpose.kind === 'declared');
  if (declared.length === 0 || !declared.every((r) => CONCLUSIVE.has(r.outcome.kind))) return undefined;
  if (input.changed === undefined) return undefined;
  const findings = [
    ...silentActions(input, declared),
    ...unusedActions(input),
    ...constantVariables(input, input.changed),
  ];
  return [...findings, ...staleAcceptances(input, findings)];
}

/** For each claim, the variables it reads, directly or through the operators it uses. */
export function variablesRead(claims: string[], outlines: Outline[]): Record<string, string[]> {
  const variables = new Set(outlines.flatMap((outline) => outline.variables.map((v) => v.name)));
  return Object.fromEntries(
    claims.map((claim) => [
      claim,
      [...dependsOn(outlines, claim)].filter((name) => variables.has(name)).sort(),
    ]),
  );
}
