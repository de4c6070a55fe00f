/**
 * Decides which models `init` declares, and where. Pure. Contract: nothing that is declared already is declared again,
 * and what cannot be declared is said, with the reason.
 */
import type { Project } from '../project/project.js';
import { discover, type Said } from './discovery.js';
import { findLeftOut, findSpecsFolder, isBelow, leaveOutByHand, manifestFor } from './layout.js';
import type { ConfigFacts, ModuleFacts } from './module-facts.js';
import { relateNames } from './names.js';
import type { Repository } from './repository.js';

/** One module of a manifest that is to be written. */
export interface Draft {
  /** Path of the manifest. */
  manifest: string;
  module: ModuleFacts;
  configs: ConfigFacts[];
  /** Modules that are nowhere in the repository nor in TLC's jar. */
  missing: string[];
}

export interface Drafts {
  specs: string;
  moduleFolders: string[];
  drafts: Draft[];
  /** For a workbench.json that is to be written. */
  leftOut: Said[];
  idle: Said[];
  /** What a person must do, because a file that is there is never changed. */
  byHand: Said[];
}

/** @param project as workbench.json says, or its defaults where there is none */
export function draftProject(repository: Repository, project: Project): Drafts {
  const { modules, configs, existing } = repository;
  const isLeft = (path: string): boolean =>
    project.leftOut.some((left) => path === left.path || isBelow(left.path.replace(/\/+$/, ''), path));
  const undeclared = configs.filter(({ path }) => !existing.named.has(path) && !isLeft(path));
  const discovery = discover(modules, undeclared);
  const paths = [
    ...discovery.models.flatMap(({ config, module }) => [config.path, module.path]),
    ...existing.kept,
    ...existing.named,
  ];
  const specs = project.configured ? project.specs : findSpecsFolder(paths);
  const byHand: Said[] = [];
  const beyond: string[] = [];
  // One that cannot be read now would be "named by no manifest" at the next check.
  const further = repository.unreadable.filter(({ path }) => /(?:\.cfg|(?:^|\/)manifest\.json)$/.test(path));
  const drafts: Draft[] = [];
  for (const { config, module } of discovery.models) {
    const manifest = manifestFor(module.path, existing);
    const outside = [config.path, module.path].find((path) => !isBelow(specs, path));
    if (outside !== undefined) {
      beyond.push(outside);
    } else if (manifest === undefined) {
      const reason = 'the manifest of its module was there before, and does not name it';
      if (project.configured) byHand.push({ path: config.path, reason });
      else further.push({ path: config.path, reason });
    } else {
      const draft = drafts.find((d) => d.module === module);
      const { missing } = discovery.closureOf(module);
      if (draft === undefined) drafts.push({ manifest, module, configs: [config], missing });
      else draft.configs.push(config);
    }
  }
  const [first, ...others] = beyond;
  if (first !== undefined) {
    const path = others.length === 0 ? first : `${first} and ${others.length} more`;
    byHand.push({
      path,
      reason: `outside of ${specs}/, the specs folder of workbench.json: widen it, or let be`,
    });
  }
  const leftOut = findLeftOut(specs, discovery, existing, further);
  const folders = discovery.moduleFolders.filter((folder) => !project.moduleFolders.includes(folder));
  if (project.configured) {
    byHand.push(...leftOut.filter(({ path }) => !isLeft(path)).map(leaveOutByHand));
    byHand.push(...folders.map((path) => ({ path, reason: 'add it to moduleFolders in workbench.json' })));
  }
  const moduleFolders = project.configured ? project.moduleFolders : folders;
  const left = configs.filter(({ path }) => isLeft(path)).map(({ stem }) => stem);
  const idle = discovery.idle
    .filter(({ path }) => !existing.modules.has(path) && (!project.configured || isBelow(specs, path)))
    .map((said) => {
      const name = said.path.replace(/^.*\/|\.tla$/g, '');
      const isTold = left.some((stem) => relateNames(stem, name) !== undefined);
      return isTold ? { ...said, reason: 'workbench.json leaves its configuration out' } : said;
    });
  return { specs, moduleFolders, drafts, leftOut: project.configured ? [] : leftOut, idle, byHand };
}
