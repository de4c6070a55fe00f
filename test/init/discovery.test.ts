import { expect } from 'chai';
import { discover, type Discovery } from '../../src/init/discovery.js';
import { readConfigFacts, readModuleFacts } from '../../src/init/module-facts.js';

const CFG = 'SPECIFICATION Spec\nINVARIANT Inv\n';

/** A counter up to a constant; `extended` and `more` for what a test is about. */
const counter = (name: string, extended = 'Naturals', more = ''): string => `---- MODULE ${name} ----
EXTENDS ${extended}
CONSTANT N
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % N
Spec == Init /\\ [][Next]_x
Inv == x < N
${more}
====
`;
const N3 = `${CFG}CONSTANT N = 3\n`;

async function discoverIn(files: Record<string, string>): Promise<Discovery> {
  const named = Object.entries(files);
  const modules = await Promise.all(
    named.filter(([path]) => path.endsWith('.tla')).map(([path, text]) => readModuleFacts(path, text)),
  );
  const configs = named
    .filter(([path]) => path.endsWith('.cfg'))
    .map(([path, text]) => readConfigFacts(path, text));
  return discover(modules, configs);
}

/** `config: module` of each model, then `config ! reason` of what is left out. */
async function pairsIn(files: Record<string, string>): Promise<string[]> {
  const { models, leftOut } = await discoverIn(files);
  return [
    ...models.map(({ config, module }) => `${config.path}: ${module.path}`),
    ...leftOut.map(({ path, reason }) => `${path} ! ${reason}`),
  ];
}

describe('discovery of models', () => {
  it('takes several configurations of one module by the beginnings of their names, the longest module first', async () => {
    const pairs = await pairsIn({
      's/Foo.tla': counter('Foo'),
      's/FooBar.tla': counter('FooBar'),
      's/Foo.cfg': N3,
      's/Foo_small.cfg': N3,
      's/Foo-big.cfg': N3,
      's/Foo2.cfg': N3,
      's/FooBar_2.cfg': N3,
      's/TinyFoo.cfg': N3,
    });
    expect(pairs).to.deep.equal([
      's/Foo.cfg: s/Foo.tla',
      's/Foo_small.cfg: s/Foo.tla',
      's/Foo-big.cfg: s/Foo.tla',
      's/Foo2.cfg: s/Foo.tla',
      's/FooBar_2.cfg: s/FooBar.tla',
      's/TinyFoo.cfg: s/Foo.tla',
    ]);
  });

  it('takes MCFoo.cfg for MCFoo, for Foo where there is no MCFoo, and Foo.cfg for MCFoo where only that defines it', async () => {
    const mc = counter('MCFoo', 'Foo').replace(/CONSTANT N\nVARIABLE x\n[^]*Inv == x < N\n/, 'Three == 3\n');
    const replaced = `${CFG}CONSTANT N <- Three\n`;
    expect(
      await pairsIn({ 'Foo.tla': counter('Foo'), 'MCFoo.tla': mc, 'MCFoo.cfg': replaced }),
    ).to.deep.equal(['MCFoo.cfg: MCFoo.tla']);
    expect(await pairsIn({ 'Foo.tla': counter('Foo'), 'MCFoo.cfg': N3, 'MC_Foo_2.cfg': N3 })).to.deep.equal([
      'MCFoo.cfg: Foo.tla',
      'MC_Foo_2.cfg: Foo.tla',
    ]);
    expect(await pairsIn({ 'Foo.tla': counter('Foo'), 'MCFoo.tla': mc, 'Foo.cfg': replaced })).to.deep.equal([
      'Foo.cfg: MCFoo.tla',
    ]);
  });

  it('takes a configuration named after nothing by what it names, the module that extends before the extended', async () => {
    const pairs = await pairsIn({
      's/Base.tla': counter('Base'),
      's/Run.tla': '---- MODULE Run ----\nEXTENDS Base\nMore == Inv\n====\n',
      's/Other.tla': '---- MODULE Other ----\nVARIABLE y\nSpec == y = 0\n====\n',
      's/small.cfg': N3,
      's/x.cfg': 'SPECIFICATION Spec\n',
      's/y.cfg': 'SPECIFICATION Spec\nINVARIANT Unheard\n',
    });
    expect(pairs).to.deep.equal([
      's/small.cfg: s/Run.tla',
      's/x.cfg: s/Other.tla',
      's/y.cfg ! no module defines what it names',
    ]);
  });

  it('guesses nothing where two modules are equally likely', async () => {
    const files = { 's/A.tla': counter('A'), 's/B.tla': counter('B'), 's/small.cfg': N3 };
    expect(await pairsIn(files)).to.deep.equal(['s/small.cfg ! may be for any of s/A.tla, s/B.tla']);
    const elsewhere = { 'a/Foo.tla': counter('Foo'), 'b/Foo.tla': counter('Foo'), 'c/Foo.cfg': N3 };
    expect(await pairsIn(elsewhere)).to.deep.equal(['c/Foo.cfg ! may be for any of a/Foo.tla, b/Foo.tla']);
  });

  it('takes a configuration in another folder, the nearest module of its name', async () => {
    const pairs = await pairsIn({
      'docs/spec/Foo.tla': counter('Foo'),
      'docs/models/Foo_1.cfg': N3,
      'docs/spec/cfg/tiny.cfg': N3,
      'other/deep/Foo.tla': counter('Foo'),
    });
    expect(pairs).to.deep.equal([
      'docs/models/Foo_1.cfg: docs/spec/Foo.tla',
      'docs/spec/cfg/tiny.cfg: docs/spec/Foo.tla',
    ]);
  });

  it('tells what a namesake lacks, and does not give its configuration to another module', async () => {
    const pairs = await pairsIn({
      'Foo.tla': counter('Foo'),
      'Bar.tla': counter('Bar', 'Naturals', 'Extra == TRUE'),
      'Foo.cfg': `${N3}INVARIANT Extra\n`,
    });
    expect(pairs).to.deep.equal(['Foo.cfg ! Foo.cfg:4: INVARIANT Extra is not defined in module Foo']);
  });

  it('tells it of a namesake beside it also where modules elsewhere have the same name', async () => {
    const broken = { 'c/Foo.tla': counter('Foo', 'Naturals, Twice'), 'c/Foo.cfg': N3 };
    const others = { 'a/Foo.tla': counter('Foo'), 'b/Foo.tla': counter('Foo') };
    const lib = (more: string): string => `---- MODULE Twice ----\n${more}\n====\n`;
    const twice = { 'a/Twice.tla': lib(''), 'b/Twice.tla': lib('VARIABLE z') };
    expect(await pairsIn({ ...broken, ...others, ...twice })).to.deep.equal([
      'c/Foo.cfg ! c/Foo.tla:2: module Twice may be any of a/Twice.tla, b/Twice.tla',
    ]);
  });

  it('takes one whose name only ends like a module that does not fit for the one beside it that does', async () => {
    const mc = '---- MODULE MCFoo ----\nEXTENDS Foo\nmc == Spec\n====\n';
    const files = {
      'Foo.tla': counter('Foo'),
      'MCFoo.tla': mc,
      'MC1Foo.cfg': 'SPECIFICATION mc\nCONSTANT N = 3\n',
    };
    expect(await pairsIn(files)).to.deep.equal(['MC1Foo.cfg: MCFoo.tla']);
  });

  it('leaves out what is no configuration of TLC, and what TLC would misread', async () => {
    const pairs = await pairsIn({
      'Foo.tla': counter('Foo'),
      'setup.cfg': '[metadata]\nname = x\n',
      'Foo_a.cfg': 'SPECIFICATION Spec\nCONSTANT N =\nINVARIANT Inv\n',
      'Foo_b.cfg': `${N3}ALIAS Short\n`,
    });
    expect(pairs[0]).to.equal('Foo_b.cfg: Foo.tla');
    expect(pairs[1]).to.equal('setup.cfg ! is no configuration of TLC');
    expect(pairs[2]).to.match(/^Foo_a\.cfg ! Foo_a\.cfg:2: N = has no value/);
  });

  it('takes a module of ASSUMEs with an empty configuration', async () => {
    const text = '---- MODULE Facts ----\nEXTENDS Naturals\nASSUME 1 + 1 = 2\n====\n';
    expect(await pairsIn({ 'Facts.tla': text, 'Facts.cfg': '' })).to.deep.equal(['Facts.cfg: Facts.tla']);
  });

  it('leaves a file out whose module has another name', async () => {
    const pairs = await pairsIn({ 'Foo.tla': counter('Bar'), 'Foo.cfg': N3 });
    expect(pairs).to.deep.equal(['Foo.cfg ! Foo.tla:1: the module is named Bar, the file Foo.tla']);
  });

  it('takes a module that cannot be parsed: TLC is the authority', async () => {
    const broken = counter('Foo').replace('Init == x = 0', 'Init == == x');
    expect(await pairsIn({ 'Foo.tla': broken, 'Foo.cfg': N3 })).to.deep.equal(['Foo.cfg: Foo.tla']);
  });
});

describe('discovery of modules in other folders', () => {
  const using = (name: string, used: string): string => counter(name, `Naturals, ${used}`);
  const lib = (name: string, more = ''): string => `---- MODULE ${name} ----\n${more}\n====\n`;

  it('names the folders in which EXTENDS and INSTANCE find them, of checked modules only', async () => {
    const found = await discoverIn({
      'a b/Foo.tla': using('Foo', 'Shared').replace('Init ==', 'I == INSTANCE Inner\nInit =='),
      'a b/Foo.cfg': N3,
      'lib/Shared.tla': lib('Shared', 'EXTENDS Deep'),
      'lib/deep/Deep.tla': lib('Deep'),
      'Inner.tla': lib('Inner'),
      'x/Unchecked.tla': using('Unchecked', 'Far'),
      'y/Far.tla': lib('Far'),
    });
    expect(found.moduleFolders).to.deep.equal(['.', 'lib', 'lib/deep']);
    expect(found.idle).to.deep.equal([
      { path: 'lib/Shared.tla', reason: 'no configuration; used by Foo' },
      { path: 'lib/deep/Deep.tla', reason: 'no configuration; used by Foo, Shared' },
      { path: 'Inner.tla', reason: 'no configuration; used by Foo' },
      {
        path: 'x/Unchecked.tla',
        reason: 'no configuration; try: workbench check x/Unchecked.tla --invariant NAME',
      },
      { path: 'y/Far.tla', reason: 'no configuration; used by Unchecked' },
    ]);
  });

  it('takes the module beside the spec before any other, and copies of one text for one', async () => {
    const files = { 's/Foo.tla': using('Foo', 'Shared'), 's/Foo.cfg': N3, 'a/Shared.tla': lib('Shared') };
    const beside = await discoverIn({ ...files, 's/Shared.tla': lib('Shared', '\\* other') });
    expect(beside.moduleFolders).to.deep.equal([]);
    expect((await discoverIn({ ...files, 'b/Shared.tla': lib('Shared') })).moduleFolders).to.deep.equal([
      'a',
    ]);
  });

  it('leaves models out whose module could be any of two', async () => {
    const pairs = await pairsIn({
      's/Foo.tla': using('Foo', 'Shared'),
      's/Foo.cfg': N3,
      'a/Shared.tla': lib('Shared'),
      'b/Shared.tla': lib('Shared', 'VARIABLE z'),
    });
    expect(pairs).to.deep.equal([
      's/Foo.cfg ! s/Foo.tla:2: module Shared may be any of a/Shared.tla, b/Shared.tla',
    ]);
  });

  it('a module that is nowhere hides no model: its run says what is missing', async () => {
    const found = await discoverIn({ 's/Foo.tla': using('Foo', 'SequencesExt'), 's/Foo.cfg': N3 });
    expect(found.models).to.have.length(1);
    expect(found.closureOf(found.models[0]!.module).missing).to.deep.equal(['SequencesExt']);
  });
});

describe('discovery of PlusCal', () => {
  const algorithm = '(* --fair algorithm p\nvariables x = 0;\nbegin A: x := 1;\nend algorithm; *)';
  const translated = (begin: string): string =>
    `---- MODULE P ----\n${algorithm}\n${begin}\nVARIABLES x, pc\nvars == <<x, pc>>\nSpec == x = 0 /\\ [][x' = 1]_vars\n\\* END TRANSLATION\n====\n`;

  it('a missing translation is told with the command that makes it, also where another module extends it', async () => {
    const text = `---- MODULE P ----\n${algorithm}\n====\n`;
    const command = 'java -cp tla2tools.jar pcal.trans P.tla';
    const pairs = await pairsIn({
      'P.tla': text,
      'P.cfg': 'SPECIFICATION Spec\n',
      'Q.tla': '---- MODULE Q ----\nEXTENDS P\n====\n',
      'Q.cfg': 'SPECIFICATION Spec\n',
    });
    expect(pairs).to.deep.equal(
      ['P.cfg', 'Q.cfg'].map(
        (path) => `${path} ! P.tla: the PlusCal algorithm has no translation; make it: ${command}`,
      ),
    );
  });

  it('a translation counts, and whether it carries checksums is known', async () => {
    const states = [
      '\\* BEGIN TRANSLATION (chksum(pcal) = "1" /\\ chksum(tla) = "2")',
      '\\* BEGIN TRANSLATION',
    ];
    for (const [i, begin] of states.entries()) {
      const found = await discoverIn({ 'P.tla': translated(begin), 'P.cfg': 'SPECIFICATION Spec\n' });
      expect(found.models.map((m) => m.module.plusCal)).to.deep.equal([i === 0 ? 'translated' : 'unchecked']);
    }
  });
});
