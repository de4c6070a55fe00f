import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunRecord } from '../../src/domain/run-record.js';
import { makeWorkspace, type Workspace } from './workspace.js';

const HANDLER = `#include <signal.h>

static volatile sig_atomic_t seen = 0;

// @claim Locks!Exclusion, Locks!Progress
static void onInterrupt(int) {
  seen = 1;
}

// @unmodelled registers the handler
void install() { signal(SIGINT, onInterrupt); }
`;
const LIST = { safe: [{ reason: 'for the tests', names: ['write'] }] };
const side = { preset: 'elsewhere', program: 'p', args: [], inject: [], env: {}, expect: { exit: 0 } };
const SMOKE = {
  tests: [{ name: 'one', claims: ['Locks!Exclusion'], what: 'one', without: side, with: side }],
};
/** No build in these tests: what they are about needs none. */
const PRESETS = {
  version: 3,
  configurePresets: [
    { name: 'elsewhere', generator: 'Ninja', binaryDir: 'b', condition: { type: 'const', value: false } },
  ],
};

describe('the handlers in workbench verify', () => {
  let ws: Workspace;
  beforeEach(async () => {
    ws = await makeWorkspace();
    const native = { root: 'native', covered: ['native/src'], reachability: { files: ['native/src'] } };
    await ws.write('workbench.json', JSON.stringify({ native }));
    await ws.write('native/CMakePresets.json', JSON.stringify(PRESETS));
    await ws.write('native/smoke/tests.json', JSON.stringify(SMOKE));
    await ws.write('native/async-signal-safe.json', JSON.stringify(LIST, null, 2));
    await ws.write('native/src/handler.cpp', HANDLER);
  });
  afterEach(() => ws.remove());

  const readRecord = async (): Promise<RunRecord> => {
    const [id = ''] = await ws.runs();
    return JSON.parse(await readFile(join(ws.root, 'runs', id, 'run.json'), 'utf8')) as RunRecord;
  };

  it('a handler that reaches nothing unsafe has its line with its claims, on the screen and in the record', async () => {
    const { exit, stdout } = await ws.run(['verify']);
    expect(stdout).to.match(
      / ok {2}onInterrupt, signal handler, native\/src\/handler\.cpp:6: [^]*Locks!Exclusion,\s+Locks!Progress/,
    );
    const { reachability } = await readRecord();
    expect(reachability?.state).to.equal('passed');
    expect(reachability?.handlers[0]?.claims).to.deep.equal(['Locks!Exclusion', 'Locks!Progress']);
    // The smoke test was not run.
    expect(exit).to.equal(4);
  });

  it('one that reaches malloc makes the run red, and rung 5 of its claims', async () => {
    await ws.edit('native/src/handler.cpp', (text) =>
      text
        .replace('seen = 1', 'seen = malloc(1) != nullptr')
        .replace('#include', '#include <stdlib.h>\n#include'),
    );
    const { exit, stdout } = await ws.run(['verify']);
    expect(stdout).to.contain(
      'FAIL native/src/handler.cpp:8: handler onInterrupt calls malloc (async-signal-unsafe)',
    );
    expect(stdout).to.contain('hint: memory is managed under a lock');
    const claim = (await readRecord()).claims.find((c) => c.id === 'Locks!Exclusion');
    expect(claim?.rungs.exercised.state).to.equal('failed');
    expect(exit).to.equal(1);
  });

  it('a wrong list is wrong input and leaves the rest to run', async () => {
    await ws.edit('native/async-signal-safe.json', (text) => text.replace('"names"', '"name"'));
    const { exit, stdout } = await ws.run(['verify']);
    expect(stdout).to.match(/FAIL REACH-SCHEMA: native\/async-signal-safe\.json:\d+: /);
    expect(stdout).to.match(/ok +Exclusion /);
    expect(exit).to.equal(2);
  });
});
