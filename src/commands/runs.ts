/** `runs list|show|prune`: what ran before, from its records alone. */
import { EXIT, Problem, type ExitCode } from '../domain/problem.js';
import type { RunRecord } from '../domain/run-record.js';
import { print } from '../host/output.js';
import { readTerminal } from '../host/terminal.js';
import { findRoot } from '../project/project.js';
import { seenJson } from '../report/formats/control-characters.js';
import { makePaint } from '../report/paint.js';
import { runListLine, runSummary } from '../report/run-list.js';
import { verifyLines } from '../report/verify-output.js';
import { buildView } from '../report/view/build-view.js';
import { findRunId, listRunIds, readRun, removeRun } from '../store/records.js';
import { problemOf } from '../store/unread.js';
import { describeExits, type WorkbenchCommand } from './command.js';

async function list(json: boolean): Promise<ExitCode> {
  const root = findRoot(process.cwd());
  const runs = await Promise.all((await listRunIds(root)).map((id) => readRun(root, id)));
  const paint = makePaint(readTerminal().color);
  if (json) print(`${JSON.stringify(runs.map(runSummary))}\n`);
  else if (runs.length === 0) print('no runs yet\n');
  else print(`${runs.map((run) => runListLine(run, paint)).join('\n')}\n`);
  return runs.some((run) => run.state === 'damaged' || run.state === 'unreadable')
    ? EXIT.notAsDeclared
    : EXIT.asDeclared;
}

/** A sound record, or the Problem that says what is wrong with it. */
async function readSound(wanted: string): Promise<RunRecord> {
  const root = findRoot(process.cwd());
  const run = await readRun(root, await findRunId(root, wanted));
  if (run.state === 'sound') return run.record;
  throw problemOf(run);
}

async function show(wanted: string, json: boolean): Promise<ExitCode> {
  const record = await readSound(wanted);
  if (json) {
    print(`${seenJson(record)}\n`);
    return EXIT.asDeclared;
  }
  const terminal = readTerminal();
  const paint = makePaint(terminal.color);
  const view = buildView([record]);
  const lines = [
    `run ${record.id}: workbench ${record.command.join(' ')}`,
    ...verifyLines(view, terminal.width, paint),
  ];
  print(`${lines.join('\n')}\n`);
  return EXIT.asDeclared;
}

async function prune(keep: number, damagedOnly: boolean): Promise<ExitCode> {
  const root = findRoot(process.cwd());
  const ids = await listRunIds(root);
  const doomed: string[] = [];
  for (const [i, id] of ids.entries()) {
    const { state } = await readRun(root, id);
    // A folder without a record may belong to a run that is still going on.
    if (
      damagedOnly
        ? state === 'damaged'
        : i < ids.length - keep && state !== 'unfinished' && state !== 'unreadable'
    )
      doomed.push(id);
  }
  for (const id of doomed) await removeRun(root, id);
  print(`removed ${doomed.length} of ${ids.length} runs\n`);
  return EXIT.asDeclared;
}

function readKeep(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new Problem('USAGE', `--keep ${text}: expected a whole number of runs`, 'for example --keep 10');
}

export const runs: WorkbenchCommand = {
  name: 'runs',
  register: (program, run) => {
    const group = program.command('runs').description('what ran before, from its records');
    group
      .command('list')
      .description('every run, oldest first; exit 1 when a record is damaged')
      .option('--json', 'print JSON on standard output')
      .addHelpText('after', describeExits())
      .action((options) => run(() => list(options.json ?? false)));
    group
      .command('show')
      .description('one run as its command showed it')
      .argument('[run]', 'id, or its beginning or end', 'latest')
      .option('--json', 'print the record on standard output')
      .addHelpText('after', describeExits({ notAsDeclared: 'the record is damaged' }))
      .action((wanted, options) => run(() => show(wanted, options.json ?? false)));
    group
      .command('prune')
      .description('remove all but the newest runs')
      .option('--keep <n>', 'how many stay', '10')
      .option('--damaged', 'remove the damaged ones instead')
      .addHelpText('after', describeExits())
      .action((options) => run(() => prune(readKeep(options.keep), options.damaged ?? false)));
  },
};
