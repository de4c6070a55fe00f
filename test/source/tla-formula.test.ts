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

  it('columns are those of TLC, which takes a tab for the blanks up to the next multiple of eight', async () => {
    const formula = await read('\t\\/\t/\\ y = 0\n\t\t/\\ x = 1 => y = 0\n\t\\/ x = 2');
    const list = formula.kind === 'or' ? formula.parts[0]?.formula : formula;
    expect(list?.kind === 'and' ? list.parts.map((p) => p.formula.kind) : list?.kind).to.deep.equal([
      'opaque',
      'implies',
    ]);
  });

  it('operators of signs, functions and paths through instances are calls; a built-in sign is none', async () => {
    expect(await read('  x \\prec y')).to.deep.include({ kind: 'call', name: '\\prec' });
    expect(await read('  f[x]')).to.deep.include({ kind: 'call', name: 'f', isFunction: true });
    const path = await read('  I!J(x)!Op(y)');
    expect(path.kind === 'call' && path.through.map((step) => step.name)).to.deep.equal(['I', 'J']);
    expect((await read('  x \\in y')).kind).to.equal('opaque');
  });

  it('parentheses are opened, and what is no connective is opaque', async () => {
    expect((await read('  ((x = 1))')).kind).to.equal('opaque');
    expect((await read('  (x = 1 => y = 1)')).kind).to.equal('implies');
    const denied = await read('  ~(x = 1 => y = 1)');
    expect(denied.kind === 'not' && denied.operand.kind).to.equal('implies');
  });

  it('a part that speaks of steps or of behaviours says so; an empty sequence and CASE do not', async () => {
    const level = async (antecedent: string): Promise<string> => {
      const formula = await read(`  (${antecedent}) => y = 1`);
      return formula.kind === 'implies' ? formula.antecedent.level : formula.kind;
    };
    expect(await level("x' = 1")).to.equal('step');
    expect(await level('<>(x = 1)')).to.equal('behaviour');
    expect(await level('x # <<>>')).to.equal('state');
    expect(await level("~ENABLED (x' = 1)")).to.equal('state');
    expect(await level("ENABLED (x' = 1) /\\ y' = 1")).to.equal('step');
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
