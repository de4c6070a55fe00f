import { expect } from 'chai';
import { locksManifest, makeWorkspace, type Result, type Workspace } from './workspace.js';

/** One `error CODE:` line, one `hint:` line, no stack. */
function expectOneClearLine(result: Result, exit: number, code: RegExp, message: RegExp): void {
  const errors = result.stderr.split('\n').filter((line) => line.startsWith('error '));
  expect(result.stderr, 'no stack').to.not.match(/^\s+at .*:\d+:\d+/m);
  expect(errors, result.stderr).to.have.length(1);
  expect(errors[0]).to.match(code);
  expect(errors[0]).to.match(message);
  expect(result.stderr).to.match(/^hint: \S/m);
  expect(result.exit, result.stderr).to.equal(exit);
}

describe('wrong input is one clear line, a hint and exit 2', () => {
  let ws: Workspace;
  beforeEach(async () => {
    ws = await makeWorkspace();
  });
  afterEach(async () => {
    expect(await ws.runs(), 'no record of a run that never began').to.deep.equal([]);
    await ws.remove();
  });
  const spoil = async (change: (manifest: ReturnType<typeof locksManifest>) => void): Promise<Result> => {
    const manifest = locksManifest();
    change(manifest);
    await ws.write('specs/Locks/manifest.json', JSON.stringify(manifest, null, 2));
    return ws.run(['verify']);
  };

  it('a manifest with a wrong key names file, place and the nearest known key', async () => {
    const result = await spoil((m) => Object.assign(m.modules[0]!.models[0]!, { distinctState: 3 }));
    expectOneClearLine(result, 2, /MANIFEST/, /specs\/Locks\/manifest\.json.*distinctState/);
    expect(result.stderr).to.contain('distinctStates');
  });

  it('what a terminal would obey is shown in an error as a code', async () => {
    const result = await ws.run(['check', 'no\u001b[31msuch\rmodule']);
    expect(result.stderr).to.contain('no\\u001b[31msuch module');
    expect(result.stderr).to.not.match(/[\u001b\r]/);
    expect(result.exit).to.equal(2);
  });

  it('a manifest with a path out of the repository is refused', async () => {
    const result = await spoil((m) => {
      m.modules[0]!.path = '../elsewhere/Locks.tla';
    });
    expect(result.exit).to.equal(2);
    expect(result.stderr).to.contain('../elsewhere/Locks.tla');
  });

  it('a manifest that is not JSON names the line', async () => {
    await ws.write('specs/Locks/manifest.json', '{\n  "modules": [,]\n}\n');
    expectOneClearLine(await ws.run(['verify']), 2, /JSON/, /manifest\.json:2/);
  });

  it('a mistake in the file of the smoke tests is said before any model runs', async () => {
    const side = { preset: 'plan', program: 'p', args: [], inject: [], env: {}, expect: { exit: 0 } };
    const test = { name: 'one', claims: ['Locks!Exclusion'], what: 'text', without: side, with: side };
    await ws.write('workbench.json', JSON.stringify({ native: { root: 'native', covered: [] } }));
    await ws.write('native/CMakePresets.json', '{"version": 3, "configurePresets": [{"name": "plain"}]}');
    await ws.write('native/smoke/tests.json', JSON.stringify({ tests: [test] }));
    const result = await ws.run(['verify']);
    expectOneClearLine(
      result,
      2,
      /SMOKE-UNKNOWN-PRESET/,
      /native\/smoke\/tests\.json:1: one names the preset plan/,
    );
  });

  it('a .cfg that no manifest names is an error', async () => {
    await ws.write('specs/Locks/forgotten.cfg', 'SPECIFICATION Spec\n');
    expectOneClearLine(await ws.run(['verify']), 2, /CFG-UNNAMED/, /specs\/Locks\/forgotten\.cfg/);
  });

  it('a .cfg with a property the module does not define names the line', async () => {
    await ws.edit('specs/Locks/good.cfg', (text) =>
      text.replace('TypeOK Exclusion', 'TypeOK Exclusion Exclsion'),
    );
    expectOneClearLine(await ws.run(['check', 'good']), 2, /./, /good\.cfg:6.*Exclsion/);
  });

  it('a .cfg whose CONSTANT has no value is refused, although TLC would take the next word for it', async () => {
    await ws.edit('specs/Locks/good.cfg', (text) => text.replace('UseLock = TRUE', 'UseLock ='));
    expectOneClearLine(await ws.run(['verify']), 2, /./, /good\.cfg:5.*UseLock/);
  });

  it('an unknown model names the modules there are', async () => {
    expectOneClearLine(await ws.run(['check', 'Lock']), 2, /MODEL-UNKNOWN/, /Lock/);
  });

  it('an unknown command and an unknown flag are usage errors', async () => {
    expectOneClearLine(await ws.run(['verfy']), 2, /USAGE/, /verfy/);
    expectOneClearLine(await ws.run(['verify', '--fats']), 2, /USAGE/, /--fats/);
    expectOneClearLine(await ws.run(['verify', '--jobs', 'many']), 2, /USAGE/, /--jobs many/);
  });

  it('all problems of all files are shown at once', async () => {
    await ws.write('specs/Locks/forgotten.cfg', 'SPECIFICATION Spec\n');
    await ws.edit('specs/Locks/good.cfg', (text) => text.replace('Rounds = 3', 'Round = 3'));
    const { exit, stderr } = await ws.run(['verify']);
    expect(exit).to.equal(2);
    expect(stderr).to.contain('forgotten.cfg');
    expect(stderr).to.contain('Round');
  });

  it('a repository without specs says where to begin', async () => {
    await ws.remove();
    await ws.write('workbench.json', '{}');
    expectOneClearLine(await ws.run(['verify']), 2, /NO-MODELS/, /specs/);
  });

  it('a workbench.json with a wrong key names it', async () => {
    await ws.write('workbench.json', '{ "spec": "specs" }');
    expectOneClearLine(await ws.run(['verify']), 2, /PROJECT/, /workbench\.json.*spec/);
  });
});

describe('a spec or configuration that cannot carry its claim is red, exit 1', () => {
  let ws: Workspace;
  beforeEach(async () => {
    ws = await makeWorkspace();
  });
  afterEach(async () => {
    await ws.remove();
  });
  const good = async (): Promise<Result> => ws.run(['check', 'good']);

  it('a spec that does not parse', async () => {
    await ws.edit('specs/Locks/Locks.tla', (text) => text.replace('Init == pc', 'Init = = pc'));
    const { exit, stdout, stderr } = await good();
    expect([1, 2], stdout + stderr).to.include(exit);
    expect(stdout + stderr).to.match(/Locks(\.tla)?:6|line 6/);
  });

  it('a claim substituted by TRUE in the .cfg', async () => {
    await ws.edit('specs/Locks/good.cfg', (text) =>
      text.replace('UseLock = TRUE', 'UseLock = FALSE\n  Exclusion <- Yes'),
    );
    const { exit, stdout, stderr } = await good();
    expect(exit, stdout + stderr).to.equal(1);
    expect(stdout + stderr).to.contain('Exclusion');
  });

  it('an undeclared VIEW', async () => {
    await ws.edit('specs/Locks/good.cfg', (text) => `${text}VIEW View\n`);
    const { exit, stdout } = await good();
    expect(exit).to.equal(1);
    expect(stdout).to.contain('VIEW');
  });

  it('an unsatisfiable Init', async () => {
    await ws.edit('specs/Locks/Locks.tla', (text) =>
      text.replace('rounds = 0 /\\', 'rounds = 0 /\\ rounds = 1 /\\'),
    );
    const { exit, stdout } = await good();
    expect([1, 4]).to.include(exit);
    expect(stdout).to.match(/no (initial )?state|zero|0 (distinct )?states/i);
  });
});
