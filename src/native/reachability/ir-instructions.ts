/** Reads one instruction of LLVM's textual IR: what it calls, reads, writes and hands on. Pure. */
import { readAddress, readCast, readOperand, type Operand } from './ir-operands.js';
import { flatten, isWord, splitAtCommas, type Token } from './ir-tokens.js';
import { readType, sizeOf, type Types } from './ir-types.js';

export type Callee =
  { kind: 'symbol'; name: string } | { kind: 'pointer'; value: Operand } | { kind: 'assembly' };

export interface Call {
  op: 'call';
  callee: Callee;
  args: Operand[];
  /** The register of its result. */
  result?: string;
  /** Id of its place in the debug metadata. */
  debug?: string;
}

export type Instruction =
  | Call
  /** `whole`: an object of several members at once, of so many bytes where that is known. */
  | { op: 'load'; result?: string; address: Operand; whole: boolean; size?: number }
  | { op: 'store'; value: Operand; address: Operand; whole: boolean; size?: number }
  /** The result is one of these values: a cast, an address, a choice. */
  | { op: 'pass'; result?: string; values: Operand[] }
  | { op: 'allocate'; result?: string }
  | { op: 'return'; value: Operand }
  /** All others: what they do with their operands is not followed. */
  | { op: 'other'; name: string; result?: string; values: Operand[] };

const calls = ['call', 'invoke', 'callbr'];
const casts = ['bitcast', 'inttoptr', 'ptrtoint', 'addrspacecast', 'trunc', 'zext', 'sext'];
/** They compare and branch, and hand no address on. */
const harmless = ['icmp', 'fcmp', 'br', 'switch', 'unreachable', 'fence', 'landingpad', 'resume'];

/** Undefined for an instruction that hands nothing on. */
export function readInstruction(line: readonly Token[], types: Types): Instruction | undefined {
  const assigns = line[0]?.kind === 'local' && line[1]?.text === '=';
  const named = assigns ? { result: line[0]?.text ?? '' } : {};
  const at = (assigns ? 2 : 0) + (isWord(line[assigns ? 2 : 0], 'tail', 'musttail', 'notail') ? 1 : 0);
  const op = line[at]?.text ?? '';
  const rest = line.slice(at + 1);
  const parts = splitAtCommas(rest);
  const operand = (tokens: readonly Token[] = []): Operand => readOperand(tokens, types);
  if (harmless.includes(op)) return undefined;
  if (calls.includes(op)) return { op: 'call', ...readCall(rest, types), ...named };
  if (casts.includes(op)) return { op: 'pass', ...named, values: [readCast(rest, types)] };
  switch (op) {
    case 'load':
      return { op, ...named, address: operand(parts[1]), ...extentOf(parts[0] ?? [], types) };
    case 'store':
      return { op, value: operand(parts[0]), address: operand(parts[1]), ...extentOf(parts[0] ?? [], types) };
    case 'getelementptr':
      return { op: 'pass', ...named, values: [readAddress(parts, types)] };
    case 'freeze':
      return { op: 'pass', ...named, values: [operand(rest)] };
    case 'select':
      return { op: 'pass', ...named, values: [operand(parts[1]), operand(parts[2])] };
    case 'phi':
      return { op: 'pass', ...named, values: readChoices(rest).map(operand) };
    case 'alloca':
      return { op: 'allocate', ...named };
    case 'ret':
      return { op: 'return', value: operand(parts[0]) };
    default:
      return { op: 'other', name: op, ...named, values: readAll(rest) };
  }
}

/** Whether a value has members: its type is a brace, a bracket or a named type, and no word such as `ptr`. */
function extentOf(tokens: readonly Token[], types: Types): { whole: boolean; size?: number } {
  const type = tokens.find((t) => !isWord(t, 'atomic', 'volatile'));
  if (type?.kind !== 'group' && type?.kind !== 'local') return { whole: false };
  const size = sizeOf(readType(tokens, types));
  return size === undefined ? { whole: true } : { whole: true, size };
}

/** `[ value, label ], …` of a phi. */
function readChoices(tokens: readonly Token[]): Token[][] {
  const groups = tokens.filter((t) => t.kind === 'group' && t.text === '[');
  return groups.map((group) => splitAtCommas(group.items)[0] ?? []);
}

function readAll(tokens: readonly Token[]): Operand[] {
  return flatten(tokens).flatMap((t): Operand[] =>
    t.kind === 'local' || t.kind === 'global' ? [{ kind: t.kind, name: t.text }] : [],
  );
}

function readCall(tokens: readonly Token[], types: Types): Pick<Call, 'callee' | 'args' | 'debug'> {
  const isArguments = (i: number): boolean => tokens[i]?.kind === 'group' && tokens[i].text === '(';
  const dbg = tokens.findIndex((t) => t.kind === 'mark' && t.text === '!dbg');
  const debug = dbg === -1 ? undefined : tokens[dbg + 1]?.text;
  const place = debug === undefined ? {} : { debug };
  const argsAt = (i: number): Operand[] =>
    splitAtCommas(tokens[i]?.items ?? []).map((part) => readOperand(part, types));
  const symbol = tokens.findIndex((t, i) => t.kind === 'global' && isArguments(i + 1));
  if (symbol !== -1) {
    const name = tokens[symbol]?.text ?? '';
    return { callee: { kind: 'symbol', name }, args: argsAt(symbol + 1), ...place };
  }
  if (tokens.some((t) => isWord(t, 'asm'))) {
    const group = tokens.findLastIndex((_, i) => isArguments(i) && tokens[i - 1]?.kind === 'string');
    return { callee: { kind: 'assembly' }, args: group === -1 ? [] : argsAt(group), ...place };
  }
  const register = tokens.findLastIndex((t, i) => t.kind === 'local' && isArguments(i + 1));
  if (register !== -1) {
    const value: Operand = { kind: 'local', name: tokens[register]?.text ?? '' };
    return { callee: { kind: 'pointer', value }, args: argsAt(register + 1), ...place };
  }
  // A constant expression in brackets, then the arguments.
  const expression = tokens.findIndex((_, i) => isArguments(i) && isArguments(i + 1));
  const value = readOperand(tokens.slice(0, expression + 1), types);
  const callee: Callee =
    value.kind === 'global' ? { kind: 'symbol', name: value.name } : { kind: 'pointer', value };
  return { callee, args: argsAt(expression + 1), ...place };
}
