/**
 * `workbench doctor`: every part of the environment, its version, path and state, and what to do.
 * Contract: a look, nothing is fetched or made, except with --prepare.
 */
import { join } from 'node:path';
import { EXIT, Problem, type ExitCode } from '../domain/problem.js';
import { findJavaTool, IGNORED_VARIABLES, javaEnvironment, locateJava } from '../engine/java.js';
import { locateJar } from '../engine/jar.js';
import type { Toolchain } from '../engine/launcher.js';
import { listToolchainFiles, prepareToolchain } from '../engine/toolchain.js';
import { locateCache } from '../host/cache-folder.js';
import { findExecutable } from '../host/executables.js';
import { exists } from '../host/files.js';
import { note, print } from '../host/output.js';
import { findRoot, readProject } from '../project/project.js';
import { renderParts } from '../report/doctor-table.js';
import { describeExits, type WorkbenchCommand } from './command.js';
import { askTool, inspectNativeTools, type Part } from './doctor-parts.js';

const PROJECT_FILE = 'workbench.json';

export const doctor: WorkbenchCommand = {
  name: 'doctor',
  register: (program, run) => {
    program
      .command('doctor')
      .description('Every part of the environment: its version, path, state, and what to do.')
      .option('--json', 'the parts as JSON on standard output')
      .option('--prepare', 'fetch and make what TLC needs, then print the files it rests on, one per line')
      .addHelpText(
        'after',
        describeExits({
          asDeclared: 'every part is there',
          wrongInput: 'workbench.json is wrong',
          environment: 'Java or the TLC jar is missing or not usable',
          incomplete: 'only other parts are missing: what needs them is slower or not run',
        }),
      )
      .action((options) =>
        run(() => (options.prepare === true ? prepare() : inspect(options.json === true))),
      );
  },
};

async function prepare(): Promise<ExitCode> {
  const { project } = readProject(findRoot(process.cwd()));
  const toolchain = await prepareToolchain({
    jarSources: project.jar?.sources,
    retry: true,
    onNote: (line) => {
      note(`${line}\n`);
    },
  });
  for (const line of toolchain.notes) note(`${line}\n`);
  print(`${listToolchainFiles(toolchain).join('\n')}\n`);
  return EXIT.asDeclared;
}

async function inspect(json: boolean): Promise<ExitCode> {
  const env = process.env;
  const root = findRoot(process.cwd());
  const [engine, native] = await Promise.all([inspectEngine(root, env), inspectNativeTools(env)]);
  const stamps = await inspectStamps(root);
  const parts = [...engine, ...native, ...stamps];
  const ignored = IGNORED_VARIABLES.filter((name) => (env[name] ?? '') !== '');
  const exit = judge(parts);
  const view = { parts, ignoredVariables: ignored, cache: locateCache(env), exit };
  print(json ? `${JSON.stringify(view, null, 2)}\n` : renderParts(view));
  return exit;
}

function judge(parts: Part[]): ExitCode {
  const lacking = parts.filter((part) => part.state === 'missing' || part.state === 'not usable');
  const required = lacking.filter((part) => part.need === 'required');
  if (required.some((part) => part.name !== PROJECT_FILE)) return EXIT.environment;
  if (required.length > 0) return EXIT.wrongInput;
  return lacking.length > 0 ? EXIT.incomplete : EXIT.asDeclared;
}

const found = (name: string, need: Part['need'], version: string, path: string): Part => ({
  ...{ name, need, state: 'found', version, path, advice: '' },
});

const lacking = (name: string, need: Part['need'], advice: string): Part => ({
  ...{ name, need, state: 'missing', version: '', path: '', advice },
});

async function inspectEngine(root: string, env: NodeJS.ProcessEnv): Promise<Part[]> {
  const cache = locateCache(env);
  const { project, problems } = readProject(root);
  const sources = project.jar?.sources;
  const node = found('node', 'required', process.version.slice(1), process.execPath);
  const file = problems.map((problem) => fromProblem(PROJECT_FILE, problem));
  const java = await attempt('java', async () => {
    const { version, path } = await locateJava(cache, env);
    return found('java', 'required', version, path);
  });
  const jar = await attempt('TLC jar', async () => {
    const known = await locateJar({ cache, env, sources, fetch: false });
    return found(
      'TLC jar',
      'required',
      `${known.tlcVersion} sha256 ${known.sha256.slice(0, 12)}`,
      known.path,
    );
  });
  const ready = java.state === 'found' && jar.state === 'found';
  const toolchain = ready ? await prepareToolchain({ env, look: true, jarSources: sources }) : undefined;
  return [
    ...[node, ...file, java],
    await inspectCompiler(toolchain, env),
    ...[await inspectMaven(jar.state === 'found', env), jar],
    ...inspectStartUp(toolchain),
  ];
}

async function attempt(name: string, look: () => Promise<Part>): Promise<Part> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof Problem) return fromProblem(name, error);
    throw error;
  }
}

function fromProblem(name: string, problem: Problem): Part {
  const state = problem.code.endsWith('-MISSING') ? 'missing' : 'not usable';
  return { name, need: 'required', state, version: '', path: problem.message, advice: problem.hint };
}

async function inspectCompiler(toolchain: Toolchain | undefined, env: NodeJS.ProcessEnv): Promise<Part> {
  const path = findJavaTool('javac', env);
  const version = path === undefined ? undefined : await askTool([path, '-version'], javaEnvironment(env));
  if (path !== undefined && version !== undefined) {
    return found('javac', 'speed', version.replace(/^javac /, ''), path);
  }
  const advice = 'install a JDK (Debian: default-jdk-headless): start-up is plain without it';
  const part = lacking('javac', 'speed', advice);
  return toolchain?.launcher === undefined ? part : { ...part, state: 'not needed', advice: '' };
}

async function inspectMaven(hasJar: boolean, env: NodeJS.ProcessEnv): Promise<Part> {
  const path = findExecutable('mvn', env);
  if (path !== undefined) {
    const said = await askTool([path, '--version'], env);
    if (said !== undefined) return found('maven', 'speed', /\d+(?:\.\d+)+/.exec(said)?.[0] ?? said, path);
  }
  const part = lacking('maven', 'speed', 'install maven: it can fetch the TLC jar');
  return hasJar ? { ...part, state: 'not needed', advice: '' } : part;
}

function inspectStartUp(toolchain: Toolchain | undefined): Part[] {
  const why = (toolchain?.notes[0] ?? 'java and the jar come first').replace(/^[a-z ]+: /, '');
  const launcher = toolchain?.launcher;
  const cds = toolchain?.cds;
  return [
    launcher
      ? found('launcher', 'speed', `sha256 ${launcher.sha256.slice(0, 12)}`, launcher.jar)
      : lacking('launcher', 'speed', why),
    cds !== undefined ? found('class archive', 'speed', '', cds) : lacking('class archive', 'speed', why),
  ];
}

/** The set-up's stamps; in a foreign repository there are none, and none are needed. */
async function inspectStamps(root: string): Promise<Part[]> {
  if (!(await exists(join(root, 'setup.sh')))) return [];
  const stamp = join(root, '.setup', 'toolchain');
  return [
    (await exists(stamp))
      ? found('set-up', 'speed', '', join(root, '.setup'))
      : lacking('set-up', 'speed', 'run ./setup.sh'),
  ];
}
