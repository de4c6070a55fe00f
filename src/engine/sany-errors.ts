/** The first error in SANY's unframed lines, as one line and a place. */
import type { Span } from '../domain/behaviour.js';
import { findPoint, findSpan } from './spans.js';
import { toOneLine } from './one-line.js';

export interface SpecFault {
  message: string;
  span?: Span;
}

/** What SANY says is wrong; undefined where its lines name no error. */
export function readSanyError(text: string): SpecFault | undefined {
  return readLexicalError(text) ?? readParseError(text) ?? readListedError(text) ?? readAbort(text);
}

/** `Lexical error at line 3, column 16. …`, or for what nothing ends `Lexical {error: EOF reached, … around line 4`. */
function readLexicalError(text: string): SpecFault | undefined {
  const found = /^Lexical (?:\{error: (.*)|error.*)$/m.exec(text);
  if (found === null) return undefined;
  const module = moduleThatFailed(text);
  if (found[1] === undefined) return fault(found[0], findPoint(found[0], module));
  const line = Number(/around line (\d+)/.exec(found[1])?.[1]);
  const span = { module, line, column: 1, endLine: line, endColumn: 1 };
  return fault(`Lexical error: ${found[1]}`, Number.isNaN(line) ? undefined : span);
}

/** `***Parse Error***` is followed by what was expected or met, up to the residual stack. */
function readParseError(text: string): SpecFault | undefined {
  const match = /\*\*\*\s*Parse Error\s*\*\*\*\s*([\s\S]*?)(?:\n\s*\n|Residual stack trace|$)/.exec(text);
  if (match?.[1] === undefined) return undefined;
  return fault(`Parse error: ${match[1]}`, findPoint(match[1], moduleThatFailed(text)));
}

/** `*** Errors: 2`, then for each error its place, a blank line, its text, two blank lines. */
function readListedError(text: string): SpecFault | undefined {
  const match = /\*\*\* Errors: (\d+)\s*\n([\s\S]*)/.exec(text);
  if (match?.[2] === undefined) return undefined;
  const lines = match[2].trimStart().split('\n');
  const [place = '', ...rest] = lines;
  const body =
    rest
      .join('\n')
      .trimStart()
      .split(/\n\s*\n/)[0] ?? '';
  const more = Number(match[1]) - 1;
  return fault(
    `${body} (${place.trim()})${more > 0 ? ` and ${more} more error${more > 1 ? 's' : ''}` : ''}`,
    findSpan(place),
  );
}

/** `*** Abort messages: 1`, a place (often unknown), the text. */
function readAbort(text: string): SpecFault | undefined {
  const match = /\*\*\* Abort messages: \d+\s*\n([\s\S]*)/.exec(text);
  if (match?.[1] === undefined) return undefined;
  const [place = '', body = ''] = match[1].trim().split(/\n\s*\n/);
  return fault(body === '' ? place : body, findSpan(place));
}

function moduleThatFailed(text: string): string {
  return (
    /Could not parse module (\w+)/.exec(text)?.[1] ??
    /parsing TLA\+ spec in file (\w+)/.exec(text)?.[1] ??
    [...text.matchAll(/^Parsing file .*?(\w+)\.tla/gm)].at(-1)?.[1] ??
    ''
  );
}

function fault(message: string, span: Span | undefined): SpecFault {
  return { message: toOneLine(message), ...(span && { span }) };
}
