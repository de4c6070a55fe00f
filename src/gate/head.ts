/**
 * Reads the work tree as the gate needs it: what is declared, where it stands, and the hashes that evidence must fit.
 * Nothing is run here. The only files of the gate that read files are this one and those named after it.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Baseline, Policy } from '../domain/baseline.js';
import type { Place } from '../domain/claim.js';
import type { AnchorMap } from '../domain/run-record.js';
import { foldClaimMap } from '../evidence/claim-map.js';
import { sha256 } from '../host/files.js';
import type { LoadedModule } from '../project/loaded-module.js';
import type { Project } from '../project/project.js';
import { readNormalModules } from '../source/tla-normal.js';
import {
  readNative,
  readSmoke,
  type DeclaredNative,
  type DeclaredSmoke,
  type Hashed,
} from './head-native.js';
import { placeModule, placeProject } from './head-places.js';
import { describeModule, type DeclaredModule } from './module-facts.js';
import type { Places } from './places.js';

export interface Head {
  modules: DeclaredModule[];
  native: DeclaredNative | null;
  /** By name. */
  smoke: ReadonlyMap<string, DeclaredSmoke>;
  assumptions: Baseline['assumptions'];
  policy: Policy;
  scope: Baseline['scope'];
  places: Places;
  anchors: AnchorMap | null;
  /** By content, what a record must have been made of. */
  files: {
    /** Of each module's closure, by the module's path. */
    closures: ReadonlyMap<string, Hashed[]>;
    /** workbench.json, manifests, smoke tests, lists. */
    declared: Hashed[];
    native: Hashed[];
    /** Files beside them that git ignores: of this machine, and no part of what is compared. */
    ignored: ReadonlySet<string>;
  };
}

/**
 * @param declared files that declare what must be shown, by content
 * @param ignored files of the native folder that git ignores
 */
export async function readHead(
  project: Project,
  modules: readonly LoadedModule[],
  declared: Hashed[],
  ignored: ReadonlySet<string> = new Set(),
): Promise<Head> {
  const places = new Map<string, Place>();
  const closures = new Map<string, Hashed[]>();
  const described: DeclaredModule[] = [];
  for (const module of modules) {
    const sources = await Promise.all(
      module.outlines.map(async ({ file }) => {
        const bytes = await readFile(join(project.root, file));
        return {
          path: file,
          sha256: sha256(bytes),
          modules: await readNormalModules(bytes.toString('utf8'), file),
        };
      }),
    );
    closures.set(
      module.fileRel,
      sources.map(({ path, sha256: hash }) => ({ path, sha256: hash })),
    );
    const configs = new Map(module.models.map((m) => [m.id, sha256(m.configText)]));
    described.push(describeModule(module, { files: sources, configs }));
    await placeModule(project.root, module, places);
  }
  await placeProject(project, places);
  const smoke = await readSmoke(project, declared, places);
  const native = await readNative(project, { declared, ignored }, places);
  return {
    modules: described,
    native: native?.declared ?? null,
    smoke,
    assumptions: project.assumptions.map(({ id, statement, monitored, owner }) => ({
      id,
      statement,
      monitored,
      ...(owner === undefined ? {} : { owner }),
    })),
    policy: {
      requiredRung: project.requiredRung,
      fewerStates: project.gate.fewerStates ?? 0,
      codeWithoutSpec: project.gate.codeWithoutSpec ?? 'note',
      specWithoutCode: project.gate.specWithoutCode ?? 'note',
    },
    scope: { specs: project.specs, leftOut: project.leftOut.map(({ path }) => path).sort() },
    places,
    anchors: native && { ...native.anchors, faults: foldClaimMap(modules, native.anchors).faults },
    files: { closures, declared, native: native?.files ?? [], ignored },
  };
}
