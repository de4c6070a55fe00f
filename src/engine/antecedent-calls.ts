/**
 * Looks into the operators that a claim uses: each site inside becomes an operator of its own with the same parameters,
 * beside the one it stands in (in the same LET, the same module, or the module that is instantiated), and is applied as
 * that one is. Pure.
 */
import { namesIn, type Call, type Slice } from '../source/formula.js';
import { earlier, levelAround, sitesAround, unaskedSite, whyUnasked } from './antecedent-sites.js';
import type { Found, Position, Walk } from './antecedent-walk.js';
import { DEEPEST, givenSites, whyUnread } from './antecedent-limits.js';
import { applied, definitionText, instanceText, renderInside, type Frame } from './probe-text.js';
import { findImport, findInstance, findOperator, importsOf, type Instance } from './spec-formulas.js';

const freshName = (walk: Walk): string => `Wb${String(walk.fresh())}`;

/** Sites in the operator that is called, applied to the call's arguments. */
export function expandCall(call: Call, frames: Frame[], at: Position, walk: Walk): Found[] {
  const unread = whyUnread(call, frames, at, walk);
  if (unread !== undefined) return [unaskedSite(call.slice, unread, at, walk)];
  return [...givenSites(call, at, walk), ...expandInside(call, frames, at, walk)];
}

/** Sites in the operator that is called, or in that of an instance. */
export function expandInside(call: Call, frames: Frame[], at: Position, walk: Walk): Found[] {
  if (at.inside.length >= DEEPEST) return [];
  const [first, ...rest] = call.through;
  if (first) {
    const instance = findInstance(walk.spec, at.module, first.name);
    const inner = { ...call, through: rest };
    return instance ? expandThrough(instance, first.args, inner, frames, at, walk) : [];
  }
  const inLet = frames.findLastIndex(
    (f) => f.kind === 'let' && f.operators.some((d) => d.name === call.name),
  );
  if (inLet >= 0) return expandLet(call, inLet, frames, at, walk);
  const own = expandOperator(call.name, call.args, frames, at, walk);
  if (own) return own;
  // `INSTANCE M` without a name: its operators are seen as if they were the module's own.
  const imported = findImport(walk.spec, at.module, call.name);
  return imported ? expandThrough(imported, [], call, frames, at, walk) : [];
}

/** One site of an operator as an operator beside it; what is left is its application. */
function lift(
  found: Found,
  params: string[],
  name: string,
): { definition: string; rest: Omit<Found, 'frames' | 'core'> } {
  const { frames, core, ...rest } = found;
  return { definition: definitionText(name, params, renderInside(frames, core)), rest };
}

/** A site of an operator where the operator is applied. */
function inUse(
  site: Found,
  applied: { core: string; args: Slice[]; frames: Frame[]; at: Position },
  walk: Walk,
): Found {
  const { core, args, at } = applied;
  const frames = site.later ? earlier(applied.frames) : applied.frames;
  const level = levelAround(frames, args, site.level, walk);
  const reason = site.reason ?? whyUnasked(level, site.first);
  const outer = [...sitesAround(frames), ...site.outer];
  const later = site.later || at.later;
  return { ...site, outer, frames, core, level, later, ...(reason === undefined ? {} : { reason }) };
}

/** The arguments of which a generated definition speaks. */
const usedArgs = (definition: string, params: string[], args: Slice[]): Slice[] => {
  const names = namesIn(definition.slice(definition.indexOf('==')));
  return args.filter((_, i) => names.includes((params[i] ?? '').replace(/\W.*/s, '')));
};

/** Inside of a recursive operator a site is asked for at the first application alone. */
const recursion = (name: string): { partly: string } => ({
  partly: `${name} is recursive, and looked into where it is applied first`,
});

function expandOperator(
  name: string,
  args: Slice[],
  frames: Frame[],
  at: Position,
  walk: Walk,
): Found[] | undefined {
  const found = findOperator(walk.spec, at.module, name);
  if (!found) return undefined;
  if (at.inside.includes(name)) return [];
  const { definition, file } = found;
  const position = { ...at, file, later: false, inside: [...at.inside, name] };
  const inner = walk.find(definition.body, [], position, walk);
  return inner.map((site) => {
    const generated = freshName(walk);
    const { definition: text, rest } = lift(site, definition.params, generated);
    const own = { module: at.module, text, imports: importsOf(walk.spec, at.module) };
    const use = { core: applied(generated, args), args: usedArgs(text, definition.params, args), frames, at };
    const used = inUse({ ...site, ...rest, needs: [...rest.needs, own] }, use, walk);
    return { ...(walk.isRecursive(name) ? recursion(name) : {}), ...used };
  });
}

/** The operator stands in a LET around the call: so does what is generated, behind the LET's own definitions. */
function expandLet(call: Call, index: number, frames: Frame[], at: Position, walk: Walk): Found[] {
  const frame = frames[index];
  const operator = frame?.kind === 'let' ? frame.operators.find((d) => d.name === call.name) : undefined;
  if (!operator || at.inside.includes(call.name)) return [];
  const outer = frames.slice(0, index + 1);
  const position = { ...at, later: false, inside: [...at.inside, call.name] };
  const isRecursive = namesIn(operator.bodySlice.text).includes(call.name);
  return walk.find(operator.body, outer, position, walk).map((site) => {
    const generated = freshName(walk);
    const inner = { ...site, frames: site.frames.slice(outer.length) };
    const { definition, rest } = lift(inner, operator.params, generated);
    const around = site.frames
      .slice(0, outer.length)
      .map((f, i) => (i === index && f.kind === 'let' ? { ...f, extra: [...f.extra, definition] } : f));
    const use = {
      core: applied(generated, call.args),
      args: usedArgs(definition, operator.params, call.args),
      frames: [...around, ...frames.slice(index + 1)],
      at,
    };
    return { ...(isRecursive ? recursion(call.name) : {}), ...inUse({ ...site, ...rest }, use, walk) };
  });
}

/** `I!Op`: the probe stands in a module that extends the instantiated one, and is reached by the same substitution. */
function expandThrough(
  instance: Instance,
  instanceArgs: Slice[],
  call: Call,
  frames: Frame[],
  at: Position,
  walk: Walk,
): Found[] {
  // The operator may itself be reached through an instance of the instantiated module.
  const inner = walk.expand(call, [], { ...at, module: instance.module, later: false }, walk);
  return inner.map((site) => {
    if (site.reason !== undefined) return site;
    const generated = freshName(walk);
    const text = instanceText(generated, instance.params, instance.slice, instance.module);
    const own = { module: at.module, text, imports: importsOf(walk.spec, at.module) };
    const core = `${applied(generated, instanceArgs)}!${site.core}`;
    const use = { core, args: usedArgs(text, instance.params, instanceArgs), frames, at };
    return inUse({ ...site, needs: [...site.needs, own] }, use, walk);
  });
}
