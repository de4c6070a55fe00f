/** What became of the protective steps of one module. Pure. */
import type { BaselineModule } from '../domain/baseline.js';
import type { Found } from './change.js';
import { keyOf } from './places.js';
import { gone, list } from './sets.js';

/** Protective steps: each is a deletion that some claim notices. */
export function compareSteps(was: BaselineModule, is: BaselineModule): Found[] {
  return was.steps.flatMap((step): Found[] => {
    const after = is.steps.find((s) => s.step === step.step);
    const subject = `${is.name}: ${step.step}`;
    const at = [keyOf.step(is.name, step.step), keyOf.module(is.name)];
    if (after === undefined)
      return [{ kind: 'step-lost', subject, was: `noticed by ${list(step.noticedBy)}`, is: 'no step', at }];
    const lost = gone(step.noticedBy, after.noticedBy);
    if (lost.length === 0) {
      if (after.text === step.text && after.model === step.model) return [];
      const deletes = 'deletes something else, or in another model';
      return [{ kind: 'step-changed', subject, was: 'as accepted', is: deletes, at }];
    }
    const text = `noticed by ${list(after.noticedBy)}`;
    return [{ kind: 'step-weaker', subject, was: `noticed by ${list(step.noticedBy)}`, is: text, at }];
  });
}
