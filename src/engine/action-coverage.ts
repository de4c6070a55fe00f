/** Coverage of actions from 2773 (initial predicate) and 2772 (next-state actions): `<Act line …>: distinct:total`. */
import type { ActionCoverage } from '../domain/outcome.js';
import type { MessageFrame } from './message-stream.js';
import { parseAction } from './states.js';

const START = 2201;
const NEXT = 2772;
const INIT = 2773;
const LINE = /^\s*(<[\s\S]*>): ([\d,]+):([\d,]+)\s*$/;

/** The last report of the run; TLC prints one at every interval, each from the start. */
export function readActionCoverage(messages: MessageFrame[]): ActionCoverage[] {
  const lastStart = messages.map((message) => message.code).lastIndexOf(START);
  return messages.slice(lastStart + 1).flatMap((message) => {
    if (!message.complete || (message.code !== NEXT && message.code !== INIT)) return [];
    const match = LINE.exec(message.text);
    if (match === null) return [];
    const { name, span } = parseAction(match[1] ?? '');
    return [
      {
        name,
        ...(span && { span }),
        distinct: readCount(match[2]),
        total: readCount(match[3]),
        initial: message.code === INIT,
      },
    ];
  });
}

function readCount(text = ''): number {
  return Number(text.replaceAll(',', ''));
}
