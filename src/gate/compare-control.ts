/** What became of a control: violated by fewer claims, pinned no more, or differing from its positive model in more. Pure. */
import type { BaselineModel } from '../domain/baseline.js';
import type { Found } from './change.js';
import { keyOf } from './places.js';
import { gone, list } from './sets.js';

export function compareControl(was: BaselineModel, is: BaselineModel): Found[] {
  const found: Found[] = [];
  const add = (kind: 'control-weaker' | 'model-changed', before: string, after: string): void => {
    found.push({ kind, subject: is.path, was: before, is: after, at: [keyOf.model(is.path)] });
  };
  // A control that no longer fails by a claim is one control less for that claim.
  for (const name of gone(was.violates, is.violates))
    add('control-weaker', `violates ${name}`, `violates ${list(is.violates)}`);
  if (was.role !== 'control' || is.role !== 'control') return found;
  for (const name of gone(is.violates, was.violates))
    add('model-changed', `violates ${list(was.violates)}`, `violates ${name} as well`);
  if (was.fullSet && !is.fullSet)
    add('control-weaker', 'every other claim holds on it', 'nobody looks whether another claim holds');
  if (was.variantOf === undefined) return found;
  const only = (model: BaselineModel): string => `differs in ${list(model.differsIn)}`;
  // What differs in one thing alone shows that this one thing protects.
  if (is.variantOf === undefined) add('control-weaker', only(was), 'may differ in anything');
  else if (gone(is.differsIn, was.differsIn).length > 0) add('control-weaker', only(was), only(is));
  else if (gone(was.differsIn, is.differsIn).length > 0) add('model-changed', only(was), only(is));
  return found;
}
