/** A model: what it declares beside what its runs showed, its graph, its figures over time, and how to repeat it. */
import type { VNode } from 'preact';
import type { ModelView, RunView } from '../view/model-view.js';
import { idOf, linkTo } from './anchors.js';
import { violatedClaim, type PageContext } from './context.js';
import { LineChart } from './line-chart.js';
import { Fact, ModelLink } from './links.js';
import { StandingMark } from './marks.js';
import { reductionLines } from './reductions.js';
import { RunDetails, RunLink } from './run-details.js';
import { StateGraphFigure } from './state-graph.js';
import { TakenOver } from './taken-over.js';
import { count, duration, fileName, number } from './words.js';

/** Fewer points, four a second, make no curve: the counts in the table say as much. */
const FEWEST_SAMPLES = 6;

function purposeText({ purpose }: RunView): string {
  if (purpose.kind === 'declared') return 'as its .cfg says';
  if (purpose.kind === 'full set') return `${purpose.property} alone`;
  return purpose.kind === 'the rest' ? 'the remaining claims' : `probe of ${purpose.of}`;
}

function RunRow({ run }: { run: RunView }): VNode {
  return (
    <tr>
      <th scope="row">{purposeText(run)}</th>
      <td class="shown">
        {run.shown}
        {run.standing === 'not as declared' ? <p class="bad">{run.reason}</p> : null}
        <TakenOver reused={run.reused} />
      </td>
      <td>{run.behaviour ? <RunLink run={run} /> : '–'}</td>
      <td class="number">{run.counts.distinct === undefined ? '–' : number(run.counts.distinct)}</td>
      <td class="number">{run.counts.generated === undefined ? '–' : number(run.counts.generated)}</td>
      <td class="number">{run.counts.depth === undefined ? '–' : number(run.counts.depth)}</td>
      <td class="number">{duration(run.seconds)}</td>
      <td>
        <StandingMark standing={run.standing} />
      </td>
    </tr>
  );
}

function Runs({ model }: { model: ModelView }): VNode {
  if (model.runs.length === 0) return <p class="quiet">None of the merged records has run it.</p>;
  return (
    <div class="wide" tabIndex={0} role="region" aria-label="Runs of the model">
      <table class="list">
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">Shown</th>
            <th scope="col">Behaviour</th>
            {['Distinct', 'Generated', 'Depth', 'Time'].map((name) => (
              <th scope="col" class="number">
                {name}
              </th>
            ))}
            <th scope="col">Verdict</th>
          </tr>
        </thead>
        <tbody>
          {model.runs.map((run) => (
            <RunRow run={run} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Facts({ model }: { model: ModelView }): VNode {
  const { declared, constants, assumptions } = model;
  const reductions = reductionLines(model);
  return (
    <dl class="facts">
      {declared ? <Fact name="Declares">{declared.text}</Fact> : null}
      {declared?.variantOf === undefined ? null : (
        <Fact name="Variant of">
          <ModelLink id={declared.variantOf} />, different in {declared.differsIn.join(', ')}
        </Fact>
      )}
      <Fact name="Constants">
        {Object.keys(constants).length === 0 ? 'none' : null}
        <ul class="constants">
          {Object.entries(constants).map(([name, value]) => (
            <li class={declared?.differsIn.includes(name) === true ? 'differs' : undefined}>
              {name} = {value}
            </li>
          ))}
        </ul>
      </Fact>
      {assumptions.length === 0 ? null : <Fact name="Assumes">{assumptions.join(', ')}</Fact>}
      {reductions.length === 0 ? null : <Fact name="Cut down by">{reductions.join('; ')}</Fact>}
    </dl>
  );
}

/** The command without what only tunes the JVM; the record has all of it. */
function shortCommand(command: readonly string[]): string {
  const start = command.findIndex((word) => /^(?:WorkbenchLauncher|tlc2\.)/.test(word));
  return start < 2 ? command.join(' ') : `${command[0] ?? ''} … ${command.slice(start).join(' ')}`;
}

/** What an engineer needs to run it again, and where the raw output is. */
function Repeat({ run }: { run: RunView }): VNode | null {
  const last = run.attempts.at(-1);
  if (!last) return null;
  return (
    <details>
      <summary>Command, log and engine messages</summary>
      <pre tabIndex={0} role="region" aria-label="Command">
        {shortCommand(last.command)}
      </pre>
      <p>
        Exit {last.exit ?? last.signal ?? 'unknown'}, log <code class="place">{last.log}</code>, seed{' '}
        {run.seed}, fingerprint polynomial {run.fingerprint}, inputs <code>{run.inputs.slice(0, 12)}</code>
        {run.collisionProbability === undefined
          ? ''
          : `; chance that two states were taken for one, by TLC's estimate: ${run.collisionProbability}`}
        .
      </p>
      {run.messages.length === 0 ? null : (
        <ul class="messages">
          {run.messages.map((message) => (
            <li>
              {message.severity} {message.code === 0 ? '' : message.code}
              {message.known ? '' : ' (unknown)'}: {message.text}
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}

export function ModelPage({ model, context }: { model: ModelView; context: PageContext }): VNode {
  const title = `title-${idOf('model', model.id)}`;
  const declared = model.runs.find((run) => run.purpose.kind === 'declared');
  const graph = declared?.graph;
  const drawing = declared ? context.drawings.get(declared.name) : undefined;
  const samples = declared?.samples ?? [];
  // Behaviours of a claim stand with the claim; the others, deadlocks for instance, stand here.
  const own = model.runs.filter(
    (run) => run.behaviour && violatedClaim(model, run, context.claims) === undefined,
  );
  return (
    <section class="page model" id={idOf('model', model.id)} aria-labelledby={title}>
      <header>
        <p class="kicker">
          <a href={linkTo('module', model.module)}>{model.module}</a> · {model.role} model
        </p>
        <h2 id={title} tabIndex={-1}>
          {fileName(model.id)}
        </h2>
        <p>
          <StandingMark standing={model.standing} /> · <code class="place">{model.id}</code>
        </p>
        {model.declared?.note === undefined ? null : <p class="statement">{model.declared.note}</p>}
      </header>
      <Facts model={model} />
      <h3>
        Runs <span class="quiet">{count(model.runs.length, 'run')}</span>
      </h3>
      <Runs model={model} />
      {own.map((run) => (
        <RunDetails model={model} run={run} context={context} atHome open={run === own[0]} />
      ))}
      {graph && drawing ? (
        <>
          <h3>State graph</h3>
          <StateGraphFigure graph={graph} drawing={drawing} run={declared} />
        </>
      ) : null}
      {declared?.graphFault === undefined ? null : (
        <>
          <h3>State graph</h3>
          <p class="quiet">It cannot be shown: {declared.graphFault}.</p>
        </>
      )}
      {samples.length < FEWEST_SAMPLES ? null : (
        <>
          <h3>States over time</h3>
          <figure>
            <LineChart samples={samples} />
          </figure>
        </>
      )}
      {declared ? <Repeat run={declared} /> : null}
    </section>
  );
}
