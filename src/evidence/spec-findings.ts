/**
 * Findings of rung 2: actions that fire in no model of their module, variables that nothing changes, claims that read
 * none or are listed twice, and what probes found. Pure.
 */
import type { Finding } from '../domain/claim.js';
import type { Config } from '../domain/config.js';
import type { AcceptedFinding, FindingKind, ManifestModule } from '../domain/manifest.js';
import type { Probe } from '../domain/probe.js';
import type { ModelRun } from '../domain/run-record.js';
import { findExtended } from '../project/module-closure.js';
import {
  codeOf,
  dependsOn,
  findDefinition,
  flattenOutlines,
  type Definition,
  type Outline,
} from '../source/outline.js';
import type { Doubled } from './listed-twice.js';
import { findingsOfProbes, inModels } from './vacuity.js';

export interface FindingsInput {
  module: string;
  /** The module and everything it extends or instantiates, the module first; `file` is what findings name. */
  outlines: Outline[];
  /** Names of the claims. */
  claims: string[];
  /** Every model's configuration: what it names counts as used. */
  models: { id: string; config: Config }[];
  runs: ModelRun[];
  /** Claims that say what another one says. */
  doubled: Doubled[];
  /** What probes of variables, claims, reductions and fairness answered. */
  probes: Probe[];
  accepted: NonNullable<ManifestModule['workbench']>['accepted'];
  /** Where the manifest has an acceptance. */
  placeOfAcceptance: (entry: AcceptedFinding) => Finding['place'];
}

/** Outcomes after which TLC has said all it can about the actions it took. */
const CONCLUSIVE = new Set(['Holds', 'Violated', 'Deadlock']);

type Draft = Omit<Finding, 'finding'> & { finding: FindingKind };

/** An acceptance is for one finding: where a claim has several of a kind, for the one with this text. */
function isFor(entry: AcceptedFinding, finding: Finding): boolean {
  return entry.finding === finding.finding && entry.name === finding.name && entry.text === finding.text;
}

function withAcceptance(finding: Finding, accepted: FindingsInput['accepted']): Finding {
  const entry = (accepted ?? []).find((a) => isFor(a, finding));
  return entry ? { ...finding, accepted: entry.reason } : finding;
}

function pathOf(input: FindingsInput, module: string): string {
  const named = input.outlines.find((o) => o.module === module);
  return named?.file ?? input.outlines[0]?.file ?? module;
}

/** Actions that coverage lists and that no declared run ever took. */
function silentActions(input: FindingsInput, declared: ModelRun[]): Draft[] {
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
  const isWhole = declared.every((r) => r.role !== 'positive' || r.outcome.kind === 'Holds');
  return [...totals.values()]
    .filter((a) => a.total === 0 && !isAnswered(a, 'live', input))
    .filter((a) => isWhole || isAnswered(a, 'vacuous', input))
    .map((a) => ({
      finding: 'action-never-fires' as const,
      module: input.module,
      name: a.name,
      place: { path: pathOf(input, a.module), line: a.line },
      message: `action ${a.name} fires in no model of ${input.module}; looked for in ${inModels(declared.map((r) => r.model))}`,
    }));
}

/**
 * What a probe says of an action. Where an action stands in several places, TLC may have counted it in one and together
 * with others in another; and a model that is violated was not explored to its end while TLC counted.
 */
const isAnswered = (
  action: { name: string; module: string },
  answer: Probe['answer'],
  input: FindingsInput,
): boolean =>
  input.probes.some(
    (p) =>
      p.kind === 'action' &&
      p.answer === answer &&
      p.subject === action.name &&
      p.place.path === pathOf(input, action.module),
  );

/** A property of steps (`[][A]_v`) has primes too, and is no action. */
function isActionLevel(d: Definition): boolean {
  const code = codeOf(d.body);
  return d.kind === 'operator' && /'|\bUNCHANGED\b/.test(code) && !/\[\]\s*\[|<>\s*<</.test(code);
}

/** Every operator that the names in configurations depend on. */
function reachable(input: FindingsInput): Set<string> {
  const roots = input.models.flatMap(({ config: c }) => [
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
  return new Set([...new Set(roots)].flatMap((root) => [...dependsOn(input.outlines, root)]));
}

/** Actions that are defined in the module itself and that no model's behaviours can contain. */
function unusedActions(input: FindingsInput): Draft[] {
  const own = input.outlines[0];
  if (!own) return [];
  const used = reachable(input);
  return own.definitions
    .filter((d) => isActionLevel(d) && !used.has(d.name))
    .map((d) => ({
      finding: 'action-never-fires' as const,
      module: input.module,
      name: d.name,
      place: { path: own.file, line: d.line },
      message: `action ${d.name} is part of no model's next-state relation; looked for in ${inModels(input.models.map((m) => m.id))}`,
    }));
}

function placeOfClaim(input: FindingsInput, claim: string): Finding['place'] {
  const home = input.outlines.find((o) => findDefinition([o], claim) !== undefined);
  const line = home && findDefinition([home], claim)?.line;
  return { path: home?.file ?? pathOf(input, input.module), line: line ?? 1 };
}

/** Claims that are true or false whatever happens, for the same constants. */
function constantClaims(input: FindingsInput): Draft[] {
  const reads = variablesRead(input.claims, input.outlines);
  return input.claims
    .filter((claim) => findDefinition(input.outlines, claim) !== undefined)
    .filter((claim) => reads[claim]?.length === 0)
    .map((claim) => ({
      finding: 'claim-reads-no-variable' as const,
      module: input.module,
      name: claim,
      place: placeOfClaim(input, claim),
      message: `${claim} reads no variable of ${input.module}: no step can make it false`,
      claims: [claim],
    }));
}

function doubledClaims(input: FindingsInput): Draft[] {
  return input.doubled.map(({ name, by, whole, models }) => ({
    finding: 'listed-twice' as const,
    module: input.module,
    name,
    text: by,
    place: placeOfClaim(input, name),
    message: `${name} ${whole ? 'says the same as' : 'is a part of'} ${by}, and both are listed in ${inModels(models)}`,
    claims: [name],
  }));
}

/** Acceptances that no finding needs any more: they would hide the next one. Nothing is wrong with any other claim. */
function staleAcceptances(input: FindingsInput, findings: Finding[]): Finding[] {
  return (input.accepted ?? [])
    .filter((a) => !findings.some((f) => isFor(a, f)))
    .filter((a) => !isOpen(a, input.probes))
    .map((a) => ({
      finding: 'acceptance-without-finding',
      module: input.module,
      name: a.name,
      place: input.placeOfAcceptance(a),
      claims: input.claims.filter((claim) => claim === a.name),
      message: `the manifest accepts ${a.finding} for ${a.text === undefined ? a.name : `${a.name}: ${a.text}`}, but there is no such finding; remove the entry`,
    }));
}

/** Whether the finding may be there all the same: a probe that would show it came to no answer. */
function isOpen(entry: AcceptedFinding, probes: Probe[]): boolean {
  const as = probes.map((p): Probe => (p.answer === 'not measured' ? { ...p, answer: 'vacuous' } : p));
  return findingsOfProbes(as).some((f) => isFor(entry, f));
}

/**
 * The findings of one module. Undefined where the runs cannot tell: a declared run ended before its coverage was
 * complete.
 */
export function findInSpec(input: FindingsInput): Finding[] | undefined {
  const declared = input.runs.filter((r) => r.purpose.kind === 'declared');
  if (declared.length === 0 || !declared.every((r) => CONCLUSIVE.has(r.outcome.kind))) return undefined;
  const silent = silentActions(input, declared);
  const isSaid = (f: Finding): boolean =>
    silent.some((s) => s.finding === f.finding && s.name === f.name && s.place.path === f.place.path);
  const findings = [
    ...silent,
    ...unusedActions(input),
    ...constantClaims(input),
    ...doubledClaims(input),
    ...findingsOfProbes(input.probes).filter((f) => !isSaid(f)),
  ].map((finding) => withAcceptance(finding, input.accepted));
  return [...findings, ...staleAcceptances(input, findings)];
}

/**
 * For each claim, the variables of the root module that it reads, directly, through operators, or through what an
 * instance puts in the place of its own.
 */
export function variablesRead(claims: string[], outlines: Outline[]): Record<string, string[]> {
  const own = findExtended(outlines);
  const variables = new Set(own.flatMap((outline) => outline.variables.map((v) => v.name)));
  return Object.fromEntries(
    claims.map((claim) => [
      claim,
      [...dependsThroughImports(outlines, claim)].filter((name) => variables.has(name)).sort(),
    ]),
  );
}

/** Also what an INSTANCE without a name puts in the place of another module's names, where the claim uses that module. */
function dependsThroughImports(outlines: Outline[], claim: string): Set<string> {
  const all = flattenOutlines(outlines);
  const imports = all.flatMap((o) => o.instances).filter((i) => i.name === undefined);
  const reached = dependsOn(outlines, claim);
  for (let before = -1; before < reached.size;) {
    before = reached.size;
    for (const { module, references } of imports) {
      const definitions = all.find((o) => o.module === module)?.definitions ?? [];
      if (!definitions.some((d) => reached.has(d.name))) continue;
      for (const name of references.flatMap((r) => [...dependsOn(outlines, r)])) reached.add(name);
    }
  }
  return reached;
}
