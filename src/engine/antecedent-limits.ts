/**
 * Where the walk through a claim must stop although there may be antecedents behind: such a place is named as not
 * measured, so that nothing counts as looked at that was not. Pure.
 */
import type { Call, Slice } from '../source/formula.js';
import { codeOf, dependsOn, flattenOutlines } from '../source/outline.js';
import { unaskedSite } from './antecedent-sites.js';
import type { Found, Position, Walk } from './antecedent-walk.js';
import type { Frame } from './probe-text.js';
import { findImport, findInstance, findOperator } from './spec-formulas.js';

/** So many operators may be around a place. */
export const DEEPEST = 16;

const CONDITIONAL = /=>|~>|\\A\b|\\forall\b|⇒|∀|↝/;

/** Sets are no formulas: what stands in them is not asked for. */
function withoutSets(text: string): string {
  const inner = text.replace(/\{[^{}]*\}/g, ' ');
  return inner === text ? text : withoutSets(inner);
}

const isConditional = (text: string): boolean => CONDITIONAL.test(withoutSets(codeOf(text)));

/** Whether an operator or function of the spec, or what it uses, may hold an antecedent. */
function holdsConditional(name: string, walk: Walk): boolean {
  const { outlines } = walk.spec;
  const names = dependsOn(outlines, name);
  return flattenOutlines(outlines)
    .flatMap((o) => o.definitions)
    .some((d) => names.has(d.name) && isConditional(d.body));
}

const letText = (name: string, frames: readonly Frame[]): string | undefined =>
  frames
    .flatMap((f) => (f.kind === 'let' ? f.definitions : []))
    .find((d) => new RegExp(`^${name}\\b`).test(d.text))?.text;

/** Why what is called cannot be looked into, where it may hold an antecedent; undefined where it can, or holds none. */
export function whyUnread(call: Call, frames: Frame[], at: Position, walk: Walk): string | undefined {
  const { spec } = walk;
  const [first] = call.through;
  if (at.inside.length >= DEEPEST)
    return holdsConditional(call.name, walk) ? `${String(DEEPEST)} operators are around it` : undefined;
  const isIdentifier = /^\w+$/.test(call.name);
  if (first) {
    const inLet = letText(first.name, frames) !== undefined;
    const instance = inLet ? undefined : findInstance(spec, at.module, first.name);
    const isRead = instance && spec.modules.some((m) => m.module === instance.module);
    if (isRead || !holdsConditional(call.name, walk)) return undefined;
    return inLet
      ? `${first.name} is an INSTANCE in a LET`
      : `${first.name} instantiates a module that has no file of its own`;
  }
  const substitutes = spec.substitutes.filter((s) => s.name === call.name);
  if (substitutes.some((s) => holdsConditional(s.value, walk)))
    return `configurations put another operator in the place of ${call.name}`;
  const inLet = isIdentifier ? letText(call.name, frames) : undefined;
  if (call.isFunction) {
    const isHeld = inLet === undefined ? holdsConditional(call.name, walk) : isConditional(inLet);
    return isHeld ? `${call.name} is a function` : undefined;
  }
  if (inLet !== undefined || findOperator(spec, at.module, call.name)) return undefined;
  if (findImport(spec, at.module, call.name)) return undefined;
  // The claim itself, in a module that TLC can read and the parser cannot.
  const isUnread = at.inside.length === 0 || (isIdentifier && holdsConditional(call.name, walk));
  return isUnread ? `${call.name} could not be read` : undefined;
}

/** Arguments that may hold antecedents: they mean what the operator makes of them. */
export function givenSites(call: Call, at: Position, walk: Walk): Found[] {
  if (call.isFunction || !isOfSpec(call, at, walk)) return [];
  const holds = ({ text }: Slice): boolean =>
    isConditional(text) || (/^\w+$/.test(text.trim()) && isOperatorWithConditional(text.trim(), walk));
  return call.args
    .filter(holds)
    .map((arg) => unaskedSite(arg, `it is an argument of ${call.name}`, at, walk));
}

const isOfSpec = (call: Call, at: Position, walk: Walk): boolean =>
  call.through.length > 0 ||
  findOperator(walk.spec, at.module, call.name) !== undefined ||
  findImport(walk.spec, at.module, call.name) !== undefined;

function isOperatorWithConditional(name: string, walk: Walk): boolean {
  const definition = flattenOutlines(walk.spec.outlines)
    .flatMap((o) => o.definitions)
    .find((d) => d.name === name);
  return definition !== undefined && definition.params.length > 0 && holdsConditional(name, walk);
}
