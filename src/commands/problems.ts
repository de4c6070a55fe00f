/** Shows every problem of the input at once, so that a user mends them in one go. */
import type { Model } from '../domain/model.js';
import type { Problem } from '../domain/problem.js';
import { note } from '../host/output.js';
import { inspectModel } from '../project/inspection.js';
import type { LoadedModule } from '../project/loaded-module.js';
import { withoutTwins } from '../project/modules.js';

/** Prints all but the last, and returns the last for the caller to throw. */
export function reportProblems(problems: Problem[]): Problem {
  const last = problems.at(-1);
  if (!last) throw new Error('reportProblems: none given');
  for (const problem of problems.slice(0, -1))
    note(`error ${problem.code}: ${problem.message}\nhint: ${problem.hint}\n`);
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
