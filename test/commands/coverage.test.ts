import { expect } from 'chai';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ClaimReport } from '../../src/domain/claim.js';
import { Problem } from '../../src/domain/problem.js';
import { openRun, writeRecord } from '../../src/store/records.js';
import { makeTempFolder, removeTempFolder } from '../../src/host/temp-folders.js';
import { viewCoverage } from '../../src/commands/coverage.js';
import { renderCoverage, renderFaults } from '../../src/report/coverage-table.js';
import { makePaint } from '../../src/report/paint.js';
import { CLOCK, POSITIVE } from '../project/sample-project.js';

const manifest = {
  sources: [],
  authors: ['Somebody'],
  tags: [],
  modules: [
    {
      path: 'specs/Clock/Clock.tla',
      features: [],
      models: [
        {
          path: 'specs/Clock/good.cfg',
          result: 'success',
          workbench: { checks: ['TypeOK', 'InRange'] },
        },
      ],
      workbench: {
        claims: {
          TypeOK: { statement: 'the hour is a number', kind: 'invariant', auxiliary: true },
          InRange: { statement: 'the hour is on the dial', kind: 'invariant' },
        },
      },
    },
  ],
};

describe('coverage', () => {
  let root: string;
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  };
  beforeEach(async () => {
    root = await makeTempFolder();
    await write(
      'workbench.json',
      JSON.stringify({ native: { root: 'native', covered: ['native/fix'], smoke: 'native/tests.json' } }),
    );
    await write('specs/Clock/Clock.tla', CLOCK);
    await write('specs/Clock/good.cfg', POSITIVE);
    await write('specs/Clock/manifest.json', JSON.stringify(manifest));
    await write('native/fix/clock.cpp', '// @claim Clock!InRange\nint tick(int hour) { return hour + 1; }\n');
  });
  afterEach(() => removeTempFolder(root));
  const faultsOf = async (): Promise<string[]> =>
    renderFaults((await viewCoverage(root)).faults, makePaint(false));

  it('shows each claim with its functions, file and line', async () => {
    const view = await viewCoverage(root);
    expect(view.faults).to.deep.equal([]);
    expect(renderCoverage(view, makePaint(false))).to.deep.equal([
      'Clock!TypeOK   auxiliary: says nothing about the code',
      'Clock!InRange  tick  native/fix/clock.cpp:2',
      '',
      '1 of 1 claims have native functions; 1 functions are anchored, 0 carry a reason',
    ]);
  });

  it('a claim without native function is a fault', async () => {
    await write('native/fix/clock.cpp', '// @unmodelled sound only\nvoid ring() {}\n');
    expect(await faultsOf()).to.deep.equal([
      'specs/Clock/manifest.json:1: claim Clock!InRange has no native function',
    ]);
  });

  it('a dangling anchor and an untagged function are faults, one line each', async () => {
    const text = await readFile(join(root, 'native/fix/clock.cpp'), 'utf8');
    await write(
      'native/fix/clock.cpp',
      `${text}// @claim Clock!InRange\nint tock(int);\nint chime() { return 1; }\n`,
    );
    expect(await faultsOf()).to.deep.equal([
      'native/fix/clock.cpp:3: dangling @claim: a mere declaration follows: int tock(int);',
      'native/fix/clock.cpp:5: function chime has neither @claim nor @unmodelled',
    ]);
  });

  it('an anchor to a claim that no module declares is a fault', async () => {
    await write('native/fix/more.cpp', '// @claim Clock!InRang\nint more() { return 1; }\n');
    expect(await faultsOf()).to.deep.equal([
      'native/fix/more.cpp:2: dangling @claim above more: no module declares Clock!InRang; did you mean Clock!InRange?',
    ]);
  });

  it('takes no rung from a run that was interrupted', async () => {
    const open = { state: 'not measured' as const, because: 'interrupted' };
    const rungs = {
      checked: open,
      live: open,
      falsifiable: open,
      anchored: open,
      exercised: open,
      sensitive: open,
    };
    const claim: ClaimReport = {
      id: 'Clock!InRange',
      statement: 'the hour is on the dial',
      kind: 'invariant',
      auxiliary: false,
      outcome: 'not shown',
      states: 0,
      models: [],
      controls: [],
      functions: [],
      smoke: [],
      rungs,
      rung: 0,
      sentence: 'not shown',
    };
    const record = {
      schema: 1 as const,
      command: ['verify'],
      exitCode: 130,
      tools: [],
      git: null,
      models: [],
    };
    const rest = { builds: [], smoke: [], anchors: null, findings: [], problems: [], claims: [claim] };
    for (const [second, state] of (['finished', 'interrupted'] as const).entries()) {
      const at = new Date(Date.UTC(2026, 0, 1, 0, 0, second));
      const times = { startedAt: at.toISOString(), finishedAt: at.toISOString() };
      const { id } = await openRun(root, at);
      await writeRecord(root, { ...record, ...rest, ...times, id, state });
    }
    expect((await viewCoverage(root)).run).to.match(/^20260101T000000Z-/);
  });

  it('a project without native code is told what to write', async () => {
    await write('workbench.json', '{}');
    const error = await viewCoverage(root).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(Problem);
    expect((error as Problem).code).to.equal('NATIVE-NOT-CONFIGURED');
  });

  it('a rung is shown where a run rated the claim, and its run is named', () => {
    const lines = renderCoverage(
      {
        rows: [
          { id: 'M!A', auxiliary: false, rung: 5, functions: [{ name: 'f', path: 'a.cpp', line: 1 }] },
          { id: 'M!New', auxiliary: false, functions: [] },
        ],
        unmodelled: [{ name: 'g', path: 'a.cpp', line: 9, reason: 'prints only' }],
        faults: [],
        run: '20260101T000000Z-00000000',
      },
      makePaint(false),
    );
    expect(lines).to.deep.equal([
      'M!A    rung 5  f  a.cpp:1',
      'M!New  rung –  no native function',
      '',
      'covered by no spec, with the reason',
      'a.cpp:9  g: prints only',
      '',
      '1 of 2 claims have native functions; 1 functions are anchored, 1 carry a reason',
      'rungs from run 20260101T000000Z-00000000',
    ]);
  });
});
