/**
 * Compiles sources to LLVM's textual IR. Contract: without optimisation and without any pass, so that every call stands
 * where it was written and no handler is inlined away; a file that does not compile is one line, never left out.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { glob } from 'tinyglobby';
import { Problem } from '../../domain/problem.js';
import { exists, isFolder } from '../../host/files.js';
import { withTempFolder } from '../../host/temp-folders.js';
import { runProcess } from '../../host/processes.js';
import { findFirstError } from '../build-log.js';
import { findProgram } from '../toolchain.js';
import { readModule, type IrModule } from './ir-module.js';

const SOURCES = /\.(?:c|cc|cpp|cxx|c\+\+|C|m|mm)$/;
export const CANDIDATES = ['clang-19', 'clang', 'clang-20', 'clang-18', 'clang-17', 'clang-16'];
/** The first clang whose IR has pointers without types, which is what the reader knows. */
const OLDEST = 15;
const JOBS = 2;

export interface Compiler {
  path: string;
  /** First line of what `--version` prints. */
  version: string;
}

/** A compiler to use, or why there is none. */
export async function findClang(env: NodeJS.ProcessEnv): Promise<Compiler | { missing: string }> {
  let old: string | undefined;
  for (const name of CANDIDATES) {
    const path = await findProgram(name, env);
    if (path === undefined) continue;
    const ran = await runProcess({
      command: [path, '--version'],
      cwd: '/',
      env,
      keepStdin: false,
      timeoutSeconds: 20,
    });
    const version = ran.stdout.split('\n')[0]?.trim() ?? '';
    const major = Number(/version (\d+)/.exec(version)?.[1] ?? 0);
    if (ran.exit === 0 && major >= OLDEST) return { path, version };
    old ??= `${name} is ${version === '' ? 'silent about its version' : `too old (${version})`}`;
  }
  return { missing: old ?? 'clang-19 is not installed' };
}

/** Every source that the entries name, relative to the root and sorted. */
export async function listSources(root: string, entries: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const entry of entries.map((e) => e.replace(/\/+$/, ''))) {
    if (!(await exists(join(root, entry)))) {
      throw new Problem(
        'REACH-MISSING',
        `${entry}: no such file or folder`,
        'correct native.reachability.files',
      );
    }
    if (!(await isFolder(join(root, entry)))) found.add(entry);
    else {
      const ignore = ['**/node_modules/**', '**/.git/**'];
      const files = await glob('**/*', { cwd: join(root, entry), expandDirectories: false, ignore });
      for (const file of files.filter((f) => SOURCES.test(f)))
        found.add(entry === '.' ? file : `${entry}/${file}`);
    }
  }
  return [...found].sort();
}

export type Compiled =
  /** `read`: every file the compiler read for it; relative ones to the root. */
  | { file: string; module: IrModule; read: string[] }
  /** `isMissing`: a header of the system is not installed, which says nothing about the file. */
  | { file: string; error: { path: string; line: number; text: string }; isMissing: boolean };

/** Compiles all files, two at a time; results in their order. */
export async function compileAll(
  root: string,
  files: readonly string[],
  flags: readonly string[],
  compiler: Compiler,
  env: NodeJS.ProcessEnv,
): Promise<Compiled[]> {
  const limit = pLimit(JOBS);
  const headers = await findGnuHeaders(env);
  return withTempFolder((folder) =>
    Promise.all(files.map((file, i) => limit(() => compile(file, join(folder, `${i}.d`))))),
  );

  async function compile(file: string, noted: string): Promise<Compiled> {
    const note = ['-MD', '-MF', noted];
    const command = [
      compiler.path,
      ...compileFlags(file, flags),
      ...headers,
      ...note,
      '-o',
      '-',
      `./${file}`,
    ];
    const limits = { timeoutSeconds: 120, captureLimitBytes: 1024 ** 3 };
    const ran = await runProcess({ command, cwd: root, env, keepStdin: false, ...limits });
    if (ran.exit === 0 && !ran.truncated)
      return {
        file,
        module: readModule(file, ran.stdout),
        read: readDependencies(await readFile(noted, 'utf8')),
      };
    const isMissing = /file not found\n[^\n]*#\s*(?:include|import)\s*</.test(ran.stderr) || ran.interrupted;
    const why = ran.interrupted
      ? 'interrupted'
      : ran.timedOut
        ? 'the compiler did not end within 120 s'
        : explain(ran.stderr, root);
    const at = /^(.*?):(\d+): (.*)$/.exec(why);
    const error =
      at === null
        ? { path: file, line: 1, text: why }
        : { path: (at[1] ?? file).replace(/^\.\//, ''), line: Number(at[2]), text: at[3] ?? '' };
    return { file, error, isMissing };
  }
}

/** The files that a rule for make names behind its colon. */
export function readDependencies(rule: string): string[] {
  const names = rule.replace(/\\\r?\n/g, ' ').replace(/^.*?:(?=\s)/, '');
  return [...names.matchAll(/(?:\\.|\S)+/g)].map(([name]) =>
    name.replace(/\\(.)/g, '$1').replaceAll('$$', '$').replace(/^\.\//, ''),
  );
}

const explain = (stderr: string, root: string): string =>
  findFirstError(stderr, root, '.').replace(/^\.\/(?:\.\/)?/, '');

/** Lines of debug information and of the program, and nothing that changes where a call stands. */
export function compileFlags(file: string, flags: readonly string[]): string[] {
  const isCpp = /\.(?:cc|cpp|cxx|c\+\+|C|mm)$/.test(file);
  const isCppStandard = (flag: string): boolean => /^-std=(?:c|gnu)\+\+/.test(flag);
  const own = flags.filter((flag) => !flag.startsWith('-std=') || isCppStandard(flag) === isCpp);
  const hasStandard = own.some((flag) => flag.startsWith('-std='));
  return [
    ...['-S', '-emit-llvm', '-O0', '-g', '-w', '-fno-color-diagnostics'],
    ...(isCpp && !hasStandard ? ['-std=gnu++17'] : []),
    ...own,
    // Behind the user's: an -O2 among them would inline.
    ...['-O0', '-Xclang', '-disable-llvm-passes'],
  ];
}

/** GCC brings the Objective-C headers and clang does not look there; behind all others, so that they replace none. */
async function findGnuHeaders(env: NodeJS.ProcessEnv): Promise<string[]> {
  const gcc = await findProgram('gcc', env);
  if (gcc === undefined) return [];
  const command = [gcc, '-print-file-name=include'];
  const ran = await runProcess({ command, cwd: '/', env, keepStdin: false, timeoutSeconds: 20 });
  const folder = ran.stdout.trim();
  return ran.exit === 0 && folder.startsWith('/') && (await exists(join(folder, 'objc')))
    ? ['-idirafter', folder]
    : [];
}
