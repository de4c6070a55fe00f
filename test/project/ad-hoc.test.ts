import { join } from 'node:path';
import { expect } from 'chai';
import { Problem } from '../../src/domain/problem.js';
import { adHocModule, type AdHocRequest } from '../../src/project/ad-hoc.js';
import { inspectModel } from '../../src/project/inspection.js';
import type { LoadedModule } from '../../src/project/loaded-module.js';
import { CLOCK, writeProject } from './sample-project.js';

/** What the sample project gives for a request; paths in it are relative to its root. */
async function request(
  given: Partial<AdHocRequest> = {},
  files: Record<string, string> = {},
): Promise<{ module?: LoadedModule; problem?: Problem }> {
  const { root, remove } = writeProject(files);
  const inRoot = (path: string): string => join(root, path);
  try {
    const { file, configFile, ...rest } = given;
    const full = {
      root,
      file: inRoot(file ?? 'specs/Clock/Clock.tla'),
      constants: [],
      invariants: [],
      properties: [],
      ...rest,
    };
    return {
      module: await adHocModule(
        configFile === undefined ? full : { ...full, configFile: inRoot(configFile) },
      ),
    };
  } catch (error) {
    if (error instanceof Problem) return { problem: error };
    throw error;
  } finally {
    remove();
  }
}

const limits = [
  { name: 'Limit', value: '4' },
  { name: 'Guarded', value: 'TRUE' },
];

describe('a model from the command line', () => {
  it('finds Spec in the module, takes constants and invariants, and is expected to hold', async () => {
    const { module } = await request({ constants: limits, invariants: ['InRange'] });
    const model = module!.models[0]!;
    expect(model.configText).to.equal(
      'SPECIFICATION Spec\nCONSTANT Limit = 4\nCONSTANT Guarded = TRUE\nINVARIANT InRange\n',
    );
    expect([model.declared.result, module!.manifestRel, module!.claims]).to.deep.equal([
      'success',
      undefined,
      {},
    ]);
    expect(inspectModel(model, module!, module!.outlines).problems).to.deep.equal([]);
  });

  it('finds Init and Next where there is no Spec', async () => {
    const { module } = await request(
      { constants: limits },
      { 'specs/Clock/Clock.tla': CLOCK.replace('Spec ==', 'Other ==') },
    );
    expect(module!.models[0]!.config.init?.name).to.equal('Init');
    expect(module!.models[0]!.config.next?.name).to.equal('Next');
  });

  it('has a configuration whose text is kept as it is when nothing changes it', async () => {
    const { module } = await request({ configFile: 'specs/Clock/good.cfg' });
    expect([module!.models[0]!.id, module!.models[0]!.configText]).to.deep.equal([
      'specs/Clock/good.cfg',
      'SPECIFICATION Spec\nCONSTANT Limit = 4\nCONSTANT Guarded = TRUE\nINVARIANT TypeOK\nINVARIANT InRange\n',
    ]);
  });

  it('puts its constants and properties over those of a configuration', async () => {
    const { module } = await request({
      configFile: 'specs/Clock/good.cfg',
      constants: [{ name: 'Limit', value: '{ a,b }' }],
      properties: ['Comes'],
    });
    const { config } = module!.models[0]!;
    expect(config.constants.find((c) => c.name === 'Limit')?.value).to.equal('{a, b}');
    expect(config.properties.map((p) => p.name)).to.deep.equal(['Comes']);
  });

  it('with an unknown invariant or without a constant is wrong input before any run', async () => {
    const { module } = await request({ invariants: ['InRnage'] });
    const found = inspectModel(module!.models[0]!, module!, module!.outlines).problems.map((p) => p.code);
    expect(found).to.deep.equal(['CFG-UNDEFINED', 'CFG-NO-VALUE', 'CFG-NO-VALUE']);
  });

  const refused: [string, Partial<AdHocRequest>, Record<string, string>, string][] = [
    ['a module that does not exist', { file: 'Gone.tla' }, {}, 'FILE-MISSING'],
    ['a file that is no module', { file: 'workbench.json' }, {}, 'FILE-KIND'],
    ['a configuration that does not exist', { configFile: 'gone.cfg' }, {}, 'FILE-MISSING'],
    ['a value that TLC cannot read', { constants: [{ name: 'Limit', value: '-1' }] }, {}, 'CFG-VALUE'],
    ['a constant without a value', { constants: [{ name: 'Limit', value: '' }] }, {}, 'CFG-NO-VALUE'],
    ['two values in one', { constants: [{ name: 'Limit', value: '1 Q = 2' }] }, {}, 'CFG-VALUE'],
    ['a statement for a value', { constants: [{ name: 'Limit', value: '1 VIEW v' }] }, {}, 'CFG-VALUE'],
    [
      'no behaviour',
      {},
      { 'specs/Clock/Clock.tla': CLOCK.replace('Spec ==', 'A ==').replace('Next ==', 'B ==') },
      'SPEC-BEHAVIOUR',
    ],
    [
      'a module that is missing',
      {},
      { 'specs/Clock/Clock.tla': CLOCK.replace('Naturals', 'Natural') },
      'MODULE-MISSING',
    ],
  ];
  for (const [what, given, files, code] of refused) {
    it(`with ${what} is refused`, async () => {
      const { problem } = await request(given, files);
      expect(problem?.code).to.equal(code);
      expect(problem?.message).not.to.contain('\n');
      expect(problem?.hint).not.to.equal('');
    });
  }
});
