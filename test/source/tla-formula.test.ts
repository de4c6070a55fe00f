import { expect } from 'chai';
import { namesIn, oneLine, type Formula } from '../../src/source/formula.js';
import { readFormulas } from '../../src/source/tla-formula.js';

const read = async (body: string): Promise<Formula> => {
  const text = `---- MODULE M ----\nEXTENDS Naturals\nVARIABLES x, y\nClaim ==\n${body}\n====\n`;
  const found = (await readFormulas(text, 'M.tla')).definitions.find((d) => d.name === 'Claim');
  if (!found) throw new Error('Claim was not read');
  return found.body;
};

describe('formulas of a TLA+ module', () => {
  it('an implication in a bulleted list keeps the column of its antecedent', async () => {
    const formula = await read('  /\\ y = 0\n  /\\ /\\ x = 1\n     /\\ x > 0\n     => y = 0');
    const inner = formula.kind === 'and' ? formula.parts[1]?.formula : formula;
    expect(inner).to.include({ kind: 'implies' });
    if (inner?.kind !== 'implies') return;
    expect(inner.antecedent).to.include({ indent: '     ', line: 6, level: 'state' });
    expect(oneLine(inner.antecedent.text)).to.equal('/\\ x = 1 /\\ x > 0');
  });

  it('parentheses are opened, and what is no connective is opaque', async () => {
    expect((await read('  ((x = 1))')).kind).to.equal('opaque');
    expect((await read('  (x = 1 => y = 1)')).kind).to.equal('implies');
    expect((await read('  ~(x = 1 => y = 1)')).kind).to.equal('opaque');
  });

  it('a part that speaks of steps or of behaviours says so; an empty sequence and CASE do not', async () => {
    const level = async (antecedent: string): Promise<string> => {
      const formula = await read(`  (${antecedent}) => y = 1`);
      return formula.kind === 'implies' ? formula.antecedent.level : formula.kind;
    };
    expect(await level("x' = 1")).to.equal('step');
    expect(await level('<>(x = 1)')).to.equal('behaviour');
    expect(await level('x # <<>>')).to.equal('state');
    expect(await level('CASE x = 1 -> TRUE [] OTHER -> FALSE')).to.equal('state');
  });

  it('a module that cannot be parsed has no formulas', async () => {
    expect((await readFormulas('---- MODULE M ----\nA == /\\ (\n====', 'M.tla')).definitions).to.deep.equal(
      [],
    );
  });

  it('names stand in code alone: not in strings, comments or signs', () => {
    expect(namesIn('a \\in B /\\ "c" # d \\* e\n(* f *) I!Op')).to.deep.equal(['a', 'B', 'd', 'I!Op']);
  });
});
