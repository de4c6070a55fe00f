/** From runs to a module's findings. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../domain/claim.js';
import type { AcceptedFinding } from '../domain/manifest.js';
import type { Probe } from '../domain/probe.js';
import type { ModelRun } from '../domain/run-record.js';
import { confirmDoubled, findAlike, type Doubled } from '../evidence/listed-twice.js';
import { findInSpec } from '../evidence/spec-findings.js';
import type { LoadedModule } from '../project/loaded-module.js';
import { isForeign as isForeignModel } from '../project/declaration-checks.js';
import { readNormalModules } from '../source/tla-normal.js';
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
  const doubled = await findDoubled(module, session.context.root);
  const findings =
    counted &&
    findInSpec({
      module: module.name,
      outlines: module.outlines,
      claims: Object.keys(module.claims),
      models: module.models,
      runs: counted,
      probes,
      doubled,
      accepted: module.declared.workbench?.accepted,
      placeOfAcceptance: (entry) => placeOfAcceptance(entry, module, session.context.root),
    });
  return { module, runs: own, findings: isForeign ? findings?.map(acceptForeign) : findings, probes };
}

/** The line of the manifest that names the finding next to its kind; the first, where somebody wrote it in another way. */
function placeOfAcceptance(entry: AcceptedFinding, module: LoadedModule, root: string): Finding['place'] {
  const path = module.manifestRel ?? module.fileRel;
  const lines = readFileSync(join(root, path), 'utf8').split('\n');
  const name = JSON.stringify(entry.name);
  const at = lines.findIndex(
    (line, i) =>
      line.includes(name) &&
      lines
        .slice(Math.max(0, i - 2), i + 3)
        .join(' ')
        .includes(`"${entry.finding}"`),
  );
  return { path, line: at + 1 || 1 };
}

/** Claims that say what another one says; modules are parsed for it only where some look as if they did. */
async function findDoubled(module: LoadedModule, root: string): Promise<Doubled[]> {
  const alike = findAlike(module.models, module.outlines);
  if (alike.length === 0) return [];
  const modules = await Promise.all(
    module.outlines.map(({ file }) => readNormalModules(readFileSync(join(root, file), 'utf8'), file)),
  );
  return confirmDoubled(
    alike,
    modules.flat().flatMap((m) => m.definitions),
  );
}

/** A module of somebody else has nobody here who could mend it or accept it in its manifest; it is said all the same. */
const acceptForeign = (finding: Finding): Finding => ({
  ...finding,
  accepted: finding.accepted ?? 'no claim rests on this module: its manifest has no workbench keys',
});
