/** Reads operands of LLVM's textual IR: registers, symbols, constants, and addresses made of them. Pure. */
import { flatten, isWord, splitAtCommas, type Token } from './ir-tokens.js';

/** One index of an address: a known one, any element (`*`), or anywhere in the whole object (`**`). */
export type Step = number | '*' | '**';
export type Path = readonly Step[];

export type Operand =
  | { kind: 'local'; name: string }
  | { kind: 'global'; name: string }
  /** A number, null, undef, text: nothing that could be called, or points anywhere. */
  | { kind: 'nothing' }
  | { kind: 'offset'; base: Operand; path: Path }
  | { kind: 'aggregate'; parts: Operand[] }
  /** An expression this reader does not understand, with the symbols in it. */
  | { kind: 'opaque'; symbols: string[] };

const NOTHING: Operand = { kind: 'nothing' };
const casts = ['bitcast', 'inttoptr', 'ptrtoint', 'addrspacecast', 'trunc', 'zext', 'sext'];
/** Words behind an operand that belong to the instruction. */
const trailing = ['acquire', 'release', 'acq_rel', 'seq_cst', 'monotonic', 'unordered', 'syncscope'];

/** The operand that stands last in `type attributes value`. */
export function readOperand(tokens: readonly Token[]): Operand {
  const own = [...tokens];
  while (own.length > 1 && isTrailing(own)) own.pop();
  const last = own.at(-1);
  if (last === undefined) return NOTHING;
  switch (last.kind) {
    case 'local':
    case 'global':
      return { kind: last.kind, name: last.text };
    case 'group':
      return readExpression(own.slice(0, -1), last);
    case 'word':
    case 'number':
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
function readExpression(before: readonly Token[], group: Token): Operand {
  if (group.text === '[' || group.text === '{') {
    return { kind: 'aggregate', parts: splitAtCommas(group.items).map(readOperand) };
  }
  if (group.text === '<') {
    const inner = group.items[0];
    if (inner?.kind === 'group' && inner.text === '{') return readExpression([], inner);
    return { kind: 'aggregate', parts: splitAtCommas(group.items).map(readOperand) };
  }
  const operator = before.findLast(
    (t) => t.kind === 'word' && (t.text === 'getelementptr' || casts.includes(t.text)),
  );
  if (operator?.text === 'getelementptr') return readAddress(splitAtCommas(group.items));
  if (operator?.text === 'inttoptr' && !isMarker(group.items[1])) return { kind: 'opaque', symbols: [] };
  if (operator !== undefined) return readCast(group.items);
  const symbols = flatten(group.items).flatMap((t) => (t.kind === 'global' ? [t.text] : []));
  return { kind: 'opaque', symbols };
}

/** Numbers that stand for no function: SIG_DFL, SIG_IGN, SIG_ERR, SIG_HOLD and the like. Others may be an address. */
function isMarker(number: Token | undefined): boolean {
  return number?.kind !== 'number' || (Number(number.text) >= -1 && Number(number.text) <= 5);
}

/** `ptr %x to i64`: the operand before `to`. */
export function readCast(tokens: readonly Token[]): Operand {
  const to = tokens.findIndex((token) => isWord(token, 'to'));
  return readOperand(to === -1 ? tokens : tokens.slice(0, to));
}

/** The parts of a getelementptr: type, base, indices. */
export function readAddress(parts: readonly Token[][]): Operand {
  const [, base = [], ...rest] = parts;
  const indices = rest.filter((part) => part[0]?.kind !== 'mark');
  const steps = indices.map((part): Step => {
    const last = part.at(-1);
    return last?.kind === 'number' ? Number(last.text) : '*';
  });
  const [first, ...inner] = steps;
  // The first index moves over whole objects: what lies there is known only where it does not move.
  const path: Path = first === 0 || first === undefined ? inner : ['**'];
  return { kind: 'offset', base: readOperand(base), path };
}

/** The register or symbol that an address is made of, and the way from there. */
export function baseOf(operand: Operand): { base: Operand; path: Path } {
  if (operand.kind !== 'offset') return { base: operand, path: [] };
  const inner = baseOf(operand.base);
  return { base: inner.base, path: joinPaths(inner.path, operand.path) };
}

/** Longer paths are no longer told apart: a list that points to itself must not go on for ever. */
const LONGEST = 8;

export function joinPaths(outer: Path, inner: Path): Path {
  if (outer.includes('**') || inner.includes('**')) return ['**'];
  return outer.length + inner.length > LONGEST ? ['**'] : [...outer, ...inner];
}

/** The largest object that begins where `path` leads. */
export function withoutZeros(path: Path): Path {
  const last = path.findLastIndex((step) => step !== 0);
  return path.slice(0, last + 1);
}

const meets = (a: Step, b: Step): boolean => a === '*' || b === '*' || a === b;

/** Whether two paths may lead to one place; the first member of an object lies where the object does. */
export function mayBeSame(a: Path, b: Path): boolean {
  if (a.includes('**') || b.includes('**')) return true;
  const length = Math.max(a.length, b.length);
  return Array.from({ length }, (_, i) => meets(a[i] ?? 0, b[i] ?? 0)).every(Boolean);
}

/** The way from `outer` to `inner` where `inner` may lie in it. */
export function pathWithin(inner: Path, outer: Path): Path | undefined {
  if (inner.includes('**') || outer.includes('**')) return ['**'];
  if (!outer.every((step, i) => meets(step, inner[i] ?? 0))) return undefined;
  return inner.slice(outer.length);
}

/** Every symbol in an operand. */
export function symbolsIn(operand: Operand): string[] {
  switch (operand.kind) {
    case 'global':
      return [operand.name];
    case 'offset':
      return symbolsIn(operand.base);
    case 'aggregate':
      return operand.parts.flatMap(symbolsIn);
    case 'opaque':
      return operand.symbols;
    case 'local':
    case 'nothing':
      return [];
  }
}
