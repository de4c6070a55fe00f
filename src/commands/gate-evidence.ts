/**
 * Evidence for the gate: the base's where nothing changed, else the newest record that fits, else a run of what is left.
 * Contract: no part has evidence that is older than its files; what cannot be shown has none.
 */
import { EXIT, Problem } from '../domain/problem.js';
import type { RunRecord } from '../domain/run-record.js';
import type { Baseline } from '../domain/baseline.js';
import type { Toolchain } from '../engine/launcher.js';
import { planRuns } from '../engine/plan.js';
import { takeInventory } from '../evidence/inventory.js';
import { findAffected, isNativeAffected, type Evidence, type Source } from '../gate/assemble.js';
import {
  findMisfit,
  findModuleMisfit,
  findNativeMisfit,
  type ExpectedModule,
  type Tools,
} from '../gate/fit.js';
import { readHead, type Head } from '../gate/head.js';
import { sha256 } from '../host/files.js';
import { listIgnored } from '../host/git-base.js';
import type { InventoryModule } from '../domain/inventory.js';
import type { LoadedModule } from '../project/loaded-module.js';
import { collectModules, withoutTwins } from '../project/modules.js';
import { findRoot, readProject, type Project } from '../project/project.js';
import { renderConfig } from '../source/config-edit.js';
import { listRunIds, readRun, removeRun } from '../store/records.js';
import { hashDeclared } from './declared-files.js';
import type { ReadBaseline } from './gate-base.js';
import { stageRuns } from './model-stage.js';
import { inspectProblems, reportProblems } from './problems.js';
import type { RunOptions } from './run-options.js';
import { findToolchain, hashEvidenceProgram, openSession } from './session.js';
import { gatherEvidence } from './verify.js';

/** The work tree with what is needed to find or make evidence for it. */
export interface GateTree {
  project: Project;
  modules: LoadedModule[];
  toolchain: Toolchain | Problem;
  tools: Tools;
  head: Head;
  inventory: InventoryModule[];
}

/** Reads the project; throws every problem of its input at once. */
export async function readTree(base: (root: string) => Promise<ReadBaseline>): Promise<{
  tree: GateTree;
  base: ReadBaseline;
}> {
  const read = readProject(findRoot(process.cwd()));
  const compared = await base(read.project.root);
  if (read.problems.length > 0) throw reportProblems(read.problems);
  const { project } = read;
  const { modules, problems } = await collectModules(project);
  const wrong = withoutTwins([...problems, ...inspectProblems(modules, () => true)]);
  if (wrong.length > 0) throw reportProblems(wrong);
  const toolchain = await findToolchain(project);
  const native = project.native?.root;
  const ignored = native === undefined ? new Set<string>() : await listIgnored(project.root, native);
  const head = await readHead(project, modules, await hashDeclared(project, modules), ignored);
  const { requiredRung, assumptions } = project;
  const inventory = takeInventory({ requiredRung, assumptions, modules, measured: new Set() }).modules;
  const jar = toolchain instanceof Problem ? (compared.baseline?.tools.jar ?? '') : toolchain.jar.sha256;
  const tools = { jar, workbench: hashEvidenceProgram() };
  return { tree: { project, modules, toolchain, tools, head, inventory }, base: compared };
}

/** What of the tree needs evidence of its own. */
export interface Needed {
  /** Modules by path. */
  modules: ReadonlySet<string>;
  native: boolean;
}

export const everything = ({ head }: GateTree): Needed => ({
  modules: new Set(head.modules.map((m) => m.path)),
  native: head.native !== null,
});

export const whatChanged = ({ head, tools }: GateTree, base: Baseline | undefined): Needed => ({
  modules: findAffected(head.modules, base, tools),
  native: isNativeAffected(head, base, tools),
});

/** What was found, and why the newest record fits not for the rest. */
export interface FoundEvidence {
  evidence: Evidence;
  open: Needed;
  /** One line for each open part. */
  because: string[];
}

/** Only the newest few are read: a record is large, and an older one rarely fits. */
const NEWEST = 8;

/** Looks for records that fit; what is not needed has the base's evidence. */
export async function findEvidence(tree: GateTree, needed: Needed, reuse: boolean): Promise<FoundEvidence> {
  const { head, project, tools } = tree;
  const expected = tree.modules.map(expectModule);
  const modules = new Map<string, Source>();
  let native: Source = needed.native ? { kind: 'none' } : { kind: 'base' };
  const because = new Map<string, string>();
  for (const m of head.modules) modules.set(m.path, { kind: needed.modules.has(m.path) ? 'none' : 'base' });
  const isOpen = (): boolean =>
    native.kind === 'none' || [...modules.values()].some((source) => source.kind === 'none');
  const say = (part: string, reason: string): void => {
    if (!because.has(part)) because.set(part, reason);
  };
  const ids = reuse ? (await listRunIds(project.root)).reverse().slice(0, NEWEST) : [];
  for (const id of ids) {
    if (!isOpen()) break;
    const stored = await readRun(project.root, id);
    // `check` rates no claim and looks at no code: its record is never what is looked for.
    if (stored.state !== 'sound' || stored.record.command[0] === 'check') continue;
    const { record } = stored;
    const misfit = findMisfit(record, tools);
    for (const module of expected) {
      if (modules.get(module.path)?.kind !== 'none') continue;
      const reason = misfit ?? findModuleMisfit(record, module, head);
      if (reason === undefined) modules.set(module.path, { kind: 'record', record });
      else say(module.name, `runs/${id}: ${reason}`);
    }
    if (native.kind !== 'none') continue;
    const reason = misfit ?? findNativeMisfit(record, head);
    if (reason === undefined) native = { kind: 'record', record };
    else say('native code', `runs/${id}: ${reason}`);
  }
  const open = new Set([...modules].filter(([, source]) => source.kind === 'none').map(([path]) => path));
  const lines = [
    ...expected.filter((m) => open.has(m.path)).map((m) => m.name),
    ...(native.kind === 'none' ? ['native code'] : []),
  ].map((part) => `${part}: ${because.get(part) ?? 'no record of it'}`);
  return {
    evidence: { modules, native },
    open: { modules: open, native: native.kind === 'none' },
    because: lines,
  };
}

function expectModule(module: LoadedModule): ExpectedModule {
  const runs = module.models.flatMap((model) =>
    planRuns(model, module.claims).map(({ purpose, config, derived }) => ({
      model: model.id,
      purpose,
      enabled: [...config.invariants, ...config.properties].map((p) => p.name),
      config: sha256(derived ? renderConfig(config) : model.configText),
    })),
  );
  return { name: module.name, path: module.fileRel, manifest: module.manifestRel, runs };
}

/** Runs what is open by the path that `verify` takes, and adds what it showed. */
export async function runOpen(tree: GateTree, found: FoundEvidence, options: RunOptions): Promise<Evidence> {
  const { project, modules: all, toolchain } = tree;
  const { open } = found;
  if (open.modules.size === 0 && !open.native) return found.evidence;
  const chosen = all.filter((m) => open.modules.has(m.fileRel));
  const session = await openSession(project, all, toolchain, options, 'stderr');
  const staged = stageRuns(chosen, () => true, session.context);
  const record = await gatherEvidence(
    project,
    { all, chosen, native: open.native },
    toolchain,
    session,
    staged,
  );
  if (record.state === 'interrupted') {
    await removeRun(project.root, record.id);
    throw new Problem(
      'GATE-INTERRUPTED',
      'interrupted before the evidence was complete',
      'run it again',
      EXIT.interrupted,
    );
  }
  return addRecord(found, record);
}

function addRecord({ evidence, open }: FoundEvidence, record: RunRecord): Evidence {
  const source: Source = { kind: 'record', record };
  const modules = [...evidence.modules].map(
    ([path, before]) => [path, open.modules.has(path) ? source : before] as const,
  );
  return { modules: new Map(modules), native: open.native ? source : evidence.native };
}
