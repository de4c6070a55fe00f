import { expect } from 'chai';
import { readNormalForms, readNormalModules } from '../../src/source/tla-normal.js';

const treesOf = async (definitions: string): Promise<Record<string, unknown>> => {
  const text = `---- MODULE M ----\nEXTENDS Naturals\nVARIABLES x, y\n${definitions}\n====\n`;
  const forms = await readNormalForms(text, 'M.tla');
  return Object.fromEntries(forms.map(({ head, tree }) => [head, tree]));
};

describe('readNormalModules', () => {
  it('layout and comments count for nothing', async () => {
    const bulleted = await treesOf(
      'Inv ==\n  /\\ x = 1 (* one *)\n  /\\ \\/ y = 2\n     \\/ y = 3 \\* or three',
    );
    const inline = await treesOf('Inv == x = 1 /\\ (y = 2 \\/ y = 3)');
    expect(bulleted).to.deep.equal(inline);
    expect(bulleted).to.deep.equal({ Inv: ['and', 'x = 1', ['or', 'y = 2', 'y = 3']] });
  });

  it('the column of a bullet counts: it decides what stands under what', async () => {
    const inner = await treesOf(
      'Inv == /\\ x = 1\n       /\\ \\/ y = 2\n          \\/ /\\ y = 3\n             /\\ x = 2',
    );
    const outer = await treesOf(
      'Inv == /\\ x = 1\n       /\\ \\/ y = 2\n          \\/ /\\ y = 3\n       /\\ x = 2',
    );
    expect(inner).to.not.deep.equal(outer);
  });

  it('a bulleted list below an IF keeps its columns as parentheses', async () => {
    const inner = await treesOf(
      'A == IF x = 1 THEN /\\ x = 2\n                   /\\ y = 2\n     ELSE /\\ x = 3\n          /\\ y = 3',
    );
    const outer = await treesOf('A == /\\ IF x = 1 THEN x = 2 ELSE x = 3\n     /\\ y = 3');
    expect(inner.A).to.equal('IF x = 1 THEN ((x = 2) /\\ (y = 2)) ELSE ((x = 3) /\\ (y = 3))');
    expect(outer.A).to.deep.equal(['and', 'IF x = 1 THEN x = 2 ELSE x = 3', 'y = 3']);
  });

  it('a connective is one, however it is spelt', async () => {
    expect(await treesOf('A == x = 1 \\land y = 2 \\lor x = 3')).to.deep.equal(
      await treesOf('A == x = 1 /\\ y = 2 \\/ x = 3'),
    );
  });

  it('strings keep their blanks, and differ where they differ', async () => {
    expect(await treesOf('A == x = "a  b"')).to.deep.equal({ A: 'x = "a  b"' });
    expect(await treesOf('A == x = "a \\\\* b"')).to.not.deep.equal(await treesOf('A == x = "a"'));
  });

  it('quantifiers, implications and [] are trees, their bounds text', async () => {
    expect(await treesOf('P == [](\\A t, u \\in {1, 2} : x = t => y = u)')).to.deep.equal({
      P: ['always', ['forall', 't, u \\in {1, 2}', ['implies', 'x = t', 'y = u']]],
    });
  });

  it('parameters belong to the head; LOCAL and nested definitions are listed', async () => {
    const trees = await treesOf(
      'F(a, b) == a + b\nLOCAL G == F(1, 2)\nH[k \\in {1}] == k\nI == INSTANCE M2 WITH x <- y',
    );
    expect(Object.keys(trees)).to.deep.equal(['F(a, b)', 'G', 'H[k \\in {1}]', 'I']);
    expect(trees.I).to.equal('INSTANCE M2 WITH x <- y');
  });

  it('ASSUMEs and unnamed instances are read with their module, nested ones apart', async () => {
    const text =
      '---- MODULE M ----\nCONSTANT N\nASSUME Big == /\\ N > 3 \\* so\n  /\\ N < 9\nLOCAL INSTANCE O WITH x <- N\n---- MODULE In ----\nA == 1\n====\n====\n';
    const [outer, inner] = await readNormalModules(text, 'M.tla');
    expect(outer?.assumptions).to.deep.equal([{ line: 3, tree: ['and', 'N > 3', 'N < 9'] }]);
    expect(outer?.instances).to.deep.equal([{ module: 'O', line: 5, text: 'INSTANCE O WITH x <- N' }]);
    expect(inner).to.deep.include({ name: 'In', assumptions: [] });
    expect(inner?.definitions.map((d) => d.name)).to.deep.equal(['A']);
  });

  it('what the grammar cannot read stays as text: nothing of it is lost', async () => {
    const [a, b] = [await treesOf('A == /\\ -. x < 1\n  /\\ y'), await treesOf('A == /\\ x < 1\n  /\\ y')];
    expect(a).to.not.deep.equal(b);
  });

  it('fairness is text that names its action', async () => {
    expect(await treesOf('F == \\A t \\in {1} : WF_x(Q) /\\ SF_<<x, y>>(Q)')).to.deep.equal({
      F: ['forall', 't \\in {1}', ['and', 'WF_x(Q)', 'SF_<<x, y>> (Q)']],
    });
  });
});
