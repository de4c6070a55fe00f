/** A module's text with, beside each action, how often it was taken. An action that never fires says so in words. */
import type { VNode } from 'preact';
import type { ModuleView, ReportView } from '../view/report-view.js';
import { idOfLine } from './anchors.js';
import { count } from './words.js';

type Action = ModuleView['actions'][number];

/** `taken 1,204 times in 12 models`. */
export const firedText = (action: Action): string =>
  action.total === 0
    ? 'never fired'
    : `${count(action.total, 'step')}, ${count(action.distinct, 'new state')}, ${count(action.models, 'model')}`;

/** The actions by the first line of each; an action may stand in a module that this one extends. */
function actionsByLine(actions: readonly Action[], path: string): Map<number, Action[]> {
  const lines = new Map<number, Action[]>();
  for (const action of actions) {
    if (action.place?.path !== path) continue;
    lines.set(action.place.line, [...(lines.get(action.place.line) ?? []), action]);
  }
  return lines;
}

/** TLC names the head of a definition; what is indented below belongs to it. */
function lastLine(lines: readonly string[], end: number): number {
  let last = end;
  while (/^\s+\S/.test(lines[last] ?? '')) last += 1;
  return last;
}

/** Lines that belong to an action that fired, or to one that never did. */
function markLines(
  actions: readonly Action[],
  path: string,
  lines: readonly string[],
): Map<number, 'fired' | 'never'> {
  const marks = new Map<number, 'fired' | 'never'>();
  for (const { place, total } of actions) {
    if (place?.path !== path) continue;
    const last = lastLine(lines, place.endLine);
    for (let line = place.line; line <= last; line += 1)
      if (marks.get(line) !== 'never') marks.set(line, total === 0 ? 'never' : 'fired');
  }
  return marks;
}

/** Which lines, or ends of lines, are comments: they recede. */
function splitComments(lines: readonly string[]): { code: string; comment: string }[] {
  let depth = 0;
  return lines.map((line) => {
    const start = depth;
    for (const match of line.matchAll(/\(\*|\*\)/g))
      depth = Math.max(0, depth + (match[0] === '(*' ? 1 : -1));
    if (start > 0 || /^\s*\(\*/.test(line)) return { code: '', comment: line };
    const at = line.indexOf('\\*');
    return at < 0 ? { code: line, comment: '' } : { code: line.slice(0, at), comment: line.slice(at) };
  });
}

interface Props {
  source: ReportView['sources'][number];
  actions: readonly Action[];
}

export function SpecSource({ source, actions }: Props): VNode {
  const starts = actionsByLine(actions, source.path);
  const text = source.text.replace(/\n$/, '').split(/\r?\n/);
  const marks = markLines(actions, source.path, text);
  const lines = splitComments(text);
  return (
    <div class="wide" tabIndex={0} role="region" aria-label={`Text of ${source.path}`}>
      <table class="source">
        <thead class="hidden">
          <tr>
            <th scope="col">Line</th>
            <th scope="col">Text</th>
            <th scope="col">Action</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ code, comment }, i) => {
            const here = starts.get(i + 1);
            return (
              <tr id={idOfLine(source.path, i + 1)} class={marks.get(i + 1)}>
                <td>{i + 1}</td>
                <td>
                  {code}
                  {comment === '' ? null : <i>{comment}</i>}
                </td>
                <td>{here ? here.map((action) => <span>{firedText(action)}</span>) : null}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
