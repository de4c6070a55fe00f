/** Functions of Python text, by indentation: `def` outside of any other, methods, and lambdas that have a name. Pure. */
import type { FoundFunction, ReadSource } from './found-functions.js';

interface Line {
  start: number;
  text: string;
  indent: number;
}

export function scanPython(masked: string, pairs: Map<number, number>): Omit<ReadSource, 'dead'> {
  const lines = logicalLines(masked, pairs);
  const functions: FoundFunction[] = [];
  let end = 0;
  let decorated: number | undefined;
  let isOverload = false;
  for (const [i, line] of lines.entries()) {
    const at = line.start + line.text.length - line.text.trimStart().length;
    if (at < end) continue;
    const code = line.text.trimStart();
    if (code.startsWith('@')) {
      decorated ??= at;
      isOverload ||= /^@(?:\w+\.)*overload\s*$/.test(code);
      continue;
    }
    const name = /^(?:async\s+)?def\s+(\w+)/.exec(code)?.[1];
    const lambda = /\blambda\b/.exec(code);
    if (name !== undefined) {
      // One that fits into its line has its body behind the colon.
      end = line.start + line.text.length;
      for (const next of lines.slice(i + 1)) {
        if (next.indent <= line.indent) break;
        end = next.start + next.text.length;
      }
      const nameOffset = masked.indexOf(name, at + code.indexOf('def') + 3);
      const parameters = masked.indexOf('(', nameOffset);
      const bodyStart = masked.indexOf(':', pairs.get(parameters) ?? parameters);
      // An overload only declares; the definition follows it.
      if (!isOverload) functions.push({ name, nameOffset, start: decorated ?? at, bodyStart, end });
    } else if (lambda !== null) {
      const assigned = /^(\w+)/.exec(code)?.[1];
      end = line.start + line.text.length;
      functions.push({
        name: assigned ?? 'lambda',
        nameOffset: at,
        start: at,
        bodyStart: at + lambda.index,
        end,
      });
    }
    decorated = undefined;
    isOverload = false;
  }
  return { functions, faults: [] };
}

/** Lines of code: those within brackets or after a backslash belong to the line before; blank ones are left out. */
function logicalLines(masked: string, pairs: Map<number, number>): Line[] {
  const result: Line[] = [];
  let at = 0;
  while (at < masked.length) {
    let end = at;
    while (end < masked.length && (masked[end] !== '\n' || masked[end - 1] === '\\')) {
      end = pairs.get(end) ?? end;
      end += 1;
    }
    const text = masked.slice(at, end);
    const lead = /^[ \t]*/.exec(text)?.[0] ?? '';
    if (text.trim() !== '') result.push({ start: at, text, indent: lead.replace(/\t/g, '        ').length });
    at = end + 1;
  }
  return result;
}
