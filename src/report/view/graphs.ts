/** The state graph that a record names, or why it cannot be shown: a picture that is gone must not be gone silently. Pure. */
import type { ModelRun } from '../../domain/run-record.js';
import type { StateGraph } from '../../domain/state-graph.js';
import { addLazy } from '../../host/lazy.js';
import type { RunView } from './model-view.js';

/** State graphs by the path of their file, relative to the root; each is read when it is asked for. */
export type Graphs = ReadonlyMap<string, () => StateGraph>;

type Look = { graph: StateGraph } | { fault: string };

function look(run: ModelRun, path: string, graphs: Graphs): Look {
  const read = graphs.get(path);
  if (!read) return { fault: `${path} is not there, or cannot be read` };
  let graph: StateGraph;
  try {
    graph = read();
  } catch {
    return { fault: `${path} cannot be read` };
  }
  const found = graph.states.length;
  if (found === 0) return { fault: `${path} is not what TLC wrote: it has no state` };
  // Of a run that stopped nobody knows how much TLC had written by then.
  const distinct = run.outcome.kind === 'Holds' ? run.attempts.at(-1)?.reading.counts.distinct : undefined;
  if (distinct !== undefined && found < distinct)
    return { fault: `${path} is not what TLC wrote: it has ${found} of ${distinct} states` };
  return { graph };
}

/**
 * Gives the view of a run its graph, or the reason why there is none.
 * @param graphs absent where none was looked for, as for a screen: nothing is said then
 */
export function addGraph(view: RunView, run: ModelRun, graphs: Graphs | undefined): void {
  if (run.graph === undefined || !graphs) return;
  const path = `runs/${view.record}/${run.graph}`;
  // Few of some hundred graphs are shown: each is read when it is asked for, and once.
  let found: Look | undefined;
  const once = (): Look => (found ??= look(run, path, graphs));
  addLazy(view, 'graph', () => {
    const seen = once();
    return 'graph' in seen ? { ...seen.graph, path } : undefined;
  });
  addLazy(view, 'graphFault', () => {
    const seen = once();
    return 'fault' in seen ? seen.fault : undefined;
  });
}
