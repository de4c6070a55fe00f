import { expect } from 'chai';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { graphOf, runModel, type EngineJob } from '../../src/engine/run-model.js';
import { readStateGraph } from '../../src/engine/state-graph.js';
import { prepareToolchain } from '../../src/engine/toolchain.js';
import { readFixture } from './captured-runs.js';

const specs = fileURLToPath(new URL('./fixtures/specs/', import.meta.url));

describe('the state graph that TLC writes', () => {
  it('has each state once, the steps by name, and no stuttering', () => {
    const { states, steps } = readStateGraph(readFixture('graph.dot'));
    expect(states).to.have.length(36);
    expect(states.filter((state) => state.initial)).to.have.length(1);
    expect(states[0]?.text)
      .to.match(/^\/\\ flag = FALSE\n/)
      .and.include('lock = "nobody"');
    expect(steps.map((step) => step.action))
      .to.include('Deliver')
      .and.not.include('');
    expect(steps.every((step) => states[step.from] && states[step.to])).to.equal(true);
  });

  it('that was cut gives what is whole, and no step into nothing', () => {
    const whole = readFixture('graph.dot');
    const { states, steps } = readStateGraph(whole.slice(0, whole.length / 2));
    expect(states.length).to.be.within(5, 35);
    expect(Math.max(...steps.map((step) => step.to))).to.be.lessThan(states.length);
  });

  it('of no graph is empty', () => {
    expect(readStateGraph('')).to.deep.equal({ states: [], steps: [] });
  });
});

describe('a run whose graph is kept', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wb-graph-'));
    await copyFile(join(specs, 'Counter.tla'), join(folder, 'Counter.tla'));
  });
  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  for (const [what, config] of [
    ['holds', 'holds.cfg'],
    ['is violated', 'invariant.cfg'],
  ] as const)
    it(`shows the same when it ${what}: outcome, counts, coverage, behaviour`, async () => {
      const toolchain = await prepareToolchain();
      const job: EngineJob = {
        rootModule: 'Counter',
        closure: [join(folder, 'Counter.tla')],
        generated: [],
        configText: await readFile(join(specs, config), 'utf8'),
        profile: 'tiny',
        workers: 1,
        heapMb: 256,
        timeoutSeconds: 60,
        coverage: true,
        graph: false,
        seed: 1,
        fingerprint: 0,
        assumeOnly: false,
        enabledProperties: [],
        log: { file: join(folder, `${config}-without.log`), name: 'without.log' },
      };
      const without = await runModel(job, toolchain, {});
      const log = { file: join(folder, `${config}-with.log`), name: 'with.log' };
      const kept = await runModel({ ...job, graph: true, log }, toolchain, {});
      expect(kept.reading).to.deep.equal(without.reading);
      expect(kept.exit).to.equal(without.exit);
      const { states } = readStateGraph(await readFile(graphOf(log.file), 'utf8'));
      expect(states.length).to.be.greaterThan(1);
      expect(kept.samples?.at(-1)).to.include({ distinct: kept.reading.counts.distinct });
    });
});
