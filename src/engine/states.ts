/**
 * Traces: TLC's numbered states (2216, 2217), stuttering (2218) and back-to-state (2122) to a Behaviour; also the one
 * state that stands inside a message where TLC prints no trace (2107, 2108, 2102).
 */
import type { Action, Behaviour, Ending, State, Value } from '../domain/behaviour.js';
import { findSpan } from './spans.js';
import { parseValue } from './value-parser.js';
import type { MessageFrame } from './message-stream.js';

export const STATE_CODES: ReadonlySet<number> = new Set([2122, 2216, 2217, 2218]);

const INITIAL = 'Initial predicate';
const VARIABLE = /^(?:\/\\ )?([A-Za-z_][\w!]*|[\w!]*[A-Za-z][\w!]*) = ?([\s\S]*)$/;

/**
 * The first trace among the messages: states up to its ending, to a number that does not go up, or to a state that
 * the log cut off. Undefined where there is no whole state.
 */
export function readBehaviour(messages: MessageFrame[]): Behaviour | undefined {
  const states: State[] = [];
  let ending: Ending = { kind: 'stops' };
  for (const message of messages) {
    if (!STATE_CODES.has(message.code)) continue;
    if (!message.complete) break;
    const entry = parseEntry(message.text);
    if (entry === undefined) break;
    if (entry.kind !== 'state') {
      ending = entry;
      break;
    }
    const last = states.at(-1);
    if (last !== undefined && entry.state.number <= last.number) break;
    states.push(entry.state);
  }
  return states.length === 0 ? undefined : { states, ending };
}

/** The behaviour of one state that a message carries after its first line, e.g. 2107. */
export function readStateInMessage(text: string): Behaviour | undefined {
  const at = /state:\s*\n/.exec(text);
  if (at === null) return undefined;
  const variables = parseVariables(text.slice(at.index + at[0].length));
  if (Object.keys(variables).length === 0) return undefined;
  return { states: [{ number: 1, action: { name: INITIAL }, variables }], ending: { kind: 'stops' } };
}

/** `<Act line …>`, `<Act(1, "a") line …>`, `<Initial predicate>`; anything else becomes the name as it stands. */
export function parseAction(header: string): Action {
  const inner = header
    .trim()
    .replace(/^<([\s\S]*)>$/, '$1')
    .replace(/\s*\n\s*/g, ' ')
    .trim();
  const span = findSpan(inner);
  const label = inner.replace(
    /\s*line \d+, col \d+ to line \d+, col \d+ of module [\w!]+(?: \([\d ]+\))?$/,
    '',
  );
  const call = /^([\w!]+)\(([\s\S]*)\)$/.exec(label);
  return {
    name: call?.[1] ?? (label === '' ? INITIAL : label),
    ...(call && { arguments: splitArguments(call[2] ?? '') }),
    ...(span && { span }),
  };
}

function parseEntry(
  text: string,
): { kind: 'state'; state: State } | Exclude<Ending, { kind: 'stops' }> | undefined {
  const match = /^\s*(\d+):[ ]?([\s\S]*)$/.exec(text);
  if (match === null) return undefined;
  const number = Number(match[1]);
  const rest = match[2] ?? '';
  if (/^Stuttering\b/.test(rest)) return { kind: 'stutters' };
  const back = /^Back to state:?\s*([\s\S]*)$/.exec(rest);
  if (back !== null) return { kind: 'back', to: number, action: parseAction(back[1] ?? '') };
  const { header, body } = splitHeader(rest);
  const state = { number, action: headerAction(header, number), variables: parseVariables(body) };
  return { kind: 'state', state };
}

/** The header is what stands before the first variable; E2's arguments can make it longer than a line. */
function splitHeader(rest: string): { header: string; body: string } {
  const lines = rest.split('\n');
  const start = lines.findIndex((line, i) => i > 0 && VARIABLE.test(line));
  if (start === -1) return { header: rest, body: '' };
  return { header: lines.slice(0, start).join('\n'), body: lines.slice(start).join('\n') };
}

/** A depth-first run (2216) does not print its actions. */
function headerAction(header: string, number: number): Action {
  if (header.trim() !== '') return parseAction(header);
  return { name: number === 1 ? INITIAL : 'Unknown action' };
}

/** The variables of one state: `/\ x = 1`, a line or more for each. */
export function parseVariables(body: string): Record<string, Value> {
  const variables: Record<string, Value> = {};
  const text = body.split(/\n[ \t]*(?:\n|$)/)[0] ?? '';
  for (const conjunct of text.split(/\n(?=\/\\ )/)) {
    const match = VARIABLE.exec(conjunct);
    if (match?.[1] !== undefined) variables[match[1]] = parseValue(match[2] ?? '');
  }
  return variables;
}

function splitArguments(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"|<<|>>|[{[(]|[}\])]|,/g)) {
    const sign = match[0];
    if (sign === '<<' || /^[{[(]$/.test(sign)) depth += 1;
    else if (sign === '>>' || /^[}\])]$/.test(sign)) depth -= 1;
    else if (sign === ',' && depth === 0) {
      parts.push(text.slice(from, match.index).trim());
      from = match.index + 1;
    }
  }
  const last = text.slice(from).trim();
  return last === '' && parts.length === 0 ? [] : [...parts, last];
}
