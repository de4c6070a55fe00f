/**
 * Sizes of LLVM's types and where their members lie, by the data layout that a module states. Contract: a type that is
 * not known has no size, and nothing behind one has a known place. Pure.
 */
import { isWord, splitAtCommas, type Token } from './ir-tokens.js';

export type IrType =
  | { kind: 'scalar'; size: number; align: number }
  | { kind: 'struct'; size: number; align: number; members: { at: number; type: IrType }[] }
  | { kind: 'array'; size: number; align: number; item: IrType }
  | { kind: 'unknown' };

/** What a module says about its types before it uses any. */
export interface Types {
  /** Of `%name = type …`: the tokens behind `type`. */
  named: Map<string, readonly Token[]>;
  /** Alignments in bytes by kind and bits (`i64`, `f80`), and the pointer's size under `p`. */
  layout: Map<string, number>;
}

const UNKNOWN: IrType = { kind: 'unknown' };
/** LLVM's own, where a module's layout says nothing else. */
const DEFAULTS: readonly (readonly [string, number])[] = [
  ...([
    ['p', 8],
    ['i1', 1],
    ['i8', 1],
    ['i16', 2],
    ['i32', 4],
    ['i64', 4],
  ] as const),
  ...([
    ['f16', 2],
    ['f32', 4],
    ['f64', 8],
    ['f80', 16],
    ['f128', 16],
  ] as const),
];
const floats: Record<string, number> = {
  half: 16,
  bfloat: 16,
  float: 32,
  double: 64,
  x86_fp80: 80,
  fp128: 128,
  ppc_fp128: 128,
};

export const makeTypes = (): Types => ({ named: new Map(), layout: new Map(DEFAULTS) });

/** @param text the string of `target datalayout`, such as `e-p270:32:32-i64:64-f80:128` */
export function readLayout(text: string, { layout }: Types): void {
  for (const part of text.split('-')) {
    const pointer = /^p0?:(\d+)/.exec(part)?.[1];
    if (pointer !== undefined) layout.set('p', Number(pointer) / 8);
    const [, kind, bits] = /^([if]\d+):(\d+)/.exec(part) ?? [];
    if (kind !== undefined) layout.set(kind, Number(bits) / 8);
  }
}

/** The type that stands first among the tokens, behind words that belong to the instruction. */
export function readType(tokens: readonly Token[], types: Types, depth = 0): IrType {
  const at = tokens.findIndex((t, i) => !isAttribute(t, tokens[i - 1]));
  const first = tokens[at];
  if (first === undefined || depth > 32) return UNKNOWN;
  switch (first.kind) {
    case 'local': {
      const named = types.named.get(first.text);
      return named === undefined ? UNKNOWN : readType(named, types, depth + 1);
    }
    case 'word':
      return readScalar(first.text, types);
    case 'group':
      return readGroup(first, types, depth + 1);
    case 'global':
    case 'number':
    case 'string':
    case 'mark':
      return UNKNOWN;
  }
}

const attributes = ['inbounds', 'nusw', 'nuw', 'inrange', 'volatile', 'atomic'];

function isAttribute(token: Token, before: Token | undefined): boolean {
  return isWord(token, ...attributes) || (token.kind === 'group' && isWord(before, 'inrange'));
}

function readScalar(word: string, { layout }: Types): IrType {
  const pointer = layout.get('p') ?? 8;
  if (word === 'ptr') return { kind: 'scalar', size: pointer, align: pointer };
  const [kind, bits] =
    word in floats ? ['f', floats[word] ?? 0] : ['i', Number(/^i(\d+)$/.exec(word)?.[1] ?? 0)];
  if (bits === 0) return UNKNOWN;
  const align = layout.get(`${kind}${bits}`) ?? nextAlignment(bits, layout);
  return { kind: 'scalar', size: roundUp(Math.ceil(bits / 8), align), align };
}

/** An integer that the layout does not name is aligned as the next larger one, or as the largest. */
function nextAlignment(bits: number, layout: Types['layout']): number {
  const known = [...layout].flatMap(([key, align]) => {
    const width = /^i(\d+)$/.exec(key)?.[1];
    return width === undefined ? [] : [{ width: Number(width), align }];
  });
  known.sort((a, b) => a.width - b.width);
  return (known.find(({ width }) => width > bits) ?? known.at(-1))?.align ?? 1;
}

function readGroup(group: Token, types: Types, depth: number): IrType {
  const [inner] = group.items;
  if (group.text === '{') return layOut(membersOf(group, types, depth), false);
  if (group.text === '<' && inner?.kind === 'group') return layOut(membersOf(inner, types, depth), true);
  // `2 x ptr`
  const count = Number(inner?.text);
  const item = readType(group.items.slice(2), types, depth);
  if (item.kind === 'unknown' || !Number.isSafeInteger(count)) return UNKNOWN;
  const size = count * item.size;
  return { kind: 'array', size, align: group.text === '<' ? Math.max(size, 1) : item.align, item };
}

function membersOf(group: Token, types: Types, depth: number): IrType[] {
  return group.items.length === 0
    ? []
    : splitAtCommas(group.items).map((part) => readType(part, types, depth));
}

/** The struct of these members, one behind another. */
export function layOut(types: readonly IrType[], packed: boolean): IrType {
  const members: { at: number; type: IrType }[] = [];
  let [end, widest] = [0, 1];
  for (const type of types) {
    if (type.kind === 'unknown') return UNKNOWN;
    const align = packed ? 1 : type.align;
    const at = roundUp(end, align);
    members.push({ at, type });
    end = at + type.size;
    widest = Math.max(widest, align);
  }
  return { kind: 'struct', size: roundUp(end, widest), align: widest, members };
}

const roundUp = (size: number, align: number): number => Math.ceil(size / align) * align;

/** Bytes of a type; undefined where that is not known. */
export const sizeOf = (type: IrType): number | undefined => (type.kind === 'unknown' ? undefined : type.size);
