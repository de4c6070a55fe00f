/** Symbols as a programmer writes them: `mps::onInterrupt`, `lambda in mps::install`. The symbol itself where no tool tells. */
import { runProcess } from '../../host/processes.js';
import { findProgram } from '../toolchain.js';
import { plainName } from './program.js';

export interface Names {
  /** Without parameters. */
  short: (symbol: string) => string;
  /** With parameters; tells overloads apart. */
  full: (symbol: string) => string;
  /** Whether `text` names this function: in short, in full, without its namespace, or as its symbol. */
  isNamed: (symbol: string, text: string) => boolean;
}

const CHUNK = 400;
export const DEMANGLERS = ['llvm-cxxfilt-19', 'llvm-cxxfilt', 'c++filt'];

export async function readNames(symbols: Iterable<string>, env: NodeJS.ProcessEnv): Promise<Names> {
  const mangled = [...new Set(symbols)].filter((symbol) => /^_?_Z/.test(symbol));
  const full = new Map<string, string>();
  const found = await Promise.all(DEMANGLERS.map((name) => findProgram(name, env)));
  const tool = found.find((path) => path !== undefined);
  for (let i = 0; tool !== undefined && i < mangled.length; i += CHUNK) {
    const chunk = mangled.slice(i, i + CHUNK);
    const options = { cwd: '/', env, keepStdin: false, timeoutSeconds: 20 };
    const ran = await runProcess({ command: [tool, ...chunk], ...options });
    const lines = ran.stdout.trimEnd().split('\n');
    if (ran.exit !== 0 || lines.length !== chunk.length) continue;
    chunk.forEach((symbol, k) => full.set(symbol, lines[k] ?? symbol));
  }
  const fullOf = (symbol: string): string => full.get(symbol) ?? plainName(symbol);
  const short = (symbol: string): string => shorten(fullOf(symbol));
  return {
    short,
    full: fullOf,
    isNamed: (symbol, text) => {
      const name = short(symbol);
      return [symbol, fullOf(symbol), name].includes(text) || name.endsWith(`::${text}`);
    },
  };
}

const STRING =
  /std::(?:__cxx11|__1)::basic_string<char, std::(?:__1::)?char_traits<char>, std::(?:__1::)?allocator<char>\s?>/g;

/** `a::f(int) const` to `a::f`; a lambda is named after the function it stands in. */
export function shorten(demangled: string): string {
  const lambda = /^(.*?)::(?:\$_\d+|'lambda\d*'\(|\{lambda\()/.exec(demangled);
  if (lambda !== null) return `lambda in ${shorten(lambda[1] ?? '')}`;
  const wrapper = /^thread-local wrapper routine for (.*)$/.exec(demangled)?.[1];
  if (wrapper !== undefined) return `the wrapper of ${wrapper}`;
  const text = demangled
    .replace(STRING, 'std::string')
    .replace(/ \[clone [^\]]*\]| \(\.[\w.]+\)/g, '')
    .replace(/\[abi:\w+\]/g, '');
  return shortenTemplates(withoutResult(withoutParameters(text)));
}

function withoutParameters(text: string): string {
  const end = /\)(?: const| volatile| &&?| noexcept)*$/.exec(text)?.index;
  let depth = 0;
  for (let i = end ?? -1; i >= 0; i -= 1) {
    if (text[i] === ')') depth += 1;
    if (text[i] === '(') depth -= 1;
    if (depth === 0) return text.slice(0, i);
  }
  return text;
}

/** The name of a template's instance has its result in front: `void handle<3>`. */
function withoutResult(text: string): string {
  if (text.includes('operator')) return text;
  let depth = 0;
  for (let i = text.length - 1; i >= 0; i -= 1) {
    if (text[i] === '>' || text[i] === ')') depth += 1;
    if (text[i] === '<' || text[i] === '(') depth -= 1;
    if (text[i] === ' ' && depth === 0) return text.slice(i + 1);
  }
  return text;
}

/** Long lists of template arguments hide the name they belong to. */
function shortenTemplates(name: string): string {
  return name.replace(/<[^<>]*(?:<[^<>]*(?:<[^<>]*>[^<>]*)*>[^<>]*)*>/g, (all) =>
    all.length > 24 ? '<…>' : all,
  );
}
