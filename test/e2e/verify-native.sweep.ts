/**
 * The whole of `verify` on this project's native code, as it is and without protective steps. Four builds and some hundred
 * runs of TLC: too much for each `npm test`, part of `npm run test:sweeps`. What CI runs each time is `verify` itself.
 */
import { expect } from 'chai';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClaimEntry, Manifest } from '../../src/domain/manifest.js';
import { applyEdits } from '../../src/source/span-edit.js';
import { smokeFileSchema, smokeLineSchema, type SmokeLine } from '../../src/domain/smoke.js';
import { readDeletions } from '../native/deletion-lab.js';
import { copyProject, type Workspace } from './workspace.js';

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
