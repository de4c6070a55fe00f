/**
 * Collects the identifiers that a piece of TLA+ syntax uses.
 * Names bound inside (parameters, quantifiers, LET) are left out: TLA+ forbids that they shadow a module's names.
 */
import type { SyntaxNode } from './grammars.js';

/** Symbols of the language itself, which no module can define. */
const BUILT_IN = new Set([
  'land',
  'lor',
  'lnot',
  'implies',
  'iff',
  'equiv',
  'eq',
  'neq',
  'in',
  'notin',
  'prime',
  ...['always', 'eventually', 'leads_to', 'enabled', 'unchanged'],
  ...['union', 'powerset', 'domain', 'cup', 'cap', 'setminus', 'subseteq'],
]);

/** Whether a sign is one that a module can define. */
export const isDefinable = (symbol: SyntaxNode): boolean => !BUILT_IN.has(symbol.type);

/** Identifiers and user-definable operator symbols used below `node`, sorted. */
export function readReferences(node: SyntaxNode): string[] {
  const used = new Set<string>();
  const bound = new Set<string>();
  if (node.type === 'instance') visit(node, used, bound);
  else for (const child of node.namedChildren) visit(child, used, bound);
  return [...used].filter((name) => !bound.has(name)).sort();
}

function visit(node: SyntaxNode, used: Set<string>, bound: Set<string>): void {
  const children = node.namedChildren;
  switch (node.type) {
    case 'identifier_ref':
    case 'nat_number_set':
    case 'int_number_set':
    case 'real_number_set':
      used.add(node.text);
      return;
    case 'identifier':
      // Introduced here: a parameter, a quantifier's or LET's name.
      bound.add(node.text);
      return;
    case 'record_literal':
    case 'set_of_records':
    case 'label':
      // Their plain identifiers are fields or labels.
      for (const child of children) if (child.type !== 'identifier') visit(child, used, bound);
      return;
    case 'record_value': {
      const [record] = children;
      if (record !== undefined) visit(record, used, bound);
      return;
    }
    case 'except_update_record_field':
      return;
    case 'prefixed_op':
      visitQualified(node, used, bound);
      return;
    case 'instance':
      // The first child names the module, the left sides of a substitution name that module's parameters.
      for (const child of children.slice(1)) visit(child, used, bound);
      return;
    case 'substitution':
      for (const child of children.slice(1)) visit(child, used, bound);
      return;
    default: {
      const symbol = node.childForFieldName('symbol');
      if (symbol !== null && isDefinable(symbol)) used.add(symbol.text);
      for (const child of children) visit(child, used, bound);
    }
  }
}

/** `I!J(x)!Op(y)`: the instance, its arguments, and `I!J!Op` as one reference. */
function visitQualified(node: SyntaxNode, used: Set<string>, bound: Set<string>): void {
  const path: string[] = [];
  const prefix = node.childForFieldName('prefix');
  for (const part of prefix?.namedChildren ?? []) {
    const component = part.namedChildren[0] ?? part;
    const name = component.type === 'bound_op' ? component.childForFieldName('name') : component;
    if (name !== null) path.push(name.text);
    if (path.length === 1 && name !== null) used.add(name.text);
    if (component.type === 'bound_op') {
      for (const argument of component.childrenForFieldName('parameter')) visit(argument, used, bound);
    }
  }
  const operator = node.childForFieldName('op');
  if (operator === null) return;
  const name = operator.type === 'bound_op' ? operator.childForFieldName('name') : operator;
  if (name !== null) used.add([...path, name.text].join('!'));
  if (operator.type === 'bound_op') {
    for (const argument of operator.childrenForFieldName('parameter')) visit(argument, used, bound);
  }
}
