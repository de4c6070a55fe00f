/**
 * Reads a module of LLVM's textual IR, as clang prints it without any optimisation: functions with their instructions,
 * globals with their first values, aliases, and the debug metadata as text. Pure.
 */
import { readInstruction, type Instruction } from './ir-instructions.js';
import { readOperand, type Operand } from './ir-operands.js';
import { makeTypes, readLayout, type Types } from './ir-types.js';
import { isWord, readTokens, splitAtCommas, unescapeText, type Token } from './ir-tokens.js';

export interface IrFunction {
  name: string;
  /** Seen by its own module only. */
  internal: boolean;
  /** A definition of that name in another module may take its place. */
  weak: boolean;
  parameters: string[];
  instructions: Instruction[];
  /** Id of its debug metadata. */
  debug?: string;
}

export interface IrGlobal {
  name: string;
  internal: boolean;
  /** As of functions. */
  weak: boolean;
  constant: boolean;
  /** Thread-local, and reached by a call where its module is not known at link time. */
  dynamicThreadLocal: boolean;
  /** Absent for one that is only declared. */
  value?: Operand;
  /** Of a string: its characters up to the first zero. */
  text?: string;
}

export interface IrModule {
  /** As it was handed to the compiler. */
  file: string;
  functions: IrFunction[];
  /** Functions that are only declared; the weak ones may be missing at run time. */
  declared: Map<string, { weak: boolean }>;
  globals: Map<string, IrGlobal>;
  aliases: Map<string, Operand>;
  /** Metadata by id (`!12`), as text. */
  metadata: Map<string, string>;
}

/** @param file name of the source, for messages */
export function readModule(file: string, text: string): IrModule {
  const module: IrModule = {
    file,
    functions: [],
    declared: new Map(),
    globals: new Map(),
    aliases: new Map(),
    metadata: new Map(),
  };
  const types = makeTypes();
  let current: IrFunction | undefined;
  for (const line of logicalLines(text)) {
    if (current !== undefined) {
      if (line === '}') current = undefined;
      else if (line.startsWith(' ')) {
        const read = readInstruction(readTokens(line), types);
        if (read !== undefined) current.instructions.push(read);
      }
    } else if (line.startsWith('define ')) {
      current = readFunction(readTokens(line));
      module.functions.push(current);
    } else if (line.startsWith('declare ')) {
      const tokens = readTokens(line);
      const name = tokens.find((t) => t.kind === 'global')?.text;
      if (name !== undefined) module.declared.set(name, { weak: isWord(tokens[1], 'extern_weak') });
    } else if (line.startsWith('@')) readSymbol(readTokens(line), module, types);
    else if (line.startsWith('%') || line.startsWith('target ')) readTypeLine(readTokens(line), types);
    else if (line.startsWith('!')) {
      const equals = line.indexOf(' = ');
      if (equals > 0) module.metadata.set(line.slice(0, equals), line.slice(equals + 3));
    }
  }
  return module;
}

/** Lines with their continuations: what follows an `invoke`, a `landingpad` or an open `switch`. */
function* logicalLines(text: string): Generator<string> {
  let pending: string | undefined;
  for (const line of text.split('\n')) {
    if (/^\s*#dbg_/.test(line) || line.trim() === '') continue;
    if (pending !== undefined && (/^ {3,}\S/.test(line) || line === '  ]' || /^ {2}\], /.test(line))) {
      pending += ` ${line.trim()}`;
      continue;
    }
    if (pending !== undefined) yield pending;
    pending = line;
  }
  if (pending !== undefined) yield pending;
}

const isInternal = (tokens: readonly Token[]): boolean =>
  tokens.some((t) => isWord(t, 'internal', 'private'));

/** The `_odr` kinds, of templates and inline functions, are alike in all modules; `common` is C's `int x;`. */
const isWeak = (tokens: readonly Token[]): boolean =>
  tokens.some((t) => isWord(t, 'weak', 'linkonce', 'common'));

/** `%name = type { … }`, `target datalayout = "…"`. */
function readTypeLine(tokens: Token[], types: Types): void {
  const [first, second, third, fourth] = tokens;
  if (first?.kind === 'local' && isWord(third, 'type')) types.named.set(first.text, tokens.slice(3));
  if (isWord(second, 'datalayout') && fourth?.kind === 'string') readLayout(fourth.text, types);
}

function readFunction(tokens: Token[]): IrFunction {
  const at = tokens.findIndex((t) => t.kind === 'global');
  const group = tokens.slice(at).find((t) => t.kind === 'group' && t.text === '(');
  const parameters = splitAtCommas(group?.items ?? []).flatMap((part) => {
    const last = part.at(-1);
    return last?.kind === 'local' && part.length > 1 ? [last.text] : [];
  });
  const debug = debugOf(tokens);
  return {
    name: tokens[at]?.text ?? '',
    internal: isInternal(tokens.slice(0, at)),
    weak: isWeak(tokens.slice(0, at)),
    parameters,
    instructions: [],
    ...(debug === undefined ? {} : { debug }),
  };
}

function debugOf(tokens: readonly Token[]): string | undefined {
  const at = tokens.findIndex((t) => t.kind === 'mark' && t.text === '!dbg');
  return at === -1 ? undefined : tokens[at + 1]?.text;
}

function readSymbol(tokens: Token[], module: IrModule, types: Types): void {
  const name = tokens[0]?.text ?? '';
  const at = tokens.findIndex((t) => isWord(t, 'global', 'constant', 'alias', 'ifunc'));
  const [before, behind] = [tokens.slice(0, at), splitAtCommas(tokens.slice(at + 1))];
  if (isWord(tokens[at], 'alias', 'ifunc')) {
    // An ifunc's symbol is what its resolver returns at run time: never what the resolver itself is.
    if (isWord(tokens[at], 'alias')) module.aliases.set(name, readOperand(behind[1] ?? [], types));
    else module.declared.set(name, { weak: false });
    return;
  }
  const local = before.findIndex((t) => isWord(t, 'thread_local'));
  const model = before[local + 1];
  const isStatic = model?.kind === 'group' && model.items.some((t) => isWord(t, 'initialexec', 'localexec'));
  const declared = before.some((t) => isWord(t, 'external', 'extern_weak'));
  const text = behind[0]?.find((t) => t.kind === 'string')?.text;
  module.globals.set(name, {
    name,
    internal: isInternal(before),
    weak: isWeak(before),
    constant: isWord(tokens[at], 'constant'),
    dynamicThreadLocal: local !== -1 && !isStatic,
    ...(declared ? {} : { value: readOperand(behind[0] ?? [], types) }),
    ...(declared || text === undefined ? {} : { text: unescapeText(text.split('\\00')[0] ?? '') }),
  });
}
