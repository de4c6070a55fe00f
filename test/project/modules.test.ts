import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Problem } from '../../src/domain/problem.js';
import { collectModules, collectProblems, loadModules } from '../../src/project/modules.js';
import { readProject } from '../../src/project/project.js';
import { CLOCK, clockManifest, POSITIVE, WORKBENCH, writeProject } from './sample-project.js';

type Manifest = ReturnType<typeof clockManifest>;

/** Every problem of the sample project with `files` over it. */
async function problemsOf(files: Record<string, string | null>): Promise<Problem[]> {
  const { root, remove } = writeProject(files);
  try {
    return await collectProblems(readProject(root).project);
  } finally {
    remove();
  }
}

/** The only problem that a change of the manifest leads to. */
async function spoiled(change: (manifest: Manifest) => unknown): Promise<string> {
  const manifest = clockManifest();
  change(manifest);
  const problems = await problemsOf({ 'specs/Clock/manifest.json': JSON.stringify(manifest, null, 1) });
  for (const p of problems) {
    expect(p.exit, p.message).to.equal(2);
    expect(p.message, p.message).not.to.contain('\n');
    expect(p.hint, p.message).not.to.equal('');
  }
  return problems.map((p) => `${p.code} ${p.message} (${p.hint})`).join('\n');
}

const model = (manifest: Manifest, at: number): Record<string, unknown> => manifest.modules[0]!.models[at]!;
const keys = (manifest: Manifest, at: number): Record<string, unknown> =>
  manifest.modules[0]!.models[at]!.workbench;
const moduleKeys = (manifest: Manifest): Record<string, unknown> => manifest.modules[0]!.workbench ?? {};

describe('the modules of a project', () => {
  it('take a file beside the spec before a standard module of its name, as TLC does', async () => {
    const { root, remove } = writeProject({
      'specs/Clock/Naturals.tla': '---- MODULE Naturals ----\n====\n',
    });
    const [module] = (await collectModules(readProject(root).project)).modules;
    remove();
    expect(module?.models[0]?.closure).to.deep.equal(
      ['Clock', 'Naturals'].map((name) => join(root, `specs/Clock/${name}.tla`)),
    );
  });

  it('are read with their models, claims, closure and outlines', async () => {
    const { root, remove } = writeProject();
    const { project } = readProject(root);
    const [module] = await loadModules(project);
    expect(await collectProblems(project)).to.deep.equal([]);
    remove();
    expect([module?.name, module?.fileRel, module?.manifestRel]).to.deep.equal([
      'Clock',
      'specs/Clock/Clock.tla',
      'specs/Clock/manifest.json',
    ]);
    expect(module?.models.map((m) => [m.id, m.role, m.mode])).to.deep.equal([
      ['specs/Clock/good.cfg', 'positive', 'exhaustive search'],
      ['specs/Clock/bad.cfg', 'control', 'exhaustive search'],
    ]);
    expect(module?.models[0]?.closure).to.deep.equal([join(root, 'specs/Clock/Clock.tla')]);
    expect(Object.keys(module?.claims ?? {})).to.deep.equal(['TypeOK', 'InRange', 'Comes']);
    expect(module?.outlines.map((o) => [o.file, o.module])).to.deep.equal([
      ['specs/Clock/Clock.tla', 'Clock'],
    ]);
  });

  it('find a module in the folders that workbench.json names, after the spec’s own and the standard ones', async () => {
    const extended = CLOCK.replace('EXTENDS Naturals', 'EXTENDS Naturals, Shared');
    const files = {
      'workbench.json': JSON.stringify({ moduleFolders: ['lib one', 'lib'], assumptions: [] }),
      'specs/Clock/manifest.json': JSON.stringify({
        modules: [
          {
            path: 'specs/Clock/Clock.tla',
            models: ['good', 'bad'].map((name) => ({ path: `specs/Clock/${name}.cfg`, result: 'unknown' })),
          },
        ],
      }),
      'specs/Clock/Clock.tla': extended,
      'lib/Naturals.tla': '---- MODULE Naturals ----\n====\n',
      'lib/Deeper.tla': '---- MODULE Deeper ----\n====\n',
      'lib one/Shared.tla': '---- MODULE Shared ----\nEXTENDS Deeper\n====\n',
      'lib/Shared.tla': '---- MODULE Shared ----\nEXTENDS Gone\n====\n',
    };
    const { root, remove } = writeProject(files);
    const { modules, problems } = await collectModules(readProject(root).project);
    remove();
    expect(problems).to.deep.equal([]);
    expect(modules[0]?.models[0]?.closure).to.deep.equal(
      ['specs/Clock/Clock.tla', 'lib one/Shared.tla', 'lib/Deeper.tla'].map((path) => join(root, path)),
    );
  });

  it('leave alone what workbench.json leaves out, and nothing else', async () => {
    const stray = {
      'specs/old [1]/Stray.cfg': 'SPECIFICATION Spec\n',
      'specs/Clock/setup.cfg': '[metadata]\n',
    };
    const leftOut = [
      { path: 'specs/old [1]/', reason: 'gone' },
      { path: 'specs/Clock/setup.cfg', reason: 'no configuration of TLC' },
    ];
    const { assumptions } = WORKBENCH;
    const unnamed = await problemsOf(stray);
    expect(unnamed.map((p) => p.code)).to.deep.equal(['CFG-UNNAMED', 'CFG-UNNAMED']);
    const left = await problemsOf({ ...stray, 'workbench.json': JSON.stringify({ assumptions, leftOut }) });
    expect(left.map((p) => p.message)).to.deep.equal([]);
    const one = { assumptions, leftOut: leftOut.slice(1) };
    expect(await problemsOf({ ...stray, 'workbench.json': JSON.stringify(one) })).to.have.length(1);
  });

  it('are none, without a problem, where there is no specs folder', async () => {
    const { root, remove } = writeProject();
    rmSync(join(root, 'specs'), { recursive: true });
    expect(await collectModules(readProject(root).project)).to.deep.equal({ modules: [], problems: [] });
    remove();
  });

  it('take everything they extend or instantiate from beside them', async () => {
    const { root, remove } = writeProject({
      'specs/Clock/Clock.tla': CLOCK.replace('EXTENDS Naturals', 'EXTENDS Naturals, Base'),
      'specs/Clock/Base.tla': '---- MODULE Base ----\nB == INSTANCE Deep\n====\n',
      'specs/Clock/Deep.tla': '---- MODULE Deep ----\nEXTENDS Sequences\n====\n',
    });
    const [module] = await loadModules(readProject(root).project);
    remove();
    expect(module?.outlines.map((o) => o.module)).to.deep.equal(['Clock', 'Base', 'Deep']);
  });

  it('lack one that is nowhere: the line that names it is told', async () => {
    const [problem] = await problemsOf({
      'specs/Clock/Clock.tla': CLOCK.replace('EXTENDS Naturals', 'EXTENDS Naturals, Base'),
    });
    expect(problem?.message).to.match(/^specs\/Clock\/Clock\.tla:2: module Base is neither/);
  });

  it('have the name of their file', async () => {
    const [problem] = await problemsOf({
      'specs/Clock/Clock.tla': CLOCK.replace('MODULE Clock', 'MODULE Watch'),
    });
    expect(problem?.code).to.equal('MODULE-NAME');
  });

  it('tell all problems of all files at once', async () => {
    const problems = await problemsOf({
      'specs/Clock/good.cfg': POSITIVE.replace('Limit = 4', 'Limit =').replace('TypeOK', 'TypeOk'),
      'specs/Clock/stray.cfg': POSITIVE,
      'specs/Other/manifest.json': '{"modules": [,]}',
    });
    expect(problems.map((p) => p.code)).to.include.members(['CFG-NO-VALUE', 'CFG-UNNAMED', 'MANIFEST-JSON']);
  });

  it('do not blame the files of a manifest that cannot be read', async () => {
    const problems = await problemsOf({ 'specs/Clock/manifest.json': '{' });
    expect(problems.map((p) => `${p.code} ${p.message}`)).to.deep.equal([
      'MANIFEST-JSON specs/Clock/manifest.json:1:2: is not JSON: expected a key in double quotes, found the end of the file',
    ]);
  });
});

describe('a manifest', () => {
  const refused: [string, (m: Manifest) => unknown, RegExp][] = [
    [
      'with a wrong key',
      (m) => (model(m, 0)['distinctState'] = 5),
      /^MANIFEST-SCHEMA specs\/Clock\/manifest\.json:\d+: modules\[0\]\.models\[0\]\.distinctState: unknown key.*did you mean distinctStates\?/,
    ],
    [
      'with a wrong workbench key',
      (m) => (keys(m, 1)['violate'] = 'InRange'),
      /modules\[0\]\.models\[1\]\.workbench\.violate: unknown key.*did you mean violates\?/,
    ],
    [
      'with a wrong key in a claim',
      (m) => (moduleKeys(m)['claims'] = { TypeOK: { statement: 's', kinds: 'invariant' } }),
      /claims\.TypeOK\.kinds: unknown key.*did you mean kind\?/,
    ],
    [
      'with an unknown result',
      (m) => (model(m, 0)['result'] = 'ok'),
      /models\[0\]\.result: expected one of "success"/,
    ],
    ['without a result', (m) => delete model(m, 0)['result'], /models\[0\]\.result: .*expected/],
    [
      'with a wrong mode',
      (m) => (model(m, 0)['mode'] = { simulate: {} }),
      /mode\.simulate\.traceCount: is missing, expected number/,
    ],
    [
      'with an absolute path',
      (m) => (model(m, 0)['path'] = '/etc/passwd.cfg'),
      /MANIFEST-PATH .*is an absolute path/,
    ],
    [
      'with a path out of the repository',
      (m) => (model(m, 0)['path'] = '../x.cfg'),
      /\.\.\/x\.cfg leads out of the repository/,
    ],
    [
      'with a module that does not exist',
      (m) => (m.modules[0]!.path = 'specs/Clock/Clok.tla'),
      /Clok\.tla does not exist/,
    ],
    [
      'with a model that does not exist',
      (m) => (model(m, 0)['path'] = 'specs/Clock/gone.cfg'),
      /gone\.cfg does not exist/,
    ],
    [
      'with a model that is no .cfg',
      (m) => (model(m, 0)['path'] = 'specs/Clock/Clock.tla'),
      /is not a \.cfg file/,
    ],
    [
      'with a module that is no .tla',
      (m) => (m.modules[0]!.path = 'specs/Clock/good.cfg'),
      /is not a \.tla file/,
    ],
    [
      'that forgets a configuration',
      (m) => m.modules[0]!.models.pop(),
      /^CFG-UNNAMED specs\/Clock\/bad\.cfg: no manifest names/,
    ],
    [
      'that names one configuration twice',
      (m) => m.modules[0]!.models.push(m.modules[0]!.models[0]!),
      /^MODEL-TWICE/,
    ],
    [
      'with an unknown assumption',
      (m) => (keys(m, 0)['assumptions'] = ['A-SUM']),
      /^ASSUMPTION-UNKNOWN .*A-SUM.*did you mean A-SUN/,
    ],
    [
      'that checks an undeclared claim',
      (m) => (keys(m, 0)['checks'] = ['TypeOK', 'InRang']),
      /^CLAIM-UNKNOWN .*did you mean InRange/,
    ],
    [
      'that violates an undeclared claim',
      (m) => (keys(m, 1)['violates'] = 'Nothing'),
      /^CLAIM-UNKNOWN .*violates names Nothing/,
    ],
    [
      'whose full set holds an undeclared claim',
      (m) => (keys(m, 1)['alsoViolates'] = ['Nope']),
      /^CLAIM-UNKNOWN .*alsoViolates/,
    ],
    [
      'with a claim that the module does not define',
      (m) =>
        (moduleKeys(m)['claims'] = {
          ...(moduleKeys(m)['claims'] as object),
          Commes: { statement: 's', kind: 'property' },
        }),
      /^CLAIM-UNDEFINED .*Commes.*did you mean Comes/,
    ],
    [
      'whose positive model violates',
      (m) => (keys(m, 0)['violates'] = 'InRange'),
      /^MANIFEST-ROLE .*does not go with result success/,
    ],
    [
      'whose positive model is a variant',
      (m) => (keys(m, 0)['variantOf'] = 'specs/Clock/good.cfg'),
      /^MANIFEST-ROLE .*controls only/,
    ],
    [
      'whose deadlock control has another result',
      (m) => (keys(m, 1)['violates'] = 'Deadlock'),
      /result must be deadlock failure/,
    ],
    [
      'whose invariant fails as liveness',
      (m) => (model(m, 1)['result'] = 'liveness failure'),
      /result must be safety failure/,
    ],
    [
      'whose control is a variant of no positive model',
      (m) => (keys(m, 1)['variantOf'] = 'specs/Clock/bad.cfg'),
      /no positive model/,
    ],
    ['with differsIn alone', (m) => delete keys(m, 1)['variantOf'], /differsIn without variantOf/],
    [
      'with the violated claim twice',
      (m) => (keys(m, 1)['alsoViolates'] = ['InRange']),
      /stands in violates and in alsoViolates/,
    ],
    [
      'that accepts a finding on nothing',
      (m) => (moduleKeys(m)['accepted'] = [{ finding: 'action-never-fires', name: 'Jum', reason: 'r' }]),
      /^ACCEPTED-UNKNOWN .*did you mean Jump/,
    ],
    [
      'with a protective step whose passage is nowhere',
      (m) =>
        (moduleKeys(m)['protectiveSteps'] = [
          {
            step: 's',
            delete: [{ find: 'nowhere', replace: '' }],
            model: 'specs/Clock/good.cfg',
            noticedBy: ['InRange'],
          },
        ]),
      /^EDIT-NOWHERE .*protective step "s"/,
    ],
    [
      'with a protective step that nobody notices and nobody excuses',
      (m) =>
        (moduleKeys(m)['protectiveSteps'] = [
          { step: 's', delete: [{ find: '~Guarded', replace: 'TRUE' }], model: 'specs/Clock/good.cfg' },
        ]),
      /^STEP-NOTICED/,
    ],
    [
      'with a protective step in a control',
      (m) =>
        (moduleKeys(m)['protectiveSteps'] = [
          {
            step: 's',
            delete: [{ find: '~Guarded', replace: 'TRUE' }],
            model: 'specs/Clock/bad.cfg',
            redundant: 'r',
          },
        ]),
      /^STEP-MODEL/,
    ],
    [
      'with a table over what is no constant',
      (m) =>
        (moduleKeys(m)['tables'] = [
          { name: 't', rows: 'Limt', columns: 'Guarded', models: ['specs/Clock/good.cfg'] },
        ]),
      /^TABLE-UNKNOWN .*did you mean Limit/,
    ],
  ];
  for (const [what, change, expected] of refused) {
    it(`${what} is refused with one line`, async () => {
      expect(await spoiled(change)).to.match(expected);
    });
  }

  it('that accepts a fairness condition by its text is taken: no outline lists conditions', async () => {
    const said = await spoiled((m) => {
      moduleKeys(m)['accepted'] = [
        { finding: 'fairness-not-needed', name: 'WF_vars(Next)', reason: 'r' },
        { finding: 'fairness-not-needed', name: 'SF_<<x, y>>(\\E t \\in T : Step(t))', reason: 'r' },
      ];
    });
    expect(said).to.equal('');
    expect(
      await spoiled((m) => {
        moduleKeys(m)['accepted'] = [{ finding: 'fairness-not-needed', name: 'Nxt', reason: 'r' }];
      }),
    ).to.match(/^ACCEPTED-UNKNOWN /);
  });

  it('whose file is a link out of the repository is refused', async () => {
    const outside = join(tmpdir(), `workbench outside ${process.pid}.cfg`);
    writeFileSync(outside, POSITIVE);
    const { root, remove } = writeProject({ 'specs/Clock/good.cfg': null });
    symlinkSync(outside, join(root, 'specs/Clock/good.cfg'));
    const problems = await collectProblems(readProject(root).project);
    remove();
    rmSync(outside);
    expect(problems.map((p) => p.message).join()).to.match(
      /good\.cfg is a link that leads out of the repository/,
    );
  });

  it('is read as the community writes it, without any workbench key', async () => {
    const manifest = clockManifest();
    manifest.modules[0]!.workbench = undefined;
    const models = manifest.modules[0]!.models.map(({ workbench: _dropped, ...rest }) => ({
      ...rest,
      runtime: '00:00:01',
      mode: 'exhaustive search',
      totalStates: 9,
      stateDepth: 5,
    }));
    const text = JSON.stringify({
      ...manifest,
      modules: [{ ...manifest.modules[0], communityDependencies: [], models }],
    });
    expect(await problemsOf({ 'specs/Clock/manifest.json': text })).to.deep.equal([]);
  });

  it('of a second module with the same name may not declare claims again', async () => {
    const text = JSON.stringify(clockManifest()).replaceAll('specs/Clock/', 'specs/Second/');
    const problems = await problemsOf({
      'specs/Second/Clock.tla': CLOCK,
      'specs/Second/good.cfg': POSITIVE,
      'specs/Second/bad.cfg': POSITIVE,
      'specs/Second/manifest.json': text,
    });
    expect(problems.map((p) => p.code)).to.deep.equal(['MODULE-TWICE']);
  });
});
