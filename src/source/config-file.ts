/**
 * Reads TLC configurations (.cfg). The parser is our own, because TLC misreads what it does not know: `CONSTANT N =`
 * before `INVARIANT` makes N a model value named INVARIANT, and TLC 2.18 takes `ALIAS` or `,` behind an INVARIANT list
 * for an invariant's name. What TLC 2.18 cannot read (negative numbers, tuples) is refused here.
 */
import type { Config } from '../domain/config.js';
import { Problem } from '../domain/problem.js';
import { findContradictions } from './config-contradictions.js';
import { readStatement, TokenReader } from './config-statements.js';
import { readTokens, type Token } from './config-tokens.js';

/** A configuration that says nothing. */
export function emptyConfig(): Config {
  return {
    constants: [],
    invariants: [],
    properties: [],
    symmetry: [],
    view: [],
    constraints: [],
    actionConstraints: [],
  };
}

/** Reads a configuration; throws its first problem. */
export function parseConfig(text: string, path: string): Config {
  const { config, problems } = readConfig(text, path);
  const first = problems[0];
  if (first !== undefined) throw first;
  return config;
}

/** Reads a configuration and lists every problem found in it, `path:line: …` each. */
export function readConfig(text: string, path: string): { config: Config; problems: Problem[] } {
  const config = emptyConfig();
  const problems: Problem[] = [];
  let tokens: Token[];
  try {
    tokens = readTokens(text, path);
  } catch (error) {
    if (error instanceof Problem) return { config, problems: [error] };
    throw error;
  }
  const reader = new TokenReader(tokens, path);
  while (reader.peek().kind !== 'end') {
    try {
      readStatement(reader, config);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problems.push(error);
      reader.skipToKeyword();
    }
  }
  problems.push(...findContradictions(config, path));
  return { config, problems };
}
