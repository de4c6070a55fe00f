/** From runs to a module's findings. */
import type { Finding } from '../domain/claim.js';
import type { Probe } from '../domain/probe.js';
import type { ModelRun } from '../domain/run-record.js';
import { findInSpec } from '../evidence/spec-findings.js';
import type { LoadedModule } from '../project/loaded-module.js';
import { isForeign as isForeignModel } from '../project/declaration-checks.js';
import { countActions } from './coverage-stage.js';
import type { StagedRun } from './model-stage.js';
import type { Session } from './session.js';
import { probeVacuity } from './vacuity-stage.js';

export interface ModuleEvidence {
  module: LoadedModule;
  runs: ModelRun[];
  findings: Finding[] | undefined;
  /** What was asked about vacuity. */
  probes: Probe[];
}

/** Findings of one module; undefined where its runs cannot tell. */
export async function findModuleFindings(
  module: LoadedModule,
  staged: StagedRun[],
  runs: ModelRun[],
  session: Session,
): Promise<ModuleEvidence> {
  // By model: two modules in different folders may have one name.
  const models = new Set(module.models.map((m) => m.id));
  const own = runs.filter((r) => models.has(r.model));
  const isForeign = module.models.every((model) => isForeignModel(model, module));
  const probed = { module, staged, runs: own, context: session.context };
  const probes = await probeVacuity(probed);
  const counted = await countActions(probed);
  const findings =
    counted &&
    findInSpec({
      module: module.name,
      outlines: module.outlines,
      claims: Object.keys(module.claims),
      models: module.models,
      runs: counted,
      probes,
      accepted: module.declared.workbench?.accepted,
    });
  return { module, runs: own, findings: isForeign ? findings?.map(acceptForeign) : findings, probes };
}

/** A module of somebody else has nobody here who could mend it or accept it in its manifest; it is said all the same. */
const acceptForeign = (finding: Finding): Finding => ({
  ...finding,
  accepted: finding.accepted ?? 'no claim rests on this module: its manifest has no workbench keys',
});
