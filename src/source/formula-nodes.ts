/**
 * Reads one definition's body as a formula. What is no logical connective, quantifier, LET, IF, CASE or call is
 * `opaque`: its text is kept, and nothing is looked for inside of it.
 */
import type { Formula, FormulaDefinition, Slice } from './formula.js';
import { field, fields, parts, sliceOf, type Source } from './formula-slices.js';
import type { SyntaxNode } from './grammars.js';
import { isDefinable } from './tla-references.js';

export function readDefinition(unit: SyntaxNode, source: Source, local: boolean): FormulaDefinition {
  const body = field(unit, 'definition');
  return {
    name: field(unit, 'name')?.text ?? '',
    params: fields(unit, 'parameter').map((n) => n.text),
    local,
    line: unit.startPosition.row + 1,
    ...bodyOf(body, sliceOf(unit, source), source),
    slice: sliceOf(unit, source),
  };
}

/** The formula and text of a node; what is not there is opaque. */
function bodyOf(node: SyntaxNode | null, whole: Slice, source: Source): { body: Formula; bodySlice: Slice } {
  if (node === null) return { body: { kind: 'opaque', slice: whole }, bodySlice: whole };
  return { body: readFormula(node, source), bodySlice: sliceOf(node, source) };
}

function readFormula(node: SyntaxNode, source: Source): Formula {
  const slice = sliceOf(node, source);
  const read = (child: SyntaxNode | null | undefined): Formula =>
    child == null ? { kind: 'opaque', slice } : readFormula(child, source);
  const part = (child: SyntaxNode): { slice: Slice; formula: Formula } => ({
    slice: sliceOf(child, source),
    formula: readFormula(child, source),
  });
  switch (node.type) {
    case 'parentheses':
      return read(parts(node)[0]);
    case 'label':
      return read(field(node, 'expression'));
    case 'conj_list':
    case 'disj_list':
      return {
        kind: node.type === 'conj_list' ? 'and' : 'or',
        parts: parts(node).flatMap((item) => {
          const inner = parts(item).find((n) => !n.type.startsWith('bullet_'));
          return inner === undefined ? [] : [part(inner)];
        }),
      };
    case 'bound_infix_op':
      return readInfix(node, source, slice);
    case 'bound_prefix_op': {
      const symbol = field(node, 'symbol')?.type;
      const operand = field(node, 'rhs');
      if (operand === null) return { kind: 'opaque', slice };
      if (symbol === 'always' || symbol === 'eventually')
        return { kind: symbol, ...bodyOf(operand, slice, source) };
      if (symbol === 'lnot')
        return { kind: 'not', operand: read(operand), operandSlice: sliceOf(operand, source) };
      return { kind: 'opaque', slice };
    }
    case 'step_expr_or_stutter':
    case 'step_expr_no_stutter': {
      const [action, subscript] = parts(node);
      if (action === undefined || subscript === undefined) return { kind: 'opaque', slice };
      return { kind: 'step', body: read(action), subscript: sliceOf(subscript, source) };
    }
    case 'bounded_quantification': {
      const kind = field(node, 'quantifier')?.type === 'exists' ? 'exists' : 'forall';
      const bounds = fields(node, 'bound').map((b) => sliceOf(b, source));
      return { kind, bounds, ...bodyOf(field(node, 'expression'), slice, source) };
    }
    case 'let_in': {
      const units = fields(node, 'definitions');
      return {
        kind: 'let',
        definitions: units
          .filter((n) => n.type === 'operator_definition')
          .map((n) => readDefinition(n, source, false)),
        slices: units.map((n) => sliceOf(n, source)),
        body: read(field(node, 'expression')),
      };
    }
    case 'if_then_else': {
      const condition = field(node, 'if');
      if (condition === null) return { kind: 'opaque', slice };
      return {
        kind: 'if',
        condition: sliceOf(condition, source),
        then: read(field(node, 'then')),
        otherwise: read(field(node, 'else')),
      };
    }
    case 'case':
      return readCase(node, source);
    case 'fairness':
      return { kind: 'fairness', action: read(parts(node).at(-1)), slice };
    case 'identifier_ref':
    case 'bound_op':
      return { kind: 'call', ...readCallee(node, source), through: [], slice };
    case 'bound_postfix_op': {
      const symbol = field(node, 'symbol');
      const operand = field(node, 'lhs');
      if (symbol === null || operand === null) return { kind: 'opaque', slice };
      return { kind: 'call', name: symbol.text, args: [sliceOf(operand, source)], through: [], slice };
    }
    case 'function_evaluation': {
      const [name, ...args] = parts(node);
      if (name?.type !== 'identifier_ref') return { kind: 'opaque', slice };
      const values = args.map((n) => sliceOf(n, source));
      return { kind: 'call', name: name.text, args: values, through: [], isFunction: true, slice };
    }
    case 'prefixed_op':
      return readQualified(node, source, slice);
    default:
      return { kind: 'opaque', slice };
  }
}

function readInfix(node: SyntaxNode, source: Source, slice: Slice): Formula {
  const [lhs, rhs] = [field(node, 'lhs'), field(node, 'rhs')];
  const symbol = field(node, 'symbol');
  if (lhs === null || rhs === null) return { kind: 'opaque', slice };
  const sides = [lhs, rhs].map((n) => ({ slice: sliceOf(n, source), formula: readFormula(n, source) }));
  switch (symbol?.type) {
    case 'land':
      return { kind: 'and', parts: sides };
    case 'lor':
      return { kind: 'or', parts: sides };
    case 'implies':
    case 'leads_to':
      return {
        kind: symbol.type === 'implies' ? 'implies' : 'leads to',
        antecedent: sliceOf(lhs, source),
        consequent: readFormula(rhs, source),
        consequentSlice: sliceOf(rhs, source),
      };
    case undefined:
    default:
      return symbol !== null && isDefinable(symbol)
        ? { kind: 'call', name: symbol.text, args: sides.map((s) => s.slice), through: [], slice }
        : { kind: 'opaque', slice };
  }
}

function readCase(node: SyntaxNode, source: Source): Formula {
  const arms: { guard: Slice; body: Formula }[] = [];
  let other: Formula | undefined;
  for (const arm of parts(node)) {
    const inner = parts(arm).filter((n) => n.type !== 'case_arrow');
    const [first, second] = inner;
    if (arm.type === 'case_arm' && first !== undefined && second !== undefined)
      arms.push({ guard: sliceOf(first, source), body: readFormula(second, source) });
    else if (arm.type === 'other_arm' && first !== undefined) other = readFormula(first, source);
  }
  return { kind: 'case', arms, ...(other === undefined ? {} : { other }) };
}

function readCallee(node: SyntaxNode, source: Source): { name: string; args: Slice[] } {
  if (node.type !== 'bound_op') return { name: node.text, args: [] };
  return {
    name: field(node, 'name')?.text ?? '',
    args: fields(node, 'parameter').map((n) => sliceOf(n, source)),
  };
}

function readQualified(node: SyntaxNode, source: Source, slice: Slice): Formula {
  const path = (field(node, 'prefix')?.namedChildren ?? []).map((n) => n.namedChildren[0] ?? n);
  const operator = field(node, 'op');
  if (path.length === 0 || operator === null) return { kind: 'opaque', slice };
  const through = path.map((step) => readCallee(step, source));
  return { kind: 'call', ...readCallee(operator, source), through, slice };
}
