import { expect } from 'chai';
import { shorten } from '../../../src/native/reachability/function-names.js';
import { readModule } from '../../../src/native/reachability/ir-module.js';
import { makeTypes, readLayout, readType, sizeOf } from '../../../src/native/reachability/ir-types.js';
import { readTokens } from '../../../src/native/reachability/ir-tokens.js';
import {
  joinPaths,
  mayBeSame,
  pathOver,
  pathTo,
  pathWithin,
} from '../../../src/native/reachability/paths.js';
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
      '%union.u = type { ptr }',
      '%struct.s = type { %union.u, [2 x i64], i32, ptr }',
      '@a = private constant %struct.s { %union.u { ptr @h }, [2 x i64] zeroinitializer, i32 5, ptr null }, align 8',
      '@b = internal global <{ i8, ptr }> <{ i8 0, ptr getelementptr inbounds (%struct.s, ptr @a, i32 0, i32 3) }>, align 1',
      '@c = external thread_local global i32, align 4',
      '@d = thread_local(initialexec) global i32 0',
      '@e = alias void (), ptr @f',
    );
    const nothing = { kind: 'nothing' };
    const part = (at: number, size: number, value: object) => ({ at: pathTo(at, size), size, value });
    expect(module.globals.get('a')?.value).to.deep.equal({
      kind: 'aggregate',
      parts: [
        part(0, 8, { kind: 'aggregate', parts: [part(0, 8, { kind: 'global', name: 'h' })] }),
        part(8, 16, nothing),
        part(24, 4, { kind: 'number', number: 5 }),
        part(32, 8, nothing),
      ],
    });
    expect(module.globals.get('b')?.value).to.deep.equal({
      kind: 'aggregate',
      parts: [
        part(0, 1, { kind: 'number', number: 0 }),
        part(1, 8, { kind: 'offset', base: { kind: 'global', name: 'a' }, path: pathTo(32, 8) }),
      ],
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

describe('types of IR', () => {
  const types = makeTypes();
  readLayout('e-m:e-p270:32:32-i64:64-i128:128-f80:128-n8:16:32:64-S128', types);
  types.named.set('struct.s', readTokens('{ i8, ptr, [3 x i16] }'));
  const size = (text: string) => sizeOf(readType(readTokens(text), types));

  it('have the sizes that the layout of the module gives them', () => {
    expect(['i1', 'i32', 'i64', 'ptr', 'double', 'x86_fp80'].map(size)).to.deep.equal([1, 4, 8, 8, 8, 16]);
    expect(size('[4 x { i8, i64 }]')).to.equal(64);
    expect(size('<{ i8, i64 }>')).to.equal(9);
    expect(size('inbounds %struct.s')).to.equal(24);
    const narrow = makeTypes();
    readLayout('e-m:e-p:32:32-p270:32:32-f64:32:64-f80:32', narrow);
    expect(sizeOf(readType(readTokens('{ i32, i64, ptr, double }'), narrow))).to.equal(24);
  });

  it('have none where they are not known', () => {
    expect(size('%struct.other')).to.equal(undefined);
    expect(size('{ i32, %struct.other }')).to.equal(undefined);
    expect(size('opaque')).to.equal(undefined);
  });
});

describe('paths into objects', () => {
  it('the first member lies where its object does', () => {
    expect(mayBeSame(pathTo(0, 64), joinPaths(pathTo(0, 64), pathTo(0, 8)))).to.equal(true);
    expect(mayBeSame(pathTo(0, 8), pathTo(8, 8))).to.equal(false);
  });

  it('an index may lead to any element of its array, and not out of it', () => {
    const name = pathTo(0, 32);
    const element = joinPaths(pathTo(32, 32), pathOver(8));
    expect(mayBeSame(element, pathTo(48, 8))).to.equal(true);
    expect(mayBeSame(element, pathTo(52, 4))).to.equal(false);
    expect(mayBeSame(element, pathTo(64, 8))).to.equal(false);
    const inEach = (path: typeof name) => joinPaths(pathOver(40), path);
    expect(mayBeSame(inEach(pathTo(32, 8)), joinPaths(pathTo(80, 40), pathTo(32, 8)))).to.equal(true);
    expect(pathWithin(inEach(pathTo(32, 8)), inEach(name))).to.equal(undefined);
  });

  it('a place in a region is told by its distance from where the region begins', () => {
    expect(pathWithin(pathTo(24, 8), pathTo(8, 64))).to.include({ start: 16, step: 0 });
    expect(pathWithin(pathTo(24, 8), pathTo(8, 64), 16)).to.equal(undefined);
    expect(pathWithin(pathTo(0, 8), pathTo(8, 8))).to.equal(undefined);
    expect(pathWithin('anywhere', pathTo(8, 8))).to.equal('anywhere');
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
