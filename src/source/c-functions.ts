/**
 * Function definitions of C, C++ and Objective-C++ text, by tree-sitter-cpp. What the grammar cannot read is taken
 * only where it can hide no function: inside a body whose braces a plain scan pairs the same way, or a stray word in
 * a function's head. Anything else is a fault, never a shorter list.
 */
import { parseWith, type Grammar, type SyntaxNode } from './grammars.js';
import {
  blankLiterals,
  withoutBodies,
  withoutEnumMacros,
  withoutGuides,
  withoutInstantiations,
  withoutMacroWords,
  withoutOldParameters,
  withoutTrailingAttributes,
} from './c-rewrites.js';
import { blank, pairBrackets, type LexicalSpan } from './lexical-spans.js';
import { neutraliseObjectiveC, usesObjectiveC } from './objective-c.js';
import { readDirectives, readingsOf, type Directives } from './preprocessor.js';
import type { FoundFunction, ReadSource } from './found-functions.js';

/** Reads one file. `spans` are its comments and strings. */
export function readCFamily(
  grammar: Grammar,
  text: string,
  path: string,
  spans: readonly LexicalSpan[],
): ReadSource {
  const masked = blank(text, spans);
  const directives = readDirectives(masked);
  const dead = directives.dead;
  const live = blank(
    text,
    spans.filter((s) => s.kind === 'comment'),
  );
  const objectiveC = usesObjectiveC(path, masked)
    ? neutraliseObjectiveC(blank(live, dead), blank(masked, dead))
    : undefined;
  const start = [
    withoutTrailingAttributes,
    withoutEnumMacros,
    withoutGuides,
    withoutInstantiations,
    withoutOldParameters,
  ].reduce((rewritten, rewrite) => rewrite(rewritten), objectiveC?.text ?? live);
  const methods = objectiveC?.methods ?? [];
  const faults = objectiveC?.faults ?? [];

  // The more has to be guessed at, the later: all branches at once, then one at a time, then without macro words.
  const whole = blank(start, [...directives.lines, ...dead]);
  const readings = readingsOf(start, directives);
  const attempts = [
    [whole],
    readings,
    [withoutMacroWords(whole)],
    readings.map(withoutMacroWords),
    readings.map((reading) => withoutBodies(withoutMacroWords(reading))),
  ];
  let best: Listing[] | undefined;
  const faultsIn = (listings: Listing[]): number => Math.max(...listings.map((l) => l.faults.length));
  for (const attempt of attempts) {
    const listings = attempt.map((reading) => listFunctions(grammar, reading, path));
    if (best === undefined || faultsIn(listings) < faultsIn(best)) best = listings;
    if (faultsIn(best) === 0) break;
  }
  const listed = (best ?? []).flatMap((l) => l.functions);
  const macros = macroFunctions(grammar, masked, directives, path);
  return {
    functions: unique([...methods, ...listed, ...macros]),
    faults: [...faults, ...(best ?? []).flatMap((l) => l.faults)],
    dead,
  };
}

interface Listing {
  functions: FoundFunction[];
  faults: { offset: number; message: string }[];
}

function listFunctions(grammar: Grammar, text: string, path: string): Listing {
  const tree = parseWith(grammar, text, path);
  const braces = pairBrackets(blankLiterals(text));
  const listing: Listing = { functions: [], faults: [] };
  visit(tree.rootNode, undefined, text, braces, listing);
  tree.delete();
  return listing;
}

const wrappers = new Set([
  'template_declaration',
  'linkage_specification',
  'attributed_declaration',
  'friend_declaration',
]);
/** What may hold lambdas outside of any function; with all its lambdas it counts as one function. */
const hosts = new Set(['declaration', 'field_declaration', 'expression_statement']);

function visit(
  node: SyntaxNode,
  outer: number | undefined,
  text: string,
  braces: Map<number, number>,
  into: Listing,
): void {
  if (node.isError || node.isMissing) {
    if (node.isMissing || /[(){};]/.test(node.text)) into.faults.push(unread(node, text));
    for (const child of node.children) if (!child.isError) visit(child, undefined, text, braces, into);
    return;
  }
  if (hosts.has(node.type) && !node.hasError) {
    const [first, ...others] = lambdasIn(node);
    if (first !== undefined) {
      if ([first, ...others].some((lambda) => !isPaired(lambda, braces)))
        into.faults.push(unread(node, text));
      else into.functions.push(hostOf(node, outer, first));
      return;
    }
  }
  if (node.type === 'function_definition' || node.type === 'lambda_expression') {
    const body = bodyOf(node);
    if (body !== undefined) {
      const found = functionOf(node, outer, body);
      if (found === undefined || braces.get(body.startIndex) !== lastBrace(body)) {
        into.faults.push(unread(node, text));
        return;
      }
      into.functions.push(found);
      for (const child of node.children) if (child.endIndex <= body.startIndex) visitHead(child, text, into);
      return;
    }
  }
  const passOn = wrappers.has(node.type) ? (outer ?? node.startIndex) : undefined;
  for (const child of node.children) {
    const isLambdaHost = child.type === 'init_declarator' || child.type === 'lambda_expression';
    visit(child, isLambdaHost ? (outer ?? node.startIndex) : passOn, text, braces, into);
  }
}

/** Lambdas of a declaration that stand in no class and no function of it. */
function lambdasIn(node: SyntaxNode): SyntaxNode[] {
  if (node.type === 'lambda_expression') return [node];
  if (node.type === 'function_definition' || node.type === 'field_declaration_list') return [];
  return node.children.flatMap(lambdasIn);
}

function isPaired(lambda: SyntaxNode, braces: Map<number, number>): boolean {
  const body = bodyOf(lambda);
  return body !== undefined && braces.get(body.startIndex) === lastBrace(body);
}

function hostOf(node: SyntaxNode, outer: number | undefined, lambda: SyntaxNode): FoundFunction {
  const declarator = node.childForFieldName('declarator');
  const named = declarator === null ? undefined : nameOf(declarator);
  return {
    name: qualify(node, named?.text.replace(/\s+/g, ' ') ?? 'lambda'),
    nameOffset: named?.startIndex ?? node.startIndex,
    start: outer ?? node.startIndex,
    bodyStart: bodyOf(lambda)?.startIndex ?? lambda.startIndex,
    end: node.endIndex,
  };
}

/** Inside a function's head nothing but an error matters. */
function visitHead(node: SyntaxNode, text: string, into: Listing): void {
  if ((node.isError && /[(){};]/.test(node.text)) || node.isMissing) into.faults.push(unread(node, text));
  else if (node.hasError) for (const child of node.children) visitHead(child, text, into);
}

function unread(node: SyntaxNode, text: string): Listing['faults'][number] {
  const place = firstTrouble(node);
  const rest = text.slice(place.startIndex);
  const line = rest.trimStart().split('\n')[0] ?? '';
  return {
    offset: place.isMissing
      ? Math.max(0, place.startIndex - 1)
      : place.startIndex + rest.length - rest.trimStart().length,
    message: `cannot be parsed for functions here: ${line.trim().slice(0, 60)}`,
  };
}

/** An error can span a file; what a reader can use is the first piece in it that is no whole definition. */
function firstTrouble(node: SyntaxNode): SyntaxNode {
  const child = node.children.find((c) => c.hasError || !/definition|declaration/.test(c.type));
  return child === undefined || !node.hasError ? node : firstTrouble(child);
}

function bodyOf(node: SyntaxNode): SyntaxNode | undefined {
  return node.children.find((c) => c.type === 'compound_statement' || c.type === 'try_statement');
}

function lastBrace(body: SyntaxNode): number | undefined {
  if (body.type === 'compound_statement') return body.endIndex - 1;
  // A function try block: its first compound statement is paired, the handlers lie inside the definition anyhow.
  return undefined;
}

function functionOf(
  node: SyntaxNode,
  outer: number | undefined,
  body: SyntaxNode,
): FoundFunction | undefined {
  const declarator =
    node.type === 'lambda_expression' ? node.parent?.childForFieldName('declarator') : declaratorOf(node);
  const start = outer ?? node.startIndex;
  const named = declarator === null || declarator === undefined ? undefined : nameOf(declarator);
  if (named === undefined && node.type !== 'lambda_expression') return undefined;
  const name = named?.text.replace(/\s+/g, ' ') ?? 'lambda';
  return {
    name: qualify(node, name),
    nameOffset: named?.startIndex ?? node.startIndex,
    start,
    bodyStart: body.startIndex,
    end: node.endIndex,
  };
}

function declaratorOf(node: SyntaxNode): SyntaxNode | null {
  return (
    node.childForFieldName('declarator') ?? node.children.find((c) => c.type === 'operator_cast') ?? null
  );
}

/** Down through pointers, references and parentheses to the name being defined. */
function nameOf(declarator: SyntaxNode): { text: string; startIndex: number } | undefined {
  switch (declarator.type) {
    case 'identifier':
    case 'field_identifier':
    case 'qualified_identifier':
    case 'destructor_name':
    case 'template_function':
      return { text: declarator.text.replace(/\(\s*\)[^()]*$/, ''), startIndex: declarator.startIndex };
    case 'operator_name':
      return { text: declarator.text, startIndex: declarator.startIndex };
    case 'operator_cast':
      return { text: declarator.text.replace(/\s*\([^]*$/, ''), startIndex: declarator.startIndex };
    default: {
      const inner =
        declarator.childForFieldName('declarator') ??
        declarator.namedChildren.find((c) => /declarator|identifier/.test(c.type));
      return inner === undefined ? undefined : nameOf(inner);
    }
  }
}

/** `ns::Class::name`; an unnamed namespace adds nothing. */
function qualify(node: SyntaxNode, name: string): string {
  const scopes: string[] = [];
  for (let up = node.parent; up !== null; up = up.parent) {
    if (/^(?:namespace_definition|class_specifier|struct_specifier|union_specifier)$/.test(up.type)) {
      const scope = up.childForFieldName('name')?.text;
      if (scope !== undefined) scopes.unshift(scope);
    }
  }
  return [...scopes, name].join('::');
}

/** A macro that writes functions stands for them: it needs the anchor, above its `#define`. */
function macroFunctions(
  grammar: Grammar,
  masked: string,
  directives: Directives,
  path: string,
): FoundFunction[] {
  return directives.macros.flatMap((macro) => {
    if (directives.dead.some((d) => d.start <= macro.start && macro.start < d.end)) return [];
    const body = masked.slice(macro.body.start, macro.body.end);
    if (!body.includes('{')) return [];
    const plain = body
      .replace(/\\(?=\r?\n)/g, ' ')
      .replace(/##/g, '__')
      .replace(/#/g, ' ');
    if (listFunctions(grammar, plain, path).functions.length === 0) return [];
    const bodyStart = macro.body.start + body.indexOf('{');
    return [{ ...macro, bodyStart }];
  });
}

function unique(functions: FoundFunction[]): FoundFunction[] {
  const byPlace = new Map(functions.map((f) => [`${String(f.nameOffset)} ${f.name}`, f]));
  return [...byPlace.values()].sort((a, b) => a.nameOffset - b.nameOffset);
}
