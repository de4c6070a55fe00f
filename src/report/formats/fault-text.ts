/** A run that is not as declared as plain text: for formats that show no colours and draw nothing. Pure. */
import { makePaint } from '../paint.js';
import type { Reason } from '../view/report-view.js';
import type { RunView } from '../view/model-view.js';
import { violationLines } from '../violation-lines.js';

const PLAIN = makePaint(false);
const COLUMNS = 120;
/** A counterexample of thousands of states is read in HTML or ITF, not in the log of a build server. */
const MOST_LINES = 400;

/** The counterexample of a run; empty where it has none. */
export function counterexampleText(run: RunView): string {
  const lines = violationLines(run, COLUMNS, PLAIN);
  if (lines.length <= MOST_LINES) return lines.join('\n');
  return [...lines.slice(0, MOST_LINES), `… ${lines.length - MOST_LINES} more lines in the record`].join(
    '\n',
  );
}

/** `specs/M/M.tla:12: smoke test x: message`, as far as there is a place. */
export function reasonText(reason: Reason): string {
  const { place } = reason;
  const at = place ? `${place.path}:${place.line}: ` : '';
  return `${at}${nameOf(reason)}${reason.message}`;
}

/** The name of what it is about, unless the message or the place says it already. */
function nameOf({ kind, name, place }: Reason): string {
  if (kind === 'anchor' || kind === 'finding' || (kind === 'handler' && place)) return '';
  if (place?.path === name) return '';
  return kind === 'build' || kind === 'smoke test' || kind === 'record' ? `${kind} ${name}: ` : `${name}: `;
}
