/** Reads operands of LLVM's textual IR: registers, symbols, constants, and addresses made of them. Pure. */
import { flatten, isWord, splitAtCommas, type Token } from './ir-tokens.js';
import { layOut, readType, sizeOf, type IrType, type Types } from './ir-types.js';
import { BEGINNING, joinPaths, pathOver, pathTo, type Path } from './paths.js';

export type Operand =
  | { kind: 'local'; name: string }
  | { kind: 'global'; name: string }
  /** Null, undef, text: nothing that could be called, or points anywhere. */
  | { kind: 'nothing' }
  | { kind: 'number'; number: number }
  | { kind: 'offset'; base: Operand; path: Path }
  | { kind: 'aggregate'; parts: Part[] }
  /** An expression this reader does not understand, with the symbols in it. */
  | { kind: 'opaque'; symbols: string[] };

/** A member of a constant, and the bytes that it has there. */
export interface Part {
  at: Path;
  size?: number;
  value: Operand;
}

export const NOTHING: Operand = { kind: 'nothing' };
const casts = ['bitcast', 'inttoptr', 'ptrtoint', 'addrspacecast', 'trunc', 'zext', 'sext'];
/** Words behind an operand that belong to the instruction. */
const trailing = ['acquire', 'release', 'acq_rel', 'seq_cst', 'monotonic', 'unordered', 'syncscope'];

/** The operand that stands last in `type attributes value`. */
export function readOperand(tokens: readonly Token[], types: Types): Operand {
  const own = [...tokens];
  while (own.length > 1 && isTrailing(own)) own.pop();
  const last = own.at(-1);
  if (last === undefined) return NOTHING;
  switch (last.kind) {
    case 'local':
    case 'global':
      return { kind: last.kind, name: last.text };
    case 'group':
      return readExpression(own.slice(0, -1), last, types);
    case 'number':
      return { kind: 'number', number: Number(last.text) };
    case 'word':
    case 'string':
    case 'mark':
      return NOTHING;
  }
}

function isTrailing(tokens: readonly Token[]): boolean {
  const [before, last] = [tokens.at(-2), tokens.at(-1)];
  if (isWord(last, ...trailing)) return true;
  return last?.kind === 'group' && last.text === '(' && isWord(before, 'syncscope');
}

/** `getelementptr inbounds (…)`, `inttoptr (…)`, or a braced constant. */
function readExpression(before: readonly Token[], group: Token, types: Types): Operand {
  const [inner] = group.items;
  if (group.text === '<' && inner?.kind === 'group' && inner.text === '{')
    return readAggregate(inner, types, true);
  if (group.text !== '(') return readAggregate(group, types, group.text !== '{');
  const operator = before.findLast(
    (t) => t.kind === 'word' && (t.text === 'getelementptr' || casts.includes(t.text)),
  );
  if (operator?.text === 'getelementptr') return readAddress(splitAtCommas(group.items), types);
  if (operator?.text === 'inttoptr' && !isMarker(group.items[1])) return { kind: 'opaque', symbols: [] };
  if (operator !== undefined) return readCast(group.items, types);
  const symbols = flatten(group.items).flatMap((t) => (t.kind === 'global' ? [t.text] : []));
  return { kind: 'opaque', symbols };
}

/** The members one behind another: those of an array have no gaps, so that it is laid out like a packed struct. */
function readAggregate(group: Token, types: Types, packed: boolean): Operand {
  const parts = group.items.length === 0 ? [] : splitAtCommas(group.items);
  const own = parts.map((part) => readType(part, types));
  const whole = layOut(own, packed);
  return {
    kind: 'aggregate',
    parts: parts.map((part, i): Part => {
      const value = readOperand(part, types);
      const [at, size] = [
        whole.kind === 'struct' ? whole.members[i]?.at : undefined,
        sizeOf(own[i] ?? whole),
      ];
      if (at === undefined || size === undefined) return { at: 'anywhere', value };
      return { at: pathTo(at, size), size, value };
    }),
  };
}

/** Numbers that stand for no function: SIG_DFL, SIG_IGN, SIG_ERR, SIG_HOLD and the like. Others may be an address. */
function isMarker(number: Token | undefined): boolean {
  return number?.kind !== 'number' || (Number(number.text) >= -1 && Number(number.text) <= 5);
}

/** `ptr %x to i64`: the operand before `to`. */
export function readCast(tokens: readonly Token[], types: Types): Operand {
  const to = tokens.findIndex((token) => isWord(token, 'to'));
  return readOperand(to === -1 ? tokens : tokens.slice(0, to), types);
}

/** The parts of a getelementptr: type, base, indices. */
export function readAddress(parts: readonly Token[][], types: Types): Operand {
  const [object = [], base = [], ...rest] = parts;
  const indices = rest.filter((part) => part[0]?.kind !== 'mark').map((part) => readOperand(part, types));
  return {
    kind: 'offset',
    base: readOperand(base, types),
    path: pathAlong(indices, readType(object, types)),
  };
}

/** The first index moves over whole objects: what lies there is known only where it does not move. */
function pathAlong([first, ...inner]: Operand[], object: IrType): Path {
  if (first !== undefined && !(first.kind === 'number' && first.number === 0)) return 'anywhere';
  let path: Path = BEGINNING;
  let type = object;
  for (const index of inner) {
    const number = index.kind === 'number' ? index.number : undefined;
    if (type.kind === 'struct') {
      const member = type.members[number ?? -1];
      const size = member && sizeOf(member.type);
      if (member === undefined || size === undefined) return 'anywhere';
      path = joinPaths(path, pathTo(member.at, size));
      type = member.type;
    } else if (type.kind === 'array') {
      const stride = sizeOf(type.item) ?? 0;
      const step = number === undefined ? pathOver(stride) : { start: number * stride, step: 0, depth: 1 };
      path = joinPaths(path, step);
      type = type.item;
    } else return 'anywhere';
  }
  return path;
}

/** The register or symbol that an address is made of, and the way from there. */
export function baseOf(operand: Operand): { base: Operand; path: Path } {
  if (operand.kind !== 'offset') return { base: operand, path: BEGINNING };
  const inner = baseOf(operand.base);
  return { base: inner.base, path: joinPaths(inner.path, operand.path) };
}

/** Every symbol in an operand. */
export function symbolsIn(operand: Operand): string[] {
  switch (operand.kind) {
    case 'global':
      return [operand.name];
    case 'offset':
      return symbolsIn(operand.base);
    case 'aggregate':
      return operand.parts.flatMap(({ value }) => symbolsIn(value));
    case 'opaque':
      return operand.symbols;
    case 'local':
    case 'nothing':
    case 'number':
      return [];
  }
}
