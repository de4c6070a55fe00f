import { expect } from 'chai';
import { shorten } from '../../../src/native/reachability/function-names.js';
import { readModule } from '../../../src/native/reachability/ir-module.js';
import { mayBeSame, pathWithin } from '../../../src/native/reachability/ir-operands.js';
import { plainName } from '../../../src/native/reachability/program.js';

const read = (...lines: string[]) => readModule('a.cpp', lines.join('\n'));
const bodyOf = (...lines: string[]) =>
  read('define void @f(ptr noundef %0) {', ...lines, '}').functions[0]?.instructions;

describe('the reader of IR', () => {
  it('reads names in quotes, escapes, linkage, parameters and debug ids', () => {
    const module = read(
      'define internal noundef ptr @"_ZZ1fvENK3$_0clEi"(ptr noundef byval(%struct.S) align 8 %0, i32 %1) #2 align 2 !dbg !310 {',
      '}',
      'define dso_local void @"n\\C3\\A4me"() {',
      '}',
    );
    expect(
      module.functions.map(({ name, internal, parameters, debug }) => [name, internal, parameters, debug]),
    ).to.deep.equal([
      ['_ZZ1fvENK3$_0clEi', true, ['0', '1'], '!310'],
      ['näme', false, [], undefined],
    ]);
  });

  it('reads an invoke over two lines with its place, and a switch over many', () => {
    const body = bodyOf(
      '  %2 = invoke i64 @write(i32 noundef 1, ptr noundef @.str, i64 noundef 1)',
      '          to label %3 unwind label %5, !dbg !346',
      '  switch i32 %4, label %9 [',
      '    i32 1, label %6',
      '  ], !dbg !12',
      '  ret void',
    );
    expect(body?.map((i) => i.op)).to.deep.equal(['call', 'return']);
    expect(body?.[0]).to.deep.include({
      callee: { kind: 'symbol', name: 'write' },
      debug: '!346',
      result: '2',
    });
  });

  it('tells calls by name, through a pointer, through an expression, and assembly apart', () => {
    const body = bodyOf(
      '  %2 = call i32 (ptr, ...) @printf(ptr noundef @f)',
      '  call void %5(i32 noundef %3, ptr @g), !dbg !1',
      '  call %struct.S (i32, ...) %6(i32 1)',
      '  tail call void asm sideeffect "nop (", "~{memory}"(ptr @h) #5',
      '  call void inttoptr (i64 4096 to ptr)(i32 1)',
    );
    expect(body?.map((i) => (i.op === 'call' ? i.callee : undefined))).to.deep.equal([
      { kind: 'symbol', name: 'printf' },
      { kind: 'pointer', value: { kind: 'local', name: '5' } },
      { kind: 'pointer', value: { kind: 'local', name: '6' } },
      { kind: 'assembly' },
      { kind: 'pointer', value: { kind: 'opaque', symbols: [] } },
    ]);
  });

  it('reads constants of structs, packed ones too, and addresses within symbols', () => {
    const module = read(
      '@a = private constant %struct.s { %union.u { ptr @h }, [2 x i64] zeroinitializer, i32 5, ptr null }, align 8',
      '@b = internal global <{ i8, ptr }> <{ i8 0, ptr getelementptr inbounds (%struct.s, ptr @a, i32 0, i32 3) }>, align 1',
      '@c = external thread_local global i32, align 4',
      '@d = thread_local(initialexec) global i32 0',
      '@e = alias void (), ptr @f',
    );
    const nothing = { kind: 'nothing' };
    expect(module.globals.get('a')?.value).to.deep.equal({
      kind: 'aggregate',
      parts: [{ kind: 'aggregate', parts: [{ kind: 'global', name: 'h' }] }, nothing, nothing, nothing],
    });
    expect(module.globals.get('b')?.value).to.deep.equal({
      kind: 'aggregate',
      parts: [nothing, { kind: 'offset', base: { kind: 'global', name: 'a' }, path: [3] }],
    });
    expect(module.globals.get('c')).to.deep.include({ dynamicThreadLocal: true });
    expect(module.globals.get('c')).to.not.have.property('value');
    expect(module.globals.get('d')).to.deep.include({ dynamicThreadLocal: false });
    expect(module.aliases.get('e')).to.deep.equal({ kind: 'global', name: 'f' });
  });

  it('an atomic store keeps its value and its address', () => {
    expect(bodyOf('  store atomic i64 %7, ptr @g syncscope("singlethread") release, align 8')).to.deep.equal([
      {
        op: 'store',
        value: { kind: 'local', name: '7' },
        address: { kind: 'global', name: 'g' },
        whole: false,
      },
    ]);
  });
});

describe('paths into objects', () => {
  it('the first member lies where its object does', () => {
    expect(mayBeSame([], [0, 0])).to.equal(true);
    expect(mayBeSame([], [1])).to.equal(false);
    expect(mayBeSame([2, '*'], [2, 7])).to.equal(true);
    expect(pathWithin([1, 0, 2], [1])).to.deep.equal([0, 2]);
    expect(pathWithin([1], [2])).to.equal(undefined);
  });
});

describe('names of functions', () => {
  it('lose parameters, results of templates, and what the library calls a string', () => {
    expect(shorten('mps::onInterrupt(int, siginfo_t*, void*)')).to.equal('mps::onInterrupt');
    expect(shorten('void handle<3>(int)')).to.equal('handle<3>');
    expect(shorten('operator new(unsigned long)')).to.equal('operator new');
    expect(shorten('(anonymous namespace)::f(int)')).to.equal('(anonymous namespace)::f');
    expect(shorten('ns::Timer::read() const')).to.equal('ns::Timer::read');
    expect(shorten('ns::install()::$_0::__invoke(int)')).to.equal('lambda in ns::install');
    expect(shorten("install(int)::'lambda'(int)::operator()(int) const")).to.equal('lambda in install');
  });

  it('of C are those of the manual, whatever the platform appends', () => {
    expect(plainName('\x01_sigaction')).to.equal('sigaction');
    expect(plainName('write$NOCANCEL')).to.equal('write');
    expect(plainName('llvm.memcpy.p0.p0.i64')).to.equal('llvm.memcpy');
    expect(plainName('llvm.umax.i32')).to.equal('llvm.umax');
  });
});
