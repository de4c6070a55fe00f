/** Shows every problem of the input at once, so that a user mends them in one go. */
import type { Model } from '../domain/model.js';
import type { Problem } from '../domain/problem.js';
import { inspectModel } from '../project/inspection.js';
import type { LoadedModule } from '../project/loaded-module.js';
import { withoutTwins } from '../project/modules.js';

/** The last one with all others, for the caller to throw: the entry point shows every one. */
export function reportProblems(problems: Problem[]): Problem {
  const last = problems.at(-1);
  if (!last) throw new Error('reportProblems: none given');
  last.before.push(...problems.slice(0, -1));
  return last;
}

/** What makes the configurations of the selected models unfit for a run. */
export function inspectProblems(modules: LoadedModule[], selected: (model: Model) => boolean): Problem[] {
  return withoutTwins(
    modules.flatMap((module) =>
      module.models
        .filter(selected)
        .flatMap((model) => inspectModel(model, module, module.outlines).problems),
    ),
  );
}
