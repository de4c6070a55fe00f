/**
 * Reads a TLA+ module into an outline: what it extends, declares and defines, with lines from 1. What cannot be parsed
 * is listed in `errors` and never makes the outline an empty list in silence. TLC stays the authority on syntax.
 */
import { parseText, type SyntaxNode } from './grammars.js';
import type {
  Conjunct,
  Declared,
  DeclaredConstant,
  Definition,
  Instance,
  Outline,
  Statement,
} from './outline.js';
import { readReferences } from './tla-references.js';

/** Reads the outline of the first module in `text`. `file` is named in errors. */
export async function readOutline(text: string, file: string): Promise<Outline> {
  const tree = await parseText('tlaplus', text, file);
  try {
    const modules = tree.rootNode.namedChildren.filter((n) => n.type === 'module');
    const errors = findErrors(tree.rootNode);
    const [first, ...others] = modules;
    if (first === undefined && tree.rootNode.isError && tree.rootNode.text.includes('MODULE')) {
      return { ...readModule(tree.rootNode, file), errors };
    }
    if (first === undefined) {
      const message = 'there is no module that could be read (---- MODULE Name ---- … ====)';
      return { ...emptyOutline(file, '', 1), errors: [{ line: 1, message }, ...errors] };
    }
    const outline = readModule(first, file);
    return { ...outline, nested: [...outline.nested, ...others.map((m) => readModule(m, file))], errors };
  } finally {
    tree.delete();
  }
}

function emptyOutline(file: string, module: string, line: number): Outline {
  return {
    file,
    module,
    line,
    extends: [],
    instances: [],
    constants: [],
    variables: [],
    assumptions: [],
    theorems: [],
    recursive: [],
    definitions: [],
    nested: [],
    errors: [],
  };
}

const lineOfNode = (node: SyntaxNode): number => node.startPosition.row + 1;
const namedChildren = (node: SyntaxNode): SyntaxNode[] => node.namedChildren;
/** A conjunction list reaches up to the next token: cut the white space behind it. */
const textOf = (node: SyntaxNode): string => node.text.trimEnd();
const endLineOf = (node: SyntaxNode): number => lineOfNode(node) + textOf(node).split('\n').length - 1;
const placeOf = (node: SyntaxNode): { start: number; end: number } => ({
  start: node.startIndex,
  end: node.startIndex + textOf(node).length,
});
const declare = (node: SyntaxNode): Declared => ({ name: node.text, line: lineOfNode(node) });

/** Innermost errors: the grammar may wrap the whole file into one error around the place that is wrong. */
function findErrors(root: SyntaxNode): { line: number; message: string }[] {
  const errors: { line: number; message: string }[] = [];
  const near = (node: SyntaxNode): { line: number; message: string } => {
    const text = node.text.split('\n')[0]?.trim() ?? '';
    return { line: lineOfNode(node), message: `cannot be parsed near ${JSON.stringify(text.slice(0, 60))}` };
  };
  const visit = (node: SyntaxNode): void => {
    if (!node.hasError && !node.isMissing) return;
    if (node.isMissing) {
      errors.push({ line: lineOfNode(node), message: `expected ${node.type}` });
      return;
    }
    const before = errors.length;
    const stray = node.isError && node.parent === null ? findStray(node) : undefined;
    if (stray !== undefined) errors.push(near(stray));
    for (const child of node.children) visit(child);
    if (node.isError && errors.length === before) errors.push(near(node));
  };
  visit(root);
  return errors;
}

const UNITS =
  /^(extends|.*_declaration|.*_definition|instance|assumption|theorem|module|use_or_hide|single_line|header_line|(block_)?comment|extramodular_text)$/;

/** Where a file is one error as a whole: the first node behind the header that is no unit of a module. */
function findStray(root: SyntaxNode): SyntaxNode | undefined {
  return root.namedChildren.slice(headerLength(root)).find((n) => !UNITS.test(n.type));
}

/** Number of nodes up to and with the module's name, in a file that is one error as a whole. */
function headerLength(root: SyntaxNode): number {
  return root.namedChildren.findIndex((n) => n.type === 'identifier') + 1;
}

function readModule(node: SyntaxNode, file: string): Outline {
  const name = node.childForFieldName('name') ?? node.namedChildren.find(isIdentifier);
  const outline = emptyOutline(file, name?.text ?? '', lineOfNode(node));
  for (const unit of namedChildren(node)) readUnit(unit, outline, false);
  return outline;
}

function readUnit(unit: SyntaxNode, outline: Outline, local: boolean): void {
  switch (unit.type) {
    case 'extends':
      outline.extends.push(...namedChildren(unit).filter(isReference).map(declare));
      break;
    case 'variable_declaration':
      outline.variables.push(...namedChildren(unit).filter(isIdentifier).map(declare));
      break;
    case 'constant_declaration':
      outline.constants.push(...readDeclarations(unit));
      break;
    case 'recursive_declaration':
      outline.recursive.push(...readDeclarations(unit));
      break;
    case 'local_definition':
      for (const inner of namedChildren(unit)) readUnit(inner, outline, true);
      break;
    case 'operator_definition':
    case 'function_definition':
      outline.definitions.push(readDefinition(unit, local));
      outline.instances.push(...readInnerInstances(unit));
      break;
    case 'instance':
      outline.instances.push(readInstance(unit, local, undefined));
      break;
    case 'module_definition': {
      const definition = readDefinition(unit, local);
      const instance = unit.childForFieldName('definition');
      outline.definitions.push(definition);
      if (instance !== null) outline.instances.push(readInstance(instance, local, definition.name));
      break;
    }
    case 'assumption':
      outline.assumptions.push(readStatement(unit));
      break;
    case 'theorem':
      outline.theorems.push(readStatement(unit));
      break;
    case 'module':
      outline.nested.push(readModule(unit, outline.file));
      break;
    default:
      // Comments, separator lines, proofs' USE and HIDE; errors are listed by findErrors.
      break;
  }
}

const isReference = (node: SyntaxNode): boolean => node.type === 'identifier_ref';
const isIdentifier = (node: SyntaxNode): boolean => node.type === 'identifier';

function readDeclarations(unit: SyntaxNode): DeclaredConstant[] {
  return namedChildren(unit).flatMap((node) => {
    if (isIdentifier(node)) return [{ ...declare(node), arity: 0 }];
    if (node.type !== 'operator_declaration') return [];
    const name = node.childForFieldName('name');
    const arity = namedChildren(node).filter((n) => n.type === 'placeholder').length;
    return name === null ? [] : [{ ...declare(name), arity }];
  });
}

function readDefinition(unit: SyntaxNode, local: boolean): Definition {
  const body = unit.childForFieldName('definition');
  const params = unit
    .childrenForFieldName('parameter')
    .filter((n) => n.isNamed)
    .map((n) => n.childForFieldName('name')?.text ?? n.text);
  const bounds = namedChildren(unit).filter((n) => n.type === 'quantifier_bound');
  const kind =
    unit.type === 'function_definition'
      ? 'function'
      : unit.type === 'module_definition'
        ? 'instance'
        : 'operator';
  return {
    name: unit.childForFieldName('name')?.text ?? '',
    params:
      kind === 'function'
        ? bounds.flatMap((b) =>
            namedChildren(b)
              .filter(isIdentifier)
              .map((n) => n.text),
          )
        : params,
    kind,
    local,
    line: lineOfNode(unit),
    endLine: endLineOf(unit),
    ...placeOf(unit),
    text: textOf(unit),
    body: body === null ? '' : textOf(body),
    references: readReferences(unit),
    conjuncts: body === null ? [] : splitConjunction(body),
  };
}

function readInstance(node: SyntaxNode, local: boolean, name: string | undefined): Instance {
  const module = namedChildren(node).find(isReference);
  const instance = {
    module: module?.text ?? '',
    local,
    line: lineOfNode(node),
    references: readReferences(node),
  };
  return name === undefined ? instance : { ...instance, name };
}

/** Instances in a LET: of no use outside of it, but their modules are needed. */
function readInnerInstances(unit: SyntaxNode): Instance[] {
  return unit.descendantsOfType('module_definition').flatMap((definition) => {
    const instance = definition.childForFieldName('definition');
    const name = definition.childForFieldName('name')?.text;
    return instance === null || name === undefined ? [] : [readInstance(instance, true, name)];
  });
}

function readStatement(unit: SyntaxNode): Statement {
  const name = unit.childForFieldName('name')?.text;
  const statement = { line: lineOfNode(unit), text: textOf(unit), references: readReferences(unit) };
  return name === undefined ? statement : { ...statement, name };
}

/** Top-level conjuncts: the items of a bulleted list, or the operands of infix `/\`; parentheses around it are opened. */
function splitConjunction(body: SyntaxNode): Conjunct[] {
  if (body.type === 'conj_list') {
    return namedChildren(body)
      .filter((n) => n.type === 'conj_item')
      .flatMap((item) => {
        const inner = namedChildren(item).find((n) => n.type !== 'bullet_conj' && !n.isExtra);
        return inner === undefined ? [] : splitConjunction(inner);
      });
  }
  if (body.type === 'parentheses') {
    const inner = namedChildren(body).find((n) => !n.isExtra);
    if (inner !== undefined) return splitConjunction(inner);
  }
  if (body.type === 'bound_infix_op' && body.childForFieldName('symbol')?.type === 'land') {
    const sides = [body.childForFieldName('lhs'), body.childForFieldName('rhs')];
    return sides.filter((n): n is SyntaxNode => n !== null).flatMap(splitConjunction);
  }
  return [{ line: lineOfNode(body), ...placeOf(body), text: textOf(body) }];
}
