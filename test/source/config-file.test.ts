import { expect } from 'chai';
import fc from 'fast-check';
import type { Config } from '../../src/domain/config.js';
import type { Problem } from '../../src/domain/problem.js';
import {
  addInvariant,
  addProperty,
  renderConfig,
  withConstant,
  withOnly,
  withoutSymmetry,
} from '../../src/source/config-edit.js';
import { emptyConfig, parseConfig, readConfig } from '../../src/source/config-file.js';

const problemsOf = (text: string): string[] =>
  readConfig(text, 'X.cfg').problems.map((p) => `${p.code} ${p.message}`);

function only(text: string): Problem {
  const { problems } = readConfig(text, 'X.cfg');
  expect(problems, text).to.have.length(1);
  return problems[0]!;
}

describe('a configuration', () => {
  it('is read with every kind of statement and its lines', () => {
    const config = parseConfig(
      [
        '\\* a comment with CONSTANT Q =',
        'SPECIFICATION Spec (* one (* nested *) *)',
        'CONSTANTS N = 3 Names = {a, {"b c", 2}, {}}',
        '  Op <- Other Deep <- [Inner]Else',
        'INVARIANTS A B INVARIANT C PROPERTY L PROPERTIES M',
        'SYMMETRY Sym',
        'VIEW v CONSTRAINT Small ACTION_CONSTRAINTS Ac1 Ac2',
        'CHECK_DEADLOCK FALSE',
      ].join('\n'),
      'X.cfg',
    );
    expect(config.specification).to.deep.equal({ name: 'Spec', line: 2 });
    expect(config.constants).to.deep.equal([
      { name: 'N', kind: 'assign', value: '3', line: 3 },
      { name: 'Names', kind: 'assign', value: '{a, {"b c", 2}, {}}', line: 3 },
      { name: 'Op', kind: 'substitute', value: 'Other', line: 4 },
      { name: 'Deep', kind: 'substitute', value: 'Else', module: 'Inner', line: 4 },
    ]);
    expect(config.invariants.map((i) => i.name)).to.deep.equal(['A', 'B', 'C']);
    expect(config.properties.map((p) => p.name)).to.deep.equal(['L', 'M']);
    expect(config.symmetry).to.deep.equal([{ name: 'Sym', line: 6 }]);
    expect(config.view).to.deep.equal([{ name: 'v', line: 7 }]);
    expect(config.constraints.map((c) => c.name)).to.deep.equal(['Small']);
    expect(config.actionConstraints.map((c) => c.name)).to.deep.equal(['Ac1', 'Ac2']);
    expect(config.checkDeadlock).to.deep.equal({ value: false, line: 8 });
  });

  it('may name INIT and NEXT, and be empty', () => {
    expect(parseConfig('INIT I\nNEXT N', 'X.cfg').next).to.deep.equal({ name: 'N', line: 2 });
    expect(parseConfig('', 'X.cfg')).to.deep.equal(emptyConfig());
  });

  it('counts the lines of a comment that spans several', () => {
    expect(parseConfig('(* a\nb\n*)\nINVARIANT I', 'X.cfg').invariants[0]?.line).to.equal(4);
  });

  it('whose CONSTANT has no value is refused, though INVARIANT follows (hazard 7)', () => {
    const problem = only('SPECIFICATION Spec\nCONSTANT N =\nINVARIANT Inv\n');
    expect(problem.code).to.equal('CFG-NO-VALUE');
    expect(problem.message).to.equal('X.cfg:2: N = has no value, found `INVARIANT`');
    expect(problem.exit).to.equal(2);
  });

  it('is refused at its end when the last CONSTANT has no value, and when <- has no operator', () => {
    expect(only('CONSTANT N =').code).to.equal('CFG-NO-VALUE');
    expect(only('CONSTANT N <- INVARIANT Inv').code).to.equal('CFG-NO-VALUE');
  });

  it('with ALIAS or POSTCONDITION is refused, also behind an INVARIANT list (hazard 7)', () => {
    const alias = only('INVARIANT Inv\nALIAS A\n');
    expect(alias.code).to.equal('CFG-NOT-IN-ENGINE');
    expect(alias.message).to.match(/^X\.cfg:2: ALIAS is not known/);
    expect(only('POSTCONDITION P').code).to.equal('CFG-NOT-IN-ENGINE');
  });

  const refused: [string, string, RegExp][] = [
    ['an unknown keyword', 'FROB x', /^CFG-KEYWORD X\.cfg:1: expected a keyword, found `FROB`/],
    ['a misspelt keyword', 'INVARIENT Inv', /^CFG-KEYWORD X\.cfg:1: expected a keyword, found `INVARIENT`/],
    ['an obsolete keyword', 'TYPE_CONSTRAINT T', /^CFG-KEYWORD/],
    ['a comma between invariants', 'INVARIANT A, B', /^CFG-NAMES X\.cfg:1: .*found `,`/],
    ['a comma between constants', 'CONSTANT N = 1, M = 2', /^CFG-CONSTANT/],
    ['a negative number', 'CONSTANT N = -1', /^CFG-VALUE/],
    ['a tuple', 'CONSTANT N = <<1, 2>>', /^CFG-VALUE/],
    ['a range', 'CONSTANT N = 1..3', /^CFG-CONSTANT/],
    ['a set that is not closed', 'CONSTANT N = {a, b', /^CFG-VALUE/],
    ['a set with a trailing comma', 'CONSTANT N = {a,}', /^CFG-VALUE/],
    ['two SPECIFICATIONs', 'SPECIFICATION A SPECIFICATION B', /^CFG-TWICE/],
    ['one SPECIFICATION of two names', 'SPECIFICATION A B', /^CFG-NAMES/],
    ['two VIEWs', 'VIEW a\nVIEW b', /^CFG-TWICE X\.cfg:2: VIEW/],
    ['a constant twice', 'CONSTANT N = 1\nCONSTANT N = 2', /^CFG-TWICE X\.cfg:2: N stands already in line 1/],
    ['an invariant twice', 'INVARIANT A\nINVARIANT A', /^CFG-TWICE/],
    ['a property that is also an invariant', 'INVARIANT A\nPROPERTY A', /^CFG-TWICE/],
    ['SPECIFICATION beside INIT', 'SPECIFICATION S\nINIT I NEXT N', /^CFG-BEHAVIOUR X\.cfg:2/],
    ['INIT without NEXT', 'INIT I', /^CFG-BEHAVIOUR/],
    ['CHECK_DEADLOCK of another word', 'CHECK_DEADLOCK NO', /^CFG-NO-VALUE/],
    ['INVARIANT that names nothing', 'INVARIANT\nSPECIFICATION Spec', /^CFG-NO-NAME X\.cfg:1/],
    ['a comment that is not closed', 'INVARIANT A (* x', /^CFG-COMMENT X\.cfg:1/],
    ['a string that is not closed', 'CONSTANT N = "a\n', /^CFG-STRING X\.cfg:1/],
    ['a module override that is not closed', 'CONSTANT N <- [M Op', /^CFG-CONSTANT/],
  ];
  for (const [what, text, expected] of refused) {
    it(`with ${what} is refused`, () => {
      expect(problemsOf(text)[0]).to.match(expected);
    });
  }

  it('with a misspelt keyword gets a hint at the right one', () => {
    expect(only('INVARIENT Inv').hint).to.equal('did you mean INVARIANT?');
    expect(only('CONSTANT N = 1\nINVARIENT Inv').hint).to.equal('did you mean INVARIANT?');
  });

  it('lists every problem, not only the first', () => {
    expect(problemsOf('CONSTANT N =\nALIAS A\nINVARIANT I\nVIEW\nNEXT Next')).to.have.length(4);
  });

  it('is rendered to text that reads back as the same configuration', () => {
    const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,8}$/).filter((w) => !/^[A-Z_]+$/.test(w));
    const value: fc.Arbitrary<string> = fc.letrec<{ value: string; set: string }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.nat().map(String),
        word,
        fc.constant('"a b \\"c\\""'),
        fc.constant('TRUE'),
        tie('set'),
      ),
      set: fc.array(tie('value'), { maxLength: 3 }).map((v) => `{${v.join(', ')}}`),
    })).value;
    const named = word.map((name) => ({ name, line: 1 }));
    const list = fc.uniqueArray(named, { selector: (n) => n.name, maxLength: 3 });
    const constant = fc.oneof(
      fc.record({ name: word, kind: fc.constant('assign' as const), value, line: fc.constant(1) }),
      fc.record({ name: word, kind: fc.constant('substitute' as const), value: word, line: fc.constant(1) }),
      fc.record({
        name: word,
        kind: fc.constant('substitute' as const),
        value: word,
        module: word,
        line: fc.constant(1),
      }),
    );
    const config: fc.Arbitrary<Config> = fc
      .record({
        specification: named,
        constants: fc.uniqueArray(constant, { selector: (c) => c.name, maxLength: 4 }),
        checks: list,
        symmetry: list.map((l) => l.slice(0, 1)),
        view: list.map((l) => l.slice(0, 1)),
        constraints: list,
        actionConstraints: list,
        deadlock: fc.option(fc.boolean()),
      })
      .map(({ checks, deadlock, ...rest }) => ({
        ...rest,
        invariants: checks.slice(0, 1),
        properties: checks.slice(1),
        ...(deadlock === null ? {} : { checkDeadlock: { value: deadlock, line: 1 } }),
      }));
    const withoutLines = (c: Config): unknown =>
      JSON.parse(JSON.stringify(c, (k, v: unknown) => (k === 'line' ? 0 : v)));
    fc.assert(
      fc.property(config, (c) => {
        expect(withoutLines(parseConfig(renderConfig(c), 'X.cfg'))).to.deep.equal(withoutLines(c));
      }),
    );
  });

  it('is never read into an endless loop or an unknown exception', () => {
    const token = fc.constantFrom(
      'CONSTANT',
      'INVARIANT',
      'N',
      '=',
      '<-',
      '{',
      '}',
      ',',
      '"',
      '(*',
      '*)',
      '\\*',
      '\n',
      '[',
      '1',
      'é',
      '💥',
    );
    fc.assert(
      fc.property(
        fc.array(token).map((t) => t.join(' ')),
        (text) => {
          readConfig(text, 'X.cfg');
        },
      ),
    );
  });
});

describe('an edited configuration', () => {
  const base = parseConfig(
    'SPECIFICATION S\nCONSTANT N = 1\nINVARIANT A B\nPROPERTY P\nSYMMETRY Sym',
    'X.cfg',
  );

  it('enables one property and no other', () => {
    const changed = withOnly(base, { name: 'A', kind: 'invariant' });
    expect([changed.invariants.map((i) => i.name), changed.properties]).to.deep.equal([['A'], []]);
    expect(withOnly(base, { name: 'P', kind: 'property' }).invariants).to.deep.equal([]);
    expect(renderConfig(withOnly(base, undefined))).not.to.match(/INVARIANT|PROPERTY/);
  });

  it('loses its symmetry, gains an invariant or a property once, and changes a value, the original untouched', () => {
    const before = JSON.stringify(base);
    expect(withoutSymmetry(base).symmetry).to.deep.equal([]);
    expect(addInvariant(addInvariant(base, 'C'), 'C').invariants).to.have.length(3);
    expect(addProperty(addProperty(base, 'P'), 'Q').properties).to.have.length(2);
    expect(withConstant(base, 'N', '5').constants).to.deep.equal([
      { name: 'N', kind: 'assign', value: '5', line: 0 },
    ]);
    expect(JSON.stringify(base)).to.equal(before);
  });
});
