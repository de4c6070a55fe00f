/**
 * Reads C preprocessor directives as far as anchors need it: which lines no compiler ever sees, what the branches of
 * conditionals are, and which macros define functions. Conditions on anything but numbers count as unknown.
 */
import { blank } from './lexical-spans.js';

export interface Range {
  start: number;
  end: number;
}

/** A `#define` whose body may hold a function. */
export interface MacroBody {
  name: string;
  start: number;
  nameOffset: number;
  end: number;
  body: Range;
}

export interface Directives {
  /** Every directive with its continuation lines. */
  lines: Range[];
  /** Text between directives that no compiler sees (`#if 0`). */
  dead: Range[];
  /** Branches of every conditional, outermost first; only those that may be compiled. */
  conditionals: Range[][];
  macros: MacroBody[];
}

interface Open {
  branches: Range[];
  from: number;
  /** Truth of the branch that is being read; undefined: unknown. */
  truth: boolean | undefined;
  /** A branch before this one is always taken. */
  decided: boolean;
}

/** @param masked the text with comments and strings blanked */
export function readDirectives(masked: string): Directives {
  const result: Directives = { lines: [], dead: [], conditionals: [], macros: [] };
  const open: Open[] = [];
  for (const match of masked.matchAll(/^[ \t]*#[ \t]*(\w*)((?:\\\r?\n|[^\n])*)/gm)) {
    const line = { start: match.index, end: match.index + match[0].length };
    result.lines.push(line);
    const word = match[1] ?? '';
    const rest = (match[2] ?? '').replace(/\\\r?\n/g, ' ').trim();
    if (word === 'define') addMacro(result, masked, line);
    const top = open.at(-1);
    switch (word) {
      case 'if':
      case 'ifdef':
      case 'ifndef':
        open.push({
          branches: [],
          from: line.end,
          truth: word === 'if' ? truthOf(rest) : undefined,
          decided: false,
        });
        break;
      case 'elif':
      case 'elifdef':
      case 'elifndef':
      case 'else':
        if (top !== undefined) {
          closeBranch(result, top, line.start);
          top.decided ||= top.truth === true;
          top.truth = word === 'else' ? !top.decided : word === 'elif' ? truthOf(rest) : undefined;
          if (top.decided) top.truth = false;
          top.from = line.end;
        }
        break;
      case 'endif':
        if (top !== undefined) {
          closeBranch(result, top, line.start);
          open.pop();
          result.conditionals.push(top.branches);
        }
        break;
      default:
    }
  }
  return result;
}

function closeBranch(result: Directives, conditional: Open, end: number): void {
  const branch = { start: conditional.from, end };
  if (conditional.truth === false) result.dead.push(branch);
  else conditional.branches.push(branch);
}

function addMacro(result: Directives, masked: string, line: Range): void {
  const head = /^[ \t]*#[ \t]*define[ \t]+(\w+)(\([^)]*\))?/.exec(masked.slice(line.start, line.end));
  if (head?.[1] === undefined) return;
  const start = line.start + head[0].length;
  const nameOffset = line.start + head[0].length - (head[2]?.length ?? 0) - head[1].length;
  result.macros.push({ name: head[1], ...line, nameOffset, body: { start, end: line.end } });
}

/** `1 == 0` as `0`; a comparison that a name takes part in stays as it is. */
function compareNumbers(condition: string): string {
  const comparison =
    /(?<![\w)]\s*[-+*/%&|^<>]\s*|\w)(\d\w*)\s*([=!<>]=|[<>])\s*(\d\w*)(?!\s*[-+*/%^<>]|\w|\s*[&|](?![&|]))/g;
  return condition.replace(comparison, (_whole, a: string, sign: string, b: string) => {
    const [left, right] = [valueOf(a), valueOf(b)];
    const isTrue =
      (sign.includes('=') && sign !== '!=' && left === right) ||
      (sign === '!=' && left !== right) ||
      (sign.startsWith('<') && left < right) ||
      (sign.startsWith('>') && left > right);
    return isTrue ? '1' : '0';
  });
}

/** A C integer: decimal, hexadecimal or octal, with or without a suffix. */
function valueOf(literal: string): number {
  const digits = literal.replace(/[uUlLzZ]+$/, '');
  return Number(/^0\d/.test(digits) ? `0o${digits}` : digits);
}

/** Truth of a condition that numbers alone decide; undefined where a name has a say. */
export function truthOf(condition: string): boolean | undefined {
  const tokens = compareNumbers(condition).match(/\|\||&&|!=?|[()]|\w+|[^\s\w]/g) ?? [];
  let at = 0;
  const either = (): boolean | undefined => {
    let value = both();
    while (tokens[at] === '||') {
      at += 1;
      const right = both();
      value =
        value === true || right === true ? true : value === false && right === false ? false : undefined;
    }
    return value;
  };
  const both = (): boolean | undefined => {
    let value = single();
    while (tokens[at] === '&&') {
      at += 1;
      const right = single();
      value =
        value === false || right === false ? false : value === true && right === true ? true : undefined;
    }
    return value;
  };
  const single = (): boolean | undefined => {
    const token = tokens[at];
    at += 1;
    if (token === '!') {
      const value = single();
      return value === undefined ? undefined : !value;
    }
    if (token === '(') {
      const value = either();
      at += 1;
      return value;
    }
    if (token === 'true' || token === 'false') return token === 'true';
    if (token !== undefined && /^\d/.test(token)) return valueOf(token) !== 0;
    if (token === 'defined' && tokens[at] !== '(') at += 1;
    // A name with arguments, as in defined(X): skip them.
    else if (tokens[at] === '(') {
      at += 1;
      either();
      at += 1;
    }
    return undefined;
  };
  const value = either();
  return at >= tokens.length ? value : undefined;
}

/**
 * The text once per reading of its conditionals, directives blanked: in reading k every conditional is its k-th
 * branch (its last where it has fewer), so that each branch is in some reading.
 */
export function readingsOf(text: string, directives: Directives): string[] {
  const most = Math.max(1, ...directives.conditionals.map((branches) => branches.length));
  return Array.from({ length: most }, (_, k) => {
    const dropped = directives.conditionals.flatMap((branches) =>
      branches.filter((_branch, i) => i !== Math.min(k, branches.length - 1)),
    );
    return blank(text, [...directives.lines, ...directives.dead, ...dropped]);
  });
}
