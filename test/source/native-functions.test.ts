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

describe('anchors that a careless reader would misplace', () => {
  it('an anchor in commented-out code dangles and goes to no other function', async () => {
    const text = `// // @claim M!Line
// int a() { return 1; }
/*
// @claim M!Block
int b() { return 1; }
*/
// @claim M!Real
int c() { return 1; }
`;
    expect(await show('a.cpp', text)).to.deep.equal([
      '8 c M!Real',
      '1: dangling @claim: it stands in code that is commented out',
      '4: dangling @claim: it stands in code that is commented out',
    ]);
    expect(await show('a.py', '# # @claim M!A\n# def a(): pass\ndef b(): pass\n')).to.include(
      '1: dangling @claim: it stands in code that is commented out',
    );
  });

  it('an anchor between attributes and the name belongs to the function', async () => {
    expect(await show('a.rs', '#[inline]\n// @claim M!A\n#[must_use]\nfn a() {}\n')).to.deep.equal([
      '4 a M!A',
    ]);
    expect(await show('a.py', '@one\n# @claim M!A\n@two\ndef a(): pass\n')).to.deep.equal(['4 a M!A']);
    const java = 'class A {\n  @Override\n  // @claim M!A\n  public void a() {}\n}\n';
    expect(await show('A.java', java)).to.deep.equal(['4 A.a M!A']);
    expect(await show('a.cpp', 'template <class T>\n// @claim M!A\nvoid a(T) {}\n')).to.deep.equal([
      '3 a M!A',
    ]);
  });
});

describe('functions of C as it was, and of C++ as it is', () => {
  it('a definition with parameters declared before its body is one', async () => {
    const text = `// @claim M!Old
int old(a, b)
  int a;
  char *b;
{
  return a;
}
// @claim M!Loop
int loop(int a) { for (;;) if (a) { int b; { return b; } } }
`;
    expect(await show('a.c', text)).to.deep.equal(['2 old M!Old', '9 loop M!Loop']);
  });

  it('an explicit instantiation is none', async () => {
    const text =
      'extern template class Ring<int>;\ntemplate class Ring<int>;\n// @claim M!A\nvoid a() { x.template f<int>(); }\n';
    expect(await show('a.cpp', text)).to.deep.equal(['4 a M!A']);
  });

  for (const condition of ['0x0', '00', '0u', '1 == 0', '2 < 1', '(0) && X', '!1']) {
    it(`a part under #if ${condition} is never compiled`, async () => {
      const text = `#if ${condition}\n// @claim M!A\nint a() { return 1; }\n#endif\n`;
      expect(await show('a.cpp', text)).to.deep.equal([
        '2: dangling @claim: it stands in a part that is never compiled (#if 0)',
      ]);
    });
  }

  for (const condition of ['0x1', '1 == 1', 'X == 0', '1 + 0 == 1', 'X + 1 > 2', 'X && 0 || 1']) {
    it(`a part under #if ${condition} may be compiled`, async () => {
      const text = `#if ${condition}\n// @claim M!A\nint a() { return 1; }\n#endif\n`;
      expect(await show('a.cpp', text)).to.deep.equal(['3 a M!A']);
    });
  }

  it('friends, guides, and a declaration with several lambdas are read', async () => {
    const text = `struct Ring {
  // @claim M!Friend
  friend bool operator==(const Ring &, const Ring &) { return true; }
  // @claim M!Member
  std::function<int(int)> member = [](int a) { return a; };
};
Ring(int) -> Ring;
template <class T> Ring(T) -> Ring<T>;
// @claim M!Table
static const std::map<int, Handler> table = {
  {1, [] { one(); }},
  {2, [] { two(); }},
};
// @claim M!Braces
auto const braced{[] { return 1; }};
int untagged = compute([] { return 1; });
`;
    expect(await show('a.cpp', text)).to.deep.equal([
      '3 Ring::operator== M!Friend',
      '5 Ring::member M!Member',
      '10 table M!Table',
      '15 braced M!Braces',
      '16 untagged',
    ]);
  });
});

describe('functions of Objective-C', () => {
  it('blocks outside of functions, functions that return blocks, and ownership words are read', async () => {
    const text = `typedef NS_ENUM(NSInteger, Kind) { KindA, KindB };
@implementation Foo (Extra)
// @claim M!Block
static void (^handler)(int) = ^(int a) { [Foo log:@"}"]; };
// @claim M!Function
static int take(id<NSCopying> a, Foo *__strong *b) { return [b[0] x:1 y:^{ return 2; }]; }
@end
// @claim M!Maker
void (^make(int a))(int) { return ^(int b) { }; }
`;
    expect(await show('a.mm', text)).to.deep.equal([
      '4 handler M!Block',
      '6 take M!Function',
      '9 make M!Maker',
    ]);
  });
});

describe('what only declares, and what only looks like a function', () => {
  it('overloads of Python and elements of annotations are no functions', async () => {
    const python =
      '@overload\ndef a(x: int) -> int: ...\n@typing.overload\ndef a(x: str) -> str: ...\n# @claim M!A\ndef a(x): return x\n';
    expect(await show('a.py', python)).to.deep.equal(['6 a M!A']);
    const java =
      '@interface Note { int[] lines() default {}; String text() default "x"; }\nenum E { A("a") { int f() { return 1; } } }\n';
    expect(await show('A.java', java)).to.deep.equal(['2 A.f']);
  });

  it('closures inside the value of a Rust static are one function, raw names are whole', async () => {
    const text = `// @claim M!Lazy
static LAZY: Lazy<Regex> = Lazy::new(|| { let x = 1; Regex::new(x) });
static FLAG: bool = A || B;
// @claim M!Raw
fn r#match() {}
`;
    expect(await show('a.rs', text)).to.deep.equal(['2 LAZY M!Lazy', '5 r#match M!Raw']);
  });
});

describe('forms that formatters write', () => {
  it('bounds of a Rust function that end in a comma do not hide its body', async () => {
    const text = `// @claim M!A
fn a<T>(t: T) -> [u8; 4]
where
    T: Fn() -> u8,
    [(); { 1 + 2 }]: Sized,
{
    t()
}
// @claim M!B
fn b() {}
`;
    expect(await show('a.rs', text)).to.deep.equal(['2 a M!A', '10 b M!B']);
  });

  it('several Go literals on one line are one function', async () => {
    const text = '// @claim M!A\nvar table = []struct{ fn func() }{{func() {}}, {func() {}}}\n';
    expect(await show('a.go', text)).to.deep.equal(['2 table M!A']);
  });

  it('constants of a Java enum with bodies, and a constructor of a record with a modifier, are read', async () => {
    const text = `enum Op { PLUS("+") { int f() { return 1; } }, @Deprecated MINUS { int f() { return 2; } }; Op(String... s) {} }
record Point(int x) {
  // @claim M!A
  public Point { x = 1; }
  Object o = new Thread() { { setDaemon(true); } };
}
`;
    expect(await show('A.java', text)).to.deep.equal([
      '1 PLUS.f',
      '1 MINUS.f',
      '1 Op.Op',
      '4 Point.Point M!A',
      '5 initializer',
    ]);
  });
});

describe('functions of TypeScript with markup, and of JavaScript', () => {
  it('text in markup is no comment and hides none', async () => {
    const text = `// @claim M!Component
export const Component = ({ a }) => <div onClick={() => a()}>it's // @claim M!Text</div>;
class B {
  // @claim M!Render
  render() { return <>'unbalanced " {"x"}</>; }
}
`;
    expect(await show('a.tsx', text)).to.deep.equal([
      '2 Component M!Component',
      '5 render M!Render',
      '2: dangling @claim: it stands in a string',
    ]);
    expect(await show('a.mjs', '// @claim M!A\nexport function a() {}\n')).to.deep.equal(['2 a M!A']);
  });

  it('functions of one statement are one function', async () => {
    const text =
      '// @claim M!A\nexport const a = () => 1, b = () => 2;\n// @claim M!Both\nrun(() => 1, () => 2);\n';
    expect(await show('a.ts', text)).to.deep.equal(['2 a M!A', '4 function M!Both']);
  });
});
