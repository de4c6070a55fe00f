/** What `init` prints when it is done, as lines and as one JSON object. Pure. */
import type { ExitCode, Problem } from '../domain/problem.js';
import type { Said } from '../init/discovery.js';
import type { Drafts } from '../init/drafts.js';
import type { NewFile } from '../init/new-files.js';
import type { Repository } from '../init/repository.js';
import { oneLine } from '../report/formats/control-characters.js';
import type { FirstRun } from './first-run.js';

export interface InitResult {
  root: string;
  plan: Drafts;
  /** What the new workbench.json leaves out; nothing where one was there, which is never changed. */
  leftOut: Said[];
  byHand: Said[];
  first: FirstRun;
  repository: Repository;
  files: (NewFile & { state: 'written' | 'kept' })[];
  hook: string[];
  problems: Problem[];
}

/** Its models are named alike in every folder, and it writes them anew. */
const TOOLBOX =
  "TLC's Toolbox writes it; to have its model checked, copy MC.tla and MC.cfg beside the spec, under a name of their own";

/** All lines; a dry run has the text of every file. */
export function initLines(
  result: InitResult,
  { dryRun, quiet }: { dryRun: boolean; quiet: boolean },
): string[] {
  const { plan, repository, files } = result;
  const said = (title: string, list: readonly Said[]): string[] =>
    list.length === 0
      ? []
      : [title, ...list.map(({ path, reason }) => `  ${oneLine(path)}: ${oneLine(reason)}`)];
  const kept = [...repository.existing.kept, ...files.filter((f) => f.state === 'kept').map((f) => f.path)];
  const written = files.filter((f) => f.state === 'written');
  const verb = dryRun ? 'would write' : 'wrote';
  const about = quiet
    ? []
    : [
        ...said('left out, with the reason in workbench.json:', result.leftOut),
        ...said('not checked by any model:', plan.idle),
        ...kept.map((path) => `kept ${path}`),
      ];
  return [
    ...said('not looked at:', [
      ...repository.unreadable,
      ...repository.toolboxes.map((path) => ({ path, reason: TOOLBOX })),
    ]),
    ...about,
    ...written.flatMap(({ path, text }) => [
      `${verb} ${path}`,
      ...(dryRun
        ? text
            .trimEnd()
            .split('\n')
            .map((line) => `  ${line}`)
        : []),
    ]),
    ...result.hook,
    ...said('to be done by hand:', result.byHand),
    ...nextSteps(result, dryRun),
  ];
}

/** What `--json` prints. */
export function initJson(result: InitResult, dryRun: boolean, exitCode: ExitCode): string {
  const { root, plan, first, leftOut, byHand, hook, repository } = result;
  const { unreadable, toolboxes } = repository;
  const files = result.files.map(({ path, state, text }) => ({ path, state, text }));
  const problems = result.problems.map(({ code, message, hint }) => ({ code, message, hint }));
  const { models, record = null } = first;
  const { idle } = plan;
  return JSON.stringify({
    ...{ root, dryRun, files, models, leftOut, idle, byHand, unreadable, toolboxes, hook, record },
    problems,
    exitCode,
  });
}

function nextSteps({ first, files, problems, repository }: InitResult, dryRun: boolean): string[] {
  if (dryRun) return [];
  if (first.models.length === 0 && repository.existing.named.size === 0 && problems.length === 0)
    return [
      'no model yet, so there is nothing to check: put a configuration (.cfg) beside a module, and run this again',
    ];
  const record = first.record === undefined ? [] : [`record runs/${first.record}`];
  if (files.every((f) => f.state === 'kept') && first.models.length === 0)
    return ['nothing was left to write', ...record];
  const open = first.models.filter((m) => m.result !== 'success');
  return [
    ...(first.models.length > 0
      ? [
          first.record === undefined
            ? `${first.models.length} model(s) declared, none of them was run`
            : `${first.models.length} model(s) observed, ${open.length} of them not a success; none is confirmed`,
        ]
      : []),
    ...record,
    ...(problems.length > 0
      ? []
      : ['next: workbench check; then confirm each model in its manifest, and remove "observed"']),
  ];
}
