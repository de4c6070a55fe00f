/**
 * The definitions of a TLA+ module by structure: layout, comments and the many spellings of a connective count for
 * nothing, while what stands under what does. Two definitions with equal trees mean the same.
 */
import type { FormulaTree } from '../domain/baseline.js';
import { parseText, type SyntaxNode } from './grammars.js';

export interface NormalDefinition {
  /** `Name`, or `Name(a, b)` with its parameters. */
  head: string;
  name: string;
  line: number;
  tree: FormulaTree;
}

/** One module of a file, nested ones apart. */
export interface NormalModule {
  name: string;
  /** LOCAL ones and named instances included; theorems are left out. */
  definitions: NormalDefinition[];
  /** What its ASSUMEs say. */
  assumptions: { line: number; tree: FormulaTree }[];
  /** Unnamed instances in one line, by the module they name: `INSTANCE M WITH x <- y`. */
  instances: { module: string; line: number; text: string }[];
}

/** Every module in the text, those inside of others included. */
export async function readNormalModules(text: string, file: string): Promise<NormalModule[]> {
  const tree = await parseText('tlaplus', text, file);
  try {
    const { rootNode } = tree;
    const modules = rootNode.children.filter((n) => n.type === 'module');
    // A file that is one error as a whole still has units that can be read.
    return (modules.length === 0 ? [rootNode] : modules).flatMap(readModule);
  } finally {
    tree.delete();
  }
}

/** Every definition of every module in the text. */
export async function readNormalForms(text: string, file: string): Promise<NormalDefinition[]> {
  return (await readNormalModules(text, file)).flatMap((module) => module.definitions);
}

const DEFINITIONS = new Set(['operator_definition', 'function_definition', 'module_definition']);
const lineOf = (node: SyntaxNode): number => node.startPosition.row + 1;

function readModule(node: SyntaxNode): NormalModule[] {
  const units = children(node).flatMap((u) => (u.type === 'local_definition' ? children(u) : [u]));
  const of = (type: string): SyntaxNode[] => units.filter((u) => u.type === type);
  const own: NormalModule = {
    name: (node.childForFieldName('name') ?? of('identifier')[0])?.text ?? '',
    definitions: units.filter((u) => DEFINITIONS.has(u.type)).map(readDefinition),
    assumptions: of('assumption').map((unit) => {
      const formula = children(unit).findLast((c) => c.isNamed);
      return { line: lineOf(unit), tree: formula === undefined ? unit.text : normalise(formula) };
    }),
    instances: of('instance').map((unit) => ({
      module: children(unit).find((c) => c.type === 'identifier_ref')?.text ?? '',
      line: lineOf(unit),
      text: spell(unit),
    })),
  };
  return [own, ...of('module').flatMap(readModule)];
}

function readDefinition(node: SyntaxNode): NormalDefinition {
  const body = node.childForFieldName('definition');
  const name = node.childForFieldName('name')?.text ?? '';
  const before = children(node).filter((c) => body === null || c.endIndex <= body.startIndex);
  const head = joinTokens(before.filter((c) => c.type !== 'def_eq').map(spell));
  return {
    head,
    name,
    line: lineOf(node),
    // What the grammar cannot read is no part of its tree: then only the text has all of it.
    tree: body === null || node.hasError ? node.text.trim() : normalise(body),
  };
}

/** Children without comments. */
const children = (node: SyntaxNode): SyntaxNode[] =>
  node.children.filter((c) => !/^(block_)?comment$/.test(c.type));

/** The connective of an infix node, whichever way it is spelt. */
const infixOf = (node: SyntaxNode): string =>
  node.type === 'bound_infix_op' ? (node.childForFieldName('symbol')?.type ?? '') : '';

const withParts = (op: 'and' | 'or', parts: FormulaTree[]): FormulaTree => {
  const flat = parts.flatMap((p) => (Array.isArray(p) && p[0] === op ? p.slice(1) : [p]));
  const [only] = flat;
  return flat.length === 1 && only !== undefined ? only : [op, ...flat];
};

function normalise(node: SyntaxNode): FormulaTree {
  const named = children(node).filter((c) => c.isNamed);
  switch (node.type) {
    case 'conj_list':
    case 'disj_list': {
      const items = named.map((item) => children(item).filter((c) => c.isNamed && isNoBullet(c)));
      return withParts(
        node.type === 'conj_list' ? 'and' : 'or',
        items.flatMap((item) => item.map(normalise)),
      );
    }
    case 'parentheses': {
      const [inner] = named;
      return inner !== undefined && named.length === 1 ? normalise(inner) : spell(node);
    }
    case 'bound_infix_op': {
      const left = node.childForFieldName('lhs');
      const right = node.childForFieldName('rhs');
      if (left === null || right === null) return spell(node);
      switch (infixOf(node)) {
        case 'land':
          return withParts('and', [normalise(left), normalise(right)]);
        case 'lor':
          return withParts('or', [normalise(left), normalise(right)]);
        case 'implies':
          return ['implies', normalise(left), normalise(right)];
        default:
          return spell(node);
      }
    }
    case 'bound_prefix_op': {
      const body = node.childForFieldName('rhs');
      const isAlways = node.childForFieldName('symbol')?.type === 'always';
      return isAlways && body !== null ? ['always', normalise(body)] : spell(node);
    }
    case 'bounded_quantification': {
      const body = node.childForFieldName('expression') ?? named.at(-1);
      const bounds = named.filter((c) => c.type === 'quantifier_bound');
      const isForall = named.some((c) => c.type === 'forall');
      if (!isForall || body === undefined || bounds.length === 0) return spell(node);
      return ['forall', bounds.map(spell).join(', '), normalise(body)];
    }
    default:
      return spell(node);
  }
}

/** Spellings of one connective, so that `/\`, `\land` and its sign are one. */
const SIGNS: Partial<Record<string, string>> = {
  land: '/\\',
  lor: '\\/',
  implies: '=>',
  lnot: '~',
  always: '[]',
};

/** The text of a node in one line; bulleted lists get parentheses in place of their columns. */
function spell(node: SyntaxNode): string {
  const parts = children(node);
  const sign = SIGNS[node.type];
  if (sign !== undefined) return sign;
  if (node.type === 'conj_list' || node.type === 'disj_list') {
    const items = parts.map((item) => enclose(joinTokens(children(item).filter(isNoBullet).map(spell))));
    return `(${items.join(node.type === 'conj_list' ? ' /\\ ' : ' \\/ ')})`;
  }
  if (parts.length === 0 || node.type === 'string') return node.text.trim();
  return joinTokens(parts.map(spell));
}

const isNoBullet = (node: SyntaxNode): boolean => !node.type.startsWith('bullet');

/** In its list an item ends with its column; in one line an ELSE or a quantifier would reach on. */
const enclose = (text: string): string => (/^[\w!]+(\([^()]*\))?$/.test(text) ? text : `(${text})`);

/** A word of the language: what stands behind it is no argument of it. */
const KEYWORD =
  /(?:(?<!\w)(?:IF|THEN|ELSE|LET|IN|CASE|OTHER|UNCHANGED|ENABLED|DOMAIN|SUBSET|UNION|EXCEPT|CHOOSE|LAMBDA)|\\[A-Za-z]+)$/;
const OPENS = /(?:[([{~!.]|<<|\]_|[WS]F_)$/;
const CLOSES = /^(?:[)\]},'.]|>>)/;

/** One blank between two tokens, but none inside of brackets, before arguments or a prime, around a dot. */
function joinTokens(tokens: string[]): string {
  return tokens.reduce((text, token) => {
    const isRange = token.startsWith('..') || text.endsWith('..');
    const isBracket = /^[([]/.test(token) && token !== '[]';
    const takesArguments = isBracket && /[\w)\]']$/.test(text) && !KEYWORD.test(text);
    const isTight = OPENS.test(text) || CLOSES.test(token) || takesArguments;
    return text === '' || (isTight && !isRange) ? text + token : `${text} ${token}`;
  }, '');
}
