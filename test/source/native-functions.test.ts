import { expect } from 'chai';
import { readFileAnchors } from '../../src/source/anchors.js';

/** Functions as `line name claims`, then faults as `line: message`. */
async function show(path: string, text: string): Promise<string[]> {
  const { functions, faults } = await readFileAnchors(path, text);
  return [
    ...functions.map((f) => `${f.line} ${f.name} ${f.claims.join(' ')}`.trim()),
    ...faults.map((f) => `${f.line}: ${f.message}`).filter((fault) => !fault.includes('neither')),
  ];
}

describe('functions of Go', () => {
  it('declarations, methods and literals are listed; types and bodiless ones are not', async () => {
    const text = `package p
type F func(int) interface{}
type I interface { M(f func() error) error }
func asm(a int) int
// @claim M!Plain
func Plain(a int, f func() struct{ x int }) (b int, err error) {
	g := func() { /* inner */ }
	g()
	return a, nil
}
// @claim M!Method
func (r *Ring[T]) Push(v T) interface{} { return "}" }
// @claim M!Generic
func Map[T any](in []T) map[string]func() { return nil }
// @claim M!Literal
var handler = func(a int) { }
const text = \`// @claim M!Raw
func no() {}\`
`;
    expect(await show('a.go', text)).to.deep.equal([
      '6 Plain M!Plain',
      '12 Ring.Push M!Method',
      '14 Map M!Generic',
      '16 handler M!Literal',
      '17: dangling @claim: it stands in a string',
    ]);
  });
});

describe('functions of Rust', () => {
  it('functions, methods, closures and writing macros are listed; declarations are not', async () => {
    const text = `use std::fmt;
trait T { fn declared(&self) -> u8;
  // @claim M!Default
  fn given(&self) -> u8 { b'{' }
}
// @claim M!Attributed
#[no_mangle]
#[cfg(any(a, b))]
pub unsafe extern "C" fn attributed<'a, F>(x: &'a str, f: F) -> Option<&'a str> where F: Fn(u8) -> u8 {
  fn inner() {}
  Some(x)
}
impl<'a> T for S<'a> {
  // @claim M!Impl
  fn given(&self) -> u8 { let c = '"'; let d = '}'; 1 }
}
// @claim M!Closure
static TWICE: fn(i32) -> i32 = |x| x * 2;
// @claim M!Macro
macro_rules! make { ($n:ident) => { fn $n() {} } }
macro_rules! plain { ($n:expr) => { $n + 1 } }
/* outer /* nested */ // @claim M!Comment
*/
// @claim M!Struct
pub struct S<'a> { f: fn(&'a str) -> u8 }
`;
    expect(await show('a.rs', text)).to.deep.equal([
      '4 given M!Default',
      '9 attributed M!Attributed',
      '15 given M!Impl',
      '18 TWICE M!Closure',
      '20 make! M!Macro',
      '22: @claim must be the first word of its comment line',
      "24: dangling @claim: no function definition follows: pub struct S<'a> { f: fn(&'a str) -> u8 }",
    ]);
  });
});

describe('functions of Python', () => {
  it('functions, methods and named lambdas are listed, decorators belong to them', async () => {
    const text = `import os
# @claim M!Plain
def plain(a,
          b={'x': 1}):
    """@claim M!Doc"""
    def inner(): pass

    return a
# @claim M!Decorated
@wraps(plain)
@other
async def decorated(): return 1
class C:
    x = 1
    # @claim M!Method
    def method(self) -> dict[str, int]:
        # @claim M!Inside
        return {}
# @claim M!Lambda
square = lambda x: x * x
# @claim M!Class
class D: pass
`;
    expect(await show('a.py', text)).to.deep.equal([
      '3 plain M!Plain',
      '12 decorated M!Decorated',
      '16 method M!Method',
      '20 square M!Lambda',
      '5: dangling @claim: it stands in a string',
      '17: dangling @claim: it stands inside method; an anchor stands above the function',
      '21: dangling @claim: a type or scope follows, not a function: class D: pass',
    ]);
  });
});

describe('functions of Java', () => {
  it('methods, constructors, initializers and lambdas in fields are listed', async () => {
    const text = `package p;
import java.util.*;
@Deprecated(since = "{")
public class Ring<T extends Comparable<T>> {
  private final int[] data = {1, 2};
  static { System.out.println("}"); }
  // @claim M!Constructor
  public Ring(int n) { super(); }
  // @claim M!Method
  @Override @SuppressWarnings({"a", "b"})
  public <U> Map<String, List<U>> method(Function<T, U> f) throws Exception, Error { return null; }
  abstract void declared(int a);
  // @claim M!Lambda
  final Function<Integer, Integer> twice = wrap(x -> { return x * 2; });
  final Object o = new Object() {
    // @claim M!Anonymous
    public String toString() { return "x"; }
  };
  enum Color { RED, GREEN { @Override int code() { return 2; } }, BLUE(3); int code() { return 1; } }
  interface Shape { double area(); default int sides() { return 0; } }
  record Point(int x, int y) { Point { if (x < 0) throw new Error(); } }
}
`;
    expect(await show('A.java', text)).to.deep.equal([
      '6 Ring.static initializer',
      '8 Ring.Ring M!Constructor',
      '11 Ring.method M!Method',
      '14 twice M!Lambda',
      '17 toString M!Anonymous',
      '19 GREEN.code',
      '19 Color.code',
      '20 Shape.sides',
      '21 Point.Point',
    ]);
  });
});

describe('functions of TypeScript', () => {
  it('every function with a body is listed once, overloads and types are not', async () => {
    const text = `type F = (a: number) => void;
declare function declared(a: number): void;
// @claim M!Plain
export function plain(a: number): { b: number } { const inner = () => 1; return { b: inner() }; }
// @claim M!Arrow
export const arrow: F = (a) => { void a; };
class C {
  // @claim M!Method
  method<T>(a: T): T { return a; }
  // @claim M!Constructor
  constructor(readonly x = () => 1) {}
}
const o = {
  // @claim M!Property
  p: (a: number) => a,
};
const t = \`// @claim M!Template \${[1].length}\`;
`;
    expect(await show('a.ts', text)).to.deep.equal([
      '4 plain M!Plain',
      '6 arrow M!Arrow',
      '9 method M!Method',
      '11 constructor M!Constructor',
      '15 p M!Property',
      '17: dangling @claim: it stands in a string',
    ]);
  });
});

describe('a file that cannot be read for functions', () => {
  const broken: Record<string, string> = {
    'a.go': 'func f() {',
    'a.rs': 'fn f() { (] }',
    'a.py': 'def f(:\n  return 1\n',
    'A.java': 'class A { what is this { } }',
    'a.ts': 'function f( {',
    'a.cpp': 'int f( {',
    'a.zig': 'fn f() void {}',
  };
  for (const [path, text] of Object.entries(broken)) {
    it(`is a fault in ${path}, and not an empty list`, async () => {
      const { faults } = await readFileAnchors(path, text);
      expect(faults.map((f) => f.message).join()).to.match(/cannot be (?:parsed|scanned)|no reader/);
    });
  }
});
