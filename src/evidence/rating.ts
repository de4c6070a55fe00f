/** Folds the parts of a record into its claims: the one way to rungs, for `verify` and for reports of merged records. Pure. */
import type { ClaimReport } from '../domain/claim.js';
import type { DeclaredModel, InventoryModule } from '../domain/inventory.js';
import type { ClaimEntry } from '../domain/manifest.js';
import type { ModelRun, RunRecord } from '../domain/run-record.js';
import { foldClaimMap } from './claim-map.js';
import { rateClaims } from './ladder.js';
import type { EngineIdentity } from './sentence.js';

/** What rungs rest on; each part may come from another record. */
export type Evidence = Pick<
  RunRecord,
  'models' | 'anchors' | 'smoke' | 'reachability' | 'findings' | 'probes' | 'tools'
>;

/** `TLC2 Version 2.18 of 20 March 2023` and the jar's hash, as sentences name them. */
export function engineOf(tools: RunRecord['tools']): EngineIdentity {
  const tlc = tools.find((tool) => tool.name === 'tlc');
  return {
    version: /Version (\S+)/.exec(tlc?.version ?? '')?.[1] ?? 'unknown',
    jar: tlc?.sha256 ?? 'missing',
  };
}

/** The reports of all claims, module by module. A positive model that no run covers leaves its claims not measured. */
export function rateEvidence(modules: readonly InventoryModule[], evidence: Evidence): ClaimReport[] {
  const declared = modules.map((m) => ({
    name: m.name,
    claims: claimsOf(m),
    fileRel: m.path,
    ...(m.manifest === undefined ? {} : { manifestRel: m.manifest }),
  }));
  const functions = evidence.anchors
    ? new Map(foldClaimMap(declared, evidence.anchors).entries.map((e) => [e.id, e.functions]))
    : undefined;
  return modules.flatMap((module) => {
    // By model: two modules in different folders may have one name.
    const own = new Set(module.models.map((m) => m.id));
    return rateClaims({
      module: module.name,
      claims: claimsOf(module),
      runs: [...evidence.models.filter((r) => own.has(r.model)), ...missingRuns(module, evidence.models)],
      findings:
        module.findings === 'measured'
          ? evidence.findings.filter((f) => f.module === module.name)
          : undefined,
      probes: evidence.probes?.filter((p) => p.module === module.name),
      reads: module.reads,
      functions,
      smoke: evidence.smoke,
      handlers: evidence.reachability,
      engine: engineOf(evidence.tools),
    });
  });
}

/** By name, in the order of the manifest. */
function claimsOf(module: InventoryModule): Record<string, ClaimEntry> {
  return Object.fromEntries(module.claims.map(({ name, ...entry }) => [name, entry]));
}

/** A declared positive model that was not run stands in the way of every claim it lists. */
function missingRuns(module: InventoryModule, runs: readonly ModelRun[]): ModelRun[] {
  const ran = new Set(runs.filter((r) => r.purpose.kind === 'declared').map((r) => r.model));
  return module.models
    .filter((m) => m.role === 'positive' && !ran.has(m.id))
    .map((model) => standIn(module.name, model));
}

function standIn(module: string, model: DeclaredModel): ModelRun {
  const reason = 'was not run';
  return {
    model: model.id,
    module,
    purpose: { kind: 'declared' },
    role: model.role,
    constants: Object.fromEntries(model.constants.map((c) => [c.name, c.value])),
    enabled: model.enabled,
    assumptions: model.declared.workbench?.assumptions ?? [],
    closure: [],
    config: { path: model.id, sha256: '' },
    inputs: '',
    profile: 'tiny',
    seed: 0,
    fingerprint: 0,
    attempts: [],
    outcome: { kind: 'NotRun', reason },
    verdict: { asDeclared: false, incomplete: true, reason },
  };
}
