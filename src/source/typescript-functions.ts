/**
 * Functions of TypeScript text, by the TypeScript compiler where one is installed: beside this program or in the
 * repository it runs in. Without it a file's functions cannot be listed, and that is a fault.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type TypeScript from 'typescript';
import type { FoundFunction, ReadSource } from './found-functions.js';

export function scanTypeScript(text: string): ReadSource {
  const ts = findCompiler();
  if (ts === undefined) {
    const message = 'cannot be parsed for functions: the package typescript is not installed here';
    return { functions: [], dead: [], faults: [{ offset: 0, message }] };
  }
  const file = ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  const { parseDiagnostics } = file as unknown as {
    parseDiagnostics?: { start: number; messageText: unknown }[];
  };
  const faults = (parseDiagnostics ?? []).slice(0, 1).map(({ start, messageText }) => ({
    offset: start,
    message: `cannot be parsed for functions here: ${typeof messageText === 'string' ? messageText : 'syntax error'}`,
  }));
  const functions: FoundFunction[] = [];
  const visit = (node: TypeScript.Node): void => {
    const body = bodyOf(ts, node);
    if (body === undefined) {
      ts.forEachChild(node, visit);
      return;
    }
    const owner = ownerOf(ts, node);
    const named = (ts.isFunctionLike(node) ? node.name : undefined) ?? nameOf(owner);
    const fallback = ts.isConstructorDeclaration(node) ? 'constructor' : 'function';
    functions.push({
      name: named?.getText(file) ?? fallback,
      nameOffset: (named ?? node).getStart(file),
      start: owner.getStart(file),
      bodyStart: body.getStart(file),
      end: node.end,
    });
  };
  visit(file);
  return { functions, faults, dead: [] };
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
