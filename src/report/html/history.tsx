/** Runs over history: a bar each, and the same as a table. */
import type { VNode } from 'preact';
import type { ReportView } from '../view/report-view.js';
import { HistoryChart } from './history-chart.js';
import { count, duration, moment, number } from './words.js';

/** More bars than this are too thin to tell apart. */
const MOST_SHOWN = 60;

export function History({ view }: { view: ReportView }): VNode | null {
  const history = view.history.slice(-MOST_SHOWN);
  if (history.length === 0) return null;
  const current = new Set(view.head.runs.map((run) => run.id));
  return (
    <section aria-labelledby="title-history">
      <h2 id="title-history">
        Earlier runs <span class="quiet">engine runs of each, by how they ended</span>
      </h2>
      {history.length < 2 ? null : (
        <figure>
          <div class="wide" tabIndex={0} role="group" aria-label="Chart of earlier runs">
            <HistoryChart history={history} current={current} />
          </div>
          <figcaption>
            Above a bar: ✕ engine runs that were not as declared, ◌ that were open; all others were as
            declared. The triangle marks what this report shows.
          </figcaption>
        </figure>
      )}
      <details>
        <summary>{count(history.length, 'run')} as a table</summary>
        <div class="wide" tabIndex={0} role="region" aria-label="Earlier runs">
          <table class="list">
            <thead>
              <tr>
                <th scope="col">Started</th>
                <th scope="col">Command</th>
                {['As declared', 'Not', 'Open', 'States', 'Time', 'Exit'].map((name) => (
                  <th scope="col" class="number">
                    {name}
                  </th>
                ))}
                <th scope="col">Claims on rung 0 to 6</th>
                <th scope="col">Commit</th>
              </tr>
            </thead>
            <tbody>
              {[...history].reverse().map((point) => (
                <tr class={current.has(point.id) ? 'current-run' : undefined}>
                  <th scope="row">
                    {moment(point.startedAt)}
                    {current.has(point.id) ? ' (this report)' : ''}
                  </th>
                  <td>{point.command.join(' ')}</td>
                  {[point.runs.asDeclared, point.runs.notAsDeclared, point.runs.open, point.states].map(
                    (n) => (
                      <td class="number">{number(n)}</td>
                    ),
                  )}
                  <td class="number">{duration(point.seconds)}</td>
                  <td class="number">{point.exitCode}</td>
                  <td>{point.rungs.length === 0 ? '–' : point.rungs.join(' ')}</td>
                  <td>{point.commit?.slice(0, 8) ?? '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}
