import { expect } from 'chai';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashDeclared } from '../../src/commands/declared-files.js';
import type { Baseline } from '../../src/domain/baseline.js';
import type { ModelRun, RunRecord } from '../../src/domain/run-record.js';
import { takeInventory } from '../../src/evidence/inventory.js';
import { assembleBaseline, findAffected, isNativeAffected, type Evidence } from '../../src/gate/assemble.js';
import { sealBaseline } from '../../src/gate/baseline-file.js';
import { compare } from '../../src/gate/compare.js';
import { dropConsequences } from '../../src/gate/consequences.js';
import { findOutdated } from '../../src/gate/currency.js';
import { findMisfit, findModuleMisfit, findNativeMisfit, type ExpectedModule } from '../../src/gate/fit.js';
import { readHead, type Head } from '../../src/gate/head.js';
import { findTouched } from '../../src/gate/touched.js';
import { findBelowRequired, findVerdicts } from '../../src/gate/verdicts.js';
import { loadModules } from '../../src/project/modules.js';
import { loadProject } from '../../src/project/project.js';
import { CLOCK, clockManifest, POSITIVE, WORKBENCH, writeProject } from '../project/sample-project.js';
import { comparing } from './sample-baseline.js';

const TOOLS = { jar: 'jar', workbench: 'program' };
const NATIVE = {
  ...WORKBENCH,
  native: { root: 'native', covered: ['native/src'], smoke: 'native/tests.json' },
};
const SOURCE = `// @claim Clock!InRange Clock!Comes
int tick(int hour) { return hour + 1; }
// @unmodelled prints
void show() {}
`;
const FILES = {
  'workbench.json': JSON.stringify(NATIVE, null, 2),
  'native/src/clock.cpp': SOURCE,
  'native/clock.h': 'int tick(int);\n',
  'native/tests.json': JSON.stringify({ tests: [{ name: 'ticks' }] }, null, 2),
};

const MODULE = 'specs/Clock/Clock.tla';

describe('the work tree as the gate reads it', () => {
  let project: ReturnType<typeof writeProject>;
  beforeEach(() => {
    project = writeProject(FILES);
  });
  afterEach(() => {
    project.remove();
  });

  const write = (path: string, text: string): void => {
    writeFileSync(join(project.root, path), text);
  };
  const read = async (): Promise<Head> => {
    const loaded = loadProject(project.root);
    const modules = await loadModules(loaded);
    return readHead(loaded, modules, await hashDeclared(loaded, modules));
  };
  const inventory = async () => {
    const modules = await loadModules(loadProject(project.root));
    return takeInventory({ requiredRung: 1, assumptions: [], modules, measured: new Set() }).modules;
  };
  const noEvidence: Evidence = { modules: new Map(), native: { kind: 'none' } };
  const baseOf = async (head: Head): Promise<Baseline> =>
    assembleBaseline(head, await inventory(), noEvidence, undefined, TOOLS);
  const carried = (head: Head, base: Baseline): Evidence => ({
    modules: new Map(head.modules.map((m) => [m.path, { kind: base.modules.length > 0 ? 'base' : 'none' }])),
    native: { kind: 'base' },
  });
  /** What the gate says between two states of the files, evidence aside. */
  const changes = async (change: () => void) => {
    const before = await baseOf(await read());
    change();
    const head = await read();
    const after = assembleBaseline(head, await inventory(), carried(head, before), before, TOOLS);
    return compare(before, after, { ...comparing(), places: head.places }).map(
      (c) => `${c.place.path}:${c.place.line} ${c.kind} ${c.subject}`,
    );
  };
  const manifest = (edit: (module: ReturnType<typeof clockManifest>['modules'][number]) => void): void => {
    const whole = clockManifest();
    edit(whole.modules[0]!);
    write('specs/Clock/manifest.json', JSON.stringify(whole, null, 2));
  };

  it('keeps claims with formulas, models with bounds, functions with hashes, the ledger', async () => {
    const base = await baseOf(await read());
    const clock = base.modules[0]!;
    expect(clock.definitions).to.deep.equal({
      Comes: '<> (hour = Limit)',
      Hours: '0 .. Limit',
      InRange: 'hour \\in Hours',
      TypeOK: 'hour \\in Nat',
    });
    expect(clock.models[1]).to.deep.include({
      path: 'specs/Clock/good.cfg',
      role: 'positive',
      constants: { Limit: '4', Guarded: 'TRUE' },
      checks: ['InRange', 'TypeOK'],
      assumptions: ['A-SUN'],
      pinned: { distinctStates: 5 },
    });
    expect(
      base.native?.functions.map(({ name, claims, unmodelled }) => [name, claims, unmodelled]),
    ).to.deep.equal([
      ['show', [], 'prints'],
      ['tick', ['Clock!Comes', 'Clock!InRange'], undefined],
    ]);
    expect(base.assumptions.map((a) => a.id)).to.deep.equal(['A-SUN']);
  });

  it('names the line of a constant, a reduction, an anchor, a claim, a definition and an assumption', async () => {
    expect(
      await changes(() => {
        write('specs/Clock/good.cfg', POSITIVE.replace('= 4', '= 3'));
      }),
    ).to.deep.equal(['specs/Clock/good.cfg:2 constants-smaller specs/Clock/good.cfg']);
    expect(
      await changes(() => {
        write('specs/Clock/good.cfg', `${POSITIVE.replace('= 4', '= 3')}SYMMETRY Symm\n`);
      }),
    ).to.deep.equal(['specs/Clock/good.cfg:6 reduction-added specs/Clock/good.cfg']);
    expect(
      await changes(() => {
        write('native/src/clock.cpp', SOURCE.replace(' Clock!Comes', ''));
      }),
    ).to.deep.equal(['native/src/clock.cpp:2 anchor-lost native/src/clock.cpp tick']);
    expect(
      await changes(() => {
        write(MODULE, CLOCK.replace('InRange == ', 'InRange == hour > 9 \\/ '));
      }),
    ).to.deep.equal([
      'specs/Clock/Clock.tla:18 claim-weaker Clock!InRange',
      'specs/Clock/manifest.json:8 spec-without-code Clock',
    ]);
    expect(
      await changes(() => {
        manifest((m) => {
          delete (m.workbench!.claims as Record<string, unknown>).Comes;
        });
      }),
    ).to.deep.equal(['specs/Clock/manifest.json:8 claim-lost Clock!Comes']);
    const ledger = [
      ...WORKBENCH.assumptions,
      { id: 'A-MOON', statement: 's', believed: 'b', monitored: 'm' },
    ];
    expect(
      await changes(() => {
        write('workbench.json', JSON.stringify({ ...NATIVE, assumptions: ledger }, null, 2));
      }),
    ).to.include('workbench.json:9 assumption-unowned A-MOON');
  });

  it('any temporal part of the specification counts as fairness, but for its steps', async () => {
    const fairness = async (spec: string): Promise<string[]> => {
      write(
        MODULE,
        CLOCK.replace(/^Spec == .*$/m, `Seen == CASE hour = 1 -> <<>> [] OTHER -> <<0>>\nSpec == ${spec}`),
      );
      return (await read()).modules[0]!.models[1]!.fairness;
    };
    expect(await fairness('Init /\\ [][Next]_hour /\\ Seen = <<>>')).to.deep.equal([]);
    expect(await fairness('Init /\\ [][Next]_hour /\\ WF_hour(Next)')).to.deep.equal(['WF_hour(Next)']);
    expect(await fairness('Init /\\ [][Next]_hour /\\ []<>(hour = 0) /\\ <>(hour = 1)')).to.deep.equal([
      '<> (hour = 1)',
      '[]<> (hour = 0)',
    ]);
  });

  it('fairness that the module adds has a place in the module, where restoring mends it', async () => {
    const spec = (text: string): string => CLOCK.replace(/^Spec == .*$/m, `Spec == ${text}`);
    write(MODULE, spec('Init /\\ [][Next]_hour'));
    const found = await changes(() => {
      write(MODULE, spec('Init /\\ [][Next]_hour /\\ SF_hour(Next)'));
    });
    expect(found.filter((line) => line.includes('fairness-added'))).to.deep.equal([
      'specs/Clock/Clock.tla:16 fairness-added specs/Clock/bad.cfg',
      'specs/Clock/Clock.tla:16 fairness-added specs/Clock/good.cfg',
    ]);
  });

  it('an operator that only fairness speaks of is compared, as it decides how much is taken for granted', async () => {
    const fair = CLOCK.replace(
      'Spec == Init /\\ [][Next]_hour',
      'Ticks == Next\nSpec == Init /\\ [][Next]_hour /\\ WF_hour(Ticks)',
    );
    expect(fair).to.not.equal(CLOCK);
    write(MODULE, fair);
    const [clock] = (await read()).modules;
    expect(clock?.models.find((m) => m.path === 'specs/Clock/good.cfg')?.operators).to.deep.equal(['Ticks']);
    const said = await changes(() => {
      write(MODULE, fair.replace('Ticks == Next', "Ticks == Next /\\ hour' > 0"));
    });
    expect(said).to.include('specs/Clock/Clock.tla:16 operator-changed Clock!Ticks');
  });

  it('ASSUMEs, what is explored, and what handlers may do are kept', async () => {
    write(MODULE, CLOCK.replace('Init ==', 'ASSUME Limit > 0\nInit =='));
    const reachability = { files: ['native/src'] };
    const native = { ...NATIVE.native, reachability, libraries: [{ name: 'fix', header: 'h', marker: 'M' }] };
    write('workbench.json', JSON.stringify({ ...NATIVE, native }, null, 2));
    const safe = [{ reason: 'r', names: ['write'] }];
    const exceptions = [{ function: 'f', kind: 'handler', reason: 'r' }];
    write('native/async-signal-safe.json', JSON.stringify({ safe, exceptions }, null, 2));
    const base = await baseOf(await read());
    expect(base.modules[0]!.assumes).to.deep.include({ formula: 'Limit > 0', operators: [] });
    expect(Object.keys(base.modules[0]!.explored)).to.include.members(['Init', 'Next', 'Spec']);
    expect(base.native).to.deep.include({
      requires: ['covered native/src', 'handlers native/src', 'library.fix.header h', 'library.fix.marker M'],
      allows: ['handler in f, 1 of them', 'write'],
    });
  });

  it('what a smoke test expects is kept apart from what it starts; its words are no part of either', async () => {
    const test = (
      change: object = {},
      expected: object = { exit: 0, report: { skips: { atLeast: 1 } } },
    ) => ({
      ...{ name: 'ticks', claims: ['Clock!InRange'], what: 'w', attempts: 1, ...change },
      with: { program: 'p', expect: expected },
      without: { program: 'p', expect: { sanitizer: null } },
    });
    const smokeOf = async (entry: object) => {
      write('native/tests.json', JSON.stringify({ tests: [entry] }));
      return (await read()).smoke.get('ticks')!;
    };
    const before = await smokeOf(test());
    expect(before.asserts).to.deep.equal([
      'with exit 0',
      'with report.skips.atLeast 1',
      'without sanitizer null',
    ]);
    expect(await smokeOf(test({ what: 'other' }))).to.deep.equal(before);
    expect((await smokeOf(test({}, { exit: 0 }))).text).to.equal(before.text);
    expect((await smokeOf(test({ attempts: 2 }))).text).to.not.equal(before.text);
  });

  it('a comment in a spec or in code is no change, but makes its evidence old', async () => {
    const before = await read();
    const base = await baseOf(before);
    write(MODULE, CLOCK.replace('Init ==', '\\* at first\nInit =='));
    write('native/src/clock.cpp', SOURCE.replace('return', '/* next */ return'));
    const head = await read();
    const after = assembleBaseline(head, await inventory(), carried(head, base), base, TOOLS);
    expect(compare(base, after, comparing())).to.deep.equal([]);
    expect([...findAffected(head.modules, base, TOOLS)]).to.deep.equal([MODULE]);
    expect(isNativeAffected(head, base, TOOLS)).to.equal(true);
  });

  it('only what changed is affected; another program or jar affects all', async () => {
    const head = await read();
    const base = await baseOf(head);
    expect([...findAffected(head.modules, base, TOOLS)]).to.deep.equal([]);
    expect(isNativeAffected(head, base, TOOLS)).to.equal(false);
    expect([...findAffected(head.modules, base, { ...TOOLS, jar: 'other' })]).to.deep.equal([MODULE]);
    expect(isNativeAffected(head, base, { ...TOOLS, workbench: 'other' })).to.equal(true);
    expect([...findAffected(head.modules, undefined, TOOLS)]).to.deep.equal([MODULE]);
  });

  it('how long a model runs is no part of what it must show', async () => {
    const base = await baseOf(await read());
    manifest((m) => {
      Object.assign(m.models[0]!, { runtime: '00:00:09' });
    });
    expect([...findAffected((await read()).modules, base, TOOLS)]).to.deep.equal([]);
  });

  it('files of a change are named by what they are, with the claims that rest on them', async () => {
    const base = await baseOf(await read());
    write('native/src/clock.cpp', SOURCE.replace('+ 1', '+ 2'));
    const paths = [
      MODULE,
      'README.md',
      'native/clock.h',
      'native/src/clock.cpp',
      'runs/baseline.json',
      'specs/Clock/good.cfg',
      'specs/Clock/manifest.json',
      'workbench.json',
    ];
    const manifests = new Map([[MODULE, 'specs/Clock/manifest.json']]);
    const touched = findTouched(paths, await read(), base, { manifests, nativeRoot: 'native' });
    expect(touched.map(({ path, what }) => `${what} ${path}`)).to.deep.equal([
      `spec ${MODULE}`,
      'native native/clock.h',
      'native native/src/clock.cpp',
      'baseline runs/baseline.json',
      'configuration specs/Clock/good.cfg',
      'manifest specs/Clock/manifest.json',
      'tools workbench.json',
    ]);
    expect(touched[2]).to.deep.include({ functions: ['tick'], claims: ['Clock!Comes', 'Clock!InRange'] });
    expect(touched[0]?.claims).to.have.length(3);
  });

  it('a file that git ignores is of this machine, and no part of the baseline', async () => {
    const loaded = loadProject(project.root);
    const modules = await loadModules(loaded);
    const before = await read();
    write('native/junk.o', 'x');
    const ignored = new Set(['native/junk.o']);
    const head = await readHead(loaded, modules, await hashDeclared(loaded, modules), ignored);
    expect(head.native?.inputs).to.equal(before.native?.inputs);
    expect((await read()).native?.inputs).to.not.equal(before.native?.inputs);
  });

  describe('with a record', () => {
    const expected = (head: Head): ExpectedModule => ({
      name: 'Clock',
      path: MODULE,
      manifest: 'specs/Clock/manifest.json',
      runs: head.modules[0]!.models.map((m) => ({
        model: m.path,
        purpose: { kind: 'declared' },
        enabled: m.checks,
        config: `sha of ${m.path}`,
      })),
    });
    const runOf = (head: Head, model: string, asDeclared = true): ModelRun => ({
      model,
      module: 'Clock',
      purpose: { kind: 'declared' },
      role: model.includes('good') ? 'positive' : 'control',
      constants: {},
      enabled: {
        invariants: head.modules[0]!.models.find((m) => m.path === model)!.checks,
        properties: [],
        deadlock: true,
      },
      assumptions: [],
      closure: head.files.closures.get(MODULE) ?? [],
      config: { path: model, sha256: `sha of ${model}` },
      inputs: '',
      profile: 'tiny',
      seed: 1,
      fingerprint: 0,
      attempts: [],
      outcome: asDeclared ? { kind: 'Holds' } : { kind: 'Deadlock' },
      verdict: { asDeclared, incomplete: false, reason: asDeclared ? 'holds' : 'deadlock' },
    });
    const recordOf = async (head: Head, change: Partial<RunRecord> = {}): Promise<RunRecord> => ({
      schema: 1,
      id: '20260101T000000Z-00000000',
      command: ['verify'],
      startedAt: '',
      finishedAt: '',
      state: 'finished',
      exitCode: 0,
      tools: [
        { name: 'workbench', version: '1', sha256: TOOLS.workbench },
        { name: 'tlc', version: '2', sha256: TOOLS.jar },
      ],
      git: null,
      models: head.modules[0]!.models.map((m) => runOf(head, m.path)),
      builds: [],
      smoke: [],
      anchors: head.anchors,
      findings: [],
      claims: [],
      declared: head.files.declared,
      inventory: {
        requiredRung: 1,
        assumptions: [],
        modules: (await inventory()).map((m) => ({ ...m, findings: 'measured' })),
      },
      problems: [],
      hash: '',
      ...change,
    });

    it('one that was made of these files fits', async () => {
      const head = await read();
      const record = await recordOf(head);
      expect(findMisfit(record, TOOLS)).to.equal(undefined);
      expect(findModuleMisfit(record, expected(head), head)).to.equal(undefined);
      expect(findNativeMisfit(record, head)).to.equal(undefined);
    });

    it('one that is older than the module, a configuration, the manifest or the code fits not, and says which', async () => {
      const before = await read();
      const record = await recordOf(before);
      write(MODULE, `${CLOCK}\n`);
      expect(findModuleMisfit(record, expected(before), await read())).to.equal(`${MODULE} changed since`);
      write(MODULE, CLOCK);
      const other = expected(before);
      other.runs[0]!.config = 'another';
      expect(findModuleMisfit(record, other, before)).to.equal('specs/Clock/good.cfg changed since');
      manifest((m) => {
        m.models[0]!.distinctStates = 6;
      });
      expect(findModuleMisfit(record, expected(before), await read())).to.equal(
        'specs/Clock/manifest.json changed since',
      );
      write('native/src/clock.cpp', SOURCE.replace('+ 1', '+ 2'));
      expect(findNativeMisfit(record, await read())).to.equal('native/src/clock.cpp changed since');
    });

    it('one of another program, another jar, an interrupted or an old one fits nothing', async () => {
      const head = await read();
      const why = async (change: Partial<RunRecord>) => findMisfit(await recordOf(head, change), TOOLS);
      expect(await why({ tools: [{ name: 'workbench', version: '1', sha256: 'x' }] })).to.contain(
        'another version',
      );
      expect(await why({ tools: [{ name: 'workbench', version: '1', sha256: TOOLS.workbench }] })).to.contain(
        'jar',
      );
      expect(await why({ state: 'interrupted' })).to.contain('interrupted');
      const { declared: _gone, ...old } = await recordOf(head);
      expect(findMisfit(old, TOOLS)).to.contain('manifests');
    });

    it('one without a run of some model, without an end, or without findings fits not', async () => {
      const head = await read();
      const why = async (change: Partial<RunRecord>) =>
        findModuleMisfit(await recordOf(head, change), expected(head), head);
      const [first, second] = head.modules[0]!.models.map((m) => runOf(head, m.path));
      expect(await why({ models: [first!] })).to.equal('specs/Clock/bad.cfg was not run');
      const cut = { ...second!, verdict: { asDeclared: false, incomplete: true, reason: 'deadline' } };
      expect(await why({ models: [first!, cut] })).to.equal('specs/Clock/bad.cfg: deadline');
      const unmeasured = { requiredRung: 1, assumptions: [], modules: await inventory() };
      expect(await why({ inventory: unmeasured })).to.contain('was not measured');
      expect(findNativeMisfit(await recordOf(head, { anchors: null }), head)).to.contain('not looked at');
    });

    it('a red run is a failure that names model, line and command; what follows from it is left out', async () => {
      const head = await read();
      const models = [runOf(head, 'specs/Clock/good.cfg', false), runOf(head, 'specs/Clock/bad.cfg')];
      const record = await recordOf(head, { models });
      const source = { kind: 'record', record } as const;
      const evidence: Evidence = { modules: new Map([[MODULE, source]]), native: source };
      const shown = assembleBaseline(head, await inventory(), evidence, undefined, TOOLS);
      const all = [
        ...findVerdicts(head, evidence),
        ...findBelowRequired(head, shown, 1),
        ...findOutdated(undefined, shown, ''),
      ];
      expect(all.length).to.be.above(2);
      const left = dropConsequences(all, head);
      expect(
        left.map((c) => `${c.place.path}:${c.place.line} ${c.kind} ${c.subject}; ${c.mend}`),
      ).to.deep.equal([
        'specs/Clock/manifest.json:12 verdict-failed specs/Clock/good.cfg; workbench check specs/Clock/good.cfg',
      ]);
    });

    it('a part that nothing shows is a failure of its own kind', async () => {
      const head = await read();
      const kinds = findVerdicts(head, noEvidence).map((c) => `${c.kind} ${c.subject}`);
      expect(kinds).to.deep.equal(['not-shown Clock', 'not-shown native code']);
    });

    it('a failed build, smoke test or finding is a failure; one that was not run is not shown', async () => {
      const head = await read();
      const build = { command: [], milliseconds: 0, artefacts: [], sources: [], log: '' };
      const test = { claims: ['Clock!InRange'], what: '', attempts: [] };
      const record = await recordOf(head, {
        builds: [
          { ...build, preset: 'gcc', state: 'failed', reason: 'error' },
          { ...build, preset: 'clang', state: 'not run', reason: 'no clang' },
        ],
        smoke: [
          { ...test, name: 'ticks', state: 'failed', reason: 'exit 1' },
          { ...test, name: 'tocks', state: 'not run', reason: 'no clang' },
        ],
        findings: [
          {
            finding: 'action-never-fires',
            module: 'Clock',
            name: 'Stop',
            place: { path: MODULE, line: 3 },
            message: 'never',
          },
        ],
      });
      const source = { kind: 'record', record } as const;
      const found = findVerdicts(head, { modules: new Map([[MODULE, source]]), native: source });
      expect(found.map((c) => `${c.kind} ${c.subject} ${c.place.path}:${c.place.line}`)).to.deep.equal([
        `verdict-failed Clock: Stop ${MODULE}:3`,
        'verdict-failed build gcc workbench.json:1',
        'not-shown build clang workbench.json:1',
        'verdict-failed ticks native/tests.json:3',
        'not-shown tocks workbench.json:1',
      ]);
    });

    it('a new assembly of the same evidence is the same baseline, and one that differs is named with its line', async () => {
      const head = await read();
      const source = { kind: 'record', record: await recordOf(head) } as const;
      const evidence: Evidence = { modules: new Map([[MODULE, source]]), native: source };
      const shown = assembleBaseline(head, await inventory(), evidence, undefined, TOOLS);
      expect(findOutdated(shown, shown, '')).to.deep.equal([]);
      const older = sealBaseline({
        ...shown,
        modules: shown.modules.map((m) => ({
          ...m,
          claims: m.claims.map((c) => ({ ...c, statement: 'other' })),
        })),
      });
      const [outdated] = findOutdated(older, shown, '{}');
      expect(outdated).to.include({ kind: 'evidence-old', subject: 'modules Clock claims Comes statement' });
      expect(outdated?.mend).to.contain('gate --accept');
      const unowned = { id: 'A-0', statement: 's', monitored: 'm' };
      const more = sealBaseline({ ...shown, assumptions: [unowned, ...shown.assumptions] });
      expect(findOutdated(shown, more, '')[0]).to.include({ subject: 'assumptions', was: 'nothing' });
      expect(findOutdated(more, shown, '')[0]).to.include({ subject: 'assumptions A-0', is: 'nothing' });
      const tools = sealBaseline({ ...shown, tools: { jar: 'x', workbench: 'y' } });
      expect(findOutdated(tools, shown, '')).to.deep.equal([]);
    });

    it('comments, layout and the order of conjuncts make no baseline old; other code does', async () => {
      const shownNow = async (): Promise<Baseline> => {
        const head = await read();
        const source = { kind: 'record', record: await recordOf(head) } as const;
        const evidence: Evidence = { modules: new Map([[MODULE, source]]), native: source };
        return assembleBaseline(head, await inventory(), evidence, undefined, TOOLS);
      };
      const said = async (stored: Baseline): Promise<string[]> =>
        findOutdated(stored, await shownNow(), '{}').map((c) => `${c.severity} ${c.kind} ${c.subject}`);
      const two = CLOCK.replace('InRange == hour', 'InRange == hour \\in Nat /\\ hour');
      write(MODULE, two);
      const stored = await shownNow();
      write(
        MODULE,
        CLOCK.replace(/InRange == (.*)/, 'InRange ==\n  /\\ $1 \\* a clock\n  /\\ hour \\in Nat'),
      );
      write('native/src/clock.cpp', SOURCE.replace('{ return', '{\n  // later\n  return'));
      write('native/clock.h', '/* a tick */\nint tick(int);\n');
      write('native/README.md', 'words\n');
      expect(await said(stored)).to.deep.equal([
        'note layout-changed Clock',
        'note layout-changed native code',
      ]);
      write('native/clock.h', 'int tick(int, int);\n');
      expect(await said(stored)).to.deep.equal(['fails evidence-old native text']);
    });

    it('native code that is not asked for any more shows nothing, also where the base has it', async () => {
      const head = await read();
      const source = { kind: 'record', record: await recordOf(head) } as const;
      const evidence: Evidence = { modules: new Map([[MODULE, source]]), native: source };
      const base = assembleBaseline(head, await inventory(), evidence, undefined, TOOLS);
      write('workbench.json', JSON.stringify(WORKBENCH));
      const after = await read();
      const carriedOn: Evidence = { modules: evidence.modules, native: { kind: 'base' } };
      const shown = assembleBaseline(after, await inventory(), carriedOn, base, TOOLS);
      const alone = assembleBaseline(after, await inventory(), carriedOn, undefined, TOOLS);
      expect(base.modules[0]?.claims[0]?.rungs.anchored).to.equal('passed');
      expect(findOutdated(alone, shown, '{}')).to.deep.equal([]);
    });
  });
});
