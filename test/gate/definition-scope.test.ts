import { expect } from 'chai';
import { makeScope, type DefinitionScope } from '../../src/gate/definition-scope.js';
import { readNormalModules } from '../../src/source/tla-normal.js';
import { readOutline } from '../../src/source/tla-outline.js';

/** Modules by their text behind the header; the first is the root. */
async function scopeOf(modules: Record<string, string>): Promise<DefinitionScope> {
  const texts = Object.entries(modules).map(
    ([name, text]) => [`${name}.tla`, `---- MODULE ${name} ----\n${text}\n====\n`] as const,
  );
  const outlines = await Promise.all(texts.map(([file, text]) => readOutline(text, file)));
  const normals = await Promise.all(texts.map(([file, text]) => readNormalModules(text, file)));
  return makeScope(outlines, normals.flat());
}

describe('which definition a name means', () => {
  const ABS = 'VARIABLE q\nInit == q = 0\nSpec == Init';

  it("an instance's operator is the instance's, also where the module has one of that name", async () => {
    const scope = await scopeOf({
      M: 'VARIABLE x\nA == INSTANCE Abs WITH q <- x\nInit == x = 9\nRefines == A!Spec',
      Abs: ABS,
    });
    expect(scope.reach(['Refines'])).to.deep.equal(['A', 'Abs!Init', 'Abs!Spec', 'Refines']);
    expect(scope.find('Abs!Init')?.form.tree).to.equal('q = 0');
    expect(scope.reach(['Init'])).to.deep.equal(['Init']);
  });

  it('what stands in place of a variable without WITH is part of what the name means', async () => {
    const scope = await scopeOf({
      M: 'VARIABLE x\nq == x + 1\nA == INSTANCE Abs\nRefines == A!Spec',
      Abs: ABS,
    });
    expect(scope.reach(['Refines'])).to.include('q');
  });

  it('an unnamed instance counts with its substitution, and names it brings are plain', async () => {
    const scope = await scopeOf({
      M: 'VARIABLE x\nINSTANCE Abs WITH q <- x + 1\nInv == Init',
      Abs: ABS,
    });
    expect(scope.reach(['Inv'])).to.deep.equal(['INSTANCE Abs', 'Init', 'Inv']);
    expect(scope.find('INSTANCE Abs')?.form.tree).to.equal('INSTANCE Abs WITH q <- x + 1');
  });

  it('a LOCAL definition of an extended module is not what the module sees', async () => {
    const scope = await scopeOf({
      M: 'EXTENDS B, C\nInv == Low /\\ Uses',
      B: 'LOCAL Low == FALSE\nUses == Low',
      C: 'Low == TRUE',
    });
    expect(scope.reach(['Inv'])).to.deep.equal(['B!Low', 'Inv', 'Low', 'Uses']);
    expect(scope.find('Low')).to.include({ module: 'C' });
    expect(scope.find('B!Low')).to.include({ module: 'B' });
  });

  it('operators that are signs are found; instances of instances and circles end', async () => {
    const scope = await scopeOf({
      M: 'EXTENDS B\na (+) b == b\nI == INSTANCE B\nInv == (1 (+) 2) = I!J!Deep /\\ F(1)\nF(n) == F(n)',
      B: 'J == INSTANCE C',
      C: 'EXTENDS M\nDeep == 3',
    });
    expect(scope.reach(['Inv'])).to.deep.equal(['(+)', 'C!Deep', 'F', 'I', 'Inv', 'J']);
  });

  it('a name of an instance that cannot be followed stands for every definition that has it', async () => {
    const scope = await scopeOf({ M: 'I == INSTANCE Gone\nInv == I!Low', B: 'Low == TRUE' });
    expect(scope.reach(['Inv'])).to.include('B!Low');
  });
});
