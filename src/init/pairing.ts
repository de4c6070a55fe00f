/**
 * Finds the module that a configuration is for: by its name, and by whether the module defines what it names. Pure.
 * Contract: a configuration gets one module or a reason; where two are equally likely, nothing is guessed.
 */
import { distance } from './closures.js';
import type { ConfigFacts, ModuleFacts } from './module-facts.js';
import { relateNames, WEAKEST } from './names.js';

/** What the pairing may ask of the modules. */
export interface Knowledge {
  modules: readonly ModuleFacts[];
  /** Why a module cannot be what a configuration is for; undefined when it can. */
  misfit: (config: ConfigFacts, module: ModuleFacts) => string | undefined;
  /** Whether a module's definitions are all known: no module is missing, every file could be parsed. */
  isWhole: (module: ModuleFacts) => boolean;
  /** Whether `user` extends or instantiates `used`, directly or not. */
  uses: (user: ModuleFacts, used: ModuleFacts) => boolean;
}

export type Pairing = { module: ModuleFacts } | { reason: string };

interface Related {
  module: ModuleFacts;
  rank: number;
  steps: number;
}

const byRank = (a: Related, b: Related): number =>
  a.rank - b.rank || b.module.name.length - a.module.name.length || a.steps - b.steps;

const list = (modules: readonly ModuleFacts[]): string => modules.map((m) => m.path).join(', ');

/** The module of one configuration, or why it has none. */
export function pairConfig(config: ConfigFacts, knowledge: Knowledge): Pairing {
  const related = knowledge.modules
    .flatMap((module): Related[] => {
      const rank = relateNames(config.stem, module.name);
      return rank === undefined ? [] : [{ module, rank, steps: distance(config.folder, module.folder) }];
    })
    .sort(byRank);
  const beside = related.filter((r) => r.module.folder === config.folder);
  const fits = ({ module }: Related): boolean => knowledge.misfit(config, module) === undefined;
  const [first] = beside.filter(fits);
  if (first !== undefined) return { module: first.module };
  const [near, next] = related.filter(fits);
  // A namesake beside it that does not fit is a mistake to be told, not to be covered up by another module.
  const [namesake] = beside;
  const isNearer = near !== undefined && (namesake === undefined || near.rank < namesake.rank);
  const isTie = isNearer && next !== undefined && byRank(near, next) === 0;
  if (isTie) return { reason: `may be for any of ${list([near.module, next.module])}` };
  if (isNearer) return { module: near.module };
  const misfit = (one: Related): Pairing => ({ reason: knowledge.misfit(config, one.module) ?? '' });
  if (namesake !== undefined) {
    // MC1Foo.cfg may be for MCFoo, though it ends as Foo does.
    const better = namesake.rank === WEAKEST ? pairByContent(config, knowledge, [0]) : undefined;
    return better !== undefined && 'module' in better ? better : misfit(namesake);
  }
  const unrelated = pairByContent(config, knowledge);
  if ('module' in unrelated || related[0] === undefined) return unrelated;
  return misfit(related[0]);
}

/** A configuration named after no module (`small.cfg`): the one module that defines all that it names. */
function pairByContent(config: ConfigFacts, knowledge: Knowledge, farthest = [0, 1, 2]): Pairing {
  const reach = (steps: number): ModuleFacts[] =>
    knowledge.modules.filter((m) => distance(config.folder, m.folder) <= steps);
  for (const steps of farthest) {
    const fitting = reach(steps).filter((m) => knowledge.misfit(config, m) === undefined);
    const known = fitting.filter(knowledge.isWhole);
    // Of a module that is not known as a whole nobody can say that it lacks a name: it must at least be near.
    const candidates = known.length > 0 || steps > 0 ? known : fitting;
    const roots = candidates.filter((m) => !candidates.some((user) => user !== m && knowledge.uses(user, m)));
    const [only, second] = roots;
    if (only !== undefined && second === undefined) return { module: only };
    if (only !== undefined) return { reason: `may be for any of ${list(roots)}` };
  }
  return { reason: 'no module defines what it names' };
}
