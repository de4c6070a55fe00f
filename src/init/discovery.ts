/**
 * From the texts of a repository to the models that `init` will declare. Pure. Contract: every configuration either
 * becomes a model or is left out with a reason, and every module that no model checks is listed with its use.
 */
import { readConfig } from '../source/config-file.js';
import { checkConstants, checkNames, isPartial } from '../project/config-checks.js';
import { makeModel } from '../project/loaded-module.js';
import { findClosure, type FoundClosure } from './closures.js';
import type { ConfigFacts, ModuleFacts } from './module-facts.js';
import { pairConfig, type Knowledge } from './pairing.js';

export interface Said {
  path: string;
  reason: string;
}

export interface Discovery {
  models: { config: ConfigFacts; module: ModuleFacts }[];
  leftOut: Said[];
  /** Modules without a model. */
  idle: Said[];
  /** Folders in which modules of other folders are found. */
  moduleFolders: string[];
  closureOf: (module: ModuleFacts) => FoundClosure;
}

const KEYWORD =
  /^\s*(?:SPECIFICATION|INIT|NEXT|INVARIANTS?|PROPERT(?:Y|IES)|CONSTANTS?|SYMMETRY|VIEW|CONSTRAINTS?|ACTION_CONSTRAINTS?|CHECK_DEADLOCK|ALIAS|POSTCONDITION)\b/m;

/** What the modules and configurations of a repository belong together as. */
export function discover(modules: readonly ModuleFacts[], configs: readonly ConfigFacts[]): Discovery {
  const closures = new Map<ModuleFacts, FoundClosure>();
  const closureOf = (module: ModuleFacts): FoundClosure => {
    const closure = closures.get(module) ?? findClosure(module, modules);
    closures.set(module, closure);
    return closure;
  };
  const outlinesOf = (module: ModuleFacts) => closureOf(module).modules.map((m) => m.outline);
  const knowledge: Knowledge = {
    modules,
    misfit: (config, module) => misfit(config, module, closureOf(module)),
    isWhole: (module) => !isPartial(outlinesOf(module)),
    uses: (user, used) => user !== used && closureOf(user).modules.includes(used),
  };
  const found: Discovery = { models: [], leftOut: [], idle: [], moduleFolders: [], closureOf };
  for (const config of configs) {
    const fault = faultOf(config);
    const pairing = fault === undefined ? pairConfig(config, knowledge) : { reason: fault };
    if ('module' in pairing) found.models.push({ config, module: pairing.module });
    else found.leftOut.push({ path: config.path, reason: pairing.reason });
  }
  const checked = new Set(found.models.map((m) => m.module));
  found.idle = modules
    .filter((m) => !checked.has(m))
    .map((m) => ({ path: m.path, reason: describeIdle(m, modules, knowledge) }));
  found.moduleFolders = [...new Set([...checked].flatMap((m) => closureOf(m).folders))].sort();
  return found;
}

/** What is wrong with a configuration whatever its module; what only the pinned TLC lacks is not. */
function faultOf(config: ConfigFacts): string | undefined {
  const text = config.text.replace(/\(\*[\s\S]*?\*\)|\\\*.*$/gm, '');
  if (text.trim() !== '' && !KEYWORD.test(text)) return 'is no configuration of TLC';
  return readConfig(config.text, config.path).problems.find((p) => p.code !== 'CFG-NOT-IN-ENGINE')?.message;
}

function misfit(config: ConfigFacts, module: ModuleFacts, closure: FoundClosure): string | undefined {
  const { path, name, outline } = module;
  if (outline.module !== '' && outline.module !== name)
    return `${path}:${outline.line}: the module is named ${outline.module}, the file ${name}.tla`;
  if (closure.ambiguous[0] !== undefined) return closure.ambiguous[0];
  const raw = closure.modules.find((m) => m.plusCal === 'untranslated');
  if (raw !== undefined)
    return `${raw.path}: the PlusCal algorithm has no translation; make it: java -cp tla2tools.jar pcal.trans ${raw.name}.tla`;
  const outlines = closure.modules.map((m) => m.outline);
  const id = config.path;
  const parts = { id, text: config.text, config: readConfig(config.text, id).config };
  const model = makeModel({ name, file: path }, [], { path: id, result: 'unknown' }, parts);
  return [...checkNames(model, outlines), ...checkConstants(model, outlines)][0]?.message;
}

function describeIdle(module: ModuleFacts, all: readonly ModuleFacts[], knowledge: Knowledge): string {
  const users = all.filter((user) => knowledge.uses(user, module)).map((m) => m.name);
  if (module.plusCal === 'untranslated') return 'its PlusCal algorithm has no translation';
  if (users.length > 0) return `no configuration; used by ${[...new Set(users)].join(', ')}`;
  return `no configuration; try: workbench check ${quoted(module.path)} --invariant NAME`;
}

const quoted = (path: string): string =>
  /^[\w./-]+$/.test(path) ? path : `'${path.replace(/'/g, `'\\''`)}'`;
