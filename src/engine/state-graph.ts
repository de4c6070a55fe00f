/** Reads the state graph that TLC writes with `-dump dot,actionlabels`. Pure; of a file that was cut, what is whole. */
import type { StateGraph } from '../domain/state-graph.js';

const STATE = /^(-?\d+) \[label="((?:[^"\\]|\\.)*)"(,style = filled)?\];?$/;
const STEP = /^(-?\d+) -> (-?\d+) \[label="((?:[^"\\]|\\.)*)"/;

/** `\n` is a line break; any other character after a backslash stands for itself. */
const unescapeLabel = (label: string): string =>
  label.replace(/\\([\s\S])/g, (_, next: string) => (next === 'n' ? '\n' : next));

/** The graph of a .dot file. Stuttering steps, which TLC draws without a name, are left out. */
export function readStateGraph(dot: string): StateGraph {
  const states: StateGraph['states'] = [];
  const indexOf = new Map<string, number>();
  const steps = new Map<string, { from: string; to: string; action: string }>();
  for (const line of dot.split('\n')) {
    const [step, from = '', to = '', label = ''] = STEP.exec(line) ?? [];
    if (step !== undefined) {
      steps.set(`${from} ${to} ${label}`, { from, to, action: unescapeLabel(label) });
      continue;
    }
    const [state, id = '', text = '', filled] = STATE.exec(line) ?? [];
    // A state is written again for each step into it: its first line tells whether it is an initial one.
    if (state === undefined || indexOf.has(id)) continue;
    indexOf.set(id, states.length);
    states.push({ text: unescapeLabel(text), initial: filled !== undefined });
  }
  return {
    states,
    steps: [...steps.values()].flatMap(({ from, to, action }) => {
      const [a, b] = [indexOf.get(from), indexOf.get(to)];
      // A step into a state that was never written: the run ended in between.
      return a === undefined || b === undefined ? [] : [{ from: a, to: b, action }];
    }),
  };
}
