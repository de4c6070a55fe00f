#!/usr/bin/env node
/**
 * The entry point: argv to one command. Contract: the only writer of the exit code; a mistake of the user is one line
 * and a hint, never a stack; standard output carries results only.
 */
import { Command, CommanderError } from '@commander-js/extra-typings';
import { join } from 'node:path';
import { loadCommands } from './commands/all-commands.js';
import { describeExits, type ForeignExit, type Run } from './commands/command.js';
import { EXIT, Problem, type ExitCode } from './domain/problem.js';
import { locateCache } from './host/cache-folder.js';
import { writeFileAtomic } from './host/files.js';
import { handleInterruption, isInterrupted } from './host/interruption.js';
import { flushOutput, note, print, tolerateClosedOutput } from './host/output.js';
import { readPackage } from './host/program-files.js';
import { sweepTempFolders } from './host/temp-folders.js';
import { oneLine, visible } from './report/formats/control-characters.js';
import { rememberParses } from './source/parse-memory.js';
import { makeParseMemory } from './store/cache/parse-cache.js';
import { openResultCache } from './store/cache/result-cache.js';

/** Exit code of a bug in this program: it could not do its work here, and nothing was shown about any model. */
const CRASHED = EXIT.environment;

const SPACE = 'make room on the disk, or set TMPDIR to a folder that has room; then run it again';
const RIGHTS = 'make the file or folder readable and writable for this user';
const LIMITS = 'end other programs, or raise the limit (ulimit), or run fewer at once with --jobs 1';

/** What an operating system refuses is no bug of this program; what to do about it. */
const REFUSALS: Partial<Record<string, string>> = {
  ENOSPC: SPACE,
  EDQUOT: SPACE,
  EACCES: RIGHTS,
  EPERM: RIGHTS,
  EROFS: RIGHTS,
  EMFILE: LIMITS,
  ENFILE: LIMITS,
  ENOMEM: LIMITS,
  EAGAIN: LIMITS,
  EIO: 'the disk reports an error; look at the system log',
};

let due: ExitCode | ForeignExit = EXIT.asDeclared;

/** What parsers read of unchanged files; a result that is asked for anew is parsed anew, too. */
const parses = openResultCache({ fresh: process.argv.includes('--fresh') });

async function leave(code: ExitCode | ForeignExit): Promise<void> {
  parses.close();
  await flushOutput();
  process.exit(isInterrupted() ? EXIT.interrupted : code);
}

async function report(error: unknown): Promise<ExitCode> {
  if (error instanceof Problem) return tell([...error.before, error], error.exit);
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const message = error instanceof Error ? error.message : String(error);
  const debug = process.argv.includes('--debug');
  const refused = (error as NodeJS.ErrnoException | undefined)?.code ?? '';
  if (refused in REFUSALS) {
    const problem = new Problem('SYSTEM-REFUSED', message, REFUSALS[refused] ?? '', EXIT.environment);
    return tell([problem], EXIT.environment);
  }
  const hint = debug ? 'this is a bug of the workbench; its stack stands below' : await saveStack(stack);
  tell([new Problem('INTERNAL', message, hint, EXIT.environment)], CRASHED);
  if (debug) note(`${stack}\n`);
  return CRASHED;
}

/** One line and a hint each on standard error; with --json besides one object on standard output, and nothing else. */
function tell(problems: Problem[], exitCode: ExitCode): ExitCode {
  const shown = problems.map(({ code, message, hint }) => ({
    code,
    message: oneLine(message).trim(),
    hint: visible(hint),
  }));
  for (const { code, message, hint } of shown) note(`error ${code}: ${message}\nhint: ${hint}\n`);
  if (asksForJson(process.argv)) print(`${JSON.stringify({ problems: shown, exitCode })}\n`);
  return exitCode;
}

/** Also where the arguments could not be read; what stands behind `--` belongs to another program. */
function asksForJson(argv: string[]): boolean {
  const end = argv.indexOf('--');
  return argv.slice(2, end === -1 ? undefined : end).includes('--json');
}

async function saveStack(stack: string): Promise<string> {
  const file = join(locateCache(), 'crashes', `${new Date().toISOString().replace(/[:.]/g, '-')}.txt`);
  try {
    await writeFileAtomic(file, `${process.argv.join(' ')}\n${stack}\n`);
    return `this is a bug of the workbench; the stack is in ${file}, and --debug prints it`;
  } catch {
    return 'this is a bug of the workbench; --debug prints the stack';
  }
}

const run: Run = async (work) => {
  // What a killed workbench left behind is removed by the next one; failing at that is no reason not to start.
  await sweepTempFolders().catch(() => []);
  try {
    due = await work();
  } catch (error) {
    due = isInterrupted() ? EXIT.interrupted : await report(error);
  }
};

async function buildProgram(): Promise<Command> {
  const program = new Command('workbench')
    .description('Welds TLA+ specifications to native code and states no more than its evidence.')
    .version(readPackage().version)
    .option('--debug', 'print the stack of an unexpected error')
    .showSuggestionAfterError(true)
    .exitOverride()
    // The messages of wrong usage are printed below, in the form of every other error.
    .configureOutput({ writeOut: print, writeErr: () => undefined })
    .addHelpText('after', describeExits());
  for (const command of await loadCommands(process.argv[2])) command.register(program, run);
  for (const command of program.commands) {
    command.copyInheritedSettings(program).option('--debug', 'print the stack of an unexpected error');
  }
  return program;
}

function explainUsage(error: CommanderError, program: Command): ExitCode {
  if (error.exitCode === 0) return EXIT.asDeclared;
  const [message = '', suggestion] = error.message.replace(/^error: /, '').split('\n');
  const isBare = error.code === 'commander.help';
  const known = program.commands.find((command) => command.name() === process.argv[2]);
  const asked = known === undefined ? 'workbench --help' : `workbench ${known.name()} --help`;
  const meant = suggestion === undefined ? '' : `${suggestion.replace(/[()]/g, '')} `;
  // Forgotten before a program, its options look like ours.
  const isForeign = error.code === 'commander.unknownOption' && known?.name() === 'run';
  const dashes = isForeign && !process.argv.includes('--') ? 'write -- before the program; ' : '';
  const hint = `${dashes}${meant}${asked} shows what there is`;
  return tell([new Problem('USAGE', isBare ? 'no command given' : message, hint)], EXIT.wrongInput);
}

async function main(): Promise<void> {
  tolerateClosedOutput();
  rememberParses(makeParseMemory(parses));
  handleInterruption((code) => process.exit(code));
  const crash = (error: unknown): void => {
    void report(error).then(leave);
  };
  process.on('uncaughtException', crash).on('unhandledRejection', crash);
  const program = await buildProgram();
  try {
    await program.parseAsync();
  } catch (error) {
    due = error instanceof CommanderError ? explainUsage(error, program) : await report(error);
  }
  await leave(due);
}

await main();
