/**
 * The parts of the environment that the doctor looks at, each with how it is asked and what to do without it.
 * Contract: looking changes nothing; a part that is found but does not answer is not usable, never "found".
 */
import { isAbsolute } from 'node:path';
import { findExecutable } from '../host/executables.js';
import { runProcess } from '../host/processes.js';

/** required: nothing runs without it. speed: runs are slower without. native: native checks are "not run" without. */
export type Need = 'required' | 'speed' | 'native';

export interface Part {
  name: string;
  need: Need;
  state: 'found' | 'missing' | 'not usable' | 'not needed';
  version: string;
  path: string;
  /** What to do; empty when there is nothing to do. */
  advice: string;
}

interface Tool {
  name: string;
  program: string;
  need: Need;
  ask: string[];
  /** The answer is the absolute path of a file that must be there, not a version. */
  answersPath?: boolean;
  atLeast?: [number, number];
  debian: string;
  /** Homebrew's formula; absent: not used on macOS. */
  brew?: string;
}

const TOOLS: Tool[] = [
  tool('gcc', 'gcc', 'gcc'),
  tool('g++', 'g++', 'g++'),
  { ...tool('gobjc++', 'g++', 'gobjc++'), ask: ['-print-prog-name=cc1objplus'], answersPath: true },
  { ...tool('AddressSanitizer', 'gcc', 'gcc'), ask: ['-print-file-name=libasan.so'], answersPath: true },
  { ...tool('ThreadSanitizer', 'gcc', 'gcc'), ask: ['-print-file-name=libtsan.so'], answersPath: true },
  { ...tool('clang-19', 'clang-19', 'clang-19'), brew: 'llvm@19' },
  { ...tool('lld-19', 'ld.lld-19', 'lld-19'), brew: 'lld@19' },
  { ...tool('llvm-19', 'llvm-objdump-19', 'llvm-19'), brew: 'llvm@19' },
  // Presets of version 3 are understood from 3.21 on.
  { ...tool('cmake', 'cmake', 'cmake'), brew: 'cmake', atLeast: [3, 21] },
  { ...tool('ninja', 'ninja', 'ninja-build'), brew: 'ninja' },
];

function tool(name: string, program: string, debian: string): Tool {
  return { name, program, need: 'native', ask: ['--version'], debian };
}

/** Asks every native tool that this platform uses. */
export async function inspectNativeTools(
  env: NodeJS.ProcessEnv,
  platform = process.platform,
): Promise<Part[]> {
  const used = TOOLS.filter((entry) => platform !== 'darwin' || entry.brew !== undefined);
  return Promise.all(used.map((entry) => inspectTool(entry, env, platform)));
}

async function inspectTool(entry: Tool, env: NodeJS.ProcessEnv, platform: string): Promise<Part> {
  const advice =
    platform === 'darwin' ? `brew install ${entry.brew ?? ''}` : `apt-get install ${entry.debian}`;
  const missing: Part = {
    name: entry.name,
    need: entry.need,
    state: 'missing',
    version: '',
    path: '',
    advice,
  };
  const path = findExecutable(entry.program, env);
  if (path === undefined) return missing;
  const said = await askTool([path, ...entry.ask], env);
  if (entry.answersPath === true) {
    return said !== undefined && isAbsolute(said)
      ? { ...missing, state: 'found', path: said, advice: '' }
      : missing;
  }
  if (said === undefined) return { ...missing, state: 'not usable', path };
  const version = /\d+(?:\.\d+)+/.exec(said)?.[0] ?? said;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor, leastMinor] = entry.atLeast ?? [0, 0];
  if (major < leastMajor || (major === leastMajor && minor < leastMinor)) {
    const old = `older than ${leastMajor}.${leastMinor}: install a newer one, e.g. \`pip install ${entry.name}\``;
    return { ...missing, state: 'not usable', path, version, advice: old };
  }
  return { ...missing, state: 'found', path, version, advice: '' };
}

/** First line that a tool answers; undefined when it fails or says nothing. */
export async function askTool(command: string[], env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const result = await runProcess({ command, cwd: '/', env, keepStdin: false, timeoutSeconds: 30 });
  if (result.exit !== 0) return undefined;
  const lines = `${result.stdout}\n${result.stderr}`.split('\n').map((line) => line.trim());
  return lines.find((line) => /\d/.test(line) || isAbsolute(line));
}
