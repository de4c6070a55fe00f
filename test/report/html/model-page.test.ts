import { expect } from 'chai';
import { createElement } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { makeContext } from '../../../src/report/html/context.js';
import { layOut } from '../../../src/report/html/graph-layout.js';
import { ModelPage } from '../../../src/report/html/model-page.js';
import type { ModelView, RunView } from '../../../src/report/view/model-view.js';
import { viewOf } from '../recorded.js';

const state = (n: number): { text: string; initial: boolean } => ({ text: `/\\ x = ${n}`, initial: n === 0 });

/** A model that holds, with a graph of two states, as changed. */
async function draw(change: (run: RunView, model: ModelView) => void = () => undefined): Promise<string> {
  const view = structuredClone(await viewOf(['check-locks']));
  const model = view.models.find(({ id }) => id === 'specs/Locks/good.cfg')!;
  const run = model.runs[0]!;
  run.graph = { path: 'x.dot', states: [state(0), state(1)], steps: [{ from: 0, to: 1, action: 'A' }] };
  change(run, model);
  const drawings = new Map([[run.name, layOut(run.graph)!]]);
  return renderToString(createElement(ModelPage, { model, context: makeContext(view, drawings) }));
}

describe('the page of a model', () => {
  it('says of a graph that it is all that is reachable where the run held and nothing cut it down', async () => {
    expect(await draw()).to.include('2 states and 1 step, all that is reachable.');
    const substituted = await draw((run) => (run.reductions = [{ kind: 'SUBSTITUTION', name: 'Nat' }]));
    expect(substituted).to.include('all that is reachable.');
  });

  for (const kind of ['VIEW', 'SYMMETRY', 'CONSTRAINT', 'ACTION_CONSTRAINT'] as const)
    it(`says under ${kind} what was explored, and under which`, async () => {
      const html = await draw((run) => (run.reductions = [{ kind, name: 'Less' }]));
      expect(html).to.include(`2 states and 1 step, explored under ${kind} Less.`);
      expect(html).not.to.include('all that is reachable');
    });

  it('says that a run which stopped was explored so far, whatever stopped it', async () => {
    const html = await draw((run) => (run.outcome = { kind: 'Interrupted' }));
    expect(html).to.include('2 states and 1 step, explored before the run stopped.');
  });

  it('says why a graph that the record names cannot be shown', async () => {
    const fault = 'runs/x/logs/a.dot is not there, or cannot be read';
    expect(await draw((run) => (run.graphFault = fault))).to.include(`It cannot be shown: ${fault}.`);
    expect(await draw()).not.to.include('cannot be shown');
  });

  it('names each reduction that was in force, with its reason or that there is none', async () => {
    const html = await draw((run, model) => {
      model.declared!.reduces = [{ kind: 'SYMMETRY', name: 'Perms', reason: 'all alike' }];
      run.reductions = [
        { kind: 'SYMMETRY', name: 'Perms' },
        { kind: 'CONSTRAINT', name: 'Small' },
      ];
      model.runs.push({ ...run, name: 'another', reductions: [{ kind: 'CONSTRAINT', name: 'Small' }] });
    });
    expect(html).to.include('SYMMETRY Perms (in 1 of 2 runs): all alike');
    expect(html).to.include('CONSTRAINT Small: no reason is declared');
    expect(await draw()).not.to.include('Cut down by');
  });
});
