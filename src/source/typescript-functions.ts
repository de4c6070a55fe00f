/**
 * Functions, comments and strings of TypeScript and JavaScript text, by the TypeScript compiler where one is
 * installed: beside this program or in the repository it runs in. Without it a file's functions cannot be listed, and
 * that is a fault. A function inside another one, and several in one statement, count as one.
 */
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import type TypeScript from 'typescript';
import type { FoundFunction, ReadSource } from './found-functions.js';
import type { LexicalSpan } from './lexical-spans.js';

/** @param path tells the dialect: `.tsx` and `.jsx` hold markup, `.js` no types */
export function scanTypeScript(text: string, path: string): ReadSource & { spans?: LexicalSpan[] } {
  const ts = findCompiler();
  if (ts === undefined) {
    const message = 'cannot be parsed for functions: the package typescript is not installed here';
    return { functions: [], dead: [], faults: [{ offset: 0, message }] };
  }
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kindOf(ts, path));
  const { parseDiagnostics } = file as unknown as {
    parseDiagnostics?: { start: number; messageText: unknown }[];
  };
  const faults = (parseDiagnostics ?? []).slice(0, 1).map(({ start, messageText }) => ({
    offset: start,
    message: `cannot be parsed for functions here: ${typeof messageText === 'string' ? messageText : 'syntax error'}`,
  }));
  return { functions: listFunctions(ts, file), faults, dead: [], spans: listSpans(ts, file) };
}

function listFunctions(ts: typeof TypeScript, file: TypeScript.SourceFile): FoundFunction[] {
  const functions = new Map<TypeScript.Node, FoundFunction>();
  const visit = (node: TypeScript.Node): void => {
    const body = bodyOf(ts, node);
    if (body === undefined) {
      ts.forEachChild(node, visit);
      return;
    }
    const owner = ownerOf(ts, node);
    if (functions.has(owner)) return;
    const named = nameOf(owner) ?? (ts.isFunctionLike(node) ? node.name : undefined);
    functions.set(owner, {
      name: named?.getText(file) ?? fallbackName(ts, node),
      nameOffset: (named ?? node).getStart(file),
      start: owner.getStart(file),
      bodyStart: body.getStart(file),
      end: owner.end,
    });
  };
  visit(file);
  return [...functions.values()];
}

function kindOf(ts: typeof TypeScript, path: string): TypeScript.ScriptKind {
  switch (extname(path).toLowerCase()) {
    case '.tsx':
      return ts.ScriptKind.TSX;
    case '.jsx':
      return ts.ScriptKind.JSX;
    case '.js':
    case '.mjs':
    case '.cjs':
      return ts.ScriptKind.JS;
    default:
      return ts.ScriptKind.TS;
  }
}

function findCompiler(): typeof TypeScript | undefined {
  for (const from of [import.meta.url, join(process.cwd(), 'package.json')]) {
    try {
      const found = createRequire(from)('typescript') as Partial<typeof TypeScript>;
      if (typeof found.createSourceFile === 'function') return found;
    } catch {
      // Not installed there.
    }
  }
  return undefined;
}

function bodyOf(ts: typeof TypeScript, node: TypeScript.Node): TypeScript.Node | undefined {
  if (ts.isClassStaticBlockDeclaration(node)) return node.body;
  return ts.isFunctionLike(node) && 'body' in node ? node.body : undefined;
}

/** The statement or member that a function expression stands in: the anchor stands above that. */
function ownerOf(ts: typeof TypeScript, node: TypeScript.Node): TypeScript.Node {
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return node;
  let owner = node.parent;
  while (!ts.isStatement(owner) && !ts.isClassElement(owner) && !ts.isObjectLiteralElementLike(owner)) {
    owner = owner.parent;
  }
  return owner;
}

function nameOf(owner: TypeScript.Node): TypeScript.Node | undefined {
  if ('declarationList' in owner) {
    return (owner as TypeScript.VariableStatement).declarationList.declarations[0]?.name;
  }
  return 'name' in owner ? (owner.name as TypeScript.Node | undefined) : undefined;
}

function fallbackName(ts: typeof TypeScript, node: TypeScript.Node): string {
  if (ts.isConstructorDeclaration(node)) return 'constructor';
  return ts.isClassStaticBlockDeclaration(node) ? 'static block' : 'function';
}

/** Comments lie in front of tokens; markup text is a token, and what looks like a comment in it is none. */
function listSpans(ts: typeof TypeScript, file: TypeScript.SourceFile): LexicalSpan[] {
  const spans: LexicalSpan[] = [];
  const visit = (node: TypeScript.Node): void => {
    const children = node.getChildren(file);
    for (const child of children) visit(child);
    if (children.length > 0) return;
    const start = node.getStart(file);
    for (const find of [ts.getTrailingCommentRanges, ts.getLeadingCommentRanges]) {
      if (node.kind === ts.SyntaxKind.JsxText) break;
      for (const { pos, end } of find(file.text, node.pos) ?? []) {
        if (end <= start && !spans.some((s) => s.start === pos))
          spans.push({ kind: 'comment', start: pos, end });
      }
    }
    if (isLiteral(ts, node)) spans.push({ kind: 'string', start, end: node.end });
  };
  visit(file);
  return spans.sort((a, b) => a.start - b.start);
}

function isLiteral(ts: typeof TypeScript, node: TypeScript.Node): boolean {
  return (
    ts.isStringLiteralLike(node) ||
    node.kind === ts.SyntaxKind.RegularExpressionLiteral ||
    node.kind === ts.SyntaxKind.JsxText ||
    node.kind === ts.SyntaxKind.TemplateHead ||
    node.kind === ts.SyntaxKind.TemplateMiddle ||
    node.kind === ts.SyntaxKind.TemplateTail
  );
}
