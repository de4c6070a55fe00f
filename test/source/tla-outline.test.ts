import { expect } from 'chai';
import { dependsOn, findDefinition, type Definition, type Outline } from '../../src/source/outline.js';
import { readOutline } from '../../src/source/tla-outline.js';

const TEXT = `text before
---- MODULE Foo ----
EXTENDS Naturals, FiniteSets
CONSTANTS N, F(_, _)
VARIABLES x,
   y
ASSUME Positive == N > 0
R == INSTANCE Bar WITH z <- Shift
LOCAL INSTANCE TLC
RECURSIVE Fact(_)
Fact(n) == IF n = 0 THEN 1 ELSE n * Fact(n-1)
f[a \\in S, b \\in T] == a + b
a \\prec b == a < Low(b)
LOCAL H == 3
Spec == Init /\\ [][Next]_<<x,y>> /\\ WF_x(Next)
TypeOK == /\\ x \\in Nat
          /\\ \\/ y = 1
             \\/ y = H
          /\\ LET q == 3
                 r(s) == s
             IN q = r(3)

Inl == (x = 1 /\\ \\A k \\in 1..N : k > 0)
Rec == [fld |-> x, g |-> R!Op(Arg)]
Upd == [Rec EXCEPT !.fld = @ + 1].fld
Ap(G(_), v) == G(v)
Lam == Ap(LAMBDA u : u \\prec x, y)
THEOREM Safe == Spec => []TypeOK
---- MODULE Inner ----
Z == x
====
====
text behind
`;

describe('an outline', () => {
  let outline: Outline;
  const get = (name: string): Definition => {
    const found = outline.definitions.find((d) => d.name === name);
    if (found === undefined) throw new Error(`no ${name}`);
    return found;
  };
  before(async () => {
    outline = await readOutline(TEXT, 'Foo.tla');
  });

  it('names the module, what it extends and instantiates, with lines', () => {
    expect([outline.module, outline.line, outline.errors]).to.deep.equal(['Foo', 2, []]);
    expect(outline.extends).to.deep.equal([
      { name: 'Naturals', line: 3 },
      { name: 'FiniteSets', line: 3 },
    ]);
    expect(outline.instances).to.deep.equal([
      { module: 'Bar', name: 'R', local: false, line: 8, references: ['Shift'] },
      { module: 'TLC', local: true, line: 9, references: [] },
    ]);
  });

  it('lists constants with their arity, variables, recursive operators, assumptions, theorems, nested modules', () => {
    expect(outline.constants.map((c) => [c.name, c.arity])).to.deep.equal([
      ['N', 0],
      ['F', 2],
    ]);
    expect(outline.variables).to.deep.equal([
      { name: 'x', line: 5 },
      { name: 'y', line: 6 },
    ]);
    expect(outline.recursive).to.deep.equal([{ name: 'Fact', line: 10, arity: 1 }]);
    expect(outline.assumptions.map((a) => [a.name, a.line])).to.deep.equal([['Positive', 7]]);
    expect(outline.theorems.map((t) => t.name)).to.deep.equal(['Safe']);
    expect(outline.nested.map((m) => [m.module, m.definitions[0]?.name])).to.deep.equal([['Inner', 'Z']]);
  });

  it('gives each definition its parameters, lines and text', () => {
    expect(get('Fact').params).to.deep.equal(['n']);
    expect(get('Ap').params).to.deep.equal(['G', 'v']);
    expect([get('f').kind, get('f').params]).to.deep.equal(['function', ['a', 'b']]);
    expect(get('\\prec').params).to.deep.equal(['a', 'b']);
    expect(get('H').local).to.equal(true);
    expect([get('TypeOK').line, get('TypeOK').endLine]).to.deep.equal([16, 21]);
    const { start, end, text } = get('TypeOK');
    expect(TEXT.slice(start, end)).to.equal(text);
  });

  it('lists the identifiers used and leaves out bound names, record fields and built-in symbols', () => {
    expect(get('TypeOK').references).to.deep.equal(['H', 'Nat', 'x', 'y']);
    expect(get('Inl').references).to.deep.equal(['..', '>', 'N', 'x']);
    expect(get('Rec').references).to.deep.equal(['Arg', 'R', 'R!Op', 'x']);
    expect(get('Upd').references).to.deep.equal(['+', 'Rec']);
    expect(get('Lam').references).to.deep.equal(['Ap', '\\prec', 'x', 'y']);
    expect(get('Spec').references).to.deep.equal(['Init', 'Next', 'x', 'y']);
  });

  it('splits a definition into its top-level conjuncts, bulleted or infix, with lines and offsets', () => {
    expect(get('TypeOK').conjuncts.map((c) => c.line)).to.deep.equal([16, 17, 19]);
    expect(get('TypeOK').conjuncts[0]?.text).to.equal('x \\in Nat');
    expect(get('Inl').conjuncts.map((c) => c.text)).to.deep.equal(['x = 1', '\\A k \\in 1..N : k > 0']);
    expect(get('Spec').conjuncts).to.have.length(3);
    expect(get('H').conjuncts).to.have.length(1);
    for (const c of get('TypeOK').conjuncts) expect(TEXT.slice(c.start, c.end)).to.equal(c.text);
  });

  it('follows dependencies through operators, user-defined symbols and instances of other modules', async () => {
    const bar = await readOutline(
      '---- MODULE Bar ----\nVARIABLE z\nOp(p) == Deep(p)\nDeep(p) == z\n====\n',
      'Bar.tla',
    );
    expect([...dependsOn([outline, bar], 'Upd')]).to.include.members([
      'Rec',
      'R!Op',
      'Op',
      'Deep',
      'z',
      'Shift',
      'x',
    ]);
    expect(dependsOn(outline, 'Lam').has('Low')).to.equal(true);
    expect(dependsOn(outline, 'TypeOK').has('N')).to.equal(false);
    expect(findDefinition([outline, bar], 'R!Op')?.line).to.equal(3);
  });

  it('ends when operators depend on each other', async () => {
    const loop = await readOutline('---- MODULE L ----\nA == B\nB == A\n====\n', 'L.tla');
    expect([...dependsOn(loop, 'A')].sort()).to.deep.equal(['A', 'B']);
  });

  it('lists parse errors with their lines beside what could be read', async () => {
    const broken = await readOutline('---- MODULE B ----\nA == 1\nC == ( 2 +\nD == 3\n====\n', 'B.tla');
    expect(broken.errors.length).to.be.greaterThan(0);
    expect(broken.errors[0]!.line).to.be.within(3, 4);
    expect(broken.definitions.map((d) => d.name)).to.include('A');
  });

  it('of a text without a module is an error and no empty list', async () => {
    for (const text of ['', 'just words']) {
      expect((await readOutline(text, 'W.tla')).errors.length, text).to.be.greaterThan(0);
    }
  });

  it('reads two modules of one file', async () => {
    const two = await readOutline(
      '---- MODULE A ----\nX == 1\n====\n---- MODULE B ----\nY == 2\n====\n',
      'A.tla',
    );
    expect([two.module, two.nested.map((m) => m.module)]).to.deep.equal(['A', ['B']]);
  });
});
