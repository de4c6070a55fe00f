import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readHeaderFunctions } from '../../../src/native/inspect/c-header.js';

const names = (text: string): string[] => readHeaderFunctions(text, 'API').map((f) => f.name);

describe('reading the functions of a C header', () => {
  it('finds every declaration of the fixture with its line, and nothing else', async () => {
    const file = join(import.meta.dirname, '..', 'fixtures', 'dylib', 'src', 'thing.h');
    expect(readHeaderFunctions(await readFile(file, 'utf8'), 'THING_API')).to.deep.equal([
      { name: 'thing_read', line: 13, isMarked: true },
      { name: 'thing_call', line: 15, isMarked: true },
    ]);
  });

  it('comments, strings, macros, types and callbacks declare nothing', () => {
    expect(
      names(
        '// API int a(void);\n/* API int b(void); */\n#define C API int c(void); \\\n  API int d(void);\n',
      ),
    ).to.deep.equal([]);
    expect(
      names('typedef int (*callback)(int);\nstruct s { int (*member)(int); };\nenum e { A };\n'),
    ).to.deep.equal([]);
    expect(names('static inline int f(int x) { return x + (int)sizeof("}"); }\n')).to.deep.equal([]);
  });

  it('attributes, pointers, structs and enums as results, and definitions are read', () => {
    expect(names('API const char *a(int (*f)(void), char *b);')).to.deep.equal(['a']);
    expect(names('API __attribute__((format(printf, 1, 2))) int b(const char *, ...);')).to.deep.equal(['b']);
    expect(names('API struct s c(struct t *);\nAPI enum e d(void) __attribute__((cold));')).to.deep.equal([
      'c',
      'd',
    ]);
    expect(names('API int e(void) { return 1; }\nAPI int f(void);')).to.deep.equal(['e', 'f']);
    expect(names('extern "C" {\nAPI int g(void);\n}\nAPI int h(void);')).to.deep.equal(['g', 'h']);
  });

  it('a declaration without the marker is told apart', () => {
    expect(readHeaderFunctions('int a(void);\nAPI int b(void);', 'API')).to.deep.equal([
      { name: 'a', line: 1, isMarked: false },
      { name: 'b', line: 2, isMarked: true },
    ]);
  });
});
