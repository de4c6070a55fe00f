/** Reads the statements of a TLC configuration from its tokens, and refuses those that TLC does not know or misreads. */
import type { Config, ConstantAssignment, NamedAt } from '../domain/config.js';
import { Problem } from '../domain/problem.js';
import type { Token } from './config-tokens.js';
import { nearest } from './spelling.js';

type ListKey = 'invariants' | 'properties' | 'symmetry' | 'view' | 'constraints' | 'actionConstraints';

const LISTS: Partial<Record<string, ListKey>> = {
  INVARIANT: 'invariants',
  INVARIANTS: 'invariants',
  PROPERTY: 'properties',
  PROPERTIES: 'properties',
  SYMMETRY: 'symmetry',
  VIEW: 'view',
  CONSTRAINT: 'constraints',
  CONSTRAINTS: 'constraints',
  ACTION_CONSTRAINT: 'actionConstraints',
  ACTION_CONSTRAINTS: 'actionConstraints',
};
const SINGLE = new Set(['SYMMETRY', 'VIEW', 'SPECIFICATION', 'INIT', 'NEXT', 'CHECK_DEADLOCK']);
const NOT_IN_ENGINE = new Set(['ALIAS', 'POSTCONDITION']);
const OBSOLETE = new Set(['TYPE', 'TYPE_CONSTRAINT', 'PERIODIC', '_PERIODIC', 'RL_REWARD', '_RL_REWARD']);
const KEYWORDS = [
  ...Object.keys(LISTS),
  ...['SPECIFICATION', 'INIT', 'NEXT', 'CONSTANT', 'CONSTANTS', 'CHECK_DEADLOCK'],
  ...NOT_IN_ENGINE,
  ...OBSOLETE,
];
const isKeyword = (token: Token): boolean => token.kind === 'name' && KEYWORDS.includes(token.text);

/** A cursor over tokens: the one state holder of the parser. */
export class TokenReader {
  #at = 0;
  constructor(
    private readonly tokens: Token[],
    private readonly path: string,
  ) {}
  peek(): Token {
    const token = this.tokens[this.#at];
    if (token === undefined) throw new Error('read past the end token');
    return token;
  }
  take(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.#at += 1;
    return token;
  }
  skipToKeyword(): void {
    while (this.peek().kind !== 'end' && !isKeyword(this.peek())) this.#at += 1;
  }
  problem(code: string, line: number, message: string, hint: string): Problem {
    return new Problem(code, `${this.path}:${line}: ${message}`, hint);
  }
}

/** Reads the statement at the cursor into `config`; throws a Problem where TLC would stop or misread. */
export function readStatement(reader: TokenReader, config: Config): void {
  const keyword = reader.take();
  const word = keyword.text;
  if (NOT_IN_ENGINE.has(word)) {
    throw reader.problem(
      'CFG-NOT-IN-ENGINE',
      keyword.line,
      `${word} is not known to the pinned TLC (only to 1.8.0)`,
      `delete the ${word} statement; the stable engine would misread it`,
    );
  }
  if (OBSOLETE.has(word)) {
    throw reader.problem(
      'CFG-KEYWORD',
      keyword.line,
      `${word} is not supported`,
      `delete the ${word} statement`,
    );
  }
  const list = LISTS[word];
  if (list !== undefined) {
    config[list].push(...readNames(reader, keyword));
  } else if (word === 'CONSTANT' || word === 'CONSTANTS') {
    readConstants(reader, config.constants);
  } else if (word === 'SPECIFICATION' || word === 'INIT' || word === 'NEXT') {
    const key = word === 'SPECIFICATION' ? 'specification' : word === 'INIT' ? 'init' : 'next';
    if (config[key] !== undefined) throw twice(reader, word, keyword.line, config[key].line);
    const named = readNames(reader, keyword)[0];
    if (named !== undefined) config[key] = named;
  } else if (word === 'CHECK_DEADLOCK') {
    if (config.checkDeadlock) throw twice(reader, word, keyword.line, config.checkDeadlock.line);
    const value = reader.take();
    if (value.text !== 'TRUE' && value.text !== 'FALSE') {
      throw reader.problem(
        'CFG-NO-VALUE',
        keyword.line,
        'CHECK_DEADLOCK needs TRUE or FALSE',
        'write CHECK_DEADLOCK TRUE or leave it out (the check is on)',
      );
    }
    config.checkDeadlock = { value: value.text === 'TRUE', line: keyword.line };
  } else {
    const close = nearest(word, KEYWORDS);
    throw reader.problem(
      'CFG-KEYWORD',
      keyword.line,
      `expected a keyword, found ${show(keyword)}`,
      close === undefined ? `keywords: ${KEYWORDS.slice(0, 16).join(' ')}` : `did you mean ${close}?`,
    );
  }
}

function twice(reader: TokenReader, name: string, line: number, before: number): Problem {
  return reader.problem('CFG-TWICE', line, `${name} stands already in line ${before}`, 'keep one of the two');
}

function show(token: Token): string {
  return token.kind === 'end' ? 'the end of the file' : `\`${token.text}\``;
}

function readNames(reader: TokenReader, keyword: Token): NamedAt[] {
  const names: NamedAt[] = [];
  const single = SINGLE.has(keyword.text);
  while (reader.peek().kind === 'name' && !isKeyword(reader.peek()) && !(single && names.length === 1)) {
    const token = reader.take();
    names.push({ name: token.text, line: token.line });
  }
  const next = reader.peek();
  if (names.length === 0) {
    throw reader.problem(
      'CFG-NO-NAME',
      keyword.line,
      `${keyword.text} names nothing, found ${show(next)}`,
      `write a name behind ${keyword.text}, or delete the statement`,
    );
  }
  if (next.kind !== 'end' && !isKeyword(next)) {
    const why = single
      ? `${keyword.text} takes one name`
      : `${keyword.text} takes names without marks between them`;
    throw reader.problem('CFG-NAMES', next.line, `${why}, found ${show(next)}`, `remove ${show(next)}`);
  }
  return names;
}

function readConstants(reader: TokenReader, constants: ConstantAssignment[]): void {
  while (reader.peek().kind !== 'end' && !isKeyword(reader.peek())) {
    const name = reader.take();
    const mark = reader.peek();
    if (name.kind !== 'name' || (mark.text !== '=' && mark.text !== '<-')) {
      const close = name.kind === 'name' ? nearest(name.text, KEYWORDS) : undefined;
      throw reader.problem(
        'CFG-CONSTANT',
        name.line,
        name.kind === 'name'
          ? `expected = or <- behind ${name.text}, found ${show(mark)}`
          : `expected the name of a constant, found ${show(name)}`,
        close === undefined ? 'write NAME = value or NAME <- Operator' : `did you mean ${close}?`,
      );
    }
    reader.take();
    const line = name.line;
    constants.push(
      mark.text === '='
        ? { name: name.text, kind: 'assign', value: readValue(reader, name.text, line), line }
        : { name: name.text, kind: 'substitute', ...readSubstitute(reader, name.text, line), line },
    );
  }
}

function readSubstitute(reader: TokenReader, name: string, line: number): { value: string; module?: string } {
  const hint = `write ${name} <- Operator or ${name} <- [Module]Operator`;
  const readName = (): string => {
    const token = reader.take();
    if (token.kind === 'name' && !isKeyword(token)) return token.text;
    throw reader.problem('CFG-NO-VALUE', line, `${name} <- has no operator, found ${show(token)}`, hint);
  };
  if (reader.peek().text !== '[') return { value: readName() };
  reader.take();
  const module = readName();
  const close = reader.take();
  if (close.text !== ']') {
    throw reader.problem(
      'CFG-CONSTANT',
      close.line,
      `expected ] behind ${module}, found ${show(close)}`,
      hint,
    );
  }
  return { module, value: readName() };
}

/** One value as TLC reads it: number, string, TRUE, FALSE, model value or a set of values. Returned in one spelling. */
function readValue(reader: TokenReader, name: string, line: number): string {
  const token = reader.peek();
  if (token.kind === 'end' || isKeyword(token)) {
    throw reader.problem(
      'CFG-NO-VALUE',
      line,
      `${name} = has no value, found ${show(token)}`,
      `write a value behind ${name} =; TLC would make ${name} a model value named after the next word`,
    );
  }
  reader.take();
  if (token.kind !== 'mark') return token.text;
  if (token.text !== '{') {
    throw reader.problem(
      'CFG-VALUE',
      token.line,
      `${name} = ${token.text}… is not a value that TLC reads in a configuration`,
      `a configuration knows numbers, "strings", TRUE, FALSE, names and {sets}; define an operator in the module and write ${name} <- Operator`,
    );
  }
  const elements: string[] = [];
  while (reader.peek().text !== '}') {
    elements.push(readValue(reader, name, line));
    const mark = reader.peek();
    if (mark.text === ',') {
      reader.take();
      if (reader.peek().text !== '}') continue;
    } else if (mark.text === '}') continue;
    throw reader.problem(
      'CFG-VALUE',
      mark.line,
      `expected , or } in the set of ${name}, found ${show(reader.peek())}`,
      `write ${name} = {a, b}`,
    );
  }
  reader.take();
  return `{${elements.join(', ')}}`;
}
