/** Reads the definitions of a TLA+ module as formulas. */
import type { ModuleFormulas } from './formula.js';
import { readDefinition } from './formula-nodes.js';
import { field, fields, parts, sliceOf, type Source } from './formula-slices.js';
import { parseText, type SyntaxNode } from './grammars.js';

const BEHAVIOUR_SIGNS = ['always', 'eventually', 'leads_to', 'plus_arrow', 'fairness'];
const STEP_SIGNS = ['prime', 'unchanged', 'step_expr_or_stutter', 'step_expr_no_stutter'];

/**
 * The formulas of the first module in `text`; none where it could not be parsed. `file` is named in errors.
 * @param wanted names of the definitions to read; the others are left out, as a large module takes its time
 */
export async function readFormulas(
  text: string,
  file: string,
  wanted: (name: string) => boolean = () => true,
): Promise<ModuleFormulas> {
  const plain = expandTabs(text);
  const tree = await parseText('tlaplus', plain, file);
  try {
    const module = tree.rootNode.namedChildren.find((n) => n.type === 'module');
    if (module === undefined || module.hasError) return { module: '', file, definitions: [], instances: [] };
    const enabled = module.descendantsOfType('enabled').flatMap((sign) => {
      const operand = sign.parent && (field(sign.parent, 'rhs') ?? parts(sign.parent).at(-1));
      return operand
        ? [{ start: operand.startIndex, end: operand.endIndex, text: operand.text.trimEnd() }]
        : [];
    });
    const isEnabled = (at: number): boolean => enabled.some((e) => at >= e.start && at < e.end);
    const marks = [BEHAVIOUR_SIGNS, STEP_SIGNS].flatMap((signs, i) =>
      module
        .descendantsOfType(signs)
        .filter((n) => !isEnabled(n.startIndex))
        .map((n) => ({ start: n.startIndex, level: i === 0 ? ('behaviour' as const) : ('step' as const) })),
    );
    return readModule(module, { lines: plain.split('\n'), marks, enabled }, file, wanted);
  } finally {
    tree.delete();
  }
}

const TAB = 8;

/** Tabs as the blanks that TLC takes them for: bulleted lists are read by columns. One in a string stays. */
function expandTabs(text: string): string {
  if (!text.includes('\t')) return text;
  const expand = (line: string): string => {
    let out = '';
    for (const sign of line)
      out += sign === '\t' && !isInString(out) ? ' '.repeat(TAB - (out.length % TAB)) : sign;
    return out;
  };
  return text.split('\n').map(expand).join('\n');
}

const isInString = (before: string): boolean => (before.match(/(?<!\\)"/g) ?? []).length % 2 === 1;

function readModule(
  module: SyntaxNode,
  source: Source,
  file: string,
  wanted: (name: string) => boolean,
): ModuleFormulas {
  const read: ModuleFormulas = {
    module: field(module, 'name')?.text ?? '',
    file,
    definitions: [],
    instances: [],
  };
  const visit = (unit: SyntaxNode, local: boolean): void => {
    switch (unit.type) {
      case 'local_definition':
        for (const inner of parts(unit)) visit(inner, true);
        break;
      case 'operator_definition':
        if (wanted(field(unit, 'name')?.text ?? ''))
          read.definitions.push(readDefinition(unit, source, local));
        break;
      case 'instance':
        read.instances.push(readInstance(unit, source, undefined, local));
        break;
      case 'module_definition': {
        const instance = field(unit, 'definition');
        if (instance !== null) read.instances.push(readInstance(instance, source, unit, local));
        break;
      }
      default:
        // Declarations, assumptions, theorems, functions: nothing is asked of them here.
        break;
    }
  };
  for (const unit of parts(module)) visit(unit, false);
  return read;
}

function readInstance(
  node: SyntaxNode,
  source: Source,
  definition: SyntaxNode | undefined,
  local: boolean,
): ModuleFormulas['instances'][number] {
  const name = definition === undefined ? undefined : field(definition, 'name')?.text;
  return {
    ...(name === undefined ? {} : { name }),
    params: definition === undefined ? [] : fields(definition, 'parameter').map((n) => n.text),
    module: parts(node).find((n) => n.type === 'identifier_ref')?.text ?? '',
    local,
    slice: sliceOf(node, source),
    line: node.startPosition.row + 1,
  };
}
