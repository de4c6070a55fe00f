import { expect } from 'chai';
import type { FormulaTree } from '../../src/domain/baseline.js';
import { compareFormulas, showFormula, type Order } from '../../src/gate/formula-order.js';

const forall = (body: FormulaTree): FormulaTree => ['forall', 't \\in Threads', body];
const cases: [string, FormulaTree, FormulaTree, Order][] = [
  ['the same', ['and', 'a', 'b'], ['and', 'a', 'b'], 'same'],
  ['conjuncts in another order', ['and', 'a', 'b'], ['and', 'b', 'a'], 'same'],
  ['a conjunct twice', ['and', 'a', 'b'], ['and', 'a', 'b', 'a'], 'same'],
  ['a conjunct less', ['and', 'a', 'b', 'c'], ['and', 'a', 'c'], 'weaker'],
  ['one conjunct of two', ['and', 'a', 'b'], 'b', 'weaker'],
  ['a conjunct more', 'a', ['and', 'a', 'b'], 'stronger'],
  [
    'a conjunct that itself became weaker',
    ['and', 'a', ['and', 'b', 'c']],
    ['and', 'a', ['or', 'b', 'c']],
    'unclear',
  ],
  ['a conjunct replaced', ['and', 'a', 'b'], ['and', 'a', 'c'], 'unclear'],
  ['a conjunct less and another more', ['and', 'a', 'b', 'c'], ['and', 'a', 'd'], 'unclear'],
  ['a disjunct more', 'a', ['or', 'a', 'b'], 'weaker'],
  ['a disjunct less', ['or', 'a', 'b'], 'b', 'stronger'],
  [
    'a disjunct more below a conjunct',
    ['and', 'a', ['or', 'b', 'c']],
    ['and', 'a', ['or', 'b', 'c', 'd']],
    'weaker',
  ],
  ['an antecedent', 'a', ['implies', 'b', 'a'], 'weaker'],
  ['no antecedent any more', ['implies', 'b', 'a'], 'a', 'stronger'],
  ['a stronger antecedent', ['implies', 'a', 'c'], ['implies', ['and', 'a', 'b'], 'c'], 'weaker'],
  ['a weaker antecedent', ['implies', 'a', 'c'], ['implies', ['or', 'a', 'b'], 'c'], 'stronger'],
  ['a weaker consequent', ['implies', 'a', ['and', 'b', 'c']], ['implies', 'a', 'b'], 'weaker'],
  ['both sides of an implication', ['implies', 'a', 'b'], ['implies', 'c', 'd'], 'unclear'],
  ['below \\A', forall(['and', 'a', 'b']), forall('a'), 'weaker'],
  ['other bounds', forall('a'), ['forall', 't \\in Few', 'a'], 'unclear'],
  ['below []', ['always', 'a'], ['always', ['or', 'a', 'b']], 'weaker'],
  ['[] gone', ['always', 'a'], 'a', 'unclear'],
  ['another text', 'x < 3', 'x < 4', 'unclear'],
];

describe('compareFormulas', () => {
  for (const [what, was, is, order] of cases)
    it(`${what}: ${showFormula(was)} to ${showFormula(is)} is ${order}`, () => {
      const compared = compareFormulas(was, is);
      expect(compared.order).to.equal(order);
      expect(compared.because === '').to.equal(order === 'same');
    });

  it('turns round with its sides', () => {
    const turned: Record<Order, Order> = {
      same: 'same',
      stronger: 'weaker',
      weaker: 'stronger',
      unclear: 'unclear',
    };
    for (const [what, was, is, order] of cases)
      expect(compareFormulas(is, was).order, what).to.equal(turned[order]);
  });
});
