/** `report`: renders records that are there, without running anything; several, also of several machines, as one. */
import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { glob } from 'tinyglobby';
import { EXIT, Problem, type ExitCode } from '../domain/problem.js';
import { findBase } from '../host/git-base.js';
import { note, print } from '../host/output.js';
import { findRoot } from '../project/project.js';
import { FORMATS, isFormat, type Format, type Rendered } from '../report/formats/format.js';
import { findRunId, readRun, readRunFile, runsFolder, type StoredRun } from '../store/records.js';
import { problemOf } from '../store/unread.js';
import { describeExits, type WorkbenchCommand } from './command.js';
import { render, viewRecords, writeRendered, type Found } from './report-stage.js';

/** One record that the user named, and the folder in which it stands. */
interface Named {
  run: StoredRun;
  folder: string;
}

/** A path to a record, its folder, or a folder of such as other machines left them; else an id or what `latest` means. */
async function readNamed(root: string, word: string): Promise<Named[]> {
  const path = resolve(word);
  if (!/[\\/]|\.json$/.test(word) && !existsSync(path)) {
    const id = await findRunId(root, word);
    return [{ run: await readRun(root, id), folder: join(runsFolder(root), id) }];
  }
  if (!existsSync(path)) throw absent(word, path);
  return Promise.all(
    (await filesBelow(path)).map(async (file) => {
      const shown = relative(process.cwd(), dirname(file));
      const run = await readRunFile(file, shown.includes('/') ? shown : `./${shown}`);
      return { run, folder: dirname(file) };
    }),
  );
}

/** What cannot be seen may be there: a folder above it that is closed hides it. */
function absent(word: string, path: string): Problem {
  try {
    statSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES')
      return new Problem(
        'RECORD-UNREADABLE',
        `${word}: cannot be read (EACCES)`,
        'give yourself the right to read the folder and its run.json',
        EXIT.environment,
      );
  }
  return new Problem('RUN-UNKNOWN', `${word}: there is no such file`, 'name a run.json, its folder or an id');
}

/** The record that a path means, or every one of a folder that holds none itself: `runs/*`, or what an artifact unpacks to. */
async function filesBelow(path: string): Promise<string[]> {
  if (!statSync(path).isDirectory()) return [path];
  const own = join(path, 'run.json');
  if (existsSync(own)) return [own];
  const found = await glob(['*/run.json', 'runs/*/run.json', '*/runs/*/run.json'], {
    cwd: path,
    absolute: true,
  });
  return found.length === 0 ? [own] : found.sort();
}

/** Records that can be used, and a Problem for each that cannot. */
async function readAll(
  root: string,
  words: readonly string[],
): Promise<{ found: Found; problems: Problem[] }> {
  const named = await Promise.all((words.length === 0 ? ['latest'] : words).map((w) => readNamed(root, w)));
  const folders = new Map<string, string>();
  const records: Found['records'] = [];
  const problems: Problem[] = [];
  const unread: Found['unread'] = [];
  for (const { run, folder } of named.flat()) {
    if (run.state === 'sound') {
      records.push(run.record);
      folders.set(run.record.id, folder);
      continue;
    }
    const problem = problemOf(run);
    problems.push(problem);
    unread.push({ id: run.id, code: problem.code, message: problem.message, hint: problem.hint });
  }
  return { found: { records, unread, folders }, problems };
}

function readFormat(text: string): Format {
  if (isFormat(text)) return text;
  throw new Problem('USAGE', `--format ${text}: there is no such format`, `one of ${FORMATS.join(', ')}`);
}

interface ReportOptions {
  format: Format;
  output: string | undefined;
  base: string | undefined;
}

async function runReport(words: string[], { format, output, base }: ReportOptions): Promise<ExitCode> {
  const root = findRoot(process.cwd());
  const since = base === undefined ? 'work tree' : { commit: (await findBase(root, base)).commit };
  const { found, problems } = await readAll(root, words);
  const last = problems.at(-1);
  if (found.records.length === 0 && last) {
    last.before.push(...problems.slice(0, -1));
    throw last;
  }
  const view = await viewRecords(root, { ...found, since });
  const texts = await render(view, format, output !== undefined);
  if (output === undefined) printOne(texts, format);
  else for (const file of await writeRendered(texts, format, output)) note(`${file}\n`);
  for (const { code, message, hint } of problems) note(`error ${code}: ${message}\nhint: ${hint}\n`);
  return worstExit(problems);
}

function printOne(texts: readonly Rendered[], format: Format): void {
  const [only] = texts;
  if (texts.length === 0) note('no counterexample: nothing to write\n');
  else if (texts.length === 1 && only) print(only.text);
  else
    throw new Problem(
      'REPORT-TARGET',
      `${texts.length} counterexamples are ${texts.length} files`,
      `name a folder: --format ${format} --output counterexamples/`,
    );
}

/** In the order of docs/errors.md: 2, 1, 3, 4. */
function worstExit(problems: readonly Problem[]): ExitCode {
  const order: ExitCode[] = [EXIT.wrongInput, EXIT.notAsDeclared, EXIT.environment, EXIT.incomplete];
  return order.find((exit) => problems.some((p) => p.exit === exit)) ?? EXIT.asDeclared;
}

export const report: WorkbenchCommand = {
  name: 'report',
  register: (program, run) => {
    program
      .command('report')
      .description('render records, several as one, without running anything')
      .argument(
        '[run...]',
        'ids, beginnings or ends of ids, run.json files, their folders, folders of these; none: the latest',
      )
      .option('--format <format>', FORMATS.join(', '), 'terminal')
      .option('--output <file>', 'write there instead of standard output; itf: a folder, a file for each')
      .option(
        '--base <ref>',
        'compare with the baseline of that commit, and not with the one in the work tree',
      )
      .addHelpText(
        'after',
        describeExits({
          asDeclared: 'the report is written, whatever its verdict: it is no judgement, `gate` is',
          notAsDeclared: 'the report is written, and a record that was to be in it is damaged',
          wrongInput: 'the input is wrong, or a record has another schema',
          environment: 'a record or the output cannot be opened',
          incomplete: 'the report is written, and a run that was to be in it has no record',
        }),
      )
      .action((words, { format, output, base }) =>
        run(() => runReport(words, { format: readFormat(format), output, base })),
      );
  },
};
