import { expect } from 'chai';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunRecord } from '../../src/domain/run-record.js';
import type { ClaimEntry, Manifest } from '../../src/domain/manifest.js';
import { applyEdits } from '../../src/source/span-edit.js';
import { smokeFileSchema, smokeLineSchema, type SmokeLine } from '../../src/domain/smoke.js';
import { readDeletions } from '../native/deletion-lab.js';
import { copyProject, locksManifest, makeWorkspace, type Workspace } from './workspace.js';

describe('workbench verify', () => {
  let ws: Workspace;
  beforeEach(async () => {
    ws = await makeWorkspace();
  });
  afterEach(async () => {
    await ws.remove();
  });

  it('ends with one screen: each claim with models, states, rung and one bounded sentence', async () => {
    const { exit, stdout } = await ws.run(['verify']);
    expect(stdout).to.match(/ok +Exclusion 2 .*holds, 9 states +1 model +1 control/);
    expect(stdout).to.match(
      /holds in all 9 reachable states of Locks with Threads=\{t1, ?t2\}, Rounds=3, *\n? *UseLock=TRUE/,
    );
    expect(stdout).to.match(/jar [0-9a-f]{8}/);
    expect(stdout).to.not.match(/prove/i);
    expect(exit).to.equal(0);
  });

  it('records hashes, command lines, tools, seed and every attempt, atomically', async () => {
    await ws.run(['verify']);
    const [id = ''] = await ws.runs();
    const record = JSON.parse(await readFile(join(ws.root, 'runs', id, 'run.json'), 'utf8')) as RunRecord;
    const run = record.models[0]!;
    expect(run.closure[0]).to.have.property('sha256').with.length(64);
    expect(run.attempts[0]?.command.join(' ')).to.contain('-fp 0 -seed 1');
    expect(record.tools.map((t) => t.name)).to.include.members(['node', 'java', 'tlc']);
    expect(record.hash).to.have.length(64);
    expect(await readdir(join(ws.root, 'runs', id))).to.have.members([
      ...['run.json', 'logs', 'seconds.json', 'sources.json', 'summary.json'],
    ]);
    const log = await readFile(join(ws.root, 'runs', id, run.attempts[0]!.log), 'utf8');
    expect(log).to.contain('@!@!@STARTMSG 2262');
  });

  it('an action that fires in no model and a variable that never changes are findings with file and line', async () => {
    await ws.edit('specs/Locks/Locks.tla', (text) =>
      text
        .replace('VARIABLES pc, rounds, inside', 'VARIABLES pc, rounds, inside,\n  ghost')
        .replace('vars == <<pc, rounds, inside>>', 'vars == <<pc, rounds, inside, ghost>>')
        .replace('inside = {}\nEnter', 'inside = {} /\\ ghost = 0\nEnter')
        .replace('UNCHANGED rounds', 'UNCHANGED <<rounds, ghost>>')
        .replace(
          '(rounds + 1) % Rounds\n',
          '(rounds + 1) % Rounds\n            /\\ UNCHANGED ghost\nBreak(t) == rounds > 99 /\\ UNCHANGED vars\n',
        )
        .replace('\\/ Leave(t)', '\\/ Leave(t) \\/ Break(t)'),
    );
    const { exit, stdout } = await ws.run(['verify']);
    expect(stdout).to.contain('specs/Locks/Locks.tla:5: variable ghost never changes');
    expect(stdout).to.match(/specs\/Locks\/Locks\.tla:\d+: action Break fires in no model of Locks/);
    expect(exit).to.equal(1);
  });

  it('an action taken out of the next-state relation is a finding', async () => {
    await ws.edit('specs/Locks/Locks.tla', (text) => text.replace(' \\/ Leave(t)\n', '\n'));
    const { exit, stdout } = await ws.run(['verify']);
    expect(stdout).to.contain("action Leave is part of no model's next-state relation");
    expect(exit).to.equal(1);
  });

  it('an accepted finding is no fault, and an acceptance without a finding is one', async () => {
    const manifest = locksManifest();
    Object.assign(manifest.modules[0]!.workbench, {
      accepted: [{ finding: 'action-never-fires', name: 'Leave', reason: 'it does fire' }],
    });
    await ws.write('specs/Locks/manifest.json', JSON.stringify(manifest));
    const { exit, stdout } = await ws.run(['verify']);
    expect(stdout).to.contain('there is no such finding');
    expect(exit).to.equal(1);
  });

  it('a claim that no positive model lists is below the required rung', async () => {
    const manifest = locksManifest();
    manifest.modules[0]!.workbench.claims.Yes = { statement: 'always', kind: 'invariant' };
    await ws.write('specs/Locks/manifest.json', JSON.stringify(manifest));
    const { exit, stdout } = await ws.run(['verify']);
    expect(stdout).to.contain('not shown: no positive model lists it');
    expect(exit).to.equal(1);
  });

  it('a deadline that is too short is exit 4 and no claim is shown', async () => {
    const { exit, stdout } = await ws.run(['verify', '--timeout', '0.05']);
    expect(exit).to.equal(4);
    expect(stdout).to.contain('not shown');
    expect(stdout).to.not.match(/^ ok /m);
  });
});

/** A module that declares the same claims over one bit: what is under test here is the native half of verify. */
function standIn(name: string, claims: Record<string, ClaimEntry>): { module: string; config: string } {
  const entries = Object.entries(claims);
  const isFair = entries.some(([, { kind }]) => kind === 'property');
  const module = [
    `---- MODULE ${name} ----`,
    'EXTENDS Naturals',
    'VARIABLE bit',
    'Init == bit = 0',
    "Flip == bit' = 1 - bit",
    `Spec == Init /\\ [][Flip]_bit${isFair ? ' /\\ WF_bit(Flip)' : ''}`,
    // No two say the same, and each says more than TypeOK.
    ...entries.map(([claim, { kind }], i) => {
      if (claim === 'TypeOK') return 'TypeOK == bit \\in 0..99';
      const other = `bit ${kind === 'invariant' ? '#' : '='} ${String(i + 2)}`;
      return kind === 'invariant' ? `${claim} == ${other}` : `${claim} == <>(bit = 1 \\/ ${other})`;
    }),
    '====',
  ];
  const config = [
    'SPECIFICATION Spec',
    ...entries.map(([claim, { kind }]) => `${kind === 'invariant' ? 'INVARIANT' : 'PROPERTY'} ${claim}`),
  ];
  return { module: `${module.join('\n')}\n`, config: `${config.join('\n')}\n` };
}

/** What the deletions below concern, with one preset: `npm run verify` runs all tests of all presets. */
const KEPT_PRESET = 'linux-gcc';
const KEPT_TESTS = ['guard.json', 'null-impl.json', 'retain.json'];
/** Lines of CMake files that make programs which none of the kept tests starts: most of what a build takes. */
const DROPPED_PARTS: Record<string, RegExp> = {
  'native/CMakeLists.txt': /^add_subdirectory\((?:host|bench) .*\n/gm,
  'native/smoke/CMakeLists.txt': /^include\((?:explore|fix|fork-and-signal)\.cmake\)\n/gm,
};

/** The project's own native code and claims, with stand-ins for the specs and a part of the smoke tests. */
async function copyNativeProject(): Promise<Workspace> {
  const ws = await copyProject(['native', 'specs', 'workbench.json']);
  for (const [file, lines] of Object.entries(DROPPED_PARTS)) {
    expect((await readFile(join(ws.root, file), 'utf8')).match(lines), file).to.have.length.above(1);
    await ws.edit(file, (text) => text.replace(lines, ''));
  }
  const tests = join(ws.root, 'native/smoke/tests');
  for (const name of await readdir(tests)) {
    const file = smokeFileSchema.parse(JSON.parse(await readFile(join(tests, name), 'utf8')));
    const kept = file.tests.filter((t) => [t.with, t.without].every((side) => side.preset === KEPT_PRESET));
    if (KEPT_TESTS.includes(name)) await writeFile(join(tests, name), JSON.stringify({ tests: kept }));
    else await rm(join(tests, name));
  }
  for (const name of await readdir(join(ws.root, 'specs'))) {
    const folder = join(ws.root, 'specs', name);
    const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as Manifest;
    const claims = manifest.modules[0]?.workbench?.claims ?? {};
    await rm(folder, { recursive: true });
    const { module, config } = standIn(name, claims);
    await ws.write(`specs/${name}/${name}.tla`, module);
    await ws.write(`specs/${name}/all.cfg`, config);
    const model = {
      path: `specs/${name}/all.cfg`,
      result: 'success',
      workbench: { checks: Object.keys(claims) },
    };
    const declared = {
      path: `specs/${name}/${name}.tla`,
      features: [],
      models: [model],
      workbench: { claims },
    };
    await ws.write(
      `specs/${name}/manifest.json`,
      JSON.stringify({ sources: [], authors: [], tags: [], modules: [declared] }),
    );
  }
  return ws;
}

/** `smoke.jsonl` of the only run. */
async function readSmokeLines(root: string): Promise<SmokeLine[]> {
  const [run] = (await readdir(join(root, 'runs'))).filter((name) => /^\d{8}T/.test(name));
  const text = await readFile(join(root, 'runs', run ?? '', 'smoke.jsonl'), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => smokeLineSchema.parse(JSON.parse(line)));
}

describe('verify on the native code of this project', function () {
  this.timeout(600_000);
  let ws: Workspace;
  before(async () => {
    ws = await copyNativeProject();
  });
  after(async () => {
    await ws.remove();
  });

  it('is as declared with all protective steps in place', async () => {
    const { exit, stdout, stderr } = await ws.run(['verify']);
    expect(exit, stdout + stderr).to.equal(0);
    expect(stdout).to.match(/NoNullImplDereference .*smoke \d+\/\d+/);
    const lines = await readSmokeLines(ws.root);
    expect(lines.filter((line) => line.state !== 'passed')).to.deep.equal([]);
    expect(lines).to.have.length.greaterThan(KEPT_TESTS.length);
  });

  const deletions: [string, RegExp][] = [
    ['work holds the guard', /AGXV2_3!GuardedDriverCalls/],
    ['a new encoder is retained', /AGXV2_3!(UsedEncoderHasRetain|NoUseAfterFree)/],
    ['work tests _impl', /AGXV2_3!NoNullImplDereference/],
  ];
  for (const [step, claim] of deletions)
    it(`is red and names the claim without the step "${step}"`, async () => {
      const deletion = readDeletions(ws.root).find((d) => d.step === step);
      expect(deletion, 'a declared deletion').to.not.equal(undefined);
      const { file, delete: edits } = deletion!;
      const before = await readFile(join(ws.root, file), 'utf8');
      await ws.write(file, applyEdits(before, edits, file));
      const { exit, stdout } = await ws.run(['verify']);
      await ws.write(file, before);
      expect(exit).to.equal(1);
      expect(stdout).to.match(/^FAIL smoke test/m);
      expect(stdout).to.match(claim);
    });
});
