import { expect } from 'chai';
import { draftProject, type Drafts } from '../../src/init/drafts.js';
import { readExisting } from '../../src/init/existing.js';
import { findSpecsFolder, manifestText, projectText } from '../../src/init/layout.js';
import { readConfigFacts, readModuleFacts } from '../../src/init/module-facts.js';
import { manifestSchema } from '../../src/domain/manifest.js';
import { projectSchema } from '../../src/domain/project.js';
import type { Repository } from '../../src/init/repository.js';
import { loadProject, type Project } from '../../src/project/project.js';
import { FOREIGN } from './foreign-repository.js';

/** Generated files are not for the pure part: the walk leaves them out. */
const isGenerated = (path: string): boolean => path.includes('.toolbox/') || path.includes('_TTrace_');

async function draft(
  files: Record<string, string>,
  configured: Partial<Project> = {},
  unreadable: Repository['unreadable'] = [],
): Promise<Drafts> {
  const entries = Object.entries(files)
    .filter(([path]) => !isGenerated(path))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const of = (extension: string) => entries.filter(([path]) => path.endsWith(extension));
  const modules = await Promise.all(of('.tla').map(([path, text]) => readModuleFacts(path, text)));
  const configs = of('.cfg').map(([path, text]) => readConfigFacts(path, text));
  const existing = readExisting(of('manifest.json').map(([path, text]) => ({ path, text })));
  const project = { ...loadProject('/nowhere'), ...configured };
  return draftProject({ modules, configs, existing, unreadable, toolboxes: [] }, project);
}

const shown = ({ drafts }: Drafts): string[] =>
  drafts.map(
    ({ manifest, module, configs }) =>
      `${manifest}: ${module.path} ${configs.map((c) => c.path.replace(/^.*\//, '')).join(' ')}`,
  );
const SPEC = '---- MODULE A ----\nVARIABLE x\nSpec == x = 0\n====\n';
const CFG = 'SPECIFICATION Spec\n';
const manifestOf = (path: string, ...models: string[]): string =>
  JSON.stringify({ modules: [{ path, models: models.map((m) => ({ path: m, result: 'success' })) }] });

describe('what init would write', () => {
  it('for other people’s kinds of specs: a manifest beside each module, and the rest with its reason', async () => {
    const drafts = await draft(FOREIGN);
    expect(shown(drafts)).to.deep.equal([
      'algorithms/manifest.json: algorithms/Transfer.tla Transfer.cfg',
      'algorithms/manifest.json: algorithms/Stale.tla Stale.cfg',
      'big/manifest.json: big/Huge.tla Huge.cfg',
      'docs/Größe und Maß/manifest.json: docs/Größe und Maß/Clock.tla Clock.cfg Clock_bad.cfg Clock_live.cfg',
      'docs/Größe und Maß/manifest.json: docs/Größe und Maß/MCClock.tla MCClock.cfg',
      'math/manifest.json: math/Broken.tla Broken.cfg',
      'math/manifest.json: math/Facts.tla Facts.cfg',
      'math/manifest.json: math/Needs.tla Needs.cfg',
    ]);
    expect([drafts.specs, drafts.moduleFolders, drafts.byHand]).to.deep.equal(['.', ['lib'], []]);
    expect(drafts.leftOut.map(({ path }) => path)).to.deep.equal([
      ...['algorithms/Raw.cfg', 'old/Gone.cfg', 'setup.cfg', 'web/manifest.json'],
    ]);
    expect(drafts.leftOut[1]?.reason).to.equal('no module defines what it names');
  });

  it('is nothing for what manifests name already; they are kept', async () => {
    const files = { 'specs/A/A.tla': SPEC, 'specs/A/A.cfg': CFG };
    const kept = { 'specs/A/manifest.json': manifestOf('specs/A/A.tla', 'specs/A/A.cfg') };
    const drafts = await draft({ ...files, ...kept });
    expect([shown(drafts), drafts.leftOut, drafts.byHand]).to.deep.equal([[], [], []]);
    expect(shown(await draft(files))).to.have.length(1);
  });

  it('a configuration that a kept manifest does not name is left out, or told where workbench.json is there', async () => {
    const files = {
      'specs/A/A.tla': SPEC,
      'specs/A/A.cfg': CFG,
      'specs/A/A_2.cfg': CFG,
      'specs/A/manifest.json': manifestOf('specs/A/A.tla', 'specs/A/A.cfg'),
    };
    const said = {
      path: 'specs/A/A_2.cfg',
      reason: 'the manifest of its module was there before, and does not name it',
    };
    const fresh = await draft(files);
    expect([fresh.leftOut, fresh.byHand]).to.deep.equal([[said], []]);
    const again = await draft(files, { configured: true });
    expect([again.leftOut, again.byHand]).to.deep.equal([[], [said]]);
    const left = { configured: true, leftOut: [{ path: 'specs/A/A_2.cfg', reason: 'old' }] };
    expect((await draft(files, left)).byHand).to.deep.equal([]);
  });

  it('keeps another program’s manifest.json, and puts its own into a folder beside it', async () => {
    const drafts = await draft({ 'A.tla': SPEC, 'A.cfg': CFG, 'manifest.json': '{"name": "page"}' });
    expect(shown(drafts)).to.deep.equal(['workbench/manifest.json: A.tla A.cfg']);
    expect(drafts.leftOut).to.deep.equal([
      { path: 'manifest.json', reason: 'is no manifest of TLA+ modules' },
    ]);
  });

  it('in a repository that is set up, tells what its workbench.json does not cover', async () => {
    const used = SPEC.replace('VARIABLE', 'EXTENDS Shared\nVARIABLE');
    const files = {
      'specs/A.tla': used,
      'specs/A.cfg': CFG,
      'lib/Shared.tla': '---- MODULE Shared ----\n====\n',
      'more/B.tla': SPEC.replace('MODULE A', 'MODULE B'),
      'more/B.cfg': CFG,
      'more/B_2.cfg': CFG,
      'more/Idle.tla': SPEC.replace('MODULE A', 'MODULE Idle'),
      'specs/x.cfg': '[x]\n',
    };
    const drafts = await draft(files, { configured: true });
    expect(shown(drafts)).to.deep.equal(['specs/manifest.json: specs/A.tla A.cfg']);
    expect(drafts.idle).to.deep.equal([]);
    expect(drafts.byHand).to.deep.equal([
      {
        path: 'more/B.cfg and 1 more',
        reason: 'outside of specs/, the specs folder of workbench.json: widen it, or let be',
      },
      {
        path: 'specs/x.cfg',
        reason: `to leave it out, add under leftOut in workbench.json: ${JSON.stringify({ path: 'specs/x.cfg', reason: 'observed: is no configuration of TLC' })}`,
      },
      { path: 'lib', reason: 'add it to moduleFolders in workbench.json' },
    ]);
  });

  it('leaves a configuration out that cannot be read, so that the next check starts', async () => {
    const closed = ['specs/B.cfg', 'specs/closed', 'specs/C.tla'].map((path) => ({ path, reason: 'closed' }));
    const drafts = await draft({ 'specs/A.tla': SPEC, 'specs/A.cfg': CFG }, {}, closed);
    expect(drafts.leftOut).to.deep.equal(closed.slice(0, 1));
    expect(shown(drafts)).to.have.length(1);
  });

  it('a broken manifest is a problem; what has no modules is another program’s', () => {
    const read = readExisting([
      { path: 'a/manifest.json', text: '{"modules": [{"path": "a/A.tla", "model": []}]}' },
      { path: 'b/manifest.json', text: '{"modules": [' },
      { path: 'c/manifest.json', text: '{"name": "page"}' },
      { path: 'd/manifest.json', text: '[]' },
      { path: 'e/manifest.json', text: '{ // of a browser\n  "name": "page" }' },
      { path: 'f/manifest.json', text: '{"modules": ["a", "b"]}' },
      { path: 'g/manifest.json', text: '{"modules": {"a": {"path": "a.js"}}}' },
      { path: 'h/manifest.json', text: '{"modules": [{"path": "a.js"}]}' },
    ]);
    expect(read.problems.map((p) => p.code)).to.include.members(['MANIFEST-SCHEMA', 'MANIFEST-JSON']);
    expect([read.kept, read.others]).to.deep.equal([
      ['a/manifest.json', 'b/manifest.json'],
      ['c', 'd', 'e', 'f', 'g', 'h'].map((folder) => `${folder}/manifest.json`),
    ]);
  });
});

describe('the layout of what init writes', () => {
  it('the specs folder is the deepest that holds all, and never below a usual name', () => {
    expect(findSpecsFolder(['a/b/C.tla', 'a/d/E.cfg'])).to.equal('a');
    expect(findSpecsFolder(['a/b/C.tla', 'a/b/c/E.cfg'])).to.equal('a/b');
    expect(findSpecsFolder(['a/b/C.tla', 'ab/E.cfg'])).to.equal('.');
    expect(findSpecsFolder(['specs/Foo/Foo.tla', 'specs/Foo/Foo.cfg'])).to.equal('specs');
    expect(findSpecsFolder(['Foo.tla', 'a/E.cfg'])).to.equal('.');
    expect(findSpecsFolder([])).to.equal('.');
  });

  it('the files fit their schemas', () => {
    const manifest = manifestText([{ path: 'A.tla', features: [], models: [] }]);
    expect(manifestSchema.safeParse(JSON.parse(manifest)).success).to.equal(true);
    const project = projectText('.', ['lib'], [{ path: 'x.cfg', reason: 'old' }]);
    expect(projectSchema.parse(JSON.parse(project))).to.deep.equal({
      specs: '.',
      moduleFolders: ['lib'],
      leftOut: [{ path: 'x.cfg', reason: 'observed: old' }],
    });
    expect(projectText('specs', [], [])).to.equal('{\n  "specs": "specs"\n}\n');
  });
});
