/** Reads which functions a C header declares. Pure; for headers of plain declarations, without macros that make some. */

export interface HeaderFunction {
  name: string;
  /** 1-based. */
  line: number;
  /** Carries the macro that exports it. */
  isMarked: boolean;
}

/** Every function that `text` declares or defines at its top level. */
export function readHeaderFunctions(text: string, marker: string): HeaderFunction[] {
  const plain = blankOut(text);
  const found: HeaderFunction[] = [];
  let start = 0;
  for (let i = 0; i < plain.length; i += 1) {
    const character = plain[i];
    if (character === '{') {
      // `extern "C" {` opens a block whose declarations count; the body of a type or a function does not.
      if (/\bextern\s+$/.test(plain.slice(start, i))) start = i + 1;
      else {
        const statement = plain.slice(start, i);
        addFunction(found, plain, start, statement, marker);
        i = skipBlock(plain, i);
        if (statement.trimEnd().endsWith(')')) start = i + 1;
      }
    } else if (character === '}') start = i + 1;
    else if (character === ';') {
      addFunction(found, plain, start, plain.slice(start, i), marker);
      start = i + 1;
    }
  }
  return found;
}

function addFunction(
  found: HeaderFunction[],
  text: string,
  start: number,
  statement: string,
  marker: string,
): void {
  if (/\b(?:typedef\b|static\b|(?:struct|union|enum)\s*\w*\s*\{)/.test(statement)) return;
  const plain = statement.replace(/\b__attribute__\s*\(\((?:[^()]|\([^()]*\))*\)\)/g, (all) =>
    ' '.repeat(all.length),
  );
  const match = /\b([A-Za-z_]\w*)\s*\((?!\s*\*)/.exec(plain);
  if (match?.[1] === undefined || plain.slice(0, match.index).trim() === '') return;
  const line = text.slice(0, start + match.index).split('\n').length;
  const isMarked = new RegExp(`\\b${marker}\\b`).test(plain.slice(0, match.index));
  found.push({ name: match[1], line, isMarked });
}

/** Comments, strings and preprocessor lines as blanks, so that every place stays where it was. */
function blankOut(text: string): string {
  const blank = (all: string): string => all.replace(/[^\n]/g, ' ');
  return text
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"/g, blank)
    .replace(/^[ \t]*#(?:[^\n]*\\\n)*[^\n]*/gm, blank);
}

function skipBlock(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i += 1) {
    if (text[i] === '{') depth += 1;
    if (text[i] === '}') depth -= 1;
    if (depth === 0) return i;
  }
  return text.length;
}
