/** Claims for the view: the ladder's report of each, with the statements, places and runs that it rests on. Pure. */
import { RUNGS, type ClaimReport, type Finding } from '../../domain/claim.js';
import type { InventoryModule } from '../../domain/inventory.js';
import type { RunRecord } from '../../domain/run-record.js';
import { engineOf, rateEvidence } from '../../evidence/rating.js';
import { boundedSentence, type EngineIdentity } from '../../evidence/sentence.js';
import { uniqueBy, type Merged } from './merge.js';
import type { ModelView, Standing } from './model-view.js';
import type { ClaimView } from './report-view.js';
import { standingOfVerdict, worstOf } from './standing.js';

/** Claims of every module the records know; rungs are folded anew where a record says what the fold needs. */
export function viewClaims(merged: Merged, models: readonly ModelView[]): ClaimView[] {
  const { modules } = merged.inventory;
  const known = new Set(modules.map((m) => m.name));
  const rated = rateEvidence(modules, merged);
  const old = merged.records.flatMap((r) => oldClaims(r, known)).reverse();
  const engine = engineOf(merged.tools);
  return [...rated, ...uniqueBy(old, (c) => c.id).reverse()].map((claim) =>
    viewClaim(claim, modules, merged, models, engine),
  );
}

/** Records of an older workbench do not say what their claims rest on: theirs stand as they were rated then. */
function oldClaims(record: RunRecord, known: ReadonlySet<string>): ClaimReport[] {
  if (record.inventory) return [];
  return record.claims.filter((claim) => !known.has(moduleOf(claim.id)));
}

const moduleOf = (id: string): string => id.slice(0, id.indexOf('!'));

function viewClaim(
  claim: ClaimReport,
  modules: readonly InventoryModule[],
  merged: Merged,
  models: readonly ModelView[],
  engine: EngineIdentity,
): ClaimView {
  const module = moduleOf(claim.id);
  const name = claim.id.slice(module.length + 1);
  const declared = modules.find((m) => m.name === module && m.claims.some((c) => c.name === name));
  const definition = declared?.definitions[name];
  const listing = models.filter((m) => m.role === 'positive' && m.claims.includes(claim.id));
  return {
    ...claim,
    module,
    name,
    standing: standingOfClaim(claim, listing),
    ...(definition
      ? { place: { path: definition.path, line: definition.line }, definition: definition.text }
      : {}),
    statements: listing.map((model) => ({
      model: model.id,
      standing: model.standing,
      sentence: sentenceOf(claim, model, merged, engine),
    })),
    violations: merged.models
      .filter((run) => standingOfVerdict(run.verdict) === 'not as declared' && run.module === module)
      .filter((run) => run.outcome.kind === 'Violated' && run.outcome.property === name)
      .map((run) => run.model),
    findings: merged.findings.filter((f) => concerns(f, declared, module, name)),
  };
}

/** Whether everything that was measured for a claim is as declared, and something was. */
function standingOfClaim(claim: ClaimReport, listing: readonly ModelView[]): Standing {
  if (RUNGS.some((rung) => claim.rungs[rung].state === 'failed')) return 'not as declared';
  if (claim.rungs.checked.state === 'passed') return 'as declared';
  // Where no positive model lists it, no run could have been asked for it.
  return worstOf(listing.map((m) => m.standing)) === 'not measured' ? 'not measured' : 'open';
}

function sentenceOf(claim: ClaimReport, model: ModelView, merged: Merged, engine: EngineIdentity): string {
  const runs = merged.models.filter((run) => run.model === model.id && run.purpose.kind === 'declared');
  return runs.length === 0 ? 'not measured' : boundedSentence(claim.kind, runs, engine);
}

/** A finding about a variable concerns the claims that read it, one that names a claim that claim, others the module. */
function concerns(
  finding: Finding,
  declared: InventoryModule | undefined,
  module: string,
  name: string,
): boolean {
  if (finding.module !== module) return false;
  if (finding.claims) return finding.claims.includes(name);
  if (finding.name === name) return true;
  if (declared?.claims.some((c) => c.name === finding.name)) return false;
  if (finding.finding !== 'variable-never-changes') return true;
  return (declared?.reads[name] ?? []).includes(finding.name);
}
