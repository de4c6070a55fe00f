/**
 * Looks into the operators that a claim uses: each site inside becomes an operator of its own with the same parameters,
 * beside the one it stands in (in the same LET, the same module, or the module that is instantiated), and is applied as
 * that one is. Pure.
 */
import type { Call, Slice } from '../source/formula.js';
import { findSites, sitesAround, type Found, type Position, type Walk } from './antecedent-sites.js';
import { applied, definitionText, instanceText, renderInside, type Frame } from './probe-text.js';
import { findImport, findInstance, findOperator, type Instance } from './spec-formulas.js';

const DEEPEST = 16;

const freshName = (walk: Walk): string => `Wb${String(walk.fresh())}`;

/** Sites in the operator that is called, applied to the call's arguments. */
export function expandCall(call: Call, frames: Frame[], at: Position, walk: Walk): Found[] {
  if (at.inside.length >= DEEPEST) return [];
  if (call.instance) {
    const instance = findInstance(walk.spec, at.module, call.instance.name);
    return instance ? expandThrough(instance, call.instance.args, call, frames, at, walk) : [];
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
  const inner = findSites(definition.body, [], { ...at, file, inside: [...at.inside, name] }, walk);
  return inner.map((site) => {
    const generated = freshName(walk);
    const { definition: text, rest } = lift(site, definition.params, generated);
    walk.unitOf(at.module).definitions.push(text);
    return {
      ...rest,
      outer: [...sitesAround(frames), ...site.outer],
      frames,
      core: applied(generated, args),
    };
  });
}

/** The operator stands in a LET around the call: so does what is generated, behind the LET's own definitions. */
function expandLet(call: Call, index: number, frames: Frame[], at: Position, walk: Walk): Found[] {
  const frame = frames[index];
  const operator = frame?.kind === 'let' ? frame.operators.find((d) => d.name === call.name) : undefined;
  if (!operator || at.inside.includes(call.name)) return [];
  const outer = frames.slice(0, index + 1);
  const position = { ...at, inside: [...at.inside, call.name] };
  return findSites(operator.body, outer, position, walk).map((site) => {
    const generated = freshName(walk);
    const inner = { ...site, frames: site.frames.slice(outer.length) };
    const { definition, rest } = lift(inner, operator.params, generated);
    const around = site.frames
      .slice(0, outer.length)
      .map((f, i) => (i === index && f.kind === 'let' ? { ...f, extra: [...f.extra, definition] } : f));
    const outerSites = [...sitesAround(frames), ...site.outer];
    return {
      ...rest,
      outer: outerSites,
      frames: [...around, ...frames.slice(index + 1)],
      core: applied(generated, call.args),
    };
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
  const inner = expandOperator(call.name, call.args, [], { ...at, module: instance.module }, walk) ?? [];
  return inner.map((site) => {
    const generated = freshName(walk);
    const text = instanceText(generated, instance.params, instance.slice, instance.module);
    walk.unitOf(at.module).definitions.push(text);
    const outer = [...sitesAround(frames), ...site.outer];
    return { ...site, outer, frames, core: `${applied(generated, instanceArgs)}!${site.core}` };
  });
}
