import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTempFolder, removeTempFolder } from '../../src/host/temp-folders.js';
import { readAnchors, readFileAnchors } from '../../src/source/anchors.js';

const fixtures = join(import.meta.dirname, 'fixtures', 'anchors');
const read = (name: string) => readFileAnchors(name, readFileSync(join(fixtures, name), 'utf8'));
const faultsOf = async (name: string, text?: string): Promise<string[]> => {
  const { faults } = text === undefined ? await read(name) : await readFileAnchors(name, text);
  return faults.map((fault) => `${fault.line}: ${fault.message}`);
};

describe('anchors in C++', () => {
  it('are tied to every form of definition, at the line of its name', async () => {
    const { functions } = await read('forms.cpp');
    expect(functions.map((f) => `${f.line} ${f.name} ${f.claims.join(' ')}`.trim())).to.deep.equal([
      '3 HOOK',
      '12 construct M!Attribute',
      '14 exported M!Macro',
      '17 exportedBelow M!MacroLine',
      '19 choose M!Pointer',
      '23 largest M!Template',
      '26 linked M!Linkage',
      '29 linkedAlone M!OneLinkage',
      '32 outer::inner::nested M!Nested',
      '39 Shape::Shape M!Constructor',
      '41 Shape::~Shape M!Destructor',
      '43 Shape::operator bool M!Conversion',
      '45 Shape::count M!Static',
      '49 Shape::Shape M!Outside',
      '51 operator< M!Operator M!Less',
      '53 lambda M!Lambda',
      '55 trailing M!Trailing',
      '57 guarded M!Try',
      '60 branch M!First',
      '63 branch M!Second',
      '67 sameLine M!Inline',
      '72 block M!Block',
      '81 print',
    ]);
  });

  it('a reason goes on over the lines of its comment', async () => {
    const { functions } = await read('forms.cpp');
    expect(functions.at(-1)!.unmodelled).to.equal('prints only, and nothing depends on it');
  });

  it('a macro that writes a function needs an anchor itself', async () => {
    expect(await faultsOf('forms.cpp')).to.deep.equal([
      '3: function HOOK has neither @claim nor @unmodelled',
    ]);
  });

  it('each kind of dangling anchor is a fault with its line and why', async () => {
    expect(await faultsOf('dangling.cpp')).to.deep.equal([
      '2: dangling @claim: it stands in a part that is never compiled (#if 0)',
      '5: dangling @claim: it stands in a string',
      '7: dangling @claim: it stands in a string',
      '9: dangling @claim: a mere declaration follows: int declared(int);',
      '11: dangling @claim: a type or scope follows, not a function: struct Type { int value; };',
      '15: dangling @claim: it stands inside around; an anchor stands above the function',
      '18: dangling @claim: an empty line parts it from what follows',
      '22: dangling @claim: it stands behind code on the same line',
      '25: @claim must be the first word of its comment line',
      '28: dangling @claim: "not-an-id" is no claim id (Module!Claim)',
      '30: @claim without an id (Module!Claim)',
      '32: @unmodelled without a reason',
      '36: function both has both @claim and @unmodelled',
      '37: function untagged has neither @claim nor @unmodelled',
      '38: dangling @claim: a preprocessor line follows: #define NOTHING',
      '42: dangling @claim: nothing follows it',
    ]);
  });

  it('branches and dialect inside a body hide no function', async () => {
    const text = `// @claim M!A
int a(int x) {
#if X
  if (x) {
#else
  if (!x) {
#endif
    return 1;
  }
  switch (x) { case 1 ... 3: break; }
  void *places[] = {&&here, 0};
here:
  goto *places[x ?: 0];
}
static int table[] __attribute__((section("data"))) = {1};
// @claim M!B
API_EXPORT(1) int b() { return 2; }
`;
    const { functions, faults } = await readFileAnchors('a.cpp', text);
    expect(faults).to.deep.equal([]);
    expect(functions.map((f) => `${f.line} ${f.name} ${f.claims.join()}`)).to.deep.equal([
      '2 a M!A',
      '17 b M!B',
    ]);
  });

  it('what cannot be parsed is a fault at its line and not an empty list', async () => {
    expect(await faultsOf('unparsable.cpp')).to.include(
      '3: cannot be parsed for functions here: int broken( {',
    );
  });

  it('a body without its closing brace is a fault', async () => {
    const text = '// @unmodelled a\nint a() { BEGIN return 1; \n// @unmodelled b\nint b() { return 1; }\n';
    expect((await faultsOf('open.cpp', text)).join()).to.contain('cannot be parsed');
  });
});

describe('anchors in Objective-C++', () => {
  it('functions and methods are listed with their lines', async () => {
    const { functions } = await read('methods.mm');
    expect(functions.map((f) => `${f.line} ${f.name} ${f.claims.join(' ')}`.trim())).to.deep.equal([
      '21 count M!Function',
      '31 -[Encoder end] M!Method',
      '37 +[Encoder make:with:]',
      '42 between',
      '43 -[Encoder x]',
      '50 copyOf',
    ]);
  });

  it('an anchor above a method that is only declared, or not compiled, dangles', async () => {
    expect(await faultsOf('methods.mm')).to.deep.equal([
      '8: dangling @claim: a mere declaration follows: - (void)run;',
      '43: function -[Encoder x] has neither @claim nor @unmodelled',
      '45: dangling @claim: it stands in a part that is never compiled (#if 0)',
    ]);
  });

  it('a method or class without an end is a fault', async () => {
    const faults = (await faultsOf('open.mm')).join('\n');
    expect(faults).to.match(/3: method without a body that can be paired: end/);
    expect(faults).to.match(/7: @implementation without @end/);
  });
});

describe('covered folders', () => {
  let root: string;
  beforeEach(async () => {
    root = await makeTempFolder();
  });
  afterEach(() => removeTempFolder(root));

  it('a missing one, and one without source files, is a fault', async () => {
    await mkdir(join(root, 'empty'));
    await writeFile(join(root, 'empty', 'README.md'), 'text');
    const { faults } = await readAnchors(root, ['empty', 'gone']);
    expect(faults.map((f) => `${f.path}:${f.line}: ${f.message}`)).to.deep.equal([
      'empty:1: covered folder holds no source file',
      'gone:1: covered folder does not exist',
    ]);
  });

  it('every source file is hashed, and one in a language without reader is a fault', async () => {
    await mkdir(join(root, 'fix', 'sub dir'), { recursive: true });
    await writeFile(join(root, 'fix', 'sub dir', 'a ü.cpp'), '// @claim M!A\nint a() { return 1; }\n');
    await writeFile(join(root, 'fix', 'b.s'), 'f: ret\n');
    const map = await readAnchors(root, ['fix', 'fix/']);
    expect(map.sources.map((s) => s.path)).to.deep.equal(['fix/b.s', 'fix/sub dir/a ü.cpp']);
    expect(map.functions.map((f) => f.claims)).to.deep.equal([['M!A']]);
    expect(map.faults.map((f) => f.message)).to.deep.equal([
      'no reader for .s files; move it out of the covered folders',
    ]);
  });
});
