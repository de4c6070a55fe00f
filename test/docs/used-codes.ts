/** Reads from the sources which error codes the program uses, and which exit code each leads to. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';
import ts from 'typescript';
import { EXIT } from '../../src/domain/problem.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** At least one dash: words in capitals are keywords of other languages, too. */
const CODE = /^[A-Z]+(-[A-Z]+)+$/;
/** Functions that make a Problem of the code handed to them, always with the exit code of wrong input. */
const REPORTERS = new Set(['report', 'fail', 'problem']);

export interface UsedCodes {
  /** Exit codes by code. */
  exits: Map<string, Set<number>>;
  /** Codes that this reader does not understand, with their place: it must be taught them. */
  unread: string[];
}

/** Texts that an expression can have: of a literal, of both branches of a condition, of a constant beside it. */
function textsOf(expression: ts.Expression, file: ts.SourceFile): string[] | undefined {
  if (ts.isStringLiteral(expression)) return [expression.text];
  if (ts.isConditionalExpression(expression)) {
    const [yes, no] = [textsOf(expression.whenTrue, file), textsOf(expression.whenFalse, file)];
    return yes && no ? [...yes, ...no] : undefined;
  }
  if (!ts.isIdentifier(expression)) return undefined;
  const pattern = new RegExp(`const ${expression.text} = [^;]*;`, 'g');
  const declared = [...file.text.matchAll(pattern)].map((match) => match[0]).join(' ');
  const texts = [...declared.matchAll(/'([A-Z-]+)'/g)].map((match) => match[1] ?? '');
  return texts.length > 0 ? texts : undefined;
}

function exitOf(argument: ts.Expression | undefined): number | undefined {
  if (argument === undefined) return EXIT.wrongInput;
  const name = /^EXIT\.(\w+)$/.exec(argument.getText())?.[1];
  return name === undefined ? undefined : EXIT[name as keyof typeof EXIT];
}

/** Every code of src/. */
export function readUsedCodes(): UsedCodes {
  const used: UsedCodes = { exits: new Map(), unread: [] };
  const prefixes = new Set<string>();
  const suffixes = new Set<string>();
  const add = (code: string, exit: number): void => {
    used.exits.set(code, (used.exits.get(code) ?? new Set()).add(exit));
  };
  const literals: { text: string; place: string }[] = [];
  for (const path of globSync('src/**/*.ts', { cwd: root }).sort()) {
    const text = readFileSync(`${root}${path}`, 'utf8');
    const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
    const visit = (node: ts.Node): void => {
      ts.forEachChild(node, visit);
      const place = `${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
      if (ts.isStringLiteral(node) && CODE.test(node.text)) literals.push({ text: node.text, place });
      if (ts.isCallExpression(node)) {
        const name = node.expression.getText().split('.').pop() ?? '';
        const first = node.arguments[0];
        if (REPORTERS.has(name) && first && ts.isStringLiteral(first)) add(first.text, EXIT.wrongInput);
        const family = node.arguments[3];
        if (name === 'readChecked' && family && ts.isStringLiteral(family)) prefixes.add(family.text);
      }
      if (!ts.isNewExpression(node) || node.expression.getText() !== 'Problem') return;
      const [code, , , exit] = node.arguments ?? [];
      const exitCode = exitOf(exit);
      if (code === undefined || exitCode === undefined) used.unread.push(`${place}: ${node.getText()}`);
      else if (ts.isTemplateExpression(code)) {
        const suffix = /^`\$\{code\}-([A-Z]+)`$/.exec(code.getText())?.[1];
        if (suffix === undefined) used.unread.push(`${place}: ${code.getText()}`);
        else suffixes.add(suffix);
      } else for (const known of textsOf(code, file) ?? []) add(known, exitCode);
    };
    visit(file);
  }
  for (const prefix of prefixes) for (const suffix of suffixes) add(`${prefix}-${suffix}`, EXIT.wrongInput);
  // A code that is handed on in a way not foreseen above must not go unnoticed.
  for (const { text, place } of literals) if (!used.exits.has(text)) used.unread.push(`${place}: '${text}'`);
  return used;
}
