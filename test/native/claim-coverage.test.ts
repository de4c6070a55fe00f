/** Every invariant of every module has a smoke test that names it: read from the real manifests and the real tests. */
import { expect } from 'chai';
import { join } from 'node:path';
import { readSmokeTests } from '../../src/native/smoke-file.js';
import { loadModules } from '../../src/project/modules.js';
import { loadProject } from '../../src/project/project.js';

const repository = join(import.meta.dirname, '..', '..');

/** Claims of `modules` that speak of code and that no test names. */
function findUntested(
  modules: { name: string; claims: Record<string, { kind: string; auxiliary?: boolean | undefined }> }[],
  tests: { claims: string[] }[],
): string[] {
  const named = new Set(tests.flatMap((test) => test.claims));
  return modules.flatMap((module) =>
    Object.entries(module.claims)
      .filter(([, claim]) => claim.kind === 'invariant' && claim.auxiliary !== true)
      .map(([name]) => `${module.name}!${name}`)
      .filter((id) => !named.has(id)),
  );
}

describe('claims and smoke tests', () => {
  it('every invariant of every module is named by a smoke test', async () => {
    const project = loadProject(repository);
    const modules = await loadModules(project);
    const tests = await readSmokeTests(repository, project.native!.smoke);
    expect(modules.length).to.be.greaterThan(0);
    expect(findUntested(modules, tests)).to.deep.equal([]);
  });

  it('an invariant that no test names is found; auxiliary ones and temporal properties are not asked for', () => {
    const claims = {
      Safe: { kind: 'invariant' },
      Missed: { kind: 'invariant' },
      TypeOK: { kind: 'invariant', auxiliary: true },
      Ends: { kind: 'property' },
    };
    expect(findUntested([{ name: 'M', claims }], [{ claims: ['M!Safe'] }])).to.deep.equal(['M!Missed']);
  });
});
